import * as z from 'zod';
import { combine, complete, mapEvidence, partial } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import type { OrgReader } from '../../client/types.js';
import { inForce, needsActivation } from './assignmentsInForce.js';
import { staleGroups } from './staleGroups.js';
import { existing, flag, idsOf, inList, text } from './soql.js';

/**
 * A subquery for the users who have a permission outright, for `Id IN` and `Id NOT IN`; `undefined` if the permission
 * does not exist here. Session-based sets and groups do not count: they grant nothing until they are activated. Nor
 * do groups that are not calculated; if one of those matters, the evidence is partial. `next`: permissions that will be
 * asked for afterwards; their permission sets come in the same call.
 */
export const holdersOf = async (
  org: OrgReader,
  permission: string,
  asOf: Date,
  next: readonly string[] = []
): Promise<Evidence<string | undefined>> => {
  const column = `Permissions${permission}`;
  const fields = await org.describe('PermissionSet');
  if (fields.status === 'unavailable') return fields;
  if (!fields.value.has(column)) return complete(undefined);
  const setsWith = (name: string): string => setsQuery(name, fields.value);
  const others = next.filter((name) => fields.value.has(`Permissions${name}`));
  if (others.length > 0) org.ahead('query', [permission, ...others].map(setsWith));
  const [conditions, groups, activated, sets] = await Promise.all([
    inForce(org, asOf),
    staleGroups(org, column),
    sessionGroups(org),
    org.query(setsWith(permission), setRow),
  ]);
  const parts = combine([conditions, groups, activated, sets], (inForceOnly, stale, session, all) => {
    const uncertain = new Set([...stale.map(({ id }) => id), ...session]);
    const excluded = all.filter((set) => needsActivation(set) || uncertain.has(set.PermissionSetGroupId ?? ''));
    const without = excluded.length > 0 ? ` AND PermissionSetId NOT IN ${inList(excluded.map(({ Id }) => Id))}` : '';
    const aggregates = new Set(all.map(({ PermissionSetGroupId }) => PermissionSetGroupId));
    return {
      subquery: `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.${column} = true${without}${inForceOnly}`,
      undecided: stale.filter(({ id, holds }) => holds !== false || aggregates.has(id)).map(({ name }) => name),
    };
  });
  if (parts.status !== 'complete' || parts.value.undecided.length === 0) {
    return mapEvidence(parts, ({ subquery }) => subquery);
  }
  return partial(parts.value.subquery, {
    kind: 'unreadable',
    detail: `Salesforce has not recalculated the permission set group ${parts.value.undecided.join(', ')}, so who has ${permission} through it is not certain.`,
  });
};

function setsQuery(permission: string, fields: ReadonlySet<string>): string {
  const columns = [
    'Id',
    'PermissionSetGroupId',
    ...['HasActivationRequired', 'Type'].filter((name) => fields.has(name)),
  ];
  return `SELECT ${columns.join(', ')} FROM PermissionSet WHERE Permissions${permission} = true`;
}

const setRow = z.object({
  Id: z.string(),
  PermissionSetGroupId: text,
  HasActivationRequired: flag.optional(),
  Type: text.optional(),
});

const sessionGroups = async (org: OrgReader): Promise<Evidence<ReadonlySet<string>>> => {
  const columns = await existing(org, 'PermissionSetGroup', ['HasActivationRequired']);
  if (columns.status === 'unavailable') return columns;
  if (columns.value.length === 0) return complete(new Set());
  const groups = await idsOf(org, 'SELECT Id FROM PermissionSetGroup WHERE HasActivationRequired = true');
  return mapEvidence(groups, (ids) => new Set(ids));
};

/** Ids of the users selected by `where` who have a permission outright. */
export const holdersAmong = async (
  org: OrgReader,
  where: string,
  permission: string,
  asOf: Date
): Promise<Evidence<ReadonlySet<string>>> => {
  const holders = await holdersOf(org, permission, asOf);
  if (holders.status === 'unavailable') return holders;
  if (holders.value === undefined) return complete(new Set());
  const users = await idsOf(org, `SELECT Id FROM User WHERE ${where} AND Id IN (${holders.value})`);
  return combine([users, holders], (ids) => new Set(ids));
};
