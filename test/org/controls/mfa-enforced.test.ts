import { mfaEnforced } from '../../../src/org/controls/mfa-enforced.js';
import type { OrgFacts, SsoPath, UsersWithoutMfa } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { grant, grants, user } from './samples.js';

type Facts = Pick<
  OrgFacts,
  'securitySettings' | 'usersWithoutMfa' | 'mfaWaivers' | 'ssoInUse' | 'externalLogins' | 'privilegedUsers'
>;
type Uncovered = UsersWithoutMfa['users'][number];

const uncovered = (name: string, rest: Partial<Uncovered> = {}): Uncovered => ({
  ...user(name),
  frozen: false,
  apiOnly: false,
  sso: false,
  highAssurance: false,
  ...rest,
});
const sso = (requiresMfa: boolean | undefined, rest: Partial<SsoPath> = {}): SsoPath => ({
  kind: 'SamlSsoConfig',
  id: '0LE1',
  name: 'Okta',
  logins: 12,
  withMfa: 0,
  reported: [],
  ...(requiresMfa === undefined ? {} : { requiresMfa }),
  ...rest,
});

const on: Facts = {
  securitySettings: { mfaForDirectUiLogins: true, trustedRanges: [] },
  usersWithoutMfa: { coveredByOrgSwitch: true, users: [], population: 4 },
  mfaWaivers: grants(),
  ssoInUse: [],
  externalLogins: [],
  privilegedUsers: { population: 1, withoutEvidence: [], logInDirectly: true },
};
/** The switch is off, and these users are covered by no permission. */
const off = (users: readonly Uncovered[], rest: Partial<Facts> = {}): Facts => ({
  ...on,
  securitySettings: { mfaForDirectUiLogins: false, trustedRanges: [] },
  usersWithoutMfa: { coveredByOrgSwitch: false, users, population: 4 },
  ...rest,
});
const ssoOnly = { mfaForDirectUiLogins: false, passwordLoginDisabled: true, trustedRanges: [] };
const orgSwitch = 'Setting:Security.sessionSettings.enableMFADirectUILoginOptIn';

