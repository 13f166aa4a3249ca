import { note, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Latent, Violation } from '../../engine/types.js';
import { defined } from '../../common/defined.js';
import { groupsOf } from '../../common/lists.js';
import { counted } from '../../common/text.js';
import type { Grant, GrantContainer, PermissionGrants } from '../facts.js';
import { aboutUser } from './users.js';

/** A permission that no user should have. `at` tells its findings from others about the same user. */
type Unwanted = {
  label: string;
  at?: string;
  /** It matters for a password only, so guests and users of single sign-on without a password are left out. */
  aboutPasswords?: true;
  /** External users are to be justified, one finding for each container; guests, who do not log in, are left out. */
  justifiesExternal?: true;
  /** Of the finding about a user who has it; default: a violation. */
  kind?: Violation['kind'];
};

/** One outcome for each user, each container without users, and each group that could not be evaluated. */
export const permissionFindings = (grants: PermissionGrants, unwanted: Unwanted, asOf: Date): SubjectOutcome[] => [
  ...(grants.provisioned === undefined ? [unknownPermission(unwanted)] : []),
  ...groupsOf(
    grants.assignments.filter((grant) => counts(grant, unwanted)),
    ({ user }) => user.id
  ).map((held) => userFinding(held, unwanted, asOf)),
  ...externalFindings(grants.assignments, unwanted, asOf),
  ...grants.unassigned.map((container) => unassigned(container, unwanted)),
  ...grants.undecidedGroups.map((group) => undecided(group, unwanted)),
  ...(grants.undecidedProfiles ?? []).map((profile) => disagreement(profile, unwanted)),
];

const unknownPermission = ({ label }: Unwanted): Gap => ({
  kind: 'not-supported',
  detail: `Could not determine whether ${label} exists in this org: describe of PermissionSet shows too little.`,
});

const counts = ({ guest, ssoOnly, population }: Grant, unwanted: Unwanted): boolean => {
  if (unwanted.aboutPasswords && (guest === true || ssoOnly === true)) return false;
  return !(unwanted.justifiesExternal && population === 'external');
};

const externalFindings = (
  assignments: readonly Grant[],
  { label, at, justifiesExternal }: Unwanted,
  asOf: Date
): SubjectOutcome[] => {
  if (!justifiesExternal) return [];
  const external = assignments.filter(
    (grant) =>
      grant.population === 'external' && grant.guest !== true && grant.userIsActive && isGrantInForce(grant, asOf)
  );
  return groupsOf(external, ({ through }) => through.id).map((held) => {
    const [{ through }] = held;
    const subject = { type: kinds[through.kind].type, name: through.name, id: through.id };
    const count = new Set(held.map(({ user }) => user.id)).size;
    const message = `${counted(count, 'active external user')} ${count === 1 ? 'has' : 'have'} ${label} through ${through.name}.`;
    return defined<Violation>({ kind: 'justification', subject, message, count, ...componentsOf([through]), at });
  });
};

/** A frozen user keeps its permissions; so does a session-based grant that is not activated at the moment. */
const userFinding = (
  held: readonly [Grant, ...Grant[]],
  { label, at, kind = 'violation' }: Unwanted,
  asOf: Date
): SubjectOutcome => {
  const [first] = held;
  const { id, username } = first.user;
  const subject = { type: 'User', name: username, id };
  const live = held.filter((grant) => isGrantInForce(grant, asOf));
  if (first.userIsActive && live.length > 0 && first.population === 'salesforce') {
    const why = 'Salesforce created this user, and it never logged in.';
    return note(subject, `${username} has ${label} through ${list(live)}. ${why}`, at);
  }
  if (first.userIsActive && live.length > 0) {
    const message = `${username} has ${label} through ${list(live)}.`;
    const components = componentsOf(live.map(({ through }) => through));
    return defined<Violation>({ kind, ...aboutUser(first.user), message, at, ...components });
  }
  const message = first.userIsActive
    ? `${username} had ${label} through ${list(held)}; the assignment is expired or revoked.`
    : `${username} is inactive; when activated, this user can have ${label} through ${list(held)}.`;
  return note(subject, message, at);
};

/** Only if every container can be changed: otherwise the user keeps the permission. */
function componentsOf(containers: readonly GrantContainer[]): Pick<Violation, 'components'> {
  const known = containers.map(({ components }) => components ?? []);
  return known.some((one) => one.length === 0) ? {} : { components: known.flat() };
}

/** Whether an assignment counts: it has neither expired nor been revoked. */
export const isGrantInForce = ({ assignmentIsActive, expires }: Grant, asOf: Date): boolean =>
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

const unassigned = ({ kind, name, id }: GrantContainer, { label, at }: Unwanted): Latent =>
  note({ type: kinds[kind].type, name, id }, `${name} grants ${label} and is assigned to no user.`, at);

const undecided = (group: string, { label }: Unwanted): Gap => ({
  kind: 'unreadable',
  detail: `Could not determine whether this permission set group grants ${label}: Salesforce has not recalculated it.`,
  subject: { type: 'PermissionSetGroup', name: group },
});

const disagreement = (profile: string, { label }: Unwanted): Gap => ({
  kind: 'unreadable',
  detail: `Could not determine whether this profile grants ${label}: its row and its permission set disagree.`,
  subject: { type: 'Profile', name: profile },
});
