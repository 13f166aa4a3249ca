/* eslint-disable camelcase -- the names of Salesforce components */
import { expect } from 'chai';
import { AUDIT_PERMISSIONS, scenario } from '../../simulator/index.js';
import type {
  Ids,
  ProfileInput,
  Row,
  Scenario,
  ScenarioInput,
  SimulatedOrg,
  UserInput,
} from '../../simulator/index.js';
import { review } from '../../src/engine/review.js';
import type { Declared, Policy, Verdict } from '../../src/engine/types.js';
import { orgDomain } from '../../src/org/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { daysBefore, now, open, refusal, stopAll } from './support.js';

/** What one control must answer: its verdict, the open findings (V violation, J justification), and what its gaps name. */
type Answer = { verdict: Verdict | readonly Verdict[]; open?: readonly string[]; gaps?: readonly RegExp[] };

type Shape = {
  claim: string;
  input?: Partial<ScenarioInput>;
  policy?: (org: Scenario) => Partial<Policy>;
  audited?: (org: Scenario) => Declared['audited'];
  prepare?: (org: SimulatedOrg) => void;
  answers: Record<string, Answer>;
};

const OFFICE = [{ startAddress: '198.51.100.0', endAddress: '198.51.100.24', description: 'Office' }];
const LOGGED_IN: Row = {
  LastLoginDate: daysBefore(1),
  LastPasswordChangeDate: daysBefore(30),
  CreatedDate: daysBefore(900),
  HasUserVerifiedEmail: true,
};
const NEVER_LOGGED_IN: Row = { LastLoginDate: null, LastPasswordChangeDate: null, CreatedDate: daysBefore(900) };
const ADMINISTRATORS: ProfileInput = {
  name: 'System Administrator',
  fullName: 'Admin',
  permissions: [...AUDIT_PERMISSIONS, 'ForceTwoFactor'],
  ranges: OFFICE,
};
const ADMIN: UserInput = {
  username: 'admin@x.example',
  name: 'Ada Admin',
  profile: 'System Administrator',
  fields: LOGGED_IN,
};
const STAFF: ProfileInput = { name: 'Staff', permissions: ['ApiEnabled'], ranges: OFFICE };
const CALM = {
  networkAccess: { ipRanges: [] as object[] },
  passwordPolicies: { expiration: 'OneYear' },
  sessionSettings: {
    enableMFADirectUILoginOptIn: true,
    enforceIpRangesEveryRequest: true,
    enableU2F: true,
    enableBuiltInAuthenticator: true,
  },
  singleSignOnSettings: { enableSamlLogin: false, isLoginWithSalesforceCredentialsDisabled: false },
};
const SETTINGS = {
  SecuritySettings: CALM,
  ConnectedAppSettings: {},
  OauthOidcSettings: { blockOAuthUnPwFlow: true, blockOAuthUsrAgtFlow: true },
  ExternalClientAppSettings: { enableConsumerSecretApiAccess: false, enableClientSecretInRestApiAccess: false },
};
const ANALYTICS: ProfileInput = {
  name: 'Analytics Cloud Integration User',
  fullName: 'Analytics Cloud Integration User',
  license: 'Analytics Cloud Integration User',
  permissions: ['ApiEnabled', 'PasswordNeverExpires', 'UseAnyApiClient', 'BypassMFAForUiLogins'],
};
const CHATTER: ProfileInput = {
  name: 'Chatter Free User',
  fullName: 'Chatter Free User',
  userType: 'CsnOnly',
  license: 'Chatter Free',
  permissions: ['BypassMFAForUiLogins', 'PasswordNeverExpires', 'UseAnyApiClient'],
};

const user = (name: string, profile = 'Staff', more: Partial<UserInput> = {}): UserInput => ({
  username: `${name}@x.example`,
  name: name.replaceAll('.', ' '),
  profile,
  fields: { ...LOGGED_IN, ...more.fields },
  ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'fields')),
});
const security = (changes: Partial<Record<keyof typeof CALM, object>>): ScenarioInput['settings'] => ({
  ...SETTINGS,
  SecuritySettings: {
    ...CALM,
    ...Object.fromEntries(
      Object.entries(changes).map(([key, value]) => [key, { ...CALM[key as keyof typeof CALM], ...value }])
    ),
  },
});
const login = (userId: string, more: Row = {}): Row => ({
  UserId: userId,
  LoginTime: daysBefore(1),
  LoginType: 'Application',
  SourceIp: '198.51.100.7',
  Status: 'Success',
  ...more,
});
const ADMIN_LOGINS = (...more: Row[]): Partial<ScenarioInput> => ({
  tables: (ids) => ({ LoginHistory: more.map((row) => login(ids.user(ADMIN.username), row)) }),
});
const without = (...names: string[]): Partial<ScenarioInput> => ({
  auditor: { permissions: AUDIT_PERMISSIONS.filter((name) => !names.includes(name)) },
});
const menu = (app: string, name: string, more: Row = {}): Row => ({
  ApplicationId: app,
  Name: name,
  Label: name.replaceAll('_', ' '),
  Type: 'ConnectedApplication',
  ...more,
});
const connectedApp = (oauthConfig: object, more: object = {}): object => ({
  label: 'App',
  oauthConfig: { scopes: ['Api'], isPkceRequired: true, isRefreshTokenRotationEnabled: true, ...oauthConfig },
  oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'zero' },
  ...more,
});
/** Connected Apps that this org made: components, rows and menu entries. */
const ownApps = (apps: Record<string, object>, rows: Record<string, Row> = {}): Partial<ScenarioInput> => ({
  metadata: {
    ConnectedApp: Object.fromEntries(
      Object.entries(apps).map(([name, app]) => [name, { ...app, label: name.replaceAll('_', ' ') }])
    ),
  },
  tables: (ids) => {
    const made = Object.keys(apps).map((name) => ({ name, id: ids.next('ConnectedApplication') }));
    return {
      ConnectedApplication: made.map(({ name, id }) => ({
        Id: id,
        Name: name.replaceAll('_', ' '),
        DeveloperName: name,
        OptionsAllowAdminApprovedUsersOnly: true,
        CreatedDate: daysBefore(800),
        ...rows[name],
      })),
      AppMenuItem: made.map(({ name, id }) => menu(id, name)),
    };
  },
});
const trusted = { owner: 'security', reason: 'reviewed', reviewBy: '2026-12-31' };
const rowsOf = (org: Scenario, object: string, name: string, column = 'Name'): Row[] =>
  (org.tables[object] ?? []).filter((row) => row[column] === name);
const idOf = (org: Scenario, object: string, name: string, column = 'Name'): string =>
  String(rowsOf(org, object, name, column)[0]?.['Id']);
const trust = (more: Partial<Policy['trust']>): Partial<Policy> => ({ trust: { ...emptyPolicy.trust, ...more } });

const ANY = 'org/no-use-any-api-client';
const MFA = 'org/mfa-enforced';
const IP = 'org/login-ip-ranges-set';
const REQUESTS = 'org/ip-ranges-enforced-on-every-request';
const LOGINS = 'org/logins-within-ranges';
const APPS = 'org/connected-apps-trusted';
const ECAS = 'org/external-client-apps-trusted';
const TOKENS = 'org/oauth-tokens-trusted';
const SITES = 'org/no-guest-sites';
const PACKAGES = 'org/packages-trusted';
const PASSWORDS = 'org/passwords-rotated';
const CERTIFICATES = 'org/certificates-rotated';

const grants: Shape[] = [
  {
    claim: 'grants of Use Any API Client that are muted, revoked, expired, unassigned, or of users who are gone',
    input: {
      features: { apiAccessControl: true },
      profiles: [ADMINISTRATORS, STAFF, ANALYTICS],
      permissionSets: [
        { name: 'Any', permissions: ['UseAnyApiClient'] },
        { name: 'Lonely', permissions: ['UseAnyApiClient'] },
      ],
      groups: [
        { name: 'Muted', permissionSets: ['Any'], muted: ['UseAnyApiClient'] },
        { name: 'Muted_Outdated', permissionSets: ['Any'], muted: ['UseAnyApiClient'], status: 'Outdated' },
      ],
      users: [
        ADMIN,
        user('mute', 'Staff', { groups: ['Muted'] }),
        user('stale', 'Staff', { groups: ['Muted_Outdated'] }),
        user('gone', 'Staff', { active: false, permissionSets: ['Any'] }),
        user('past'),
        user('revoked'),
        { username: 'integration@00d5j000000abcd.com', profile: ANALYTICS.name, fields: NEVER_LOGGED_IN },
      ],
      assignments: [{ user: 'past@x.example', permissionSet: 'Any', expires: daysBefore(2) }],
      tables: (ids) => ({
        PermissionSetAssignment: [
          {
            AssigneeId: ids.user('revoked@x.example'),
            PermissionSetId: ids.permissionSet('Any'),
            IsActive: true,
            IsRevoked: true,
          },
        ],
      }),
    },
    answers: { [ANY]: { verdict: 'pass' } },
  },
  {
    claim: 'grants of Use Any API Client in unusual dress',
    input: {
      features: { apiAccessControl: true },
      profiles: [
        ADMINISTRATORS,
        STAFF,
        ANALYTICS,
        CHATTER,
        { name: 'Partner Community User', userType: 'PowerPartner', license: 'Partner Community', ranges: OFFICE },
      ],
      permissionSets: [
        { name: 'Any', label: 'Any "Client", \u200Fall\u200F', permissions: ['UseAnyApiClient'] },
        { name: 'Any_Session', permissions: ['UseAnyApiClient'], sessionActivated: true },
      ],
      groups: [
        { name: 'Session_Group', permissionSets: ['Any'], sessionActivated: true },
        { name: 'Outdated', permissionSets: ['Any'], status: 'Outdated' },
      ],
      users: [
        ADMIN,
        user('frozen', 'Staff', { frozen: true, permissionSets: ['Any'] }),
        user('session.group', 'Staff', { groups: ['Session_Group'] }),
        user('outdated', 'Staff', { groups: ['Outdated'] }),
        user('until.tomorrow'),
        user('partner', 'Partner Community User', { permissionSets: ['Any'] }),
        user('chatter.employee', 'Chatter Free User'),
        { username: 'integration@00d5j000000abcd.com', profile: ANALYTICS.name, fields: LOGGED_IN },
        {
          username: 'integration@00d5j000000zzzz.com',
          profile: 'Staff',
          permissionSets: ['Any'],
          fields: NEVER_LOGGED_IN,
        },
      ],
      assignments: [{ user: 'until.tomorrow@x.example', permissionSet: 'Any', expires: daysBefore(-1) }],
    },
    answers: {
      [ANY]: {
        verdict: 'fail',
        open: [
          'V User:chatter.employee@x.example',
          'V User:frozen@x.example',
          'V User:integration@00d5j000000abcd.com',
          'V User:integration@00d5j000000zzzz.com',
          'V User:outdated@x.example',
          'V User:partner@x.example',
          'V User:session.group@x.example',
          'V User:until.tomorrow@x.example',
        ],
      },
    },
  },
  {
    claim: 'an org to which API Access Control was never given',
    answers: { [ANY]: { verdict: 'pass' } },
  },
  {
    claim: 'a permission that describe lacks, and settings that cannot be read',
    input: { hiddenObjects: ['ConnectedAppSettings'] },
    answers: { [ANY]: { verdict: 'inconclusive', gaps: [/ConnectedAppSettings|API Access Control/] } },
  },
  {
    claim: 'a permission that describe lacks although API Access Control is on',
    input: {
      features: { apiAccessControl: true },
      settings: { ...SETTINGS, ConnectedAppSettings: { enableAdminApprovedAppsOnly: true } },
      hiddenFields: ['PermissionSet', 'Profile', 'MutingPermissionSet', 'UserPermissionAccess'].map(
        (object) => `${object}.PermissionsUseAnyApiClient`
      ),
    },
    answers: { [ANY]: { verdict: 'inconclusive', gaps: [/UseAnyApiClient|Use Any API Client/] } },
  },
  {
    claim: 'an outdated group whose muting permission set cannot be read',
    input: {
      features: { apiAccessControl: true },
      hiddenObjects: ['MutingPermissionSet'],
      permissionSets: [{ name: 'Any', permissions: ['UseAnyApiClient'] }],
      groups: [{ name: 'Muted', permissionSets: ['Any'], muted: ['UseAnyApiClient'], status: 'Outdated' }],
      users: [ADMIN, user('stale', 'Staff', { groups: ['Muted'] })],
    },
    answers: { [ANY]: { verdict: 'inconclusive', gaps: [/Muted|MutingPermissionSet/] } },
  },
  {
    claim: 'an API version that lacks the permissions of apps and of users',
    input: { apiVersion: 64 },
    answers: { 'org/uninstalled-apps-not-approved': { verdict: 'inconclusive', gaps: [/API|version|column|field/i] } },
  },
];

