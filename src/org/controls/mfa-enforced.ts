import { decide, notApplicable, gapForEventsAfter, note, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Latent, Subject } from '../../engine/types.js';
import { startOf } from '../../salesforce/rules/index.js';
import {
  orgControl,
  type ExternalLogins,
  type PrivilegedUsers,
  type SecuritySettings,
  type SsoPath,
  type UsersWithoutMfa,
} from '../facts.js';
import { aboutUser } from '../findings/users.js';
import { permissionFindings } from '../findings/permissionGrants.js';
import { counted, some } from '../../common/text.js';

const orgSwitch: Subject = { type: 'Setting', name: 'Security.sessionSettings.enableMFADirectUILoginOptIn' };

/** The switch covers every internal user. Where it was not sent, the users are neither findings nor fine. */
const evaluateInternalUsers = (
  settings: SecuritySettings,
  { users, coveredByOrgSwitch }: UsersWithoutMfa,
  sso: number
): SubjectOutcome[] => {
  if (settings.mfaForDirectUiLogins === true) return [];
  if (settings.mfaForDirectUiLogins === undefined) {
    const detail = `The org did not send this setting, which exists since API 55, and ${users.length} of its users depend on it.`;
    return [{ kind: 'not-supported', detail, subject: orgSwitch }];
  }
  if (coveredByOrgSwitch) {
    const detail = 'The list of users was read while the org required multi-factor authentication; now it does not.';
    return [{ kind: 'error', detail, subject: orgSwitch }];
  }
  const message =
    'The switch is off: a new user can log in without multi-factor authentication until a permission requires it.';
  return [note(orgSwitch, message), ...users.map((user) => evaluateUser(user, settings, sso))];
};

/** An active internal user of whom neither the org nor a permission requires multi-factor authentication. */
const evaluateUser = (
  user: UsersWithoutMfa['users'][number],
  settings: SecuritySettings,
  sso: number
): SubjectOutcome => {
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  const gap = (detail: string): Gap => ({ kind: 'not-supported', detail, subject });
  if (user.frozen) return undefined;
  if (user.apiOnly) {
    return note(subject, `${user.username} can log in through the API only, where this requirement does not apply.`);
  }
  if (user.sso && settings.passwordLoginDisabled === true) {
    const unseen = 'This user can log in through single sign-on only, and no identity provider was used in 90 days.';
    return sso > 0 ? undefined : gap(unseen);
  }
  if (user.sso && settings.passwordLoginDisabled === undefined) {
    return gap('This user can use single sign-on, and the org did not send whether passwords also work.');
  }
  // Which methods a high-assurance session takes (Session Security Levels) is in no API.
  if (user.highAssurance)
    return gap('This user needs a high-assurance session, and no API shows what that level requires.');
  if (user.highAssurance === undefined) {
    return gap('Could not determine whether the profile of this user requires a high-assurance session.');
  }
  return {
    kind: 'violation',
    ...aboutUser(user),
    message: `${user.username} can log in without MFA: neither the org nor a permission requires it.`,
  };
};

/** A provider is proven by what it reported about each login, or by Salesforce's MFA after it. */
const evaluateSsoPath = (one: SsoPath, settings: SecuritySettings, { users }: UsersWithoutMfa): SubjectOutcome => {
  const { kind, id, name, requiresMfa, logins, withMfa, reported } = one;
  if (logins > 0 && withMfa === logins) return undefined;
  // The option asks only users of whom the org or a permission requires MFA: Object Reference, SamlSsoConfig, AuthProvider.
  const isAsked = settings.mfaForDirectUiLogins === true || users.every(({ frozen, apiOnly }) => frozen || apiOnly);
  if (requiresMfa === true && isAsked) return undefined;
  const words = reported.length > 0 ? ` It reported ${some(reported)}.` : '';
  const option =
    requiresMfa === true ? ' Its option to use Salesforce MFA reaches only users who are required to use MFA.' : '';
  const detail =
    `${logins - withMfa} of ${counted(logins, 'login')} in 90 days through ${name} had no proof of multi-factor authentication.${words}${option} ` +
    'Check that the identity provider enforces it, and attest it for this provider.';
  const subject = { type: kind === 'unknown' ? 'IdentityProvider' : kind, name, ...(id === '' ? {} : { id }) };
  return { kind: 'not-supported', detail, subject };
};

/** "All users" in the guidance: external users without it need a justification. */
const evaluateExternalUsers = ({ profile, userType, users, withoutMfa }: ExternalLogins): SubjectOutcome => {
  if (withoutMfa === 0) return undefined;
  const message = `${withoutMfa} of ${counted(users, 'active external user')} (${userType}) can log in without multi-factor authentication.`;
  return {
    kind: 'justification',
    subject: { type: 'Profile', name: profile },
    message,
    at: userType,
    count: withoutMfa,
  };
};

/** A longer list is not readable. */
const mostNamed = 50;
const since = `Salesforce requires it of privileged users in production since ${startOf('mfa/phishing-resistant')} (Help 005321563).`;