testControl(mfaEnforced, {
  pass: [
    {
      name: 'required in the org',
      facts: on,
      latent: [],
      reason: /requires .* for all direct UI logins, and no user is exempt/,
    },
    {
      name: 'off in the org, but a permission requires it of every user',
      facts: off([]),
      latent: [orgSwitch],
      reason: /each of its 4 internal users who can log in to the user interface is required to use it/,
    },
    {
      trap: true,
      name: 'a waiver that is expired, or that an inactive user has, is latent',
      facts: {
        ...on,
        mfaWaivers: grants([
          grant('late', { expires: '2026-01-01T00:00:00.000Z' }),
          grant('gone', { userIsActive: false }),
        ]),
      },
      latent: ['User:late@acme.example', 'User:gone@acme.example'],
    },
    {
      name: 'the waiver does not exist in this edition',
      facts: { ...on, mfaWaivers: grants([], { provisioned: false }) },
    },
    {
      trap: true,
      name: 'external users whom a permission requires to use MFA',
      facts: { ...on, externalLogins: [{ profile: 'Partner', userType: 'PowerPartner', users: 3, withoutMfa: 0 }] },
    },
    {
      trap: true,
      name: "Salesforce's own users that never logged in are informational, whatever they have",
      facts: { ...on, mfaWaivers: grants([grant('chatty', { population: 'salesforce' })]) },
      latent: ['User:chatty@acme.example'],
    },
    {
      name: 'the option to use Salesforce MFA, where the org requires MFA',
      facts: { ...on, ssoInUse: [sso(true)] },
    },
    {
      trap: true,
      name: 'an identity provider that reported MFA for every login',
      facts: off([], { ssoInUse: [sso(false, { withMfa: 12 })] }),
    },
    {
      trap: true,
      name: 'privileged users without a phishing-resistant method are informational',
      facts: {
        ...on,
        securitySettings: { ...on.securitySettings, securityKeys: false, builtInAuthenticators: false },
        privilegedUsers: { population: 2, withoutEvidence: [user('ada')], logInDirectly: true },
      },
      latent: ['User:ada@acme.example', 'Setting:Security.sessionSettings.enableU2F'],
    },
    {
      trap: true,
      name: 'methods that could not be read never fail',
      facts: {
        ...on,
        privilegedUsers: { population: 1, withoutEvidence: [user('ada')], logInDirectly: false, unseen: 'Hidden.' },
      },
      latent: ['User:ada@acme.example'],
    },
    {
      trap: true,
      name: 'an API-only user is latent, a frozen user is out of the population',
      facts: off([uncovered('sync', { apiOnly: true }), uncovered('ice', { frozen: true })]),
      latent: [orgSwitch, 'User:sync@acme.example'],
      reason: /each of its 2 internal users/,
    },
    {
      name: 'single sign-on only, through an identity provider that reported MFA',
      facts: off([uncovered('ada', { sso: true })], {
        securitySettings: ssoOnly,
        ssoInUse: [sso(false, { withMfa: 12 })],
      }),
    },
  ],
  fail: [
    {
      trap: true,
      name: 'required in the org, but waived for a user',
      facts: { ...on, mfaWaivers: grants([grant('ada'), grant('bob', { needsActivation: true })]) },
      names: ['User:ada@acme.example', 'User:bob@acme.example'],
      says: [/Waive Multi-Factor Authentication for Exempt Users/, /can be activated/],
    },
    {
      trap: true,
      name: 'off in the org: only the users who are not covered fail, the switch is latent',
      facts: off([uncovered('ada'), uncovered('sync', { apiOnly: true })]),
      names: ['User:ada@acme.example'],
      latent: [orgSwitch, 'User:sync@acme.example'],
    },
    {
      trap: true,
      name: 'external users are to be justified by profile, those who have the waiver by what grants it',
      facts: {
        ...on,
        externalLogins: [
          { profile: 'Partner', userType: 'PowerPartner', users: 3, withoutMfa: 2 },
          { profile: 'Customer', userType: 'CspLitePortal', users: 4, withoutMfa: 0 },
        ],
        mfaWaivers: grants([
          grant('pat', { population: 'external' }),
          grant('paula', { population: 'external' }),
          grant('visitor', { population: 'external', guest: true }),
        ]),
      },
      names: ['PermissionSet:Api', 'Profile:Partner'],
      says: [/^2 active external users have Waive/, /^2 of 3 active external users \(PowerPartner\)/],
    },
    {
      trap: true,
      name: 'only external users, none of them required to use MFA',
      facts: {
        ...on,
        usersWithoutMfa: { ...on.usersWithoutMfa, population: 0 },
        externalLogins: [{ profile: 'Partner', userType: 'PowerPartner', users: 1, withoutMfa: 1 }],
      },
      names: ['Profile:Partner'],
    },
    {
      name: 'uncovered and waived are two findings about one user',
      facts: off([uncovered('ada')], { mfaWaivers: grants([grant('ada')]) }),
      names: ['User:ada@acme.example', 'User:ada@acme.example'],
    },
    {
      name: 'single sign-on, but passwords still work',
      facts: off([uncovered('ada', { sso: true })], {
        securitySettings: { ...ssoOnly, passwordLoginDisabled: false },
        ssoInUse: [sso(true)],
      }),
      names: ['User:ada@acme.example'],
    },
    {
      name: 'single sign-on only in the org, but this user may use a password',
      facts: off([uncovered('ada')], { securitySettings: ssoOnly, ssoInUse: [sso(true)] }),
      names: ['User:ada@acme.example'],
    },
    {
      name: 'a waiver while the switch is unknown',
      facts: { ...on, securitySettings: { trustedRanges: [] }, mfaWaivers: grants([grant('ada')]) },
      names: ['User:ada@acme.example'],
    },
    {
      name: 'a finding, and a user who cannot be judged',
      facts: off([uncovered('ada'), uncovered('bob', { highAssurance: true })]),
      names: ['User:ada@acme.example'],
    },
    {
      name: 'no internal user, but the waiver is assigned',
      facts: off([], {
        usersWithoutMfa: { coveredByOrgSwitch: false, users: [], population: 0 },
        mfaWaivers: grants([grant('ada')]),
      }),
      names: ['User:ada@acme.example'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'the option to use Salesforce MFA alone requires it of no user',
      facts: off([uncovered('ada', { sso: true })], { securitySettings: ssoOnly, ssoInUse: [sso(true)] }),
      reason: /^12 of 12 logins .* Its option to use Salesforce MFA reaches only users/,
    },
    {
      trap: true,
      name: 'a weak or unknown method that was reported is no proof',
      facts: { ...on, ssoInUse: [sso(false, { withMfa: 11, reported: ['pwd'] })] },
      reason: /^1 of 12 logins .* It reported pwd/,
    },
    {
      trap: true,
      name: 'a profile whose row and permission set disagree about the waiver',
      facts: { ...on, mfaWaivers: grants([], { undecidedProfiles: ['Staff'] }) },
    },
    {
      trap: true,
      name: 'single sign-on after the evidence was collected is not known',
      facts: on,
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^Logins through single sign-on after 22 Nov 2026/,
    },
    {
      trap: true,
      name: 'a switch that was not sent is not off, and accuses no user',
      facts: off([uncovered('ada')], { securitySettings: { trustedRanges: [] } }),
    },
    {
      trap: true,
      name: 'a switch that was not sent is not on either',
      facts: off([], { securitySettings: { trustedRanges: [] } }),
    },
    {
      name: 'users who were read under a switch that is off',
      facts: { ...on, securitySettings: off([]).securitySettings },
    },
    {
      trap: true,
      name: 'what high assurance asks for is in no API',
      facts: off([uncovered('ada', { highAssurance: true })]),
    },
    {
      trap: true,
      name: 'a profile that needs high assurance, and its users are not known',
      facts: off([uncovered('ada', { highAssurance: undefined })]),
    },
    { trap: true, name: 'the identity provider must enforce MFA', facts: { ...on, ssoInUse: [sso(false)] } },
    {
      name: 'the column of the single sign-on configuration does not exist',
      facts: { ...on, ssoInUse: [sso(undefined)] },
    },
    {
      name: 'single sign-on only, through an identity provider that may or may not enforce MFA',
      facts: off([uncovered('ada', { sso: true })], { securitySettings: ssoOnly, ssoInUse: [sso(false)] }),
    },
    {
      name: 'single sign-on only, but no configuration was used',
      facts: off([uncovered('ada', { sso: true })], { securitySettings: ssoOnly }),
    },
    { name: 'single sign-on, and unknown whether passwords work', facts: off([uncovered('ada', { sso: true })]) },
    { name: 'unknown whether the waiver exists', facts: { ...on, mfaWaivers: grants([], { provisioned: undefined }) } },
    {
      name: 'a group that may grant the waiver',
      facts: { ...on, mfaWaivers: grants([], { undecidedGroups: ['Ops'] }) },
    },
  ],
  notApplicable: [
    {
      name: 'every internal user is frozen',
      facts: off([uncovered('ice', { frozen: true })], {
        usersWithoutMfa: { coveredByOrgSwitch: false, users: [uncovered('ice', { frozen: true })], population: 1 },
      }),
    },
    { name: 'no internal user', facts: { ...on, usersWithoutMfa: { ...on.usersWithoutMfa, population: 0 } } },
  ],
});
