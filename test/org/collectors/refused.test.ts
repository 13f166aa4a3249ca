import { expect } from 'chai';
import type { Fault, ScenarioInput } from '../../../simulator/index.js';
import type { Evidence } from '../../../src/engine/types.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import type { OrgFacts } from '../../../src/org/facts.js';
import { context, daysBefore, running, small, stopAll } from '../support.js';

/** Permissions whose grants are read one by one. */
const broad = [
  'UseAnyApiClient',
  'BypassMFAForUiLogins',
  'PasswordNeverExpires',
  'CanApproveUninstalledApps',
  'UseAnyApiAuth',
];

/** An org in which every collector has to ask everything that it may ever ask. */
const rich: Partial<ScenarioInput> = {
  organization: { PrimaryContact: 'admin' },
  features: { apiAccessControl: true, devHub: true },
  profiles: [
    {
      name: 'Administrator',
      permissions: [
        'ApiEnabled',
        'ViewSetup',
        'ManageUsers',
        'ModifyAllData',
        'ModifyMetadata',
        'MonitorLoginHistory',
        'InstallPackaging',
        'CustomizeApplication',
        'ExternalClientAppViewer',
        'Packaging2',
        'UseAnyApiClient',
        'ViewClientSecret',
      ],
    },
    { name: 'Unused', permissions: broad },
  ],
  permissionSets: [
    { name: 'Client', permissions: broad },
    { name: 'Login', permissions: ['ForceTwoFactor', 'ApiUserOnly', 'IsSsoEnabled'] },
  ],
  groups: [
    { name: 'Stale', permissionSets: ['Client'], muted: ['ManageUsers'], status: 'Outdated' },
    { name: 'Free', permissionSets: ['Client'] },
  ],
  users: [
    { username: 'admin@small.example', profile: 'Administrator', fields: { LastPasswordChangeDate: daysBefore(800) } },
    { username: 'sso@small.example', profile: 'Administrator', permissionSets: ['Login', 'Client'] },
  ],
  settings: {
    SecuritySettings: {
      sessionSettings: { enableMFADirectUILoginOptIn: false },
      singleSignOnSettings: { isLoginWithSalesforceCredentialsDisabled: true },
    },
    ConnectedAppSettings: { enableAdminApprovedAppsOnly: true },
    DevHubSettings: { enableScratchOrgManagementPref: true },
    ExternalClientAppSettings: { enableConsumerSecretApiAccess: true },
    OauthOidcSettings: { blockOAuthUnPwFlow: true, blockOAuthUsrAgtFlow: true },
  },
  sites: [{ name: 'Promo', kind: 'experience' }],
  packages: [{ name: 'Base', namespace: 'base' }],
  metadata: {
    Certificate: { Jwt: {} },
    ConnectedApp: { Sync: { label: 'Sync', oauthConfig: { scopes: ['Api'] } } },
    ExternalClientApplication: { Pay: {} },
    ExtlClntAppGlobalOauthSettings: { PayGlobal: { externalClientApplication: 'Pay' } },
    ProfilePasswordPolicy: { P: { profile: 'administrator', passwordExpiration: 90 } },
    ProfileSessionSetting: { S: { profile: 'administrator', requiredSessionLevel: 'HIGH_ASSURANCE' } },
  },
  tables: (ids) => {
    const saml = ids.next('SamlSsoConfig');
    return {
      SamlSsoConfig: [{ Id: saml, DeveloperName: 'Corporate' }],
      ConnectedApplication: [{ Name: 'Sync' }],
      ExternalClientApplication: [{ DeveloperName: 'Pay', DistributionState: 'Local' }],
      OauthToken: [{ Id: null, AppName: 'Phantom', UserId: ids.user('sso@small.example') }],
      Certificate: [{ DeveloperName: 'Jwt', ExpirationDate: daysBefore(-100) }],
      LoginHistory: [
        {
          UserId: ids.user('sso@small.example'),
          LoginTime: daysBefore(3),
          LoginType: 'SAML Sfdc Initiated SSO',
          Status: 'Success',
          AuthenticationServiceId: saml,
        },
      ],
    };
  },
};