const mfa: Shape[] = [
  {
    claim: 'MFA waivers that are expired or muted, or of guests, inactive users and users of Salesforce',
    input: {
      profiles: [
        ADMINISTRATORS,
        STAFF,
        ANALYTICS,
        CHATTER,
        {
          name: 'Partner Community User',
          userType: 'PowerPartner',
          license: 'Partner Community',
          permissions: ['ForceTwoFactor'],
          ranges: OFFICE,
        },
      ],
      permissionSets: [{ name: 'Waiver', permissions: ['BypassMFAForUiLogins'] }],
      groups: [{ name: 'No_Waiver', permissionSets: ['Waiver'], muted: ['BypassMFAForUiLogins'] }],
      users: [
        ADMIN,
        user('past'),
        user('muted', 'Staff', { groups: ['No_Waiver'] }),
        user('inactive', 'Staff', { active: false, permissionSets: ['Waiver'] }),
        user('partner', 'Partner Community User'),
        { username: 'integration@00d5j000000abcd.com', profile: ANALYTICS.name, fields: NEVER_LOGGED_IN },
        {
          username: 'chatty.00ds000000000001.k2vq@chatter.salesforce.com',
          profile: CHATTER.name,
          fields: NEVER_LOGGED_IN,
        },
      ],
      assignments: [{ user: 'past@x.example', permissionSet: 'Waiver', expires: daysBefore(1) }],
      sites: [
        { name: 'Help', kind: 'visualforce', guestPermissions: ['BypassMFAForUiLogins', 'PasswordNeverExpires'] },
      ],
      ...ADMIN_LOGINS({}),
    },
    answers: { [MFA]: { verdict: 'pass' }, [PASSWORDS]: { verdict: 'pass' } },
  },
  {
    claim: 'MFA waivers of employees on Chatter, of a user type that is new, and of one that ends tomorrow',
    input: {
      profiles: [
        ADMINISTRATORS,
        STAFF,
        CHATTER,
        { name: 'Agent', userType: 'SomethingNew', license: 'Agent', permissions: ['BypassMFAForUiLogins'] },
      ],
      permissionSets: [{ name: 'Waiver', permissions: ['BypassMFAForUiLogins'] }],
      users: [
        ADMIN,
        user('chatter.employee', 'Chatter Free User'),
        user('agent', 'Agent'),
        user('frozen', 'Staff', { frozen: true, permissionSets: ['Waiver'] }),
        user('until.tomorrow'),
        { username: 'chatty@x.example', profile: 'Staff', permissionSets: ['Waiver'], fields: NEVER_LOGGED_IN },
      ],
      assignments: [{ user: 'until.tomorrow@x.example', permissionSet: 'Waiver', expires: daysBefore(-1) }],
    },
    answers: {
      [MFA]: {
        verdict: 'fail',
        open: [
          'V User:agent@x.example',
          'V User:chatter.employee@x.example',
          'V User:chatty@x.example',
          'V User:frozen@x.example',
          'V User:until.tomorrow@x.example',
        ],
      },
    },
  },
  {
    claim: 'an org without the switch, where permissions force some users to use MFA and seem to force others',
    input: {
      settings: security({ sessionSettings: { enableMFADirectUILoginOptIn: false } }),
      profiles: [
        ADMINISTRATORS,
        STAFF,
        { name: 'Standard Platform User', fullName: 'StandardAul', license: 'Salesforce Platform', ranges: OFFICE },
        { name: 'Robots', permissions: ['ApiEnabled', 'ApiUserOnly'], ranges: OFFICE },
      ],
      permissionSets: [
        { name: 'Mfa', permissions: ['ForceTwoFactor'] },
        { name: 'Mfa_Session', permissions: ['ForceTwoFactor'], sessionActivated: true },
        { name: 'Mfa_Api', permissions: ['TwoFactorApi'] },
      ],
      groups: [
        { name: 'Mfa_Group', permissionSets: ['Mfa'] },
        { name: 'Mfa_Muted', permissionSets: ['Mfa'], muted: ['ForceTwoFactor'] },
      ],
      users: [
        ADMIN,
        user('in.group', 'Staff', { groups: ['Mfa_Group'] }),
        user('platform.mfa', 'Standard Platform User', { permissionSets: ['Mfa'] }),
        user('robot', 'Robots'),
        user('platform', 'Standard Platform User'),
        user('api.mfa.only', 'Staff', { permissionSets: ['Mfa_Api'] }),
        user('session', 'Staff', { permissionSets: ['Mfa_Session'] }),
        user('muted', 'Staff', { groups: ['Mfa_Muted'] }),
        user('past'),
      ],
      assignments: [{ user: 'past@x.example', permissionSet: 'Mfa', expires: daysBefore(1) }],
    },
    answers: {
      [MFA]: {
        verdict: 'fail',
        open: [
          'V User:api.mfa.only@x.example',
          'V User:muted@x.example',
          'V User:past@x.example',
          'V User:platform@x.example',
          'V User:session@x.example',
        ],
      },
    },
  },
  {
    claim: 'an MFA switch without a value',
    input: {
      settings: security({ sessionSettings: { enableMFADirectUILoginOptIn: null } }),
      users: [ADMIN, user('bob')],
    },
    answers: { [MFA]: { verdict: 'inconclusive', gaps: [/enableMFADirectUILoginOptIn/] } },
  },
  {
    claim: 'an MFA switch that is text',
    input: {
      settings: security({ sessionSettings: { enableMFADirectUILoginOptIn: 'false' } }),
      users: [ADMIN, user('bob')],
    },
    answers: { [MFA]: { verdict: 'fail', open: ['V User:bob@x.example'] } },
  },
  {
    claim: 'an API version whose settings do not have the MFA switch',
    input: { apiVersion: 54, users: [ADMIN, user('bob')] },
    answers: { [MFA]: { verdict: 'inconclusive', gaps: [/enableMFADirectUILoginOptIn|MFA/] } },
  },
  {
    claim: 'profiles that ask for a high-assurance session, whose content no API shows',
    input: {
      settings: security({ sessionSettings: { enableMFADirectUILoginOptIn: false } }),
      metadata: { ProfileSessionSetting: { ST1: { profile: 'staff', requiredSessionLevel: 'HIGH_ASSURANCE' } } },
      users: [ADMIN, user('bob')],
    },
    answers: { [MFA]: { verdict: 'inconclusive', gaps: [/[Hh]igh.?[Aa]ssurance|HIGH_ASSURANCE/] } },
  },
  {
    claim: 'identity providers that ask for MFA in name only, or report a method that no list knows',
    input: {
      settings: security({
        sessionSettings: { enableMFADirectUILoginOptIn: false },
        singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: true },
      }),
      profiles: [ADMINISTRATORS, { ...STAFF, permissions: ['IsSsoEnabled'] }],
      users: [ADMIN, user('bob'), user('carl')],
      tables: (ids) => {
        const [saml, provider] = [ids.next('SamlSsoConfig'), ids.next('AuthProvider')];
        const sso = { LoginType: 'SAML Sfdc Initiated SSO', AuthenticationServiceId: saml };
        const social = { LoginType: 'Third Party SSO', AuthenticationServiceId: provider };
        return {
          SamlSsoConfig: [
            { Id: saml, DeveloperName: 'Corporate', Issuer: 'https://idp.x.example', OptionsRequireMfaSaml: true },
          ],
          AuthProvider: [{ Id: provider, DeveloperName: 'Acme', OptionsRequireMfa: true }],
          LoginHistory: [
            login(ids.user('bob@x.example'), sso),
            login(ids.user('carl@x.example'), { ...social, AuthMethodReference: 'acme-very-strong' }),
          ],
        };
      },
    },
    answers: { [MFA]: { verdict: 'inconclusive', gaps: [/Corporate/, /Acme/] } },
  },
  {
    claim: 'customers and partners with a login but without MFA, beside a portal that only former users had',
    input: {
      profiles: [
        ADMINISTRATORS,
        { name: 'Partner Community User', userType: 'PowerPartner', license: 'Partner Community' },
        {
          name: 'Authenticated Website',
          fullName: 'PlatformPortal',
          userType: 'CspLitePortal',
          license: 'Authenticated Website',
        },
        { name: 'Customer Portal', userType: 'PowerCustomerSuccess', license: 'Customer Portal Manager Standard' },
      ],
      users: [
        ADMIN,
        user('partner', 'Partner Community User'),
        user('customer', 'Authenticated Website'),
        user('former', 'Customer Portal', { active: false }),
      ],
    },
    answers: {
      [MFA]: { verdict: 'fail', open: ['J Profile:Authenticated Website', 'J Profile:Partner Community User'] },
    },
  },
  {
    claim: 'users that the auditor does not see because sharing is private',
    input: {
      features: { userSharing: 'private' },
      ...without('ViewAllUsers', 'ManageUsers'),
      users: [ADMIN, user('bob')],
    },
    answers: {
      [MFA]: { verdict: 'inconclusive' },
      [PASSWORDS]: { verdict: 'inconclusive' },
      [IP]: { verdict: 'inconclusive' },
    },
  },
];

