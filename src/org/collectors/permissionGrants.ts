import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, complete, mapEvidence, orGap } from '../../engine/evidence.js';
import type { CollectContext, Collector, Evidence } from '../../engine/types.js';
import { chunksOf } from '../../common/chunks.js';
import type { Grant, GrantContainer, PermissionGrants } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { guestUserType } from '../../salesforce/userPopulations.js';
import { forceColumns, isAssignmentInForce, needsActivation } from './shared/assignmentsInForce.js';
import { withComponents } from './shared/grantComponents.js';
import { unassignedOf, type Container } from './shared/grantContainers.js';
import { holdersAmong } from './shared/permissionHolders.js';
import { staleGroups, staleGroupsQuery } from './shared/staleGroups.js';
import { orgCollector, seeSetup } from './shared/orgCollector.js';
import { endTime, existing, flag, inList, orPart, queryByIds, text, userRefOf } from './shared/soql.js';
import { populationColumns, populationOfRow, populationRow } from './shared/users.js';
import { securitySettings } from './securitySettings.js';

/** Columns of PermissionSet that every org has: without them a description is not whole and proves nothing. */
const controlColumns = ['PermissionsApiEnabled', 'PermissionsModifyAllData'];

/**
 * Every grant of one permission. A profile's permissions live in the permission set that it owns, a group's, net of
 * muting, in an aggregate one, so the assignments of permission sets are all there is (Object Reference, PermissionSet).
 */
export const permissionGrants = (
  permission: string,
  { marksSsoOnly = false } = {}
): Collector<OrgReader, PermissionGrants> =>
  orgCollector<PermissionGrants>({
    reads: [
      'PermissionSet',
      'PermissionSetAssignment',
      'PermissionSetGroup',
      'PermissionSetGroupComponent',
      'MutingPermissionSet',
      'Profile',
      'Profile (Metadata API)',
    ],
    requires: [seeSetup],
    collect: async (org, context) => {
      const column = `Permissions${permission}`;
      const fields = await org.describe('PermissionSet');
      if (fields.status === 'unavailable') return fields;
      const none = { permission, assignments: [], unassigned: [], undecidedGroups: [] };
      if (!fields.value.has(column)) {
        const isWhole = controlColumns.every((control) => fields.value.has(control));
        return complete({ ...none, provisioned: isWhole ? false : undefined });
      }
      const grants = await grantsOf(org, permission, fields.value, context.asOf);
      return marksSsoOnly ? withSsoOnly(org, grants, context) : grants;
    },
  });