const privilegedNotes = (
  { population, withoutEvidence, logInDirectly, unseen }: PrivilegedUsers,
  { securityKeys, builtInAuthenticators }: SecuritySettings
): Latent[] => {
  const open = unseen === undefined ? '' : ` Not everything could be read: ${unseen}`;
  const users = withoutEvidence
    .slice(0, mostNamed)
    .map((user) =>
      note(
        { type: 'User', name: user.username, id: user.id },
        `${user.username} is privileged, and no phishing-resistant method was found. ${since}${open}`,
        'phishing-resistant'
      )
    );
  if (population === 0 || !logInDirectly || securityKeys !== false || builtInAuthenticators !== false) return users;
  const message = `Security keys and built-in authenticators are off, so privileged users who log in directly cannot use a phishing-resistant method. ${since}`;
  return [...users, note({ type: 'Setting', name: 'Security.sessionSettings.enableU2F' }, message)];
};

export const mfaEnforced = orgControl({
  id: 'org/mfa-enforced',
  title: 'Every internal user must use multi-factor authentication',
  severity: 'critical',
  topic: 'MFA',
  problem: { one: 'user can log in without MFA', many: 'users can log in without MFA' },
  area: 'Users and login',
  setup: '/lightning/setup/IdentityVerification/home',
  requirement: 'Multi-factor authentication (MFA) must be enforced for all users.',
  why: 'A stolen password alone must not open an org that publishes code. Salesforce does not enforce MFA in Developer Edition orgs, where most packages are built, so it has to be turned on.',
  checks: [
    'The org requires MFA for direct UI logins, or a permission requires it of each active internal user (Chatter Free included).',
    'No active user has the permission that waives MFA.',
    'Each identity provider that internal users logged in with during the last 90 days proves MFA.',
    'Every external user is required to use MFA or has a justification.',
  ],
  fails: [
    'The org does not require MFA, and no permission requires it of an active internal user.',
    'An active user, frozen or not, has the waiver permission, also through a session-based grant.',
    'External users of a profile are not required to use MFA, or have the waiver, and there is no justification.',
  ],
  inconclusive: [
    'An identity provider did not report MFA for every login, and its option to use Salesforce MFA does not apply to every user. Attest it with the provider as subject.',
    'The org did not send the switch for direct UI logins.',
    'A user needs, or may need, a high-assurance session: no API shows what that level requires.',
    'The effect of single sign-on on a user could not be read.',
    'The evidence was collected before the day for which it is evaluated.',
  ],
  notes: [
    'The switch being off, API-only users, waivers that are not in force, and users that Salesforce created and that never logged in are informational.',
    'Privileged users without a phishing-resistant method are informational.',
  ],
  fix: [
    'Setup > Identity Verification: require MFA for all direct UI logins.',
    'On the same page, turn on security keys and built-in authenticators.',
    'Setup > Permission Sets and Profiles: clear Waive Multi-Factor Authentication for Exempt Users.',
    'Setup > Single Sign-On Settings and Auth. Providers: use Salesforce MFA, unless the identity provider enforces it.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=000389361',
    'https://help.salesforce.com/s/articleView?id=000389309',
    'https://help.salesforce.com/s/articleView?id=005321563',
    'https://help.salesforce.com/s/articleView?id=xcloud.mfa_direct_login_user_perm.htm&type=5',
  ],
  attestable: true,
  attestableSubjects: ['SamlSsoConfig', 'AuthProvider', 'IdentityProvider'],
  needs: ['securitySettings', 'usersWithoutMfa', 'mfaWaivers', 'ssoInUse', 'externalLogins', 'privilegedUsers'],
  // Not usersWithoutMfa, not externalLogins: the missing part may contain the permission that covers a user.
  provableFromPart: { securitySettings: 'fail', mfaWaivers: 'fail', ssoInUse: 'fail', privilegedUsers: 'fail' },
  judge: (facts, context) => {
    const { securitySettings, usersWithoutMfa, mfaWaivers, ssoInUse, externalLogins, privilegedUsers } = facts;
    const outside = externalLogins.map(evaluateExternalUsers);
    const population = usersWithoutMfa.population - usersWithoutMfa.users.filter(({ frozen }) => frozen).length;
    const apiOnly = usersWithoutMfa.users.filter((user) => user.apiOnly && !user.frozen).length;
    const isEmpty = population === 0 && mfaWaivers.assignments.length === 0;
    if (isEmpty && outside.every((look) => look === undefined)) {
      return notApplicable('No internal user of the org can log in.');
    }
    return decide(
      [
        ...(isEmpty ? [] : evaluateInternalUsers(securitySettings, usersWithoutMfa, ssoInUse.length)),
        ...permissionFindings(mfaWaivers, waiver, context.asOf),
        ...ssoInUse.map((one) => evaluateSsoPath(one, securitySettings, usersWithoutMfa)),
        gapForEventsAfter('Logins through single sign-on', context),
        ...outside,
        privilegedNotes(privilegedUsers, securitySettings),
      ],
      securitySettings.mfaForDirectUiLogins === true
        ? 'The org requires multi-factor authentication for all direct UI logins, and no user is exempt.'
        : `The org does not require multi-factor authentication, but each of its ${population - apiOnly} internal users who can log in to the user interface is required to use it.`
    );
  },
});

const waiver = {
  label: 'Waive Multi-Factor Authentication for Exempt Users',
  at: 'BypassMFAForUiLogins',
  justifiesExternal: true,
} as const;
