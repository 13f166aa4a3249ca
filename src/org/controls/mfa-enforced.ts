import { decide, notApplicable, gapForEventsAfter, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Latent, Subject } from '../../engine/types.js';
import {
  orgControl,
  type ExternalLogins,
  type PrivilegedUsers,
  type SecuritySettings,
  type SsoPath,
  type UsersWithoutMfa,
} from '../facts.js';
import { permissionFindings } from '../findings/permissionGrants.js';
import { counted, some } from '../../common/text.js';

const orgSwitch: Subject = { type: 'Setting', name: 'Security.sessionSettings.enableMFADirectUILoginOptIn' };

/** The switch covers every internal user. Where it was not sent, no user is accused and none exonerated. */
const evaluateInternalUsers = (
  settings: SecuritySettings,
  { users, coveredByOrgSwitch }: UsersWithoutMfa,
  sso: number
): SubjectOutcome[] => {
  if (settings.mfaForDirectUiLogins === true) return [];
  if (settings.mfaForDirectUiLogins === undefined) {
    const detail = `The org did not send this setting (API 55 or later has it), and ${users.length} of its users depend on it.`;
    return [{ kind: 'not-supported', detail, subject: orgSwitch }];
  }
  if (coveredByOrgSwitch) {
    const detail = 'The users were read while multi-factor authentication was required in the org, which it is not.';
    return [{ kind: 'error', detail, subject: orgSwitch }];
  }
  const message =
    'The switch is off: a new user can log in without multi-factor authentication until a permission requires it.';
  return [{ kind: 'latent', subject: orgSwitch, message }, ...users.map((user) => evaluateUser(user, settings, sso))];
};

/** An active internal user whom neither the org nor a permission forces to use multi-factor authentication. */
const evaluateUser = (
  user: UsersWithoutMfa['users'][number],
  settings: SecuritySettings,
  sso: number
): SubjectOutcome => {
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  const gap = (detail: string): Gap => ({ kind: 'not-supported', detail, subject });
  if (user.frozen) return undefined;
  if (user.apiOnly) {
    return {
      kind: 'latent',
      subject,
      message: 'This user can log in through the API only, where this requirement does not apply.',
    };
  }
  if (user.sso && settings.passwordLoginDisabled === true) {
    const unseen = 'This user can log in through single sign-on only, and no identity provider was used in 90 days.';
    return sso > 0 ? undefined : gap(unseen);
  }
  if (user.sso && settings.passwordLoginDisabled === undefined) {
    return gap('This user can use single sign-on, and the org did not send whether passwords still work.');
  }
  // Which methods a high-assurance session takes (Session Security Levels) is in no API.
  if (user.highAssurance)
    return gap('This user needs a high-assurance session, and no API shows what that level requires.');
  if (user.highAssurance === undefined) {
    return gap(
      'Some profiles require a high-assurance session, and whether the profile of this user is one of them could not be determined.'
    );
  }
  return {
    kind: 'violation',
    subject,
    message: 'Neither the org nor a permission requires multi-factor authentication of this user.',
  };
};

/** A provider is proven by what it reported about each login, or by Salesforce's own question after it. */
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
    `${logins - withMfa} of ${counted(logins, 'login')} in 90 days came without proof of multi-factor authentication.${words}${option} ` +
    'Check that the identity provider enforces it, and attest it for this provider.';
  const subject = { type: kind === 'unknown' ? 'IdentityProvider' : kind, name, ...(id === '' ? {} : { id }) };
  return { kind: 'not-supported', detail, subject };
};

/** "All users" in the guidance: whoever is outside the company needs a reason. */
const evaluateExternalUsers = ({ profile, userType, users, withoutMfa }: ExternalLogins): SubjectOutcome => {
  if (withoutMfa === 0) return undefined;
  const message = `${withoutMfa} of ${counted(users, 'active external user')} (${userType}) can log in without multi-factor authentication.`;
  return { kind: 'justification', subject: { type: 'Profile', name: profile }, message, at: userType };
};

/** More than that is no longer read one by one. */
const mostNamed = 50;
const since = 'Salesforce requires it of privileged users in production since 1 Jul 2026 (Help 005321563).';

const privilegedNotes = (
  { population, withoutEvidence, logInDirectly, unseen }: PrivilegedUsers,
  { securityKeys, builtInAuthenticators }: SecuritySettings
): Latent[] => {
  const open = unseen === undefined ? '' : ` Not everything could be read: ${unseen}`;
  const users = withoutEvidence.slice(0, mostNamed).map((user): Latent => ({
    kind: 'latent',
    subject: { type: 'User', name: user.username, id: user.id },
    message: `No phishing-resistant method of this privileged user was seen. ${since}${open}`,
    at: 'phishing-resistant',
  }));
  if (population === 0 || !logInDirectly || securityKeys !== false || builtInAuthenticators !== false) return users;
  const message = `Security keys and built-in authenticators are off, so privileged users who log in directly cannot use a phishing-resistant method. ${since}`;
  return [
    ...users,
    { kind: 'latent', subject: { type: 'Setting', name: 'Security.sessionSettings.enableU2F' }, message },
  ];
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
  checks: [
    'Checks the switch of the org for direct UI logins, each active user who is not external (Chatter Free included) and whom neither the switch nor a permission requires to use MFA, every grant of the permission that waives it, and each identity provider that logged such a user in during the last 90 days.',
    'Informational are the switch being off, API-only users, waivers that are not in force, users of Salesforce itself that never logged in, and privileged users without a phishing-resistant method.',
  ],
  fails: [
    'Violations are a user who is not required to use MFA and a waiver in force, frozen users and session-based grants included; external users whom no permission requires to use MFA, or who have the waiver, need a justification for each profile.',
  ],
  inconclusive: [
    'It is inconclusive where an identity provider did not report MFA for every login and its option to use Salesforce MFA does not reach every user (one gap for each provider, which can be attested with the provider as subject), where the switch was not sent, where a user needs or may need a high-assurance session, where the effect of single sign-on on a user could not be read, and where the evidence was collected before the day it is checked for.',
  ],
  why:
    'A stolen password alone must not open an org that publishes code. Developer Edition orgs, where most packages ' +
    'live, are left out of the enforcement by Salesforce, so it has to be switched on.',
  fix: [
    'Setup > Identity Verification: require MFA for all direct UI logins, and turn security keys and built-in authenticators on.',
    'Setup > Permission Sets and Profiles: clear Waive Multi-Factor Authentication for Exempt Users.',
    'Setup > Single Sign-On Settings and Auth.',
    'Providers: use Salesforce MFA, unless the identity provider enforces it.',
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
  // Not usersWithoutMfa, not externalLogins: the permission that would exonerate a user may be in the part not seen.
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