const ranges: Shape[] = [
  {
    claim:
      'profiles without ranges that no person logs in with, and ranges that overlap, in other languages and in IPv6',
    input: {
      profiles: [
        { ...ADMINISTRATORS, name: 'システム管理者' },
        ANALYTICS,
        { name: 'Alumni' },
        { name: 'Größe & "Co", Ltd', ranges: [{ startAddress: '2001:DB8::', endAddress: '2001:db8::ffff' }] },
        {
          name: 'Overlap',
          ranges: ['0.0.0.0', '1.0.0.0', '2.0.0.0'].map((startAddress) => ({
            startAddress,
            endAddress: '63.255.255.255',
          })),
        },
      ],
      users: [
        { ...ADMIN, profile: 'システム管理者' },
        user('former', 'Alumni', { active: false }),
        user('umlaut', 'Größe & "Co", Ltd'),
        user('overlap', 'Overlap'),
        { username: 'integration@00d5j000000abcd.com', profile: ANALYTICS.name, fields: NEVER_LOGGED_IN },
      ],
      sites: [{ name: 'Help', kind: 'visualforce' }],
    },
    answers: { [IP]: { verdict: 'pass' } },
  },
  {
    claim: 'ranges that together are the internet',
    input: {
      profiles: [
        ADMINISTRATORS,
        {
          name: 'Quarters, "all" of \u200Fthem',
          ranges: [
            { startAddress: '192.0.0.0', endAddress: '255.255.255.255' },
            { startAddress: '0.0.0.0', endAddress: '63.255.255.255' },
            { startAddress: '128.0.0.0', endAddress: '191.255.255.255' },
            { startAddress: '64.0.0.0', endAddress: '127.255.255.255' },
          ],
        },
        {
          name: 'Every other',
          ranges: Array.from({ length: 8 }, (_, index) => ({
            startAddress: `${index * 32}.0.0.0`,
            endAddress: `${index * 32 + 15}.255.255.255`,
          })),
        },
        { name: 'Mapped', ranges: [{ startAddress: '::ffff:0.0.0.0', endAddress: '::ffff:255.255.255.255' }] },
        {
          name: 'Six',
          ranges: [
            { startAddress: '::', endAddress: '7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' },
            { startAddress: '8000::', endAddress: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' },
          ],
        },
        { name: 'Low six', ranges: [{ startAddress: '::', endAddress: '::ffff:ffff:ffff' }] },
        { name: 'No range' },
      ],
      users: [
        ADMIN,
        user('a', 'Quarters, "all" of \u200Fthem'),
        user('b', 'Every other'),
        user('c', 'Mapped'),
        user('d', 'Six'),
        user('e', 'Low six'),
        user('f', 'No range', { frozen: true }),
      ],
    },
    answers: {
      [IP]: {
        verdict: 'fail',
        open: [
          'V Profile:Every other',
          'V Profile:Mapped',
          'V Profile:No range',
          'V Profile:Quarters, "all" of \u200Fthem',
          'V Profile:Six',
        ],
        gaps: [/Low six/],
      },
    },
  },
  {
    claim: 'ranges that are no addresses, run backwards or mix families, and a profile without metadata',
    input: {
      profiles: [
        ADMINISTRATORS,
        { name: 'Garbage', ranges: [{ startAddress: 'office', endAddress: 'home' }] },
        { name: 'Backwards', ranges: [{ startAddress: '198.51.100.24', endAddress: '198.51.100.0' }] },
        { name: 'Mixed', ranges: [{ startAddress: '198.51.100.0', endAddress: '2001:db8::1' }] },
        { name: 'Nothing', metadata: null },
      ],
      users: [ADMIN, user('a', 'Garbage'), user('b', 'Backwards'), user('c', 'Mixed'), user('d', 'Nothing')],
    },
    answers: { [IP]: { verdict: 'inconclusive', gaps: [/Garbage/, /Backwards/, /Mixed/, /Nothing/] } },
  },
  {
    claim: 'profiles that profile filtering hides',
    input: {
      features: { profileFiltering: true },
      profiles: [ADMINISTRATORS, { name: 'Hidden' }],
      users: [ADMIN, user('bob', 'Hidden')],
      ...without('ViewAllProfiles'),
    },
    answers: { [IP]: { verdict: 'inconclusive' } },
  },
  {
    claim: 'trusted ranges of the org in place of ranges of the profile, and sessions that are locked to their address',
    input: {
      settings: security({
        networkAccess: { ipRanges: [{ start: '198.51.100.0', end: '198.51.100.24' }] },
        sessionSettings: { enforceIpRangesEveryRequest: false, lockSessionsToIp: true },
      }),
      profiles: [{ ...ADMINISTRATORS, ranges: [] }],
    },
    answers: {
      [IP]: { verdict: 'fail', open: ['V Profile:System Administrator'] },
      [REQUESTS]: { verdict: 'fail', open: ['V Setting:Security.sessionSettings.enforceIpRangesEveryRequest'] },
    },
  },
  {
    claim: 'a switch for every request that is missing',
    input: { settings: security({ sessionSettings: { enforceIpRangesEveryRequest: undefined } }) },
    answers: { [REQUESTS]: { verdict: 'inconclusive', gaps: [/enforceIpRangesEveryRequest/] } },
  },
  {
    claim: 'a switch for every request without a value',
    input: { settings: security({ sessionSettings: { enforceIpRangesEveryRequest: null } }) },
    answers: { [REQUESTS]: { verdict: 'inconclusive', gaps: [/enforceIpRangesEveryRequest/] } },
  },
];

const logins: Shape[] = [
  {
    claim: 'logins at the edges of a range, in the other notation, refused ones and old ones',
    input: ADMIN_LOGINS(
      { SourceIp: '198.51.100.0' },
      { SourceIp: '198.51.100.24' },
      { SourceIp: '::ffff:198.51.100.7' },
      { SourceIp: '203.0.113.9', Status: 'Invalid Password' },
      { SourceIp: '203.0.113.9', Status: 'INVALID PASSWORD' },
      { SourceIp: '203.0.113.9', LoginTime: daysBefore(92) }
    ),
    answers: { [LOGINS]: { verdict: 'pass' } },
  },
  {
    claim: 'logins from one address past the range',
    input: ADMIN_LOGINS({ SourceIp: '198.51.100.25', Status: 'SUCCESS', LoginTime: daysBefore(89) }),
    answers: { [LOGINS]: { verdict: 'fail', open: ['V User:admin@x.example'] } },
  },
  {
    claim: 'a login without an address',
    input: ADMIN_LOGINS({ SourceIp: null }),
    answers: { [LOGINS]: { verdict: 'inconclusive', gaps: [/admin@x\.example|address/i] } },
  },
  {
    claim: 'a login from within Salesforce',
    input: ADMIN_LOGINS({ SourceIp: 'Salesforce.com IP' }),
    answers: { [LOGINS]: { verdict: ['pass', 'inconclusive'] } },
  },
  {
    claim: 'ranges of the policy in place of those of the profile',
    input: ADMIN_LOGINS({ SourceIp: '203.0.113.9' }),
    policy: () => trust({ ipRanges: [{ cidr: '203.0.113.0/24', name: 'VPN' }] }),
    answers: { [LOGINS]: { verdict: 'pass' } },
  },
  {
    claim: 'a login within the range of the profile that the policy does not have',
    input: ADMIN_LOGINS({}),
    policy: () => trust({ ipRanges: [{ cidr: '203.0.113.0/24', name: 'VPN' }] }),
    answers: { [LOGINS]: { verdict: 'fail', open: ['V User:admin@x.example'] } },
  },
  {
    claim: 'logins of others that the auditor does not see',
    input: { ...ADMIN_LOGINS({}), ...without('ManageUsers', 'MonitorLoginHistory') },
    answers: {
      [LOGINS]: { verdict: 'inconclusive', gaps: [/MonitorLoginHistory|ManageUsers/] },
      'org/soap-login-unused': { verdict: 'inconclusive' },
      'org/username-password-flow-blocked': { verdict: 'inconclusive' },
    },
  },
  {
    claim: 'legacy logins that were refused or are old, with both flows blocked',
    input: ADMIN_LOGINS(
      { LoginType: 'Other Apex API', LoginSubType: 'SoapApiLogin', Status: 'Invalid Password' },
      { LoginType: 'Other Apex API', LoginSubType: 'SoapApiLogin', LoginTime: daysBefore(95) },
      { LoginType: 'Remote Access 2.0', LoginSubType: 'OauthUserAgent', LoginTime: daysBefore(95) },
      { LoginType: 'Remote Access 2.0', LoginSubType: 'OauthUsernamePassword', LoginTime: daysBefore(95) }
    ),
    answers: {
      'org/soap-login-unused': { verdict: 'pass' },
      'org/username-password-flow-blocked': { verdict: 'pass' },
      'org/user-agent-flow-blocked': { verdict: 'pass' },
    },
  },
  {
    claim: 'flows that are open although no login used them, and a SOAP login in capitals',
    input: {
      ...ADMIN_LOGINS({ LoginType: 'Other Apex API', LoginSubType: 'SoapApiLogin', Status: 'SUCCESS' }),
      settings: { ...SETTINGS, OauthOidcSettings: { blockOAuthUnPwFlow: false, blockOAuthUsrAgtFlow: false } },
    },
    answers: {
      'org/soap-login-unused': { verdict: 'fail', open: ['J User:admin@x.example'] },
      'org/username-password-flow-blocked': { verdict: 'fail', open: ['V Setting:OauthOidc.blockOAuthUnPwFlow'] },
      'org/user-agent-flow-blocked': { verdict: 'fail', open: ['V Setting:OauthOidc.blockOAuthUsrAgtFlow'] },
    },
  },
  {
    claim: 'an API version without the settings of the flows',
    input: { apiVersion: 55 },
    answers: {
      'org/username-password-flow-blocked': { verdict: 'inconclusive', gaps: [/OauthOidc/] },
      'org/user-agent-flow-blocked': { verdict: 'inconclusive', gaps: [/OauthOidc/] },
    },
  },
];

const apps: Shape[] = [
  {
    claim: 'apps of this org, of Salesforce, and of the trust list with short and long ids',
    input: {
      metadata: { ConnectedApp: { Legacy_Sync: connectedApp({}, { label: 'Legacy-Sync (alt)' }) } },
      tables: (ids) => {
        const [own, mobile, short, long] = [1, 2, 3, 4].map(() => ids.next('ConnectedApplication')) as [
          string,
          string,
          string,
          string,
        ];
        return {
          ConnectedApplication: [
            { Id: own, Name: 'Legacy-Sync (alt)', DeveloperName: 'Legacy_Sync' },
            { Id: mobile, Name: 'Salesforce für iOS', DeveloperName: 'Salesforce_for_iOS' },
            { Id: short, Name: 'Short', DeveloperName: 'Short' },
            { Id: long, Name: 'Long', DeveloperName: 'Long' },
          ],
          AppMenuItem: [
            menu(own, 'Legacy_Sync', { Label: 'Legacy-Sync (alt)' }),
            menu(mobile, 'Salesforce_for_iOS', { NamespacePrefix: 'sf_chttr_apps', Label: 'Salesforce für iOS' }),
            menu(short, 'Short', { NamespacePrefix: 'vend' }),
            menu(long, 'Long', { NamespacePrefix: 'vend' }),
          ],
        };
      },
    },
    policy: (org) =>
      trust({
        apps: [
          { ...trusted, org: org.orgId, id: idOf(org, 'ConnectedApplication', 'Short').slice(0, 15) },
          { ...trusted, org: org.orgId.slice(0, 15), id: idOf(org, 'ConnectedApplication', 'Long') },
        ],
      }),
    answers: { [APPS]: { verdict: 'pass' } },
  },
  {
    claim: 'apps that look like a trusted app, the app of this org or one of Salesforce',
    input: {
      metadata: { ConnectedApp: { Legacy_Sync: connectedApp({}, { label: 'Legacy Sync' }) } },
      tables: (ids) => {
        const id = Array.from({ length: 7 }, () => ids.next('ConnectedApplication'));
        return {
          ConnectedApplication: [
            { Id: id[0], Name: 'Legacy Sync', DeveloperName: 'Legacy_Sync' },
            { Id: id[1], Name: 'Legacy Sync', DeveloperName: 'Legacy_Sync' },
            { Id: id[2], Name: 'Sync', DeveloperName: 'Sync' },
            { Id: id[3], Name: 'Sync', DeveloperName: 'Sync' },
            { Id: id[4], Name: 'Salesforce CLI', DeveloperName: 'Salesforce_CLI' },
            { Id: id[5], Name: 'Mobile', DeveloperName: 'Mobile' },
            { Id: id[6], Name: 'Elsewhere, "trusted"', DeveloperName: 'Elsewhere' },
          ],
          AppMenuItem: [
            menu(id[0] ?? '', 'Legacy_Sync'),
            menu(id[1] ?? '', 'Legacy_Sync', { NamespacePrefix: 'vend' }),
            menu(id[2] ?? '', 'Sync', { NamespacePrefix: 'good' }),
            menu(id[3] ?? '', 'Sync', { NamespacePrefix: 'evil' }),
            menu(id[4] ?? '', 'Salesforce_CLI'),
            menu(id[5] ?? '', 'Mobile', { NamespacePrefix: 'sf_com_app' }),
            menu(id[6] ?? '', 'Elsewhere', { NamespacePrefix: 'vend' }),
          ],
        };
      },
    },
    policy: (org) =>
      trust({
        apps: [
          { ...trusted, org: org.orgId, id: idOf(org, 'ConnectedApplication', 'Sync') },
          { ...trusted, org: '00D000000000009AAA', id: idOf(org, 'ConnectedApplication', 'Elsewhere, "trusted"') },
          { ...trusted, reviewBy: '2026-06-14', org: org.orgId, id: idOf(org, 'ConnectedApplication', 'Mobile') },
        ],
      }),
    answers: {
      [APPS]: {
        verdict: 'fail',
        open: [
          'V ConnectedApp:Elsewhere, "trusted"',
          'V ConnectedApp:Legacy Sync',
          'V ConnectedApp:Mobile',
          'V ConnectedApp:Salesforce CLI',
          'V ConnectedApp:Sync',
        ],
      },
    },
  },
  {
    claim: 'an app of which the auditor cannot see whether this org made it',
    input: { ...ownApps({ Legacy_Sync: connectedApp({}) }), ...without('ModifyMetadata', 'ModifyAllData') },
    answers: {
      [APPS]: { verdict: 'inconclusive', gaps: [/Legacy.Sync|Connected App/] },
      'org/own-apps-require-pkce': { verdict: 'inconclusive' },
      'org/own-apps-callbacks-separate': { verdict: 'inconclusive' },
      'org/own-apps-broad-scopes-justified': { verdict: 'inconclusive' },
    },
  },
  {
    claim: 'External Client Apps of this org and of the trust list with short and long ids',
    input: {
      tables: (ids) => ({
        ExternalClientApplication: [
          {
            DeveloperName: 'Short',
            MasterLabel: 'Kurz',
            DistributionState: 'Local',
            OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Short`,
          },
          {
            DeveloperName: 'Long',
            MasterLabel: 'Lang',
            DistributionState: 'Packaged',
            OrgScopedExternalApp: `${ids.org}:Long`,
          },
          {
            DeveloperName: 'Vendor',
            MasterLabel: 'V',
            NamespacePrefix: 'vend',
            DistributionState: 'Managed',
            OrgScopedExternalApp: '00DHs0000000Xyz:Vendor',
          },
          {
            DeveloperName: 'Vendor2',
            MasterLabel: 'V2',
            NamespacePrefix: 'vend',
            DistributionState: 'Managed',
            OrgScopedExternalApp: '00DHs0000000XyzMAM:Vendor2',
          },
        ],
      }),
    },
    policy: () =>
      trust({
        apps: [
          { ...trusted, externalApp: '00DHs0000000XyzMAM:Vendor' },
          { ...trusted, externalApp: '00DHs0000000Xyz:Vendor2' },
        ],
      }),
    answers: { [ECAS]: { verdict: 'pass' } },
  },
  {
    claim: 'External Client Apps with the name or almost the id of a trusted one',
    input: {
      tables: (ids) => ({
        ExternalClientApplication: [
          {
            DeveloperName: 'Own',
            MasterLabel: 'Own',
            DistributionState: 'Local',
            OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Own`,
          },
          {
            DeveloperName: 'Own',
            MasterLabel: 'Own',
            NamespacePrefix: 'evil',
            DistributionState: 'Managed',
            OrgScopedExternalApp: '00DHs0000000Evl:Own',
          },
          {
            DeveloperName: 'Local_Looking',
            MasterLabel: 'L',
            DistributionState: 'Local',
            OrgScopedExternalApp: '00DHs0000000Evl:Local_Looking',
          },
          {
            DeveloperName: 'Vendor',
            MasterLabel: 'V',
            NamespacePrefix: 'vend',
            DistributionState: 'Managed',
            OrgScopedExternalApp: '00DHs0000000xYZ:Vendor',
          },
        ],
      }),
    },
    policy: () => trust({ apps: [{ ...trusted, externalApp: '00DHs0000000Xyz:Vendor' }] }),
    answers: {
      [ECAS]: {
        verdict: 'fail',
        open: ['V ExternalClientApp:Local_Looking', 'V ExternalClientApp:Own', 'V ExternalClientApp:Vendor'],
      },
    },
  },
  {
    claim: 'an API version older than External Client Apps',
    input: { apiVersion: 52 },
    answers: {
      [ECAS]: { verdict: 'inconclusive', gaps: [/ExternalClientApp|External Client App/] },
      'org/app-secrets-hidden-from-apis': { verdict: 'inconclusive' },
      'org/apps-enforce-ip-ranges': { verdict: 'inconclusive' },
    },
  },
  {
    claim: 'External Client Apps that the auditor may not see',
    input: without('ExternalClientAppViewer'),
    answers: {
      [ECAS]: { verdict: 'inconclusive', gaps: [/ExternalClientAppViewer/] },
      'org/apps-enforce-ip-ranges': { verdict: 'inconclusive', gaps: [/ExternalClientAppViewer/] },
    },
  },
  {
    claim: 'tokens of installed apps under another label, of services of Salesforce, and of the trust list',
    input: {
      profiles: [
        ADMINISTRATORS,
        { name: 'Cloud Integration User', userType: 'CloudIntegrationUser', license: 'Cloud Integration User' },
      ],
      users: [ADMIN, { username: 'cloud@00ds00000000001', profile: 'Cloud Integration User', fields: NEVER_LOGGED_IN }],
      tables: (ids) => {
        const [app, item] = [ids.next('ConnectedApplication'), ids.next('AppMenuItem')];
        const admin = ids.user(ADMIN.username);
        return {
          ConnectedApplication: [{ Id: app, Name: 'Vendor', DeveloperName: 'Vendor' }],
          AppMenuItem: [menu(app, 'Vendor', { Id: item, NamespacePrefix: 'vend' })],
          ExternalClientApplication: [
            {
              DeveloperName: 'Acme_Sync',
              MasterLabel: 'Acme Sync!',
              DistributionState: 'Local',
              OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Acme_Sync`,
            },
          ],
          OauthToken: [
            { Id: null, AppName: 'Anbieter (übersetzt)', AppMenuItemId: item, UserId: admin, UseCount: 1 },
            { Id: null, AppName: 'Acme Sync!', UserId: admin, UseCount: 1 },
            { Id: null, AppName: 'AI Platform Auth', UserId: ids.user('cloud@00ds00000000001'), UseCount: 1 },
            { Id: null, AppName: 'Known Loader', UserId: admin, UseCount: 1 },
          ],
        };
      },
    },
    policy: (org) => trust({ tokens: [{ ...trusted, org: org.orgId, appName: 'Known Loader' }] }),
    answers: { [TOKENS]: { verdict: 'pass' } },
  },
  {
    claim: 'tokens of apps with a lookalike name, of a deleted app, of a frozen user, and trusted elsewhere',
    input: {
      profiles: [ADMINISTRATORS, STAFF],
      users: [ADMIN, user('frozen', 'Staff', { frozen: true })],
      tables: (ids) => {
        const item = ids.next('AppMenuItem');
        const admin = ids.user(ADMIN.username);
        return {
          AppMenuItem: [menu(ids.next('ConnectedApplication'), 'Deleted_App', { Id: item })],
          ExternalClientApplication: [
            {
              DeveloperName: 'Acme_Sync',
              MasterLabel: 'Acme Sync',
              DistributionState: 'Local',
              OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Acme_Sync`,
            },
          ],
          OauthToken: [
            { Id: null, AppName: 'Acme Sync', UserId: admin, UseCount: 1 },
            { Id: null, AppName: 'Acme S\u0443nc', UserId: admin, UseCount: 1 },
            { Id: null, AppName: 'Acme Sync\u200F', UserId: admin, UseCount: 1 },
            { Id: null, AppName: 'Deleted App', AppMenuItemId: item, UserId: admin, UseCount: 1 },
            { Id: null, AppName: 'Phantom', UserId: ids.user('frozen@x.example'), UseCount: 1 },
            { Id: null, AppName: 'Known Loader', UserId: admin, UseCount: 1 },
          ],
        };
      },
    },
    policy: () => trust({ tokens: [{ ...trusted, org: '00D000000000009AAA', appName: 'Known Loader' }] }),
    answers: {
      [TOKENS]: {
        verdict: 'fail',
        open: [
          'V OauthToken:Acme Sync\u200F',
          'V OauthToken:Acme S\u0443nc',
          'V OauthToken:Deleted App',
          'V OauthToken:Known Loader',
          'V OauthToken:Phantom',
        ],
      },
    },
  },
  {
    claim: 'more tokens of one user than the object answers',
    input: {
      tables: (ids) => ({
        OauthToken: Array.from({ length: 2510 }, () => ({
          Id: null,
          AppName: 'Known Loader',
          UserId: ids.user(ADMIN.username),
          UseCount: 1,
        })),
      }),
    },
    policy: (org) => trust({ tokens: [{ ...trusted, org: org.orgId, appName: 'Known Loader' }] }),
    answers: { [TOKENS]: { verdict: 'inconclusive', gaps: [/2500 of 2510/] } },
  },
  {
    claim: 'tokens of others that the auditor does not see',
    input: without('CustomizeApplication'),
    answers: { [TOKENS]: { verdict: 'inconclusive', gaps: [/CustomizeApplication/] } },
  },
];

const sitesAndPackages: Shape[] = [
  {
    claim: 'sites that are not live',
    input: {
      sites: [
        { name: 'Old', kind: 'visualforce', status: 'Inactive' },
        { name: 'Draft', kind: 'experience', status: 'Inactive', network: { Status: 'UnderConstruction' } },
      ],
    },
    answers: { [SITES]: { verdict: 'pass' } },
  },
  {
    claim: 'sites that a package or a chat needs, and guests that may only chat',
    input: {
      sites: [
        { name: 'ESW_Chat_Deployment', kind: 'visualforce' },
        { name: 'Landing, "new"', kind: 'siteforce' },
        { name: 'Partner Hub', kind: 'experience', network: { OptionsGuestChatterEnabled: true } },
      ],
    },
    answers: {
      [SITES]: {
        verdict: 'fail',
        open: ['V Network:Partner Hub', 'V Site:ESW_Chat_Deployment', 'V Site:Landing,_"new"'],
      },
    },
  },
  {
    claim: 'an active site whose guest user is not',
    input: { sites: [{ name: 'Help', kind: 'visualforce', guestActive: false }] },
    answers: { [SITES]: { verdict: 'inconclusive', gaps: [/Help/] } },
  },
  {
    claim: 'a site with a status that no page lists',
    input: { sites: [{ name: 'Help', kind: 'visualforce', status: '有効' }] },
    answers: { [SITES]: { verdict: 'fail', open: ['V Site:Help'] } },
  },
  {
    claim: 'a live Experience site whose pages no field shows',
    input: { sites: [{ name: 'Partner Hub', kind: 'experience' }] },
    answers: { [SITES]: { verdict: 'inconclusive', gaps: [/Partner Hub/] } },
  },
  {
    claim: 'an org without any site',
    answers: { [SITES]: { verdict: 'pass' }, [ECAS]: { verdict: ['pass', 'not-applicable'] } },
  },
  {
    claim: 'a guest user in an org that shows no site',
    input: {
      profiles: [ADMINISTRATORS, { name: 'Help Profile', userType: 'Guest', license: 'Guest User License' }],
      users: [ADMIN, { username: 'help@00ds.example', profile: 'Help Profile', fields: NEVER_LOGGED_IN }],
    },
    answers: { [SITES]: { verdict: 'inconclusive', gaps: [/Site|guest/i] } },
  },
  {
    claim: 'sites behind an answer that is a web page',
    input: { sites: [{ name: 'Help', kind: 'visualforce' }] },
    prepare: (org) => org.fault(/FROM Site\b/, { kind: 'html' }),
    answers: { [SITES]: { verdict: 'inconclusive', gaps: [/Site/] } },
  },
  {
    claim: 'packages of Salesforce and of the trust list with short and long ids',
    input: {
      packages: [
        { name: 'Base', namespace: 'acmebase', packageId: '033Hs0000000Bas' },
        { name: 'Signer', namespace: 'acmesign', packageId: '033Hs0000000SigMAM' },
        { name: 'Loose', managed: false, container: 'Unlocked', packageId: '033Hs0000000LooMAM' },
      ],
    },
    policy: () =>
      trust({
        packages: [
          { ...trusted, namespace: 'acmebase' },
          { ...trusted, namespace: 'acmesign', id: '033Hs0000000Sig' },
          { ...trusted, id: '033Hs0000000LooMAM' },
        ],
      }),
    answers: { [PACKAGES]: { verdict: 'pass' } },
  },
  {
    claim: 'packages that carry the name of Salesforce, or half of a trusted one',
    input: {
      packages: [
        { name: 'Salesforce Connected Apps', managed: false },
        { name: 'Salesforce Labs', namespace: 'sf_com_apps_x', publisher: 'Salesforce' },
        { name: 'Signer', namespace: 'acmesign', packageId: '033Hs0000000Oth' },
        { name: 'Beta "B", \u200Fnew', namespace: 'betans', beta: true, reviewed: true },
        { name: 'Late', namespace: 'latens', reviewed: true },
      ],
    },
    policy: () =>
      trust({
        packages: [
          { ...trusted, namespace: 'acmesign', id: '033Hs0000000Sig' },
          { ...trusted, reviewBy: '2026-06-14', namespace: 'latens' },
        ],
      }),
    answers: {
      [PACKAGES]: {
        verdict: 'fail',
        open: [
          'V Package:Beta "B", \u200Fnew',
          'V Package:Late',
          'V Package:Salesforce Connected Apps',
          'V Package:Salesforce Labs',
          'V Package:Signer',
        ],
      },
    },
  },
  {
    claim: 'packages that the auditor may not list',
    input: without('InstallPackaging'),
    answers: { [PACKAGES]: { verdict: 'inconclusive', gaps: [/InstallPackaging/] } },
  },
];

const secrets: Shape[] = [
  {
    claim: 'old passwords of users who cannot log in with one',
    input: {
      settings: security({
        singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: true },
      }),
      profiles: [
        ADMINISTRATORS,
        STAFF,
        ANALYTICS,
        { name: 'Sso', permissions: ['IsSsoEnabled', 'PasswordNeverExpires'], ranges: OFFICE },
        { name: 'Alumni', permissions: ['PasswordNeverExpires'] },
      ],
      users: [
        ADMIN,
        user('almost', 'Staff', { fields: { LastPasswordChangeDate: daysBefore(364) } }),
        user('new', 'Staff', { fields: { LastPasswordChangeDate: null, CreatedDate: daysBefore(3) } }),
        user('sso', 'Sso', { fields: { LastPasswordChangeDate: null } }),
        user('frozen', 'Staff', { frozen: true, fields: { LastPasswordChangeDate: daysBefore(2000) } }),
        user('former', 'Alumni', { active: false, fields: { LastPasswordChangeDate: daysBefore(2000) } }),
        { username: 'integration@00d5j000000abcd.com', profile: ANALYTICS.name, fields: NEVER_LOGGED_IN },
      ],
      metadata: {
        ProfilePasswordPolicy: {
          PT1: { profile: 'alumni', passwordExpiration: 0 },
          PT2: { profile: { $: { 'xsi:nil': 'true' } }, passwordExpiration: 0 },
          PT3: { profile: 'STAFF', passwordExpiration: 365 },
        },
      },
    },
    answers: { [PASSWORDS]: { verdict: 'pass' } },
  },
  {
    claim: 'old passwords of robots and of users of delegated authentication, and a policy under an encoded name',
    input: {
      profiles: [
        ADMINISTRATORS,
        STAFF,
        { name: 'Größe, 100% "Co"', fullName: 'Größe%2C 100%25 %22Co%22', ranges: OFFICE },
        { name: 'Robots', permissions: ['ApiEnabled', 'ApiUserOnly'], ranges: OFFICE },
      ],
      permissionSets: [
        { name: 'Never', permissions: ['PasswordNeverExpires'] },
        { name: 'Delegated', permissions: ['IsSsoEnabled'] },
      ],
      groups: [{ name: 'Never_Group', permissionSets: ['Never'] }],
      users: [
        ADMIN,
        user('late', 'Staff', { fields: { LastPasswordChangeDate: daysBefore(366) } }),
        user('robot', 'Robots', { fields: { LastPasswordChangeDate: daysBefore(400) } }),
        user('in.group', 'Staff', { groups: ['Never_Group'] }),
        user('delegated', 'Staff', { permissionSets: ['Delegated', 'Never'] }),
        user('umlaut', 'Größe, 100% "Co"'),
      ],
      metadata: {
        ProfilePasswordPolicy: { PT1: { profile: 'größe%2c 100%25 %22co%22', passwordExpiration: 0 } },
      },
    },
    answers: {
      [PASSWORDS]: {
        verdict: 'fail',
        open: [
          'V Profile:Größe, 100% "Co"',
          'V User:delegated@x.example',
          'V User:in.group@x.example',
          'V User:late@x.example',
          'V User:robot@x.example',
        ],
      },
    },
  },
  {
    claim: 'a password policy of the org with a value that no page lists',
    input: { settings: security({ passwordPolicies: { expiration: 'TwoYears' } }) },
    answers: { [PASSWORDS]: { verdict: 'inconclusive', gaps: [/TwoYears|expiration/] } },
  },
  {
    claim: 'a password policy of a profile that the list of profiles does not have',
    input: { metadata: { ProfilePasswordPolicy: { PT1: { profile: 'unknown people', passwordExpiration: 0 } } } },
    answers: { [PASSWORDS]: { verdict: 'inconclusive', gaps: [/unknown people|PT1/] } },
  },
  {
    claim: 'a password policy of a profile that is disabled',
    input: {
      metadata: { ProfilePasswordPolicy: { PT1: { profile: 'admin', passwordExpiration: 90, isDisabled: true } } },
    },
    answers: { [PASSWORDS]: { verdict: 'inconclusive', gaps: [/System Administrator|PT1|isDisabled/] } },
  },
  {
    claim: 'a password policy of a profile that lasts two years',
    input: { metadata: { ProfilePasswordPolicy: { PT1: { profile: 'admin', passwordExpiration: 730 } } } },
    answers: { [PASSWORDS]: { verdict: 'fail', open: ['V Profile:System Administrator'] } },
  },
  {
    claim: 'users without the date of their password',
    input: { hiddenFields: ['User.LastPasswordChangeDate'] },
    answers: { [PASSWORDS]: { verdict: 'inconclusive', gaps: [/LastPasswordChangeDate/] } },
  },
  {
    claim: 'certificates that Salesforce renews, that end today, and that are almost a year old',
    input: {
      tables: () => ({
        Certificate: [
          {
            DeveloperName: 'Managed',
            CreatedDate: daysBefore(900),
            ExpirationDate: daysBefore(90),
            OptionsIsSystemManaged: true,
          },
          {
            DeveloperName: 'Today',
            CreatedDate: daysBefore(100),
            ExpirationDate: '2026-06-15T23:00:00.000Z',
            KeySize: 2048,
          },
          { DeveloperName: 'Almost', CreatedDate: daysBefore(364), ExpirationDate: daysBefore(-300), KeySize: 4096 },
        ],
      }),
    },
    answers: { [CERTIFICATES]: { verdict: 'pass' } },
  },
  {
    claim: 'certificates that ended yesterday, or are valid and a year and a day old',
    input: {
      tables: () => ({
        Certificate: [
          { DeveloperName: 'Yesterday', CreatedDate: daysBefore(100), ExpirationDate: '2026-06-14', KeySize: 2048 },
          { DeveloperName: 'Old', CreatedDate: daysBefore(366), ExpirationDate: daysBefore(-300), KeySize: 4096 },
          {
            DeveloperName: 'Signed',
            CreatedDate: daysBefore(700),
            ExpirationDate: daysBefore(-30),
            OptionsIsCaSigned: true,
          },
        ],
      }),
    },
    answers: {
      [CERTIFICATES]: {
        verdict: 'fail',
        open: ['V Certificate:Old', 'V Certificate:Signed', 'V Certificate:Yesterday'],
      },
    },
  },
  {
    claim: 'a certificate of an authority without the date of its creation',
    input: {
      hiddenFields: ['Certificate.CreatedDate'],
      tables: () => ({
        Certificate: [
          { DeveloperName: 'Signed', ExpirationDate: daysBefore(-60), KeySize: 2048, OptionsIsCaSigned: true },
        ],
      }),
    },
    answers: { [CERTIFICATES]: { verdict: 'inconclusive', gaps: [/Signed|CreatedDate/] } },
  },
  {
    claim: 'a secret that only the REST API shows',
    input: {
      settings: {
        ...SETTINGS,
        ExternalClientAppSettings: { enableConsumerSecretApiAccess: false, enableClientSecretInRestApiAccess: true },
      },
    },
    answers: {
      'org/app-secrets-hidden-from-apis': {
        verdict: 'fail',
        open: ['V Setting:ExternalClientApp.enableClientSecretInRestApiAccess'],
      },
    },
  },
];

