import { z } from 'zod';
import { combine, complete } from '../../engine/evidence.js';
import type { Collector, Evidence } from '../../engine/types.js';
import type { Grant, GrantContainer, PermissionGrants } from '../facts.js';
import type { OrgReader } from '../client/openOrg.js';
import { unassignedOf, type Container } from './shared/grantContainers.js';
import { staleGroups } from './shared/staleGroups.js';
import { orgCollector, seeSetup } from './shared/orgCollector.js';
import { existing, flag, isoTime, queryByIds, text } from './shared/soql.js';

/** Columns of PermissionSet that every org has: without them a description is not whole and proves nothing. */
const controlColumns = ['PermissionsApiEnabled', 'PermissionsModifyAllData'];

/**
 * Every grant of one permission. A profile's permissions live in the permission set that it owns, a group's, net of
 * muting, in an aggregate one, so the assignments of permission sets are all there is (Object Reference, PermissionSet).
 */
export const permissionGrants = (permission: string): Collector<OrgReader, PermissionGrants> =>
  orgCollector<PermissionGrants>({
    reads: [
      'PermissionSet',
      'PermissionSetAssignment',
      'PermissionSetGroup',
      'PermissionSetGroupComponent',
      'MutingPermissionSet',
      'Profile',
    ],
    requires: [seeSetup],
    collect: async (org, { asOf }) => {
      const column = `Permissions${permission}`;
      const fields = await org.describe('PermissionSet');
      if (fields.status === 'unavailable') return fields;
      const none = { permission, assignments: [], unassigned: [], undecidedGroups: [] };
      if (!fields.value.has(column)) {
        const isWhole = controlColumns.every((control) => fields.value.has(control));
        return complete({ ...none, provisioned: isWhole ? false : undefined });
      }
      return grantsOf(org, permission, asOf);
    },
  });

const grantsOf = async (org: OrgReader, permission: string, asOf: Date): Promise<Evidence<PermissionGrants>> => {
  const column = `Permissions${permission}`;
  const [columns, sets, groups] = await Promise.all([
    assignmentColumns(org),
    containersWith(org, column),
    staleGroups(org, column),
  ]);
  if (columns.status === 'unavailable') return columns;
  if (sets.status === 'unavailable') return sets;
  if (groups.status === 'unavailable') return groups;
  const select = `SELECT ${columns.value.join(', ')} FROM PermissionSetAssignment WHERE`;
  const aggregates = new Set(sets.value.map(({ PermissionSetGroupId }) => PermissionSetGroupId));
  // An aggregate that is out of date counts only if its components say the same; where they differ, neither is certain.
  const undecided = groups.value.filter(({ id, holds }) => holds === undefined || (!holds && aggregates.has(id)));
  const added = groups.value.filter(({ id, holds }) => holds && !aggregates.has(id));
  const [direct, recalculated] = await Promise.all([
    org.query(`${select} PermissionSet.${column} = true`, assignment),
    queryByIds(
      org,
      added.map(({ id }) => id),
      (list) => `${select} PermissionSetGroupId IN ${list}`,
      assignment
    ),
  ]);
  if (direct.status === 'unavailable') return direct;
  if (recalculated.status === 'unavailable') return recalculated;
  const uncertain = new Set(undecided.map(({ id }) => id));
  const assignments = [...direct.value, ...recalculated.value]
    .filter(({ PermissionSetGroupId }) => !uncertain.has(PermissionSetGroupId ?? ''))
    .map((row) => grantOf(row, asOf));
  const assigned = new Set(direct.value.map(({ PermissionSetId }) => PermissionSetId));
  const free = sets.value.filter(
    ({ Id, PermissionSetGroupId }) => !assigned.has(Id) && !uncertain.has(PermissionSetGroupId ?? '')
  );
  const unassigned = await unassignedOf(org, free);
  const grants: PermissionGrants = {
    permission,
    provisioned: true,
    assignments,
    unassigned,
    undecidedGroups: undecided.map(({ name }) => name),
  };
  return combine([sets, groups, direct, recalculated], () => grants);
};

