/* eslint-disable camelcase -- the names of Salesforce columns and components */
import { AUDIT_PERMISSIONS, scenario } from '../scenario.js';
import type { RangeInput, Scenario, ScenarioInput } from '../scenario.js';
import { NOW, carefulPerson, daysAgo, login } from './people.js';
import { platformUser, withSalesforceUsers } from './salesforceUsers.js';

/** Office and VPN of the example company (documentation networks, RFC 5737). */
export const CORPORATE_RANGES: RangeInput[] = [
  { startAddress: '198.51.100.0', endAddress: '198.51.100.255', description: 'Office' },
  { startAddress: '203.0.113.0', endAddress: '203.0.113.255', description: 'VPN' },
];

/** Made up; no audit may ever repeat it. */
export const GLOBAL_SECRET = 'CANARY0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789';

/** Usernames of the hardened org and of its variations. */
function hardenedUsers(name: string): Record<'auditor' | 'administrator' | 'releaseEngineer' | 'integration', string> {
  return {
    auditor: `auditor@${name}.example`,
    administrator: `ada.admin@${name}.example`,
    releaseEngineer: `rita.release@${name}.example`,
    integration: `build.pipeline@${name}.example`,
  };
}

/** Description of the hardened org; the blind and the old org are variations of it under their own name. */
export function hardenedInput(name: string): ScenarioInput {
  const people = hardenedUsers(name);
  return withSalesforceUsers({
    name,
    now: NOW,
    orgNumber: 1,
    organization: {
      Name: 'Example Software Dev Hub',
      NamespacePrefix: 'examplens',
      PrimaryContact: 'Ada Admin',
      Phone: '+49 30 5550100',
      Street: 'Example Street 1',
      City: 'Berlin',
      PostalCode: '10115',
      Country: 'Germany',
      ReceivesAdminInfoEmails: true,
    },
    features: { devHub: true, apiAccessControl: true },
    profiles: [
      {
        name: 'System Administrator',
        fullName: 'Admin',
        permissions: ['ApiEnabled', 'ViewSetup', 'ManageUsers', 'CustomizeApplication', 'ModifyAllData', 'ViewAllData'],
        ranges: CORPORATE_RANGES,
      },
      { name: 'Release Engineer', permissions: ['ApiEnabled', 'ViewSetup', 'Packaging2'], ranges: CORPORATE_RANGES },
      {
        name: 'API Integration',
        permissions: ['ApiEnabled', 'ApiUserOnly'],
        ranges: CORPORATE_RANGES.slice(1),
      },
      { name: 'Auditor', permissions: AUDIT_PERMISSIONS, ranges: CORPORATE_RANGES },
    ],
    permissionSets: [{ name: 'Package_Manager', permissions: ['Packaging2', 'ExternalClientAppViewer'] }],
    groups: [{ name: 'Release_Team', permissionSets: ['Package_Manager'] }],
    auditor: { username: people.auditor },
    users: [
      {
        username: people.administrator,
        name: 'Ada Admin',
        profile: 'System Administrator',
        permissionSets: ['Package_Manager'],
        fields: carefulPerson(),
      },
      {
        username: people.releaseEngineer,
        name: 'Rita Release',
        profile: 'Release Engineer',
        groups: ['Release_Team'],
        fields: carefulPerson({ LastPasswordChangeDate: daysAgo(75) }),
      },
      {
        username: people.integration,
        name: 'Build Pipeline',
        profile: 'API Integration',
        fields: carefulPerson({ LastPasswordChangeDate: daysAgo(20) }),
      },
      { username: people.auditor, name: 'Orla Auditor', profile: 'Auditor', fields: carefulPerson() },
    ],
    packages: [
      {
        name: 'Example Base',
        namespace: 'examplebase',
        version: '3.4.0.1',
        managed: true,
        reviewed: true,
        publisher: 'Example Software',
      },
    ],
    settings: {
      SecuritySettings: {
        networkAccess: { ipRanges: [] },
        passwordPolicies: { expiration: 'NinetyDays', minimumPasswordLength: 14 },
        sessionSettings: {
          enableMFADirectUILoginOptIn: true,
          enforceIpRangesEveryRequest: true,
          lockSessionsToIp: false,
          enableU2F: true,
          enableBuiltInAuthenticator: true,
          canConfirmIdentityBySmsOnly: false,
        },
        singleSignOnSettings: { enableSamlLogin: false, isLoginWithSalesforceCredentialsDisabled: false },
      },
      ConnectedAppSettings: {
        enableAdminApprovedAppsOnly: true,
        enableAdminApprovedAppsOnlyForExternalUser: true,
      },
      OauthOidcSettings: {
        blockOAuthUnPwFlow: true,
        blockOAuthUsrAgtFlow: true,
        isPkceRequired: true,
        oAuthCdCrdtFlowEnable: false,
      },
      DevHubSettings: { enableScratchOrgManagementPref: true, enablePackaging2: true },
      ExternalClientAppSettings: {
        enableConsumerSecretApiAccess: false,
        enableClientSecretInRestApiAccess: false,
        enablePackageEcaOauthFromDevOrg: false,
      },
      MyDomainSettings: { canOnlyLoginWithMyDomainUrl: true },
      CommunitiesSettings: { enableNetworksEnabled: false },
    },
    metadata: {
      ProfilePasswordPolicy: {
        PT1: { profile: 'api integration', passwordExpiration: 90, minimumPasswordLength: 14 },
      },
      // A single sign-on app, without OAuth; its file has no label.
      ConnectedApp: {
        Company_Intranet: { contactEmail: 'security@example.com', samlConfig: { encryptionType: 'NONE' } },
      },
      ExternalClientApplication: {
        Example_Connector: { label: 'Example Connector', distributionState: 'Packaged' },
      },
      ExtlClntAppGlobalOauthSettings: {
        Example_Connector_glbloauth: {
          callbackUrl: 'https://connector.example.com/oauth/callback',
          consumerKey: 'hardened-consumer-key',
          consumerSecret: GLOBAL_SECRET,
          externalClientApplication: 'Example_Connector',
          isClientCredentialsFlowEnabled: false,
          isDeviceFlowEnabled: false,
          isEnforceRefreshTokenTTL: true,
          isPkceRequired: true,
          isRefreshTokenRotationEnabled: true,
        },
      },
    },
    tables: (ids) => {
      const auditApp = ids.next('ConnectedApplication');
      const menuItem = ids.next('AppMenuItem');
      const intranetApp = ids.next('ConnectedApplication');
      const mobileApp = ids.next('ConnectedApplication');
      const mobileItem = ids.next('AppMenuItem');
      // Assumption: ids of orgs have 15 characters inside other values; no page says how many.
      const orgId = ids.org.slice(0, 15);
      const app = ids.next('ExternalClientApplication');
      const oauthSettings = ids.next('ExtlClntAppOauthSettings');
      const oauthSecurity = ids.next('ExtlClntAppOauthSecuritySettings');
      const cloudUser = ids.user(platformUser(name));
      const everyone = Object.values(people).map((username) => ids.user(username));
      return {
        ConnectedApplication: [
          {
            Id: auditApp,
            Name: 'Org Audit',
            DeveloperName: 'Org_Audit',
            ContactEmail: 'security@example.com',
            OptionsAllowAdminApprovedUsersOnly: true,
            CreatedDate: daysAgo(120),
            LastModifiedDate: daysAgo(120),
          },
          {
            Id: intranetApp,
            Name: 'Company_Intranet',
            OptionsAllowAdminApprovedUsersOnly: true,
            CreatedDate: daysAgo(300),
          },
          // Came with the preinstalled package Salesforce Mobile Apps.
          {
            Id: mobileApp,
            Name: 'Salesforce for iOS',
            DeveloperName: 'Salesforce_for_iOS',
            CreatedDate: daysAgo(1400),
          },
        ],
        AppMenuItem: [
          {
            Id: menuItem,
            ApplicationId: auditApp,
            Name: 'Org_Audit',
            Label: 'Org Audit',
            Type: 'ConnectedApplication',
            IsUsingAdminAuthorization: true,
          },
          {
            Id: ids.next('AppMenuItem'),
            ApplicationId: intranetApp,
            Name: 'Company_Intranet',
            Label: null,
            Type: 'ConnectedApplication',
          },
          {
            Id: mobileItem,
            ApplicationId: mobileApp,
            Name: 'Salesforce_for_iOS',
            Label: 'Salesforce for iOS',
            NamespacePrefix: 'sf_chttr_apps',
            Type: 'ConnectedApplication',
          },
        ],
        OauthToken: [
          {
            Id: null,
            AppName: 'Org Audit',
            AppMenuItemId: menuItem,
            UserId: ids.user(people.auditor),
            UseCount: 12,
            CreatedDate: daysAgo(100),
            LastUsedDate: daysAgo(0.1),
          },
          // The token of an External Client App has no menu entry and shows the app's label.
          {
            Id: null,
            AppName: 'Example Connector',
            UserId: ids.user(people.integration),
            UseCount: 88,
            LastUsedDate: daysAgo(0.3),
          },
          // A service of Salesforce itself, under a user of Salesforce's own.
          { Id: null, AppName: 'AI Platform Auth', UserId: cloudUser, UseCount: 5, LastUsedDate: daysAgo(2) },
          // The sf command itself: authorized, never installed.
          {
            Id: null,
            AppName: 'Salesforce CLI',
            UserId: ids.user(people.releaseEngineer),
            UseCount: 340,
            LastUsedDate: daysAgo(0.2),
          },
        ],
        SetupEntityAccess: [
          {
            ParentId: ids.permissionSet('Package_Manager'),
            SetupEntityId: auditApp,
            SetupEntityType: 'ConnectedApplication',
          },
        ],
        ExternalClientApplication: [
          {
            Id: app,
            DeveloperName: 'Example_Connector',
            MasterLabel: 'Example Connector',
            NamespacePrefix: 'examplens',
            DistributionState: 'Packaged',
            OrgScopedExternalApp: `${orgId}:Example_Connector`,
            ContactEmail: 'security@example.com',
            CreatedDate: daysAgo(90),
            LastModifiedDate: daysAgo(60),
          },
        ],
        ExtlClntAppPlcyCnfg: [
          {
            ExternalClientApplicationId: app,
            DeveloperName: 'Example_Connector_plcy',
            IsEnabled: true,
            OauthPluginStatus: 'Enabled',
          },
        ],
        ExtlClntAppOauthSettings: [
          {
            Id: oauthSettings,
            ExternalClientApplicationId: app,
            DeveloperName: 'Example_Connector_oauth',
            OauthScopesAPI: true,
            OauthScopesREFRESH_TOKEN: true,
          },
        ],
        ExtlClntAppOauthPlcyCnfg: [
          {
            ExternalClientApplicationId: app,
            ExtlClntAppOauthSettingsId: oauthSettings,
            DeveloperName: 'Example_Connector_oauthPlcy',
            PermittedUsersPolicyType: 'AdminApprovedPreAuthorized',
            IpRelaxationPolicyType: 'Enforce',
            RefreshTokenPolicyType: 'SpecificInactivity',
            RefreshTokenValidityPeriod: 7,
            RefreshTokenValidityUnit: 'Days',
          },
        ],
        ExtlClntAppOauthSecuritySettings: [
          { Id: oauthSecurity, ExternalClientApplicationId: app, DeveloperName: 'Example_Connector_oauthSecurity' },
        ],
        ExtlClntAppOauthSecurityTokenIpRange: [
          { ExtlClntAppOauthSecurityId: oauthSecurity, StartIpAddress: '203.0.113.0', EndIpAddress: '203.0.113.63' },
        ],
        ExtlClntAppOauthConsumer: [
          {
            ExternalClientApplicationId: app,
            ExtlClntAppOauthSettingsId: oauthSettings,
            CreatedDate: daysAgo(90),
            LastModifiedDate: daysAgo(60),
          },
        ],
        Certificate: [
          {
            DeveloperName: 'Jwt_2026',
            MasterLabel: 'JWT 2026',
            CreatedDate: daysAgo(100),
            ExpirationDate: daysAgo(-265),
            KeySize: 2048,
            OptionsIsCaSigned: false,
          },
          // Salesforce made this one, and renews it.
          {
            DeveloperName: 'SelfSignedCert_Identity',
            MasterLabel: 'SelfSignedCert Identity',
            CreatedDate: daysAgo(800),
            ExpirationDate: daysAgo(70),
            KeySize: 4096,
            OptionsIsCaSigned: false,
            OptionsIsSystemManaged: true,
          },
        ],
        LoginHistory: everyone.map((user, index) => login(user, 1 + index, `203.0.113.${20 + index}`)),
        TwoFactorMethodsInfo: everyone.map((user) => ({ UserId: user, HasSecurityKey: true, HasTotp: true })),
        VerificationHistory: everyone.map((user) => ({
          UserId: user,
          VerificationTime: daysAgo(1),
          VerificationMethod: 'SecurityKey',
          Policy: 'Mfa',
          Status: 'Succeeded',
        })),
        SetupAuditTrail: [
          {
            Action: 'insertCertificate',
            Section: 'Certificate and Key Management',
            Display: 'Created certificate Jwt_2026',
            CreatedById: ids.user(people.administrator),
            CreatedDate: daysAgo(100),
          },
        ],
        NamespaceRegistry: [
          {
            Name: 'examplens',
            NamespacePrefix: 'examplens',
            NamespaceOrg: orgId,
            CreatedDate: daysAgo(600),
          },
        ],
        Package2: [
          {
            Name: 'Example App',
            NamespacePrefix: 'examplens',
            ContainerOptions: 'Managed',
            PackageErrorUsername: people.administrator,
            CreatedDate: daysAgo(500),
          },
        ],
        SecurityHealthCheck: [{ DurableId: 'SHC1', Score: '96' }],
      };
    },
  });
}

/** A Dev Hub and namespace org that does everything right. */
export function hardened(): Scenario {
  return scenario(hardenedInput('hardened'));
}