const own: Shape[] = [
  {
    claim: 'callbacks that look like localhost or share one server',
    input: ownApps({
      Lookalike: connectedApp({ callbackUrl: 'https://localhost.x.example/cb' }),
      Two_Hosts: connectedApp({ callbackUrl: 'https://a.x.example/cb\nhttps://b.x.example/cb' }),
      Native: connectedApp({ callbackUrl: 'acme-native://callback' }),
    }),
    answers: { 'org/own-apps-callbacks-separate': { verdict: 'pass' } },
  },
  {
    claim: 'callbacks that mix localhost, own schemes and servers, or send codes in the clear',
    input: ownApps({
      Mixed: connectedApp({ callbackUrl: 'https://a.x.example/cb\nhttp://localhost:1717/cb' }),
      Six: connectedApp({ callbackUrl: 'http://[::1]:8080/cb\r\nhttps://a.x.example/cb' }),
      Scheme: connectedApp({ callbackUrl: 'acme://cb https://a.x.example/cb' }),
      Capital: connectedApp({ callbackUrl: 'HTTP://A.X.Example/cb' }),
      Loopback: connectedApp({ callbackUrl: 'http://127.0.0.1:1717/cb' }),
    }),
    answers: {
      'org/own-apps-callbacks-separate': {
        verdict: 'fail',
        open: [
          'J ConnectedApp:Loopback',
          'V ConnectedApp:Capital',
          'V ConnectedApp:Mixed',
          'V ConnectedApp:Scheme',
          'V ConnectedApp:Six',
        ],
      },
    },
  },
  {
    claim: 'scopes of the org that are broad, and the relaxation of addresses',
    input: ownApps({
      Narrow: connectedApp({ callbackUrl: 'https://a.x.example/cb', scopes: ['Api', 'RefreshToken'] }),
      Web: connectedApp({ callbackUrl: 'https://a.x.example/cb', scopes: 'Web' }),
      Full: connectedApp(
        { callbackUrl: 'https://a.x.example/cb', scopes: ['RefreshToken', 'Full'] },
        { oauthPolicy: { ipRelaxation: 'BYPASS', refreshTokenPolicy: 'zero' } }
      ),
    }),
    answers: {
      'org/own-apps-broad-scopes-justified': { verdict: 'fail', open: ['J ConnectedApp:Full', 'J ConnectedApp:Web'] },
      'org/apps-enforce-ip-ranges': { verdict: 'fail', open: ['V ConnectedApp:Full'] },
      'org/own-apps-without-device-flow': { verdict: 'inconclusive', gaps: [/isDeviceFlowEnabled|68|device flow/i] },
    },
  },
  {
    claim: 'a relaxation of addresses that no page lists',
    input: ownApps({
      Odd: connectedApp(
        { callbackUrl: 'https://a.x.example/cb' },
        { oauthPolicy: { ipRelaxation: 'RELAX_EVERYTHING', refreshTokenPolicy: 'zero' } }
      ),
    }),
    answers: { 'org/apps-enforce-ip-ranges': { verdict: 'inconclusive', gaps: [/Odd/] } },
  },
  {
    claim: 'Connected Apps that were made after the guidance and before it',
    input: ownApps(
      {
        After: connectedApp({ callbackUrl: 'https://a.x.example/cb' }),
        Before: connectedApp({ callbackUrl: 'https://a.x.example/cb' }),
      },
      { After: { CreatedDate: daysBefore(20) } }
    ),
    answers: { 'org/own-apps-are-external-client-apps': { verdict: 'fail', open: ['J ConnectedApp:After'] } },
  },
  {
    claim: 'External Client Apps with a policy but without settings, and policies that no page lists or that relax',
    input: {
      tables: (ids) => {
        const [bare, vendor, odd] = [1, 2, 3].map(() => ids.next('ExternalClientApplication')) as [
          string,
          string,
          string,
        ];
        const org = ids.org.slice(0, 15);
        const policy = { PermittedUsersPolicyType: 'AdminApprovedPreAuthorized', RefreshTokenPolicyType: 'Zero' };
        return {
          ExternalClientApplication: [
            {
              Id: bare,
              DeveloperName: 'Bare',
              MasterLabel: 'Bare',
              DistributionState: 'Local',
              OrgScopedExternalApp: `${org}:Bare`,
            },
            {
              Id: vendor,
              DeveloperName: 'Vendor',
              MasterLabel: 'V',
              NamespacePrefix: 'vend',
              DistributionState: 'Managed',
              OrgScopedExternalApp: '00DHs0000000Xyz:Vendor',
            },
            {
              Id: odd,
              DeveloperName: 'Odd',
              MasterLabel: 'O',
              NamespacePrefix: 'oddns',
              DistributionState: 'Managed',
              OrgScopedExternalApp: '00DHs0000000Xyz:Odd',
            },
          ],
          ExtlClntAppOauthPlcyCnfg: [
            {
              ...policy,
              ExternalClientApplicationId: bare,
              DeveloperName: 'Bare_p',
              IpRelaxationPolicyType: 'Enforce',
            },
            {
              ...policy,
              ExternalClientApplicationId: vendor,
              DeveloperName: 'Vendor_p',
              IpRelaxationPolicyType: 'Bypass',
            },
            { ...policy, ExternalClientApplicationId: odd, DeveloperName: 'Odd_p', IpRelaxationPolicyType: 'Relaxed' },
          ],
        };
      },
    },
    answers: {
      'org/own-apps-broad-scopes-justified': { verdict: 'inconclusive', gaps: [/Bare/] },
      'org/apps-enforce-ip-ranges': { verdict: 'fail', open: ['V ExternalClientApp:Vendor'], gaps: [/Odd/] },
    },
  },
];