const containersWith = async (org: OrgReader, column: string): Promise<Evidence<readonly Container[]>> =>
  org.query(
    `SELECT Id, Label, IsOwnedByProfile, ProfileId, PermissionSetGroupId FROM PermissionSet WHERE ${column} = true`,
    z.object({
      Id: z.string(),
      Label: text,
      IsOwnedByProfile: z.boolean(),
      ProfileId: text,
      PermissionSetGroupId: text,
    })
  );

const assignment = z.object({
  AssigneeId: z.string(),
  Assignee: z
    .object({ Username: z.string(), IsActive: z.boolean(), Profile: z.object({ Name: z.string() }).nullable() })
    .nullable(),
  PermissionSetId: z.string(),
  PermissionSet: z.object({
    Label: text,
    IsOwnedByProfile: z.boolean(),
    ProfileId: text,
    HasActivationRequired: flag.optional(),
    Type: text.optional(),
  }),
  PermissionSetGroupId: text,
  PermissionSetGroup: z.object({ DeveloperName: text, HasActivationRequired: flag.optional() }).nullable(),
  IsActive: flag.optional(),
  ExpirationDate: text.optional(),
  IsRevoked: flag.optional(),
});

/** Expiration came with API 52, session-based groups with 53; revocation shows only where User Access Policies are on. */
const assignmentColumns = async (org: OrgReader): Promise<Evidence<readonly string[]>> => {
  const [own, sets, groups] = await Promise.all([
    existing(org, 'PermissionSetAssignment', ['IsActive', 'ExpirationDate', 'IsRevoked']),
    existing(org, 'PermissionSet', ['HasActivationRequired', 'Type']),
    existing(org, 'PermissionSetGroup', ['HasActivationRequired']),
  ]);
  if (own.status === 'unavailable') return own;
  if (sets.status === 'unavailable') return sets;
  if (groups.status === 'unavailable') return groups;
  return complete([
    'AssigneeId, Assignee.Username, Assignee.IsActive, Assignee.Profile.Name',
    'PermissionSetId, PermissionSet.Label, PermissionSet.IsOwnedByProfile, PermissionSet.ProfileId',
    'PermissionSetGroupId, PermissionSetGroup.DeveloperName',
    ...own.value,
    ...sets.value.map((name) => `PermissionSet.${name}`),
    ...groups.value.map((name) => `PermissionSetGroup.${name}`),
  ]);
};

const grantOf = (row: z.infer<typeof assignment>, asOf: Date): Grant => ({
  user: {
    id: row.AssigneeId,
    username: row.Assignee?.Username ?? row.AssigneeId,
    ...(row.Assignee?.Profile ? { profile: row.Assignee.Profile.Name } : {}),
  },
  // A user that is not shown may well be active.
  userIsActive: row.Assignee?.IsActive ?? true,
  through: containerOf(row),
  assignmentIsActive:
    row.IsActive !== false &&
    row.IsRevoked !== true &&
    !(row.ExpirationDate && new Date(row.ExpirationDate).getTime() <= asOf.getTime()),
  ...(row.ExpirationDate ? { expires: isoTime(row.ExpirationDate) } : {}),
  needsActivation:
    row.PermissionSet.HasActivationRequired === true ||
    row.PermissionSet.Type === 'Session' ||
    row.PermissionSetGroup?.HasActivationRequired === true,
});

/** The name of a permission set that a profile owns is generated, so the profile's stands in; it is the user's own. */
const containerOf = (row: z.infer<typeof assignment>): GrantContainer => {
  const { PermissionSetGroupId: group, PermissionSet: set } = row;
  if (group) return { kind: 'group', name: row.PermissionSetGroup?.DeveloperName ?? group, id: group };
  if (!set.IsOwnedByProfile)
    return { kind: 'permission-set', name: set.Label ?? row.PermissionSetId, id: row.PermissionSetId };
  const id = set.ProfileId ?? row.PermissionSetId;
  return { kind: 'profile', name: row.Assignee?.Profile?.Name ?? id, id };
};
