import * as z from 'zod';
import type { GrantContainer } from '../../facts.js';
import type { OrgReader } from '../../client/types.js';
import { queryByIds } from './soql.js';

/** Columns of PermissionSet that show its kind. */
export type Container = {
  Id: string;
  Label?: string | null;
  Name?: string | null;
  NamespacePrefix?: string | null;
  IsCustom?: boolean | null;
  IsOwnedByProfile: boolean;
  ProfileId?: string | null;
  PermissionSetGroupId?: string | null;
};

/** Names the permission sets without an assignment; one that a group has as a member is in use through the group. */
export const unassignedOf = async (org: OrgReader, sets: readonly Container[]): Promise<readonly GrantContainer[]> => {
  const profiles = sets.flatMap(({ ProfileId }) => ProfileId ?? []);
  const groups = sets.flatMap(({ PermissionSetGroupId }) => PermissionSetGroupId ?? []);
  const plain = sets.filter(({ ProfileId, PermissionSetGroupId }) => !ProfileId && !PermissionSetGroupId);
  const [profileNames, groupNames, members] = await Promise.all([
    namesOf(org, 'Profile', 'Name', profiles),
    namesOf(org, 'PermissionSetGroup', 'DeveloperName', groups),
    namesOf(
      org,
      'PermissionSetGroupComponent',
      'PermissionSetId',
      plain.map(({ Id }) => Id),
      'PermissionSetId'
    ),
  ]);
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>): Array<[string, string]> =>
    ids.map((id) => [id, names.get(id) ?? id]);
  return [
    ...named(profiles, profileNames).map(([id, name]) => ({ kind: 'profile' as const, name, id })),
    ...plain
      .filter(({ Id }) => !members.has(Id))
      .map(({ Id, Label }) => ({ kind: 'permission-set' as const, name: Label ?? Id, id: Id })),
    ...named(groups, groupNames).map(([id, name]) => ({ kind: 'group' as const, name, id })),
  ];
};

/** Names by Id; a name that is not readable is left out, and the Id is used instead. */
const namesOf = async (
  org: OrgReader,
  object: string,
  column: string,
  ids: readonly string[],
  key = 'Id'
): Promise<ReadonlyMap<string, string>> => {
  const columns = key === column ? key : `${key}, ${column}`;
  const rows = await queryByIds(
    org,
    ids,
    (list) => `SELECT ${columns} FROM ${object} WHERE ${key} IN ${list}`,
    z.record(z.string(), z.unknown())
  );
  return rows.status === 'unavailable'
    ? new Map()
    : new Map(rows.value.map((row) => [String(row[key]), String(row[column])]));
};