const environment: Shape[] = [
  {
    claim: 'an app that was made, with words of a removal in its name',
    input: {
      tables: (ids) => ({
        SetupAuditTrail: [
          {
            Action: 'createdConnectedApplication',
            Display: 'deleteConnectedApplication in words only',
            CreatedById: ids.user(ADMIN.username),
            CreatedDate: daysBefore(2),
          },
        ],
      }),
    },
    answers: { 'org/app-removals-reviewed': { verdict: 'pass' } },
  },
  {
    claim: 'an app that was deleted, in the words of another language',
    input: {
      tables: (ids) => ({
        SetupAuditTrail: [
          {
            Action: 'deleteConnectedApplication',
            Display: 'Verbundene App "Größe, Co" gelöscht',
            CreatedById: ids.user(ADMIN.username),
            CreatedDate: daysBefore(178),
          },
        ],
      }),
    },
    answers: {
      'org/app-removals-reviewed': { verdict: 'fail', open: ['J AuditTrail:Verbundene App "Größe, Co" gelöscht'] },
    },
  },
  {
    claim: 'a contact who works here',
    input: { organization: { PrimaryContact: 'Ada Admin', Phone: '+49 30 5550100', NamespacePrefix: 'acme' } },
    answers: { 'org/contact-current': { verdict: 'inconclusive' } },
  },
  {
    claim: 'a contact who left',
    input: {
      organization: { PrimaryContact: 'gone founder', Phone: '+49 30 5550100', NamespacePrefix: 'acme' },
      users: [ADMIN, user('gone.founder', 'Staff', { active: false })],
    },
    answers: { 'org/contact-current': { verdict: 'fail', open: ['V Setting:Organization.PrimaryContact'] } },
  },
  {
    claim: 'a Dev Hub whose only live namespace is its own, beside deprecated and unlocked packages',
    input: {
      organization: { NamespacePrefix: 'acme' },
      features: { devHub: true },
      settings: { ...SETTINGS, DevHubSettings: { enableScratchOrgManagementPref: true, enablePackaging2: true } },
      tables: (ids) => ({
        NamespaceRegistry: [{ Name: 'acme', NamespacePrefix: 'acme', NamespaceOrg: ids.org.slice(0, 15) }],
        Package2: [
          { Name: 'Acme', NamespacePrefix: 'acme', ContainerOptions: 'Managed' },
          { Name: 'Old', NamespacePrefix: 'oldns', ContainerOptions: 'Managed', IsDeprecated: true },
          { Name: 'Loose', NamespacePrefix: 'loosens', ContainerOptions: 'Unlocked' },
        ],
      }),
    },
    audited: (org) => [{ orgId: org.orgId, namespace: 'acme' }],
    answers: { 'org/linked-orgs-audited': { verdict: 'pass' } },
  },
  {
    claim: 'a Dev Hub with one namespace that the policy names and one that nothing names',
    input: {
      features: { devHub: true },
      settings: { ...SETTINGS, DevHubSettings: { enableScratchOrgManagementPref: true, enablePackaging2: true } },
      tables: () => ({
        NamespaceRegistry: [
          { Name: 'known', NamespacePrefix: 'known', NamespaceOrg: '00DHs0000000Kno' },
          { Name: 'forgotten', NamespacePrefix: 'forgotten', NamespaceOrg: '00DHs0000000For' },
        ],
      }),
    },
    policy: () => ({ orgs: [{ alias: 'known', id: '00DHs0000000KnoMAA' }] }),
    audited: (org) => [{ orgId: org.orgId }],
    answers: { 'org/linked-orgs-audited': { verdict: 'fail', open: ['V Org:forgotten'], gaps: [/known/] } },
  },
  {
    claim: 'an auditor whose permissions cannot be read',
    input: { hiddenObjects: ['UserPermissionAccess'] },
    answers: { 'org/auditor-can-see': { verdict: 'inconclusive', gaps: [/UserPermissionAccess|permission/] } },
  },
  {
    claim: 'permission assignments that cannot be read',
    input: { features: { apiAccessControl: true }, users: [ADMIN, user('bob')] },
    prepare: (org) => org.fault(({ text, parts }) => !parts && /FROM PermissionSetAssignment\b/.test(text), refusal()),
    answers: {
      [ANY]: { verdict: 'inconclusive', gaps: [/PermissionSetAssignment/] },
      [MFA]: { verdict: 'inconclusive' },
      [PASSWORDS]: { verdict: 'inconclusive' },
    },
  },
];

