import type { Look } from '../../engine/control.js';
import type { Gap, Latent, Offence } from '../../engine/types.js';
import type { Grant, GrantContainer, PermissionGrants } from '../facts.js';

/** A permission that nobody should hold. `at` tells its findings from others about the same user. */
type Unwanted = { label: string; at?: string; kind?: Offence['kind'] };

/** One look a user, one a container without users, one a group that could not be decided. */
export const grantLooks = (grants: PermissionGrants, unwanted: Unwanted, asOf: Date): Look[] => [
  ...(grants.provisioned === undefined ? [unknownPermission(unwanted)] : []),
  ...[...byUser(grants.assignments).values()].map((held) => userLook(held, unwanted, asOf)),
  ...grants.unassigned.map((container) => unassigned(container, unwanted)),
  ...grants.undecidedGroups.map((group) => undecided(group, unwanted)),
];

const unknownPermission = ({ label }: Unwanted): Gap => ({
  kind: 'not-supported',
  detail: `Whether ${label} exists in this org could not be told: describe of PermissionSet shows too little.`,
});

const byUser = (assignments: readonly Grant[]): Map<string, Grant[]> => {
  const users = new Map<string, Grant[]>();
  for (const grant of assignments) {
    const held = users.get(grant.user.id) ?? [];
    users.set(grant.user.id, [...held, grant]);
  }
  return users;
};

/** A frozen user keeps what it holds; so does a session-based grant that is not activated at the moment. */
const userLook = (held: readonly Grant[], { label, at, kind = 'violation' }: Unwanted, asOf: Date): Look => {
  const [first] = held;
  if (first === undefined) return undefined;
  const { id, username } = first.user;
  const about = { subject: { type: 'User', name: username, id }, ...(at === undefined ? {} : { at }) };
  const live = held.filter((grant) => isInForce(grant, asOf));
  if (first.userIsActive && live.length > 0) {
    return { kind, ...about, message: `Holds ${label} through ${list(live)}.` } satisfies Offence;
  }
  const message = first.userIsActive
    ? `Held ${label} through ${list(held)}; the assignment is expired or revoked.`
    : `Is inactive; once active again it may hold ${label} through ${list(held)}.`;
  return { kind: 'latent', ...about, message } satisfies Latent;
};

/** Whether an assignment counts: it has neither expired nor been revoked. */
export const isInForce = ({ assignmentIsActive, expires }: Grant, asOf: Date): boolean =>
  assignmentIsActive && !(expires !== undefined && Date.parse(expires) <= asOf.getTime());

const kinds = {
  profile: { type: 'Profile', words: 'profile' },
  'permission-set': { type: 'PermissionSet', words: 'permission set' },
  group: { type: 'PermissionSetGroup', words: 'permission set group' },
} as const;

const list = (held: readonly Grant[]): string =>
  held
    .map(({ through, needsActivation }) => {
      const activation = needsActivation ? ' (can be activated in a session)' : '';
      return `${kinds[through.kind].words} "${through.name}"${activation}`;
    })
    .join(', ');

const unassigned = ({ kind, name, id }: GrantContainer, { label, at }: Unwanted): Latent => ({
  kind: 'latent',
  subject: { type: kinds[kind].type, name, id },
  message: `Grants ${label}, and is assigned to nobody.`,
  ...(at === undefined ? {} : { at }),
});

const undecided = (group: string, { label }: Unwanted): Gap => ({
  kind: 'unreadable',
  detail: `Salesforce has not recalculated this permission set group, so whether it grants ${label} could not be told.`,
  subject: { type: 'PermissionSetGroup', name: group },
});
