import type { Grant, PermissionGrants } from '../../../src/org/facts.js';

/** Two users of one name do not exist, so the name makes id and username. */
export const user = (name: string): { id: string; username: string } => ({
  id: `005${name}`,
  username: `${name}@acme.example`,
});

export const grant = (name: string, rest: Partial<Grant> = {}): Grant => ({
  user: user(name),
  userIsActive: true,
  through: { kind: 'permission-set', name: 'Api', id: '0PS1' },
  assignmentIsActive: true,
  needsActivation: false,
  ...rest,
});

export const grants = (assignments: readonly Grant[] = [], rest: Partial<PermissionGrants> = {}): PermissionGrants => ({
  permission: 'Some',
  provisioned: true,
  assignments,
  unassigned: [],
  undecidedGroups: [],
  ...rest,
});