/**
 * Reads whose refusal leaves the evidence whole, because the fact has a place for it: a role or a profile that could not
 * be decided, a group that is undecided, a name for which the Id stands in, more users instead of fewer.
 */
const grants =
  /PermissionSetGroupComponent|MutingPermissionSet|Id FROM PermissionSet WHERE|Id, Name FROM Profile|FROM PermissionSetGroup WHERE Id|listMetadata/;
const placed: { [K in keyof OrgFacts]?: RegExp } = {
  // Informational: what could not be read is in the fact.
  privilegedUsers: /./,
  roleSigns: /DevHubSettings|MetadataPackage|UserPermissionAccess|ExternalClientApplication|listMetadata/,
  useAnyApiClient: grants,
  mfaWaivers: grants,
  passwordNeverExpires: grants,
  uninstalledAppApprovers: grants,
  anyApiAuth: grants,
  usersWithoutMfa: /SecuritySettings/,
  profileLoginRanges: /FROM Profile/,
  installedPackages: /Publisher/,
  connectedApps: /ConnectedAppSettings|Publisher/,
  // The settings are asked for here, so whether the org hides secrets does not matter.
  ownGlobalOauthSettings: /FROM ExternalClientApplication|ExternalClientAppSettings/,
  externalClientApps: /ConnectedAppSettings|ExtlClntAppOauthPlcyCnfg|Publisher/,
  linkedOrgs: /DevHubSettings|MetadataPackage|ExternalClientApplication|listMetadata/,
  stalePasswords: /SecuritySettings|PermissionSet/,
  ownConnectedApps: /ConnectedApplication/,
};

const faults: ReadonlyArray<[string, Fault]> = [
  ['refused', { kind: 'error', status: 403, errorCode: 'INSUFFICIENT_ACCESS' }],
  ['unknown', { kind: 'error', status: 400, errorCode: 'INVALID_TYPE' }],
  ['answered with a page', { kind: 'html' }],
  ['cut off', { kind: 'json', body: { totalSize: 1_000_000, done: true, records: [] } }],
];

/** `INVALID_TYPE` of these is part of the fact, or is asked again with less. */
const featureOff: { [K in keyof OrgFacts]?: RegExp } = {
  // The object came with API 67; each app then says that its ranges are unknown.
  ownExternalClientApps: /FROM ExtlClntAppOauthSecurityTokenIpRange/,
  certificates: /CreatedDate.*FROM Certificate/,
  // A login that reports less proves less.
  ssoInUse: /AuthContextClassRef.*FROM LoginHistory/,
  // More tokens are asked for then, never fewer.
  oauthTokens: /FROM ExternalClientApplication/,
};

/** Opts in to what is not read unless asked for. */
const asking = context({ params: { 'org/own-apps-require-pkce': { readGlobalOauthSettings: true } } });

describe('no collector takes a read that failed for an empty answer', () => {
  after(stopAll);

  for (const fact of Object.keys(orgCollectors) as Array<keyof OrgFacts>) {
    it(fact, async () => {
      const { org, reopen } = await running(small(rich));
      const collect = async (): Promise<Evidence<unknown>> => orgCollectors[fact].collect(await reopen(), asking);
      await reopen();
      const opening = new Set(org.requests.splice(0).map(({ text }) => text));
      expect((await collect()).status, 'without a fault').to.equal('complete');
      const texts = [...new Set(org.requests.map(({ text }) => text))].filter((text) => !opening.has(text));
      for (const text of texts) {
        for (const [name, fault] of faults) {
          const isPlaced = placed[fact]?.test(text) ?? (name === 'unknown' && featureOff[fact]?.test(text));
          // A count is a total and nothing else: there is no part of it. A composite that fails is asked again, query by query.
          const mayBeComplete =
            isPlaced === true || (name === 'cut off' && text.includes('COUNT()')) || text.includes('/composite');
          // One fault shows that it ends without an exception.
          if (mayBeComplete && name !== 'refused') continue;
          org.clearFaults();
          org.fault((request) => request.text === text, fault);
          // eslint-disable-next-line no-await-in-loop -- faults are the org's, so one at a time
          const evidence = await collect();
          if (mayBeComplete) continue;
          expect(evidence.status, `${name}: ${text}`).not.to.equal('complete');
        }
      }
    });
  }
});