const second: Shape[] = [
  {
    claim: 'grants to apostrophes, of managed permission sets with the same name, of failed groups',
    input: {
      features: { apiAccessControl: true },
      profiles: [
        ADMINISTRATORS,
        STAFF,
        { name: "O'Brien's \\ staff", permissions: ['UseAnyApiClient'], ranges: OFFICE },
      ],
      permissionSets: [{ name: 'Any', permissions: ['UseAnyApiClient'] }, { name: 'Nothing' }],
      groups: [
        { name: 'Failed', permissionSets: ['Any'], status: 'Failed' },
        { name: 'Updating', permissionSets: ['Any'], status: 'Updating' },
      ],
      users: [
        ADMIN,
        user("o'brien", "O'Brien's \\ staff"),
        user('failed', 'Staff', { groups: ['Failed'] }),
        user('updating', 'Staff', { groups: ['Updating'] }),
        user('managed'),
      ],
      tables: (ids) => {
        const [good, evil] = [ids.next('PermissionSet'), ids.next('PermissionSet')];
        return {
          PermissionSet: [
            { Id: good, Name: 'Suite', Label: 'Suite', NamespacePrefix: 'good', Type: 'Regular' },
            {
              Id: evil,
              Name: 'Suite',
              Label: 'Suite',
              NamespacePrefix: 'evil',
              Type: 'Regular',
              PermissionsUseAnyApiClient: true,
            },
          ],
          PermissionSetAssignment: [
            { AssigneeId: ids.user(ADMIN.username), PermissionSetId: good, IsActive: true },
            { AssigneeId: ids.user('managed@x.example'), PermissionSetId: evil, IsActive: true },
          ],
        };
      },
    },
    answers: {
      [ANY]: {
        verdict: 'fail',
        open: [
          'V User:failed@x.example',
          'V User:managed@x.example',
          "V User:o'brien@x.example",
          'V User:updating@x.example',
        ],
      },
    },
  },
  {
    claim: 'a profile with Use Any API Client that only former users have',
    input: {
      features: { apiAccessControl: true },
      profiles: [ADMINISTRATORS, { name: 'Alumni', permissions: ['UseAnyApiClient', 'CanApproveUninstalledApps'] }],
      users: [ADMIN, user('former', 'Alumni', { active: false })],
    },
    answers: { [ANY]: { verdict: 'pass' }, 'org/uninstalled-apps-not-approved': { verdict: 'pass' } },
  },
  {
    claim: 'a description of permission sets that is a web page',
    input: {
      features: { apiAccessControl: true },
      permissionSets: [{ name: 'Any', permissions: ['UseAnyApiClient'] }],
      users: [ADMIN, user('bob', 'Staff', { permissionSets: ['Any'] })],
    },
    prepare: (org) => org.fault(/sobjects\/PermissionSet\/describe/, { kind: 'html' }),
    answers: { [ANY]: { verdict: ['inconclusive'] }, [MFA]: { verdict: ['inconclusive', 'pass'] } },
  },
  {
    claim: 'lists of components that are web pages',
    input: ownApps({ Mixed: connectedApp({ callbackUrl: 'https://a.x.example/cb\nhttp://localhost:1717/cb' }) }),
    prepare: (org) => org.fault(/listMetadata/, { kind: 'html' }),
    answers: {
      'org/own-apps-callbacks-separate': { verdict: 'inconclusive' },
      'org/own-apps-require-pkce': { verdict: 'inconclusive' },
      'org/apps-enforce-ip-ranges': { verdict: 'inconclusive' },
      [APPS]: { verdict: 'inconclusive' },
      [PASSWORDS]: { verdict: 'inconclusive' },
    },
  },
  {
    claim: 'the twelfth of the apps and of the policies of profiles',
    input: {
      ...ownApps({
        ...Object.fromEntries(
          Array.from({ length: 11 }, (_, index) => [
            `App_${index}`,
            connectedApp({ callbackUrl: 'https://a.x.example/cb' }),
          ])
        ),
        Last: connectedApp({
          callbackUrl: 'http://a.x.example/cb',
          isPkceRequired: false,
          isRefreshTokenRotationEnabled: false,
          scopes: ['Api', 'RefreshToken'],
        }),
      }),
    },
    answers: {
      'org/own-apps-callbacks-separate': { verdict: 'fail', open: ['V ConnectedApp:Last'] },
      'org/own-apps-require-pkce': { verdict: 'fail', open: ['V ConnectedApp:Last'] },
      'org/own-apps-rotate-refresh-tokens': { verdict: 'fail', open: ['V ConnectedApp:Last'] },
    },
  },
  {
    claim: 'twelve policies of profiles of which the last never lets passwords expire, and one without a value',
    input: {
      profiles: [
        ADMINISTRATORS,
        ...Array.from({ length: 12 }, (_, index) => ({ name: `Team ${index}`, ranges: OFFICE })),
      ],
      users: [ADMIN, ...Array.from({ length: 12 }, (_, index) => user(`u${index}`, `Team ${index}`))],
      metadata: {
        ProfilePasswordPolicy: {
          ...Object.fromEntries(
            Array.from({ length: 12 }, (_, index) => [
              `PT${index}`,
              { profile: `team ${index}`, passwordExpiration: index < 11 ? 90 : 0 },
            ])
          ),
          PT12: { profile: 'admin', minimumPasswordLength: 8 },
        },
      },
    },
    answers: { [PASSWORDS]: { verdict: 'fail', open: ['V Profile:Team 11'], gaps: [/System Administrator|PT12/] } },
  },
  {
    claim: 'an app of an installed package that the Metadata API lists beside the app of the org',
    input: {
      organization: { NamespacePrefix: 'acme' },
      metadata: {
        ConnectedApp: {
          acme__Own: connectedApp({}, { label: 'Own' }),
          vend__Sync: connectedApp({ callbackUrl: 'http://a.x.example/cb' }, { label: 'Sync' }),
        },
      },
      manageableStates: { ConnectedApp: { acme__Own: 'released', vend__Sync: 'installed' } },
      tables: (ids) => {
        const [ours, vendor] = [ids.next('ConnectedApplication'), ids.next('ConnectedApplication')];
        return {
          ConnectedApplication: [
            { Id: ours, Name: 'Own', DeveloperName: 'Own' },
            { Id: vendor, Name: 'Sync', DeveloperName: 'Sync' },
          ],
          AppMenuItem: [
            menu(ours, 'Own', { NamespacePrefix: 'acme' }),
            menu(vendor, 'Sync', { NamespacePrefix: 'vend' }),
          ],
        };
      },
    },
    answers: { [APPS]: { verdict: 'fail', open: ['V ConnectedApp:Sync'] } },
  },
  {
    claim: 'idle limits of thirty days in other units, and their switch in place of a stale policy',
    input: {
      apiVersion: 68,
      ...ownApps(
        Object.fromEntries(
          (
            [
              ['Hours', 'specific_inactivity:720:HOURS', undefined],
              ['Days', 'specific_inactivity:30:DAYS', undefined],
              ['Zero', 'zero', false],
              ['Stale', 'infinite', true],
            ] as const
          ).map(([name, refreshTokenPolicy, isEnforceRefreshTokenTTL]) => [
            name,
            connectedApp(
              { callbackUrl: 'https://a.x.example/cb', scopes: ['Api', 'RefreshToken'], isEnforceRefreshTokenTTL },
              { oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy } }
            ),
          ])
        )
      ),
    },
    answers: { 'org/own-apps-limit-idle-tokens': { verdict: 'pass' } },
  },
  {
    claim: 'idle limits that are too long, or of an unknown kind',
    input: {
      apiVersion: 68,
      ...ownApps(
        Object.fromEntries(
          (
            [
              ['Forever', 'infinite', false],
              ['Long', 'specific_inactivity:31:DAYS', false],
              ['Hours', 'specific_inactivity:721:HOURS', false],
              ['Lifetime', 'specific_lifetime:3:MONTHS', false],
              ['Odd', 'whenever', undefined],
            ] as const
          ).map(([name, refreshTokenPolicy, isEnforceRefreshTokenTTL]) => [
            name,
            connectedApp(
              { callbackUrl: 'https://a.x.example/cb', scopes: ['Api', 'RefreshToken'], isEnforceRefreshTokenTTL },
              { oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy } }
            ),
          ])
        )
      ),
    },
    answers: {
      'org/own-apps-limit-idle-tokens': {
        verdict: 'fail',
        open: ['V ConnectedApp:Forever', 'V ConnectedApp:Hours', 'V ConnectedApp:Lifetime', 'V ConnectedApp:Long'],
        gaps: [/Odd/],
      },
    },
  },
  {
    claim: 'an External Client App of the org whose global settings are hidden',
    input: {
      tables: (ids) => {
        const app = ids.next('ExternalClientApplication');
        const settings = ids.next('ExtlClntAppOauthSettings');
        return {
          ExternalClientApplication: [
            {
              Id: app,
              DeveloperName: 'Own',
              MasterLabel: 'Own',
              DistributionState: 'Packaged',
              OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Own`,
            },
          ],
          ExtlClntAppOauthSettings: [
            {
              Id: settings,
              ExternalClientApplicationId: app,
              DeveloperName: 'Own_s',
              OauthScopesAPI: true,
              OauthScopesREFRESH_TOKEN: true,
            },
          ],
          ExtlClntAppOauthPlcyCnfg: [
            {
              ExternalClientApplicationId: app,
              ExtlClntAppOauthSettingsId: settings,
              DeveloperName: 'Own_p',
              IpRelaxationPolicyType: 'bypass_2factor',
              PermittedUsersPolicyType: 'AdminApprovedPreAuthorized',
              RefreshTokenPolicyType: 'Infinite',
            },
          ],
        };
      },
    },
    answers: {
      'org/own-apps-require-pkce': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-callbacks-separate': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-without-device-flow': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-rotate-refresh-tokens': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-broad-scopes-justified': { verdict: 'pass' },
      'org/apps-enforce-ip-ranges': { verdict: 'fail', open: ['V ExternalClientApp:Own'] },
    },
  },
  {
    claim: 'a user of single sign-on who also logs in with a password, and a provider that was deleted',
    input: {
      settings: security({
        sessionSettings: { enableMFADirectUILoginOptIn: false },
        singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: false },
      }),
      users: [ADMIN, user('both')],
      tables: (ids) => {
        const saml = ids.next('SamlSsoConfig');
        return {
          LoginHistory: [
            login(ids.user('both@x.example'), {
              LoginType: 'SAML Sfdc Initiated SSO',
              AuthenticationServiceId: saml,
              AuthMethodReference: 'mfa',
            }),
            login(ids.user('both@x.example')),
            login(ids.user(ADMIN.username), { LoginType: 'SAML Sfdc Initiated SSO', AuthenticationServiceId: saml }),
          ],
        };
      },
    },
    answers: { [MFA]: { verdict: 'fail', open: ['V User:both@x.example'] } },
  },
  {
    claim: 'single sign-on with the switch on: a provider that asks for MFA, and one that does not say',
    input: {
      settings: security({ singleSignOnSettings: { enableSamlLogin: true } }),
      users: [ADMIN, user('good'), user('open')],
      tables: (ids) => {
        const [good, silent] = [ids.next('SamlSsoConfig'), ids.next('SamlSsoConfig')];
        const sso = { LoginType: 'SAML Sfdc Initiated SSO' };
        return {
          SamlSsoConfig: [
            { Id: good, DeveloperName: 'Asking', OptionsRequireMfaSaml: true },
            { Id: silent, DeveloperName: 'Silent', OptionsRequireMfaSaml: false },
          ],
          LoginHistory: [
            login(ids.user('good@x.example'), { ...sso, AuthenticationServiceId: good }),
            login(ids.user('open@x.example'), { ...sso, AuthenticationServiceId: silent }),
          ],
        };
      },
    },
    answers: { [MFA]: { verdict: 'inconclusive', gaps: [/Silent/] } },
  },
  {
    claim: 'single sign-on whose every login reports MFA',
    input: {
      settings: security({ singleSignOnSettings: { enableSamlLogin: true } }),
      users: [ADMIN, user('good'), user('other')],
      tables: (ids) => {
        const silent = ids.next('SamlSsoConfig');
        const sso = { LoginType: 'SAML Sfdc Initiated SSO', AuthenticationServiceId: silent };
        return {
          SamlSsoConfig: [{ Id: silent, DeveloperName: 'Silent', OptionsRequireMfaSaml: false }],
          LoginHistory: [
            login(ids.user('good@x.example'), { ...sso, AuthMethodReference: 'PWD MFA' }),
            login(ids.user('other@x.example'), { ...sso, AuthMethodReference: 'hwk,user' }),
            login(ids.user('other@x.example'), { ...sso, AuthMethodReference: 'pwd', Status: 'Invalid Password' }),
          ],
        };
      },
    },
    answers: { [MFA]: { verdict: 'pass' } },
  },
  {
    claim: 'a site of a type that is new, and an Experience site without its network',
    input: {
      features: { sites: true, experiences: true },
      tables: (ids) => ({
        Site: [
          {
            Name: 'Future',
            MasterLabel: 'Future',
            SiteType: 'HolographicSite',
            Status: 'Active',
            GuestUserId: ids.user(ADMIN.username),
          },
          {
            Name: 'Orphan',
            MasterLabel: 'Orphan',
            SiteType: 'ChatterNetwork',
            Status: 'Active',
            GuestUserId: ids.user(ADMIN.username),
          },
        ],
      }),
    },
    answers: { [SITES]: { verdict: ['inconclusive'], gaps: [/Future/, /no visible Network/] } },
  },
  {
    claim: 'networks that the auditor does not see',
    input: {
      sites: [{ name: 'Partner Hub', kind: 'experience', network: { OptionsGuestFileAccessEnabled: true } }],
      ...without('ModifyAllData', 'ViewAllData'),
    },
    answers: { [SITES]: { verdict: 'inconclusive', gaps: [/Network|Partner/] } },
  },
  {
    claim: 'a network that is down for maintenance',
    input: {
      sites: [
        {
          name: 'Hub',
          kind: 'experience',
          network: { Status: 'DownForMaintenance', OptionsGuestFileAccessEnabled: true },
        },
      ],
    },
    answers: { [SITES]: { verdict: 'pass' } },
  },
  {
    claim: 'tokens without a name, and one whose menu entry leads to an External Client App',
    input: {
      tables: (ids) => {
        const [app, item] = [ids.next('ExternalClientApplication'), ids.next('AppMenuItem')];
        const admin = ids.user(ADMIN.username);
        return {
          ExternalClientApplication: [
            {
              Id: app,
              DeveloperName: 'Own',
              MasterLabel: 'Own',
              DistributionState: 'Local',
              OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Own`,
            },
          ],
          AppMenuItem: [menu(app, 'Own', { Id: item, Label: 'Anything' })],
          OauthToken: [
            { Id: null, AppName: 'Whatever', AppMenuItemId: item, UserId: admin, UseCount: 1 },
            { Id: null, AppName: null, UserId: admin, UseCount: 1 },
          ],
        };
      },
    },
    answers: { [TOKENS]: { verdict: 'fail', open: ['V OauthToken:an app without a name'] } },
  },
  {
    claim: 'logins of a profile without ranges, of an unknown user, and without a status',
    input: {
      profiles: [ADMINISTRATORS, { name: 'Open' }],
      users: [ADMIN, user('open', 'Open')],
      tables: (ids) => ({ LoginHistory: [login(ids.user('open@x.example'), { SourceIp: '203.0.113.9' })] }),
    },
    answers: { [LOGINS]: { verdict: 'inconclusive', gaps: [/Open/] } },
  },
  {
    claim: 'a login without a status from outside',
    input: ADMIN_LOGINS({ SourceIp: '203.0.113.9', Status: null }),
    answers: { [LOGINS]: { verdict: 'inconclusive' } },
  },
  {
    claim: 'a login of a user who is not in the list of users',
    input: { tables: (ids) => ({ LoginHistory: [login(ids.next('User'), { SourceIp: '203.0.113.9' })] }) },
    answers: { [LOGINS]: { verdict: 'inconclusive' } },
  },
  {
    claim: 'certificates that cannot be read',
    input: { hiddenObjects: ['Certificate'] },
    answers: { [CERTIFICATES]: { verdict: 'inconclusive', gaps: [/Certificate/] } },
  },
  {
    claim: 'an app whose rotation was started, and one that is young',
    input: {
      ...ownApps(
        {
          Old: connectedApp({ callbackUrl: 'https://a.x.example/cb' }),
          Young: connectedApp({ callbackUrl: 'https://a.x.example/cb' }),
        },
        { Young: { CreatedDate: daysBefore(100) } }
      ),
    },
    answers: { 'org/app-secrets-rotated': { verdict: 'inconclusive', gaps: [/Old/] } },
  },
  {
    claim: 'settings of a Dev Hub that are empty, in an org that does not show its namespaces',
    input: { settings: { ...SETTINGS, DevHubSettings: {} } },
    answers: { 'org/linked-orgs-audited': { verdict: 'inconclusive' } },
  },
  {
    claim: 'linked orgs with an id in another case, audited in part, and of a package without a registry entry',
    input: {
      features: { devHub: true },
      settings: { ...SETTINGS, DevHubSettings: { enableScratchOrgManagementPref: true, enablePackaging2: true } },
      tables: () => ({
        NamespaceRegistry: [
          { Name: 'alike', NamespacePrefix: 'alike', NamespaceOrg: '00DHs0000000kno' },
          { Name: 'partly', NamespacePrefix: 'partly', NamespaceOrg: '00DHs0000000Prt' },
        ],
        Package2: [{ Name: 'Lost', NamespacePrefix: 'lostns', ContainerOptions: 'Managed' }],
      }),
    },
    audited: (org) => [
      { orgId: org.orgId },
      { orgId: '00DHs0000000KnoMAA' },
      { orgId: '00DHs0000000Prt', namespace: 'partly', partly: true },
    ],
    answers: {
      'org/linked-orgs-audited': { verdict: 'fail', open: ['V Org:alike', 'V Org:lostns'], gaps: [/partly/] },
    },
  },
  {
    claim: 'a contact with the name of a partner user, of a user of Salesforce, or who never comes',
    input: {
      organization: { PrimaryContact: 'Paul Partner', Phone: '1', NamespacePrefix: 'acme' },
      profiles: [ADMINISTRATORS, { name: 'Partner', userType: 'PowerPartner', license: 'Partner Community' }],
      users: [ADMIN, user('Paul.Partner', 'Partner')],
    },
    answers: { 'org/contact-current': { verdict: 'fail', open: ['V Setting:Organization.PrimaryContact'] } },
  },
  {
    claim: 'a contact who shares a name with a former user',
    input: {
      organization: { PrimaryContact: 'ada admin ', Phone: '1', NamespacePrefix: 'acme' },
      users: [ADMIN, user('Ada.Admin', 'Staff', { active: false })],
    },
    answers: { 'org/contact-current': { verdict: 'inconclusive' } },
  },
  {
    claim: 'an auditor with the other of two permissions that allow a read',
    input: {
      ...ADMIN_LOGINS({}),
      ...without('ModifyMetadata', 'MonitorLoginHistory', 'ViewAllUsers'),
    },
    answers: {
      [PASSWORDS]: { verdict: 'pass' },
      [LOGINS]: { verdict: 'pass' },
      [MFA]: { verdict: 'pass' },
      'org/apps-enforce-ip-ranges': { verdict: ['pass', 'not-applicable'] },
    },
  },
  {
    claim: 'settings of which the org has two, or none',
    input: {
      tables: () => ({
        SecuritySettings: [{ DurableId: 'Security2', FullName: 'Security2', Metadata: CALM }],
      }),
    },
    answers: { [REQUESTS]: { verdict: 'inconclusive' }, [MFA]: { verdict: 'inconclusive' } },
  },
  {
    claim: 'answers that announce more rows than they hold',
    input: {
      features: { apiAccessControl: true },
      ...ADMIN_LOGINS({}),
      sites: [{ name: 'Old', kind: 'visualforce', status: 'Inactive' }],
      users: [ADMIN, user('bob')],
    },
    prepare: (org) =>
      org.fault(({ text }) => text.includes('query'), {
        kind: 'altered',
        alter: (body) => body.replace(/"totalSize":(\d+)/g, (_, size: string) => `"totalSize":${Number(size) + 3}`),
      }),
    answers: Object.fromEntries(
      [
        ANY,
        MFA,
        IP,
        LOGINS,
        SITES,
        PASSWORDS,
        CERTIFICATES,
        APPS,
        ECAS,
        PACKAGES,
        TOKENS,
        'org/soap-login-unused',
        'org/app-removals-reviewed',
      ].map((control) => [control, { verdict: 'inconclusive' as const }])
    ),
  },
];

