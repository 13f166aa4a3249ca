import * as z from 'zod';
import { complete, mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import type { OrgReader } from '../../client/types.js';
import { idsOf, queryByIds } from './soql.js';

/** A permission set group whose aggregate permission set Salesforce has not recalculated since the last change. */
type StaleGroup = {
  id: string;
  name: string;
  /** Whether its components, net of muting, grant the permission. `undefined`: they could not be read. */
  holds: boolean | undefined;
};

export const staleGroupsQuery = "SELECT Id, DeveloperName FROM PermissionSetGroup WHERE Status != 'Updated'";

/**
 * Groups whose Status is not `Updated` (Object Reference, PermissionSetGroup). Their aggregate permission set may not be
 * what it will be, so the permission is computed from the components.
 */
export const staleGroups = async (org: OrgReader, column: string): Promise<Evidence<readonly StaleGroup[]>> => {
  const groups = await org.query(staleGroupsQuery, z.object({ Id: z.string(), DeveloperName: z.string() }));
  if (groups.status === 'unavailable' || groups.value.length === 0) return mapEvidence(groups, () => []);
  const ids = groups.value.map(({ Id }) => Id);
  const components = await groupComponents(org, ids);
  const [holders, muting] = await Promise.all([
    idsWith(org, 'PermissionSet', column),
    components.some(({ PermissionSetId }) => isMuting(PermissionSetId))
      ? idsWith(org, 'MutingPermissionSet', column)
      : complete(new Set<string>()),
  ]);
  const isKnown = components.length > 0 && holders.status === 'complete' && muting.status === 'complete';
  return mapEvidence(groups, (all) =>
    all.map(({ Id, DeveloperName }) => {
      const members = components.flatMap((one) => (one.PermissionSetGroupId === Id ? [one.PermissionSetId] : []));
      if (!isKnown || members.length === 0) return { id: Id, name: DeveloperName, holds: undefined };
      const granted = members.some((member) => holders.value.has(member));
      const muted = members.some((member) => muting.value.has(member));
      return { id: Id, name: DeveloperName, holds: granted && !muted };
    })
  );
};

/** A muting permission set is among the components with an Id of its own, which is no PermissionSet. */
const isMuting = (id: string): boolean => id.startsWith('0QM');

const component = z.object({ PermissionSetGroupId: z.string(), PermissionSetId: z.string() });

/** The components of permission set groups. Empty if they could not be read: a group has at least one. */
export async function groupComponents(
  org: OrgReader,
  groups: readonly string[]
): Promise<ReadonlyArray<z.infer<typeof component>>> {
  const rows = await queryByIds(
    org,
    groups,
    (list) =>
      `SELECT PermissionSetGroupId, PermissionSetId FROM PermissionSetGroupComponent WHERE PermissionSetGroupId IN ${list}`,
    component
  );
  return rows.status === 'complete' ? rows.value : [];
}

const idsWith = async (org: OrgReader, object: string, column: string): Promise<Evidence<ReadonlySet<string>>> =>
  mapEvidence(await idsOf(org, `SELECT Id FROM ${object} WHERE ${column} = true`), (ids) => new Set(ids));
