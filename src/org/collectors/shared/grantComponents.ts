import type { Component } from '../../../engine/types.js';
import type { OrgReader } from '../../client/types.js';
import type { Grant, GrantContainer, PermissionGrants } from '../../facts.js';
import type { Container } from './grantContainers.js';
import { groupComponents } from './staleGroups.js';

/**
 * Adds to each grant the metadata that grants the permission: a profile, a permission set, or the members of a group.
 * Names only serve a plan of fixes, so a list that cannot be read leaves no gap. Nothing is asked where nothing is granted.
 */
export async function withComponents(
  org: OrgReader,
  grants: PermissionGrants,
  sets: readonly Container[]
): Promise<PermissionGrants> {
  const active = grants.assignments.filter(
    ({ userIsActive, assignmentIsActive }) => userIsActive && assignmentIsActive
  );
  const idsOf = (kind: GrantContainer['kind']): string[] => [
    ...new Set(active.flatMap(({ through }) => (through.kind === kind ? [through.id] : []))),
  ];
  const [profiles, members] = await Promise.all([
    profileNames(org, idsOf('profile')),
    groupMembers(org, idsOf('group')),
  ]);
  const { permission } = grants;
  const setComponents = (ids: readonly string[]): Component[] =>
    sets.filter(({ Id }) => ids.includes(Id)).flatMap((set) => permissionSet(set, permission));
  const componentsOf = ({ kind, id }: GrantContainer): Component[] => {
    if (kind === 'permission-set') return setComponents([id]);
    if (kind === 'group') return allOrNone(sets, members.get(id) ?? [], setComponents);
    // Salesforce lets no one change the permissions of a standard profile.
    const isCustom = sets.some(({ ProfileId, IsCustom }) => ProfileId === id && IsCustom === true);
    const fullName = profiles.get(id);
    return fullName === undefined || !isCustom ? [] : [{ type: 'Profile', fullName, permission }];
  };
  const assignments = grants.assignments.map((grant): Grant => {
    const components = componentsOf(grant.through);
    return components.length === 0 ? grant : { ...grant, through: { ...grant.through, components } };
  });
  return { ...grants, assignments };
}

/** A group keeps the permission as long as one member grants it. */
function allOrNone(
  sets: readonly Container[],
  members: readonly string[],
  setComponents: (ids: readonly string[]) => Component[]
): Component[] {
  const granting = sets.filter(({ Id }) => members.includes(Id));
  const components = setComponents(granting.map(({ Id }) => Id));
  return components.length === granting.length ? components : [];
}

/** Nothing for a set of a managed package or for a standard one: only its author or Salesforce can change it. */
function permissionSet({ Name, NamespacePrefix, IsCustom, Label }: Container, permission: string): Component[] {
  const isOwn = IsCustom === true && !NamespacePrefix;
  return Name && Label && isOwn ? [{ type: 'PermissionSet', fullName: Name, label: Label, permission }] : [];
}

async function profileNames(org: OrgReader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const profiles = await org.listComponents('Profile');
  if (profiles.status === 'unavailable') return new Map();
  return new Map(profiles.value.flatMap(({ id, fullName }) => (id === undefined ? [] : [[id, fullName] as const])));
}

async function groupMembers(org: OrgReader, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await groupComponents(org, ids);
  return new Map(
    ids.map((id) => [id, rows.flatMap((row) => (row.PermissionSetGroupId === id ? [row.PermissionSetId] : []))])
  );
}