const external = (name: string, userType: string): ProfileInput => ({
  name,
  userType,
  license: name,
  permissions: ['ForceTwoFactor'],
  ranges: OFFICE,
});

const EXTERNAL = ['CspLitePortal', 'CustomerSuccess', 'PowerCustomerSuccess', 'PowerPartner'];

const third: Shape[] = [
  {
    claim: 'external users of every kind with old passwords',
    input: {
      profiles: [ADMINISTRATORS, ...EXTERNAL.map((type) => external(`P ${type}`, type))],
      users: [
        ADMIN,
        ...EXTERNAL.map((type) => user(type, `P ${type}`, { fields: { LastPasswordChangeDate: daysBefore(900) } })),
      ],
      ...ADMIN_LOGINS({}),
    },
    answers: { [MFA]: { verdict: 'pass' }, [IP]: { verdict: 'pass' }, [PASSWORDS]: { verdict: 'pass' } },
  },
  {
    claim: 'never-expiring passwords by an assignment that ended or a group that mutes it',
    input: {
      permissionSets: [{ name: 'Never', permissions: ['PasswordNeverExpires'] }],
      groups: [{ name: 'Muted', permissionSets: ['Never'], muted: ['PasswordNeverExpires'] }],
      users: [ADMIN, user('past'), user('muted', 'Staff', { groups: ['Muted'] })],
      assignments: [{ user: 'past@x.example', permissionSet: 'Never', expires: daysBefore(1) }],
    },
    answers: { [PASSWORDS]: { verdict: 'pass' } },
  },
  {
    claim: 'an old password of a user who may be frozen',
    input: {
      hiddenObjects: ['UserLogin'],
      users: [ADMIN, user('frozen', 'Staff', { frozen: true, fields: { LastPasswordChangeDate: daysBefore(900) } })],
    },
    answers: { [PASSWORDS]: { verdict: ['inconclusive'], gaps: [/UserLogin|frozen/i] } },
  },
  {
    claim: 'certificates without an end, and one that its authority made tomorrow',
    input: {
      tables: () => ({
        Certificate: [{ DeveloperName: 'Endless', CreatedDate: daysBefore(100), ExpirationDate: null }],
      }),
    },
    answers: { [CERTIFICATES]: { verdict: 'inconclusive', gaps: [/Endless/] } },
  },
  {
    claim: 'packages of Salesforce in an org that does not show publishers',
    input: { hiddenObjects: ['Publisher'] },
    answers: { [PACKAGES]: { verdict: 'pass' } },
  },
  {
    claim: 'installed packages whose version Salesforce does not give',
    input: {
      packages: [
        { name: 'Known', namespace: 'known' },
        { name: 'Other', namespace: 'other' },
      ],
    },
    policy: () => trust({ packages: [{ ...trusted, namespace: 'known' }] }),
    prepare: (org) =>
      org.fault(({ text, parts }) => !parts && text.includes('FROM InstalledSubscriberPackage'), {
        kind: 'altered',
        alter: (body) =>
          JSON.stringify(JSON.parse(body), (key, value: unknown) =>
            key === 'SubscriberPackageVersion' ? null : value
          ),
      }),
    answers: { [PACKAGES]: { verdict: 'fail', open: ['V Package:Other'] } },
  },
  {
    claim: 'an installed app that shares only its label with an app of the org, and has no menu entry',
    input: {
      metadata: { ConnectedApp: { Internal_Sync: connectedApp({}, { label: 'Sync' }) } },
      tables: (ids) => {
        const ours = ids.next('ConnectedApplication');
        return {
          ConnectedApplication: [
            { Id: ours, Name: 'Sync', DeveloperName: 'Internal_Sync' },
            { Name: 'Sync', DeveloperName: 'Vendor_Sync' },
          ],
          AppMenuItem: [menu(ours, 'Internal_Sync', { Label: 'Sync' })],
        };
      },
    },
    answers: { [APPS]: { verdict: 'fail', open: ['V ConnectedApp:Sync'] } },
  },
  {
    claim: 'ranges in a zone, in three parts, and a profile whose metadata does not speak of ranges',
    input: {
      profiles: [
        ADMINISTRATORS,
        { name: 'Zone', ranges: [{ startAddress: 'fe80::1%eth0', endAddress: 'fe80::2%eth0' }] },
        { name: 'Three', ranges: [{ startAddress: '198.51.100', endAddress: '198.51.101' }] },
        { name: 'Silent', fields: { Metadata: { custom: true } } },
      ],
      users: [ADMIN, user('a', 'Zone'), user('b', 'Three'), user('c', 'Silent')],
    },
    answers: { [IP]: { verdict: 'inconclusive', gaps: [/Zone/, /Three/, /Silent/] } },
  },
  {
    claim: 'settings without content',
    input: {
      settings: {
        SecuritySettings: {},
        ConnectedAppSettings: {},
        OauthOidcSettings: {},
        ExternalClientAppSettings: {},
      },
    },
    answers: {
      [MFA]: { verdict: ['inconclusive'] },
      [REQUESTS]: { verdict: 'inconclusive' },
      [PASSWORDS]: { verdict: 'inconclusive' },
      'org/app-secrets-hidden-from-apis': { verdict: 'inconclusive' },
      'org/user-agent-flow-blocked': { verdict: 'inconclusive' },
      'org/username-password-flow-blocked': { verdict: 'inconclusive' },
    },
  },
  {
    claim: 'settings with text in place of a switch',
    input: {
      settings: {
        ...security({ sessionSettings: { enforceIpRangesEveryRequest: 'maybe' } }),
        OauthOidcSettings: { blockOAuthUnPwFlow: 'maybe', blockOAuthUsrAgtFlow: null },
        ExternalClientAppSettings: { enableConsumerSecretApiAccess: 'maybe', enableClientSecretInRestApiAccess: null },
      },
    },
    answers: {
      [REQUESTS]: { verdict: 'inconclusive' },
      'org/app-secrets-hidden-from-apis': { verdict: 'inconclusive' },
      'org/user-agent-flow-blocked': { verdict: 'inconclusive' },
      'org/username-password-flow-blocked': { verdict: 'inconclusive' },
    },
  },
  {
    claim: 'an API Access Control without a value in an org that lacks the permission',
    input: {
      features: { apiAccessControl: true },
      settings: { ...SETTINGS, ConnectedAppSettings: { enableAdminApprovedAppsOnly: null } },
      hiddenFields: ['PermissionSet', 'Profile', 'MutingPermissionSet', 'UserPermissionAccess'].map(
        (object) => `${object}.PermissionsUseAnyApiClient`
      ),
    },
    answers: { [ANY]: { verdict: 'pass' } },
  },
  {
    claim: 'a description that lacks permissions which every org has',
    input: { hiddenFields: ['PermissionSet.PermissionsApiEnabled', 'PermissionSet.PermissionsModifyAllData'] },
    answers: { [ANY]: { verdict: 'inconclusive' } },
  },
  {
    claim: 'single sign-on in an org that does not show the methods of a login',
    input: {
      hiddenFields: ['LoginHistory.AuthMethodReference', 'LoginHistory.AuthContextClassRef'],
      settings: security({ singleSignOnSettings: { enableSamlLogin: true } }),
      tables: (ids) => {
        const saml = ids.next('SamlSsoConfig');
        return {
          SamlSsoConfig: [{ Id: saml, DeveloperName: 'Silent', OptionsRequireMfaSaml: false }],
          LoginHistory: [
            login(ids.user(ADMIN.username), { LoginType: 'SAML Sfdc Initiated SSO', AuthenticationServiceId: saml }),
          ],
        };
      },
    },
    answers: { [MFA]: { verdict: 'inconclusive', gaps: [/Silent/] } },
  },
  {
    claim: 'single sign-on that reports its method in one of two fields',
    input: {
      hiddenFields: ['LoginHistory.AuthContextClassRef'],
      settings: security({ singleSignOnSettings: { enableSamlLogin: true } }),
      tables: (ids) => {
        const saml = ids.next('SamlSsoConfig');
        return {
          SamlSsoConfig: [{ Id: saml, DeveloperName: 'Silent', OptionsRequireMfaSaml: false }],
          LoginHistory: [
            login(ids.user(ADMIN.username), {
              LoginType: 'SAML Sfdc Initiated SSO',
              AuthenticationServiceId: saml,
              AuthMethodReference: 'mfa',
            }),
          ],
        };
      },
    },
    answers: { [MFA]: { verdict: 'pass' } },
  },
  {
    claim: 'a flow that is blocked although a login used it yesterday',
    input: ADMIN_LOGINS(
      { LoginType: 'Remote Access 2.0', LoginSubType: 'OauthUserAgent' },
      { LoginType: 'Remote Access 2.0', LoginSubType: 'OauthUsernamePassword' }
    ),
    answers: {
      'org/user-agent-flow-blocked': { verdict: 'fail', open: ['V ConnectedApp:an app without a name'] },
      'org/username-password-flow-blocked': { verdict: 'fail', open: ['V ConnectedApp:an app without a name'] },
    },
  },
  {
    claim: 'trust on the last day of its review',
    input: {
      packages: [{ name: 'Base', namespace: 'acmebase' }],
      tables: (ids) => ({
        OauthToken: [{ Id: null, AppName: 'Known Loader', UserId: ids.user(ADMIN.username), UseCount: 1 }],
      }),
    },
    policy: (org) =>
      trust({
        packages: [{ ...trusted, reviewBy: '2026-06-15', namespace: 'acmebase' }],
        tokens: [{ ...trusted, reviewBy: '2026-06-15', org: org.orgId, appName: 'Known Loader' }],
      }),
    answers: { [PACKAGES]: { verdict: 'pass' }, [TOKENS]: { verdict: 'pass' } },
  },
  {
    claim: 'token addresses: exempt callbacks and their lookalikes',
    input: {
      apiVersion: 68,
      ...ownApps(
        Object.fromEntries(
          Object.entries({
            Bound: ['https://a.x.example/cb', true],
            Local: ['http://localhost:1717/cb', false],
            Salesforce: ['https://login.salesforce.com/services/oauth2/success', false],
            Scheme: ['com.acme.app:/oauth', false],
            Server: ['https://a.x.example/cb', false],
            Lookalike: ['https://login.salesforce.com.x.example/cb', false],
            Userinfo: ['https://login.salesforce.com@x.example/cb', false],
            Silent: ['https://a.x.example/cb', undefined],
          }).map(([name, [callbackUrl, isIpBindingEnabled]]) => [
            name,
            connectedApp({ callbackUrl, isIpBindingEnabled, scopes: ['Api', 'RefreshToken'] }),
          ])
        )
      ),
    },
    answers: {
      'org/own-apps-allowlist-token-ips': {
        verdict: 'fail',
        open: ['V ConnectedApp:Lookalike', 'V ConnectedApp:Server', 'V ConnectedApp:Userinfo'],
        gaps: [/Silent/],
      },
    },
  },
  {
    claim: 'callbacks in disguise',
    input: ownApps({
      Dot: connectedApp({ callbackUrl: 'http://localhost.:80/cb\nhttps://a.x.example/cb' }),
      Two: connectedApp({ callbackUrl: 'http://127.0.0.2/cb\nhttps://a.x.example/cb' }),
      Mapped: connectedApp({ callbackUrl: 'http://[::ffff:127.0.0.1]/cb\nhttps://a.x.example/cb' }),
      Wild: connectedApp({ callbackUrl: 'https://*.x.example/cb' }),
      Postman: connectedApp({ callbackUrl: 'https://oauth.pstmn.io/v1/callback' }),
      Slash: connectedApp({ callbackUrl: 'com.acme.app:/oauth' }),
    }),
    answers: {
      'org/own-apps-callbacks-separate': {
        verdict: 'fail',
        open: [
          'J ConnectedApp:Postman',
          'J ConnectedApp:Wild',
          'V ConnectedApp:Dot',
          'V ConnectedApp:Mapped',
          'V ConnectedApp:Two',
        ],
      },
    },
  },
  {
    claim: 'a callback that is no address',
    input: ownApps({ Odd: connectedApp({ callbackUrl: 'not-an-address' }) }),
    answers: { 'org/own-apps-callbacks-separate': { verdict: 'inconclusive', gaps: [/Odd/] } },
  },
  {
    claim: 'an app that the partner must package but keeps in the org, and one that a subscriber makes',
    input: {
      tables: (ids) => ({
        ExternalClientApplication: ['Server', 'Theirs'].map((DeveloperName) => ({
          DeveloperName,
          MasterLabel: DeveloperName,
          DistributionState: 'Local',
          OrgScopedExternalApp: `${ids.org.slice(0, 15)}:${DeveloperName}`,
        })),
      }),
    },
    policy: () => ({
      integrations: [
        { name: 'Server', app: 'Server', flow: 'client-credentials', secretOwner: 'isv' },
        { name: 'Theirs', app: 'Theirs', flow: 'client-credentials', secretOwner: 'subscriber' },
      ],
    }),
    answers: {
      'org/own-apps-packaged': {
        verdict: 'fail',
        open: ['J ExternalClientApp:Theirs', 'V ExternalClientApp:Server'],
      },
    },
  },
  {
    claim: 'an org that is no Dev Hub',
    input: { settings: { ...SETTINGS, DevHubSettings: { enableScratchOrgManagementPref: false } } },
    answers: { 'org/linked-orgs-audited': { verdict: 'not-applicable' } },
  },
  {
    claim: 'a namespace whose registry entry does not name its org',
    input: {
      features: { devHub: true },
      settings: { ...SETTINGS, DevHubSettings: { enableScratchOrgManagementPref: true, enablePackaging2: true } },
      tables: () => ({ NamespaceRegistry: [{ Name: 'lost', NamespacePrefix: 'lost', NamespaceOrg: null }] }),
    },
    audited: (org) => [{ orgId: org.orgId }],
    answers: { 'org/linked-orgs-audited': { verdict: 'fail', open: ['V Org:lost'] } },
  },
  {
    claim: 'single sign-on apps of the org, which have no OAuth settings',
    input: ownApps({ Wiki: { samlConfig: { encryptionType: 'NONE' } } }),
    answers: {
      [APPS]: { verdict: 'pass' },
      'org/own-apps-callbacks-separate': { verdict: ['not-applicable', 'pass'] },
      'org/own-apps-require-pkce': { verdict: ['not-applicable', 'pass'] },
      'org/own-apps-broad-scopes-justified': { verdict: ['not-applicable', 'pass'] },
      'org/own-apps-limit-idle-tokens': { verdict: ['not-applicable', 'pass'] },
      'org/apps-enforce-ip-ranges': { verdict: ['not-applicable', 'pass'] },
    },
  },
  {
    claim: 'a login whose answer was cut in the middle of its pages',
    input: {
      tables: (ids) => ({
        LoginHistory: [
          ...Array.from({ length: 2001 }, () => login(ids.user(ADMIN.username))),
          login(ids.user(ADMIN.username), { SourceIp: '203.0.113.9' }),
        ],
      }),
    },
    answers: { [LOGINS]: { verdict: 'fail', open: ['V User:admin@x.example'] } },
  },
];

