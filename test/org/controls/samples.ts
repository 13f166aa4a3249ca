import type { Declared, Policy } from '../../../src/engine/types.js';
import type { Grant, Organization, PermissionGrants } from '../../../src/org/facts.js';

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

export const orgId = '00D000000000001AAA';
export const organization: Organization = { id: orgId, name: 'Hub', edition: 'Developer Edition', sandbox: false };

/** An entry of trust that is to be reviewed on the day of the tables. */
export const trusted = { owner: 'ops', reason: 'ours', reviewBy: '2026-11-23' };

/** A policy that calls the sample org `hub`, and trusts this. */
export const trusting = (trust: Partial<Policy['trust']>): Pick<Declared, 'orgs' | 'trust'> => ({
  orgs: [{ alias: 'hub', id: orgId }],
  trust: { packages: [], apps: [], tokens: [], ipRanges: [], ...trust },
});
