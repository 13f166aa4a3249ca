import { decide, notApplicable, unseenSince, type Look } from '../../engine/control.js';
import type { Gap, Latent, Subject } from '../../engine/types.js';
import {
  orgControl,
  type ExternalLogins,
  type SecuritySettings,
  type SsoPath,
  type UsersWithoutMfa,
} from '../facts.js';
import { grantLooks } from '../findings/permissionGrants.js';

const orgSwitch: Subject = { type: 'Setting', name: 'Security.sessionSettings.enableMFADirectUILoginOptIn' };

/** The switch covers everybody; without it each user stands alone, and an unknown switch exonerates nobody and accuses nobody. */
const internal = (settings: SecuritySettings, { users, coveredByOrgSwitch }: UsersWithoutMfa, sso: number): Look[] => {
  if (settings.mfaForDirectUiLogins === true) return [];
  if (settings.mfaForDirectUiLogins === undefined) {
    const detail = `The org did not send this setting (API 55 or later has it), and ${users.length} of its users depend on it.`;
    return [{ kind: 'not-supported', detail, subject: orgSwitch }];
  }
  if (coveredByOrgSwitch) {
    const detail = 'The users were read while multi-factor authentication was required in the org, which it is not.';
    return [{ kind: 'error', detail, subject: orgSwitch }];
  }
  const message = 'Is off: a new user is not asked for multi-factor authentication until a permission says so.';
  return [{ kind: 'latent', subject: orgSwitch, message }, ...users.map((user) => uncovered(user, settings, sso))];
};

/** An active internal user whom neither the org nor a permission forces to use multi-factor authentication. */
const uncovered = (user: UsersWithoutMfa['users'][number], settings: SecuritySettings, sso: number): Look => {
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  const gap = (detail: string): Gap => ({ kind: 'not-supported', detail, subject });
  if (user.frozen) return undefined;
  if (user.apiOnly) {
    return { kind: 'latent', subject, message: 'Logs in through the API only, where this requirement does not reach.' };
  }
  if (user.sso && settings.passwordLoginDisabled === true) {
    const unseen = 'Logs in through single sign-on only, and no configuration was used within 90 days.';
    return sso > 0 ? undefined : gap(unseen);
  }
  if (user.sso && settings.passwordLoginDisabled === undefined) {
    return gap('Uses single sign-on, and the org did not send whether passwords still work besides it.');
  }
  // Which methods a high-assurance session takes (Session Security Levels) is in no API.
  if (user.highAssurance) return gap('Needs a high-assurance session, and no API shows what that level asks for.');
  if (user.highAssurance === undefined) {
    return gap(
      'Profiles of the org need a high-assurance session, and whether its profile is one of them cannot be told.'
    );
  }
  return {
    kind: 'violation',
    subject,
    message: 'Neither the org nor a permission asks for multi-factor authentication.',
  };
};

const path = ({ kind, id, name, requiresMfa, logins }: SsoPath): Look => {
  if (requiresMfa === true) return undefined;
  const through = kind === 'unknown' ? ` through ${name}` : '';
  const detail =
    `Logins within 90 days (${logins}) came${through} without multi-factor authentication by Salesforce: ` +
    'the identity provider must enforce it, which no API shows.';
  return { kind: 'not-supported', detail, ...(kind === 'unknown' ? {} : { subject: { type: kind, name, id } }) };
};

const external = ({ profile, userType, users }: ExternalLogins): Latent => ({
  kind: 'latent',
  subject: { type: 'Profile', name: profile },
  message: `Lets ${users} active external users (${userType}) log in, whom this control does not judge.`,
  at: userType,
});

export const mfaEnforced = orgControl({
  id: 'org/mfa-enforced',
  title: 'Every internal user must use multi-factor authentication',
  severity: 'critical',
  topic: 'MFA',
  problem: { one: 'user can log in without MFA', many: 'users can log in without MFA' },
  area: 'Users and login',
  setup: '/lightning/setup/IdentityVerification/home',
  requirement: 'Multi-factor authentication (MFA) must be enforced for all users.',
  decision:
    "Looks at the org's switch for direct UI logins, at each active internal user whom neither the switch nor a " +
    'permission forces to use MFA, at everybody who holds the permission that waives it, and at the single ' +
    'sign-on of internal users in the last 90 days. A user whom nothing forces is a violation, and so is a waiver ' +
    'in force for an active user, frozen users and session-based grants included. Latent are the switch being ' +
    'off, API-only users, waivers that are not in force, and external users, who are counted and not judged; ' +
    'frozen users whom nothing forces are left out. It is inconclusive where the switch was not sent, where a ' +
    'single sign-on does not ask for MFA of Salesforce, because no API shows what the identity provider asks for, ' +
    'where a user needs, or may need, a high-assurance session or how single sign-on binds the user was not to be seen, and ' +
    'where the evidence was collected before the day it is judged for.',
  rationale:
    'A stolen password alone must not open an org that publishes code. Developer Edition orgs, where most packages ' +
    'live, are left out of the enforcement by Salesforce, so it has to be switched on.',
  remediation:
    'Setup > Identity Verification: require MFA for all direct UI logins. Setup > Permission Sets and Profiles: clear ' +
    'Waive Multi-Factor Authentication for Exempt Users. Setup > Single Sign-On Settings and Auth. Providers: use ' +
    'Salesforce MFA, unless the identity provider enforces it.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=000389361',
    'https://help.salesforce.com/s/articleView?id=000389309',
  ],
  attestable: false,
  needs: ['securitySettings', 'usersWithoutMfa', 'mfaWaivers', 'ssoInUse', 'externalLogins'],
  // Not usersWithoutMfa: the permission that would exonerate a listed user may be in the part that was not seen.
  provableFromPart: { securitySettings: 'fail', mfaWaivers: 'fail', ssoInUse: 'fail', externalLogins: 'fail' },
  judge: ({ securitySettings, usersWithoutMfa, mfaWaivers, ssoInUse, externalLogins }, context) => {
    const outside = externalLogins.filter(({ users }) => users > 0).map(external);
    const judged = usersWithoutMfa.population - usersWithoutMfa.users.filter(({ frozen }) => frozen).length;
    const apiOnly = usersWithoutMfa.users.filter((user) => user.apiOnly && !user.frozen).length;
    if (judged === 0 && mfaWaivers.assignments.length === 0) {
      return notApplicable('The org has no internal user who could log in.', outside);
    }
    const waiver = { label: 'Waive Multi-Factor Authentication for Exempt Users', at: 'BypassMFAForUiLogins' };
    return decide(
      [
        ...internal(securitySettings, usersWithoutMfa, ssoInUse.length),
        ...grantLooks(mfaWaivers, waiver, context.asOf),
        ...ssoInUse.map(path),
        unseenSince('Logins through single sign-on', context),
        ...outside,
      ],
      securitySettings.mfaForDirectUiLogins === true
        ? 'The org requires multi-factor authentication for all direct UI logins, and exempts nobody.'
        : `The org does not require multi-factor authentication, but each of its ${judged - apiOnly} internal users who may log in to the user interface is held to it.`
    );
  },
});