const grantsOf = async (
  org: OrgReader,
  permission: string,
  fields: ReadonlySet<string>,
  asOf: Date
): Promise<Evidence<PermissionGrants>> => {
  const column = `Permissions${permission}`;
  const audited = [...new Set([...crossChecked.filter((name) => fields.has(name)), column])];
  org.ahead('query', [profileRows(audited), ...audited.map(containers), staleGroupsQuery]);
  const [columns, sets, groups, profiles] = await Promise.all([
    assignmentColumns(org),
    containersWith(org, column),
    staleGroups(org, column),
    profilesWith(org, column, audited),
  ]);
  if (columns.status === 'unavailable') return columns;
  if (sets.status === 'unavailable') return sets;
  if (groups.status === 'unavailable') return groups;
  const select = `SELECT ${columns.value.join(', ')} FROM PermissionSetAssignment WHERE`;
  const assigned = (name: string): string => `${select} PermissionSet.${name} = true`;
  org.ahead('query', audited.map(assigned));
  const aggregates = new Set(sets.value.map(({ PermissionSetGroupId }) => PermissionSetGroupId));
  // An aggregate that is out of date counts only if its components say the same; where they differ, neither is certain.
  const undecided = groups.value.filter(({ id, holds }) => holds === undefined || (!holds && aggregates.has(id)));
  const added = groups.value.filter(({ id, holds }) => holds && !aggregates.has(id));
  const [direct, recalculated] = await Promise.all([
    org.query(assigned(column), assignment),
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
  const inUse = new Set(direct.value.map(({ PermissionSetId }) => PermissionSetId));
  const free = sets.value.filter(
    ({ Id, PermissionSetGroupId }) => !inUse.has(Id) && !uncertain.has(PermissionSetGroupId ?? '')
  );
  const unassigned = await unassignedOf(org, free);
  const owned = new Set(sets.value.flatMap(({ ProfileId }) => ProfileId ?? []));
  const undecidedGroups = undecided.map(({ name }) => name);
  const found = { permission, provisioned: true, assignments, unassigned, undecidedGroups };
  const grants = await withComponents(org, found, sets.value);
  return combine([sets, groups, direct, recalculated, orPart(profiles, [])], (_sets, _groups, _direct, _more, rows) => {
    const disagreeing = rows.filter(({ id, holds }) => holds !== owned.has(id)).map(({ name }) => name);
    return disagreeing.length > 0 ? { ...grants, undecidedProfiles: disagreeing } : grants;
  });
};

/** Permissions whose grants are audited: one query for the rows of Profile answers for all of them. */
const crossChecked = [
  'UseAnyApiClient',
  'BypassMFAForUiLogins',
  'PasswordNeverExpires',
  'CanApproveUninstalledApps',
  'UseAnyApiAuth',
].map((name) => `Permissions${name}`);

const profileRows = (columns: readonly string[]): string => `SELECT Id, Name, ${columns.join(', ')} FROM Profile`;

const containers = (column: string): string =>
  `SELECT Id, Name, NamespacePrefix, IsCustom, Label, IsOwnedByProfile, ProfileId, PermissionSetGroupId FROM PermissionSet WHERE ${column} = true`;

/** What the rows of Profile say, which should be the same as what the permission sets of the profiles say. */
async function profilesWith(
  org: OrgReader,
  column: string,
  audited: readonly string[]
): Promise<Evidence<ReadonlyArray<{ id: string; name: string; holds: boolean }>>> {
  const rows = await org.query(profileRows(audited), z.looseObject({ Id: z.string(), Name: z.string() }));
  return mapEvidence(rows, (all) => all.map((row) => ({ id: row.Id, name: row.Name, holds: row[column] === true })));
}

/** Where passwords are switched off for single sign-on, its users have none. */
async function withSsoOnly(
  org: OrgReader,
  grants: Evidence<PermissionGrants>,
  context: CollectContext
): Promise<Evidence<PermissionGrants>> {
  if (grants.status === 'unavailable' || grants.value.assignments.length === 0) return grants;
  const settings = await securitySettings.collect(org, context);
  if (settings.status === 'unavailable') return orGap(grants, settings.gap);
  if (!settings.value.passwordLoginDisabled) return grants;
  const ids = [...new Set(grants.value.assignments.map(({ user }) => user.id))];
  const found = await Promise.all(
    chunksOf(ids, 300).map((chunk) => holdersAmong(org, `Id IN ${inList(chunk)}`, 'IsSsoEnabled', context.asOf))
  );
  return combine([grants, ...found.map((one) => orPart(one, new Set<string>()))], (value, ...sets) => ({
    ...value,
    assignments: value.assignments.map((grant): Grant =>
      (sets as Array<ReadonlySet<string>>).some((set) => set.has(grant.user.id)) ? { ...grant, ssoOnly: true } : grant
    ),
  }));
}

const containersWith = async (org: OrgReader, column: string): Promise<Evidence<readonly Container[]>> =>
  org.query(
    containers(column),
    z.object({
      Id: z.string(),
      Name: text.optional(),
      NamespacePrefix: text.optional(),
      IsCustom: flag.optional(),
      Label: text,
      IsOwnedByProfile: z.boolean(),
      ProfileId: text,
      PermissionSetGroupId: text,
    })
  );

const assignment = z.object({
  AssigneeId: z.string(),
  Assignee: z.object({ IsActive: z.boolean(), CreatedDate: text }).and(populationRow).nullable(),
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
    existing(org, 'PermissionSetAssignment', forceColumns),
    existing(org, 'PermissionSet', ['HasActivationRequired', 'Type']),
    existing(org, 'PermissionSetGroup', ['HasActivationRequired']),
  ]);
  return combine([own, sets, groups], (ofAssignment, ofSet, ofGroup) => [
    `AssigneeId, Assignee.Username, Assignee.CreatedDate, Assignee.IsActive, Assignee.Profile.Name, ${populationColumns('Assignee.')}`,
    'PermissionSetId, PermissionSet.Label, PermissionSet.IsOwnedByProfile, PermissionSet.ProfileId',
    'PermissionSetGroupId, PermissionSetGroup.DeveloperName',
    ...ofAssignment,
    ...ofSet.map((name) => `PermissionSet.${name}`),
    ...ofGroup.map((name) => `PermissionSetGroup.${name}`),
  ]);
};

const grantOf = (row: z.infer<typeof assignment>, asOf: Date): Grant => {
  const { AssigneeId: id, Assignee: user } = row;
  return defined<Grant>({
    user: user ? userRefOf({ Id: id, ...user }) : { id, username: id },
    population: user && populationOfRow(user),
    guest: user?.UserType === guestUserType ? true : undefined,
    // A user that is not shown may well be active.
    userIsActive: user?.IsActive ?? true,
    through: containerOf(row),
    assignmentIsActive: isAssignmentInForce(row, asOf),
    expires: row.ExpirationDate ? endTime(row.ExpirationDate) : undefined,
    needsActivation: needsActivation(row.PermissionSet, row.PermissionSetGroup),
  });
};

/** The name of a permission set that a profile owns is generated, so the profile's name is used. */
const containerOf = (row: z.infer<typeof assignment>): GrantContainer => {
  const { PermissionSetGroupId: group, PermissionSet: set } = row;
  if (group) return { kind: 'group', name: row.PermissionSetGroup?.DeveloperName ?? group, id: group };
  if (!set.IsOwnedByProfile)
    return { kind: 'permission-set', name: set.Label ?? row.PermissionSetId, id: row.PermissionSetId };
  const id = set.ProfileId ?? row.PermissionSetId;
  return { kind: 'profile', name: row.Assignee?.Profile?.Name ?? id, id };
};