/** An External Client App of this org; its rows are joined by its id. */
const ownEca = (
  DeveloperName: string,
  rows: (app: string, ids: Ids) => Record<string, Row[]>,
  more: Partial<ScenarioInput> = {}
): Partial<ScenarioInput> => ({
  ...more,
  tables: (ids) => {
    const app = ids.next('ExternalClientApplication');
    const row = { Id: app, DeveloperName, MasterLabel: DeveloperName, DistributionState: 'Local' };
    return {
      ExternalClientApplication: [{ ...row, OrgScopedExternalApp: `${ids.org.slice(0, 15)}:${DeveloperName}` }],
      ...rows(app, ids),
    };
  },
});
const POLICY = { PermittedUsersPolicyType: 'AdminApprovedPreAuthorized', RefreshTokenPolicyType: 'Zero' };

const fourth: Shape[] = [
  {
    claim: 'an org that shows no user, not even the one who asks',
    prepare: (org) => org.scenario.tables['User']?.splice(0),
    answers: {
      [IP]: { verdict: 'inconclusive', gaps: [/no active user/] },
      [PASSWORDS]: { verdict: 'inconclusive', gaps: [/no active user/] },
      [MFA]: { verdict: 'inconclusive', gaps: [/no active user/] },
    },
  },
  {
    claim: 'an External Client App with several policies and several settings',
    input: ownEca('Own', (app) => ({
      ExtlClntAppOauthPlcyCnfg: [
        { ...POLICY, ExternalClientApplicationId: app, DeveloperName: 'A', IpRelaxationPolicyType: 'Enforce' },
        {
          ...POLICY,
          ExternalClientApplicationId: app,
          DeveloperName: 'B',
          IpRelaxationPolicyType: 'Bypass',
          RefreshTokenPolicyType: 'Infinite',
        },
        { ...POLICY, ExternalClientApplicationId: app, DeveloperName: 'C', IpRelaxationPolicyType: 'Enforce' },
      ],
      ExtlClntAppOauthSettings: [
        { ExternalClientApplicationId: app, DeveloperName: 'A', OauthScopesAPI: true },
        { ExternalClientApplicationId: app, DeveloperName: 'B', OauthScopesFULL: true, OauthScopesREFRESH_TOKEN: true },
      ],
    })),
    answers: {
      'org/apps-enforce-ip-ranges': { verdict: 'fail', open: ['V ExternalClientApp:Own'] },
      'org/own-apps-broad-scopes-justified': { verdict: 'fail', open: ['J ExternalClientApp:Own'] },
      'org/own-apps-limit-idle-tokens': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-rotate-refresh-tokens': { verdict: 'inconclusive', gaps: [/Own/] },
    },
  },
  {
    claim: 'an External Client App of which only the consumer key is shown',
    input: ownEca('Own', (app) => ({ ExtlClntAppOauthConsumer: [{ ExternalClientApplicationId: app }] })),
    answers: {
      'org/own-apps-broad-scopes-justified': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-require-pkce': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-limit-idle-tokens': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-without-device-flow': { verdict: 'inconclusive', gaps: [/Own/] },
    },
  },
  {
    claim: 'an org that does not show the scopes for refresh tokens',
    input: ownEca(
      'Own',
      (app) => ({
        ExtlClntAppOauthPlcyCnfg: [
          { ...POLICY, ExternalClientApplicationId: app, DeveloperName: 'A', IpRelaxationPolicyType: 'Enforce' },
        ],
        ExtlClntAppOauthSettings: [{ ExternalClientApplicationId: app, DeveloperName: 'A', OauthScopesAPI: true }],
      }),
      { hiddenFields: ['ExtlClntAppOauthSettings.OauthScopesREFRESH_TOKEN'] }
    ),
    answers: {
      'org/own-apps-rotate-refresh-tokens': { verdict: 'inconclusive', gaps: [/Own/] },
      'org/own-apps-broad-scopes-justified': { verdict: 'inconclusive', gaps: [/Own/] },
    },
  },
  {
    claim: 'an old app of the org with the label of an app that was installed last month',
    input: {
      metadata: { ConnectedApp: { Internal_Sync: connectedApp({}, { label: 'Sync' }) } },
      tables: (ids) => {
        const [old, vendor] = [ids.next('ConnectedApplication'), ids.next('ConnectedApplication')];
        return {
          ConnectedApplication: [
            { Id: old, Name: 'Sync', CreatedDate: daysBefore(2000) },
            { Id: vendor, Name: 'Sync', CreatedDate: daysBefore(20) },
          ],
          AppMenuItem: [
            menu(old, 'Internal_Sync', { Label: 'Sync' }),
            menu(vendor, 'Vendor_Sync', { Label: 'Sync', NamespacePrefix: 'vend' }),
          ],
        };
      },
    },
    answers: {
      'org/own-apps-are-external-client-apps': { verdict: 'inconclusive', gaps: [/Sync/] },
      'org/app-secrets-rotated': { verdict: 'inconclusive', gaps: [/Sync/] },
    },
  },
  {
    claim: 'a certificate that Salesforce renews, in an org that shows neither who renews it nor when it was made',
    input: {
      hiddenFields: ['Certificate.OptionsIsSystemManaged'],
      tables: () => ({
        Certificate: [
          {
            DeveloperName: 'Renewed',
            CreatedDate: daysBefore(900),
            ExpirationDate: daysBefore(90),
            OptionsIsSystemManaged: true,
          },
        ],
      }),
    },
    answers: { [CERTIFICATES]: { verdict: 'inconclusive', gaps: [/Renewed/] } },
  },
  {
    claim: 'a certificate that Salesforce renews, in an org without the dates of creation',
    input: {
      hiddenFields: ['Certificate.CreatedDate'],
      tables: () => ({
        Certificate: [
          { DeveloperName: 'Renewed', ExpirationDate: daysBefore(90), KeySize: 2048, OptionsIsSystemManaged: true },
          { DeveloperName: 'Fine', ExpirationDate: daysBefore(-200), KeySize: 2048 },
        ],
      }),
    },
    answers: { [CERTIFICATES]: { verdict: 'pass' } },
  },
  {
    claim: 'excuses from MFA and from rotation that are not in force',
    input: {
      settings: security({
        sessionSettings: { enableMFADirectUILoginOptIn: false },
        singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: true },
      }),
      permissionSets: [
        { name: 'Api', permissions: ['ApiUserOnly'] },
        { name: 'Api_Session', permissions: ['ApiUserOnly'], sessionActivated: true },
        { name: 'Sso', permissions: ['IsSsoEnabled'] },
      ],
      users: [
        ADMIN,
        user('session', 'Staff', { permissionSets: ['Api_Session'] }),
        user('past'),
        user('past.sso', 'Staff', { fields: { LastPasswordChangeDate: daysBefore(800) } }),
      ],
      assignments: [
        { user: 'past@x.example', permissionSet: 'Api', expires: daysBefore(1) },
        { user: 'past.sso@x.example', permissionSet: 'Sso', expires: daysBefore(1) },
      ],
      ...ADMIN_LOGINS({}),
    },
    answers: {
      [MFA]: {
        verdict: 'fail',
        open: ['V User:past.sso@x.example', 'V User:past@x.example', 'V User:session@x.example'],
      },
      [PASSWORDS]: { verdict: 'fail', open: ['V User:past.sso@x.example'] },
    },
  },
  {
    claim: 'an excuse from MFA and from rotation in a group that still grants what is muted now',
    input: {
      settings: security({
        sessionSettings: { enableMFADirectUILoginOptIn: false },
        singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: true },
      }),
      permissionSets: [{ name: 'Both', permissions: ['ForceTwoFactor', 'IsSsoEnabled'] }],
      groups: [
        {
          name: 'Stale',
          permissionSets: ['Both'],
          muted: ['ForceTwoFactor', 'IsSsoEnabled'],
          status: 'Outdated',
          lastCalculated: ['ForceTwoFactor', 'IsSsoEnabled'],
        },
      ],
      users: [
        ADMIN,
        user('stale', 'Staff', { groups: ['Stale'], fields: { LastPasswordChangeDate: daysBefore(800) } }),
      ],
      ...ADMIN_LOGINS({}),
    },
    answers: {
      [MFA]: { verdict: 'inconclusive', gaps: [/Stale/] },
      [PASSWORDS]: { verdict: 'inconclusive', gaps: [/Stale/] },
    },
  },
];

/** By what they are about. */
const SHAPES = {
  grants,
  mfa,
  ranges,
  logins,
  apps,
  'sites and packages': sitesAndPackages,
  secrets,
  'apps of the org': own,
  environment,
  'names, limits and answers that fail': second,
  'words, dates and callbacks': third,
  'several rows and hidden columns': fourth,
};

describe('shapes of orgs that were written down before the tool saw them', () => {
  afterEach(stopAll);

  for (const [topic, shapes] of Object.entries(SHAPES)) {
    describe(topic, () => {
      for (const shape of shapes) {
        it(shape.claim, async () => {
          const found = await answersOf(shape);
          expect(
            Object.entries(shape.answers).flatMap(([control, answer]) => differences(control, answer, found[control]))
          ).to.deep.equal([]);
        });
      }
    });
  }
});

function differences(control: string, answer: Answer, found: Found | undefined): string[] {
  if (!found) return [`${control}: no result`];
  const expected = [...(answer.open ?? [])].sort();
  return [
    ...([answer.verdict].flat().includes(found.verdict) ? [] : [`${control}: ${found.verdict}: ${found.reason}`]),
    ...(String(expected) === String(found.open) ? [] : [`${control}: open ${found.open.join(', ')}`]),
    ...(answer.gaps ?? [])
      .filter((gap) => !gap.test(found.gaps))
      .map((gap) => `${control}: ${String(gap)} not in ${found.gaps}`),
  ];
}

type Found = { verdict: Verdict; reason: string; open: string[]; gaps: string };

async function answersOf({ input = {}, policy, audited, prepare, answers }: Shape): Promise<Record<string, Found>> {
  const built = scenario({
    name: 'blind',
    now,
    profiles: [ADMINISTRATORS, STAFF],
    users: [ADMIN],
    settings: SETTINGS,
    ...input,
  });
  const { org, reader } = await open(built);
  prepare?.(org);
  const report = await review(orgDomain, reader, {
    policy: { ...emptyPolicy, ...policy?.(built) },
    target: { kind: 'org', name: 'blind', orgId: built.orgId },
    asOf: new Date(now),
    audited: audited?.(built) ?? [],
    only: Object.keys(answers),
  });
  org.assertReadOnly();
  return Object.fromEntries(
    report.results.map(({ control, verdict, reason, findings, gaps }) => [
      control.id,
      {
        verdict,
        reason,
        open: findings
          .filter(({ kind }) => kind !== 'latent')
          .map(({ kind, subject }) => `${kind === 'violation' ? 'V' : 'J'} ${subject.type}:${subject.name}`)
          .sort(),
        gaps: gaps.map(({ subject, ...gap }) => JSON.stringify([gap, subject])).join('\n'),
      },
    ])
  );
}
