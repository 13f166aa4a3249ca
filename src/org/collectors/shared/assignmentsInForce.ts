import { mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import type { OrgReader } from '../../client/types.js';
import { endTime, existing } from './soql.js';

/** Expiration came with API 52; revocation (57) shows only where User Access Policies are on. */
export const forceColumns = ['IsActive', 'ExpirationDate', 'IsRevoked'] as const;

/** What these columns give; one that does not exist here is `undefined`. */
type Assignment = { IsActive?: boolean | null; ExpirationDate?: string | null; IsRevoked?: boolean | null };

/** Whether an assignment is in force; a row survives its expiration and its revocation. */
export function isAssignmentInForce({ IsActive, ExpirationDate, IsRevoked }: Assignment, asOf: Date): boolean {
  if (IsActive === false || IsRevoked === true) return false;
  return !ExpirationDate || Date.parse(endTime(ExpirationDate)) > asOf.getTime();
}

/** The same as conditions of WHERE, as far as this org has the columns. */
export async function inForce(org: OrgReader, asOf: Date): Promise<Evidence<string>> {
  const conditions: Record<(typeof forceColumns)[number], string> = {
    IsActive: 'IsActive = true',
    ExpirationDate: `(ExpirationDate = null OR ExpirationDate > ${asOf.toISOString()})`,
    IsRevoked: 'IsRevoked = false',
  };
  return mapEvidence(await existing(org, 'PermissionSetAssignment', forceColumns), (columns) =>
    forceColumns
      .filter((column) => columns.includes(column))
      .map((column) => ` AND ${conditions[column]}`)
      .join('')
  );
}

/** What decides whether a grant waits for an activation in a session. */
type Container = { HasActivationRequired?: boolean | null; Type?: string | null };

/** Session-based sets and groups grant nothing until a user activates them. */
export function needsActivation(set: Container, group?: Pick<Container, 'HasActivationRequired'> | null): boolean {
  return set.HasActivationRequired === true || set.Type === 'Session' || group?.HasActivationRequired === true;
}
