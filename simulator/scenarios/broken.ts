/* eslint-disable camelcase -- the names of Salesforce columns and components */
import { AUDIT_PERMISSIONS, scenario } from '../scenario.js';
import type { Scenario } from '../scenario.js';
import { GLOBAL_SECRET } from './hardened.js';
import { NOW, carefulPerson, daysAgo, login } from './people.js';
import { platformUser, withSalesforceUsers } from './salesforceUsers.js';

/** Usernames of the broken org. */
const BROKEN_USERS = {
  auditor: 'auditor@broken.example',
  administrator: 'mallory.admin@broken.example',
  integration: 'erp.integration@broken.example',
  frozen: 'frank.frozen@broken.example',
  inactive: 'ina.inactive@broken.example',
  session: 'sam.session@broken.example',
  expired: 'eve.expired@broken.example',
  partner: 'paul.partner@broken.example',
  muted: 'mia.muted@broken.example',
  outdated: 'otto.outdated@broken.example',
  developer: 'dora.developer@broken.example',
};

/** A 1GP packaging org in which every control is broken in several ways. */
export function broken(): Scenario {
  return scenario(
    withSalesforceUsers({
      name: 'broken',
      now: NOW,
      orgNumber: 2,
      // The first version that shows the device flow and the idle limit of a Connected App.
      apiVersion: 68,
      organization: {
        Name: 'Example Software Packaging',
        NamespacePrefix: 'examplelegacy',
        // No user of the org has this name, and there is no phone number.
        PrimaryContact: 'Gone Founder',
        Country: 'Germany',
      },
      features: { apiAccessControl: true, devHub: true },
      profiles: [
        {
          name: 'System Administrator',
          fullName: 'Admin',
          permissions: [...AUDIT_PERMISSIONS, 'CanApproveUninstalledApps', 'ViewClientSecret'],
          // No login ranges at all.
        },
        {
          name: 'ERP Integration',
          permissions: ['ApiEnabled', 'UseAnyApiClient', 'PasswordNeverExpires'],
          // Two halves that together are the whole internet.
          ranges: [
            { startAddress: '0.0.0.0', endAddress: '127.255.255.255' },
            { startAddress: '128.0.0.0', endAddress: '255.255.255.255' },
          ],
        },
        {
          name: 'Standard User',
          fullName: 'Standard',
          permissions: ['ApiEnabled'],
          // Private addresses, which Salesforce never sees as a source.
          ranges: [{ startAddress: '10.0.0.0', endAddress: '10.255.255.255' }],
        },
        { name: 'Developer', permissions: ['ApiEnabled', 'AuthorApex'], metadata: null },
      ],
      permissionSets: [
        { name: 'Any_Client', permissions: ['UseAnyApiClient'] },
        { name: 'Any_Client_Session', permissions: ['UseAnyApiClient'], sessionActivated: true },
        { name: 'Any_Client_Unassigned', permissions: ['UseAnyApiClient'] },
        { name: 'Mfa_Waiver', permissions: ['BypassMFAForUiLogins'] },
        { name: 'Password_Never_Expires', permissions: ['PasswordNeverExpires'] },
        { name: 'Any_Api_Auth', permissions: ['UseAnyApiAuth'] },
      ],
      groups: [
        { name: 'Partner_Access', permissionSets: ['Any_Client', 'Mfa_Waiver'] },
        { name: 'Muted_Access', permissionSets: ['Any_Client'], muted: ['UseAnyApiClient'] },
        // The aggregate is still empty, although the member grants the permission.
        { name: 'Outdated_Access', permissionSets: ['Any_Client'], status: 'Outdated' },
      ],
      auditor: { username: BROKEN_USERS.auditor },
      users: [
        {
          username: BROKEN_USERS.administrator,
          name: 'Mallory Admin',
          profile: 'System Administrator',
          permissionSets: ['Mfa_Waiver', 'Password_Never_Expires'],
          fields: carefulPerson({ HasUserVerifiedEmail: false, LastPasswordChangeDate: daysAgo(800) }),
        },
        {
          username: BROKEN_USERS.integration,
          name: 'ERP Integration User',
          profile: 'ERP Integration',
          permissionSets: ['Any_Api_Auth'],
          fields: carefulPerson({ LastPasswordChangeDate: daysAgo(1500), PasswordExpirationDate: null }),
        },
        {
          username: BROKEN_USERS.frozen,
          name: 'Frank Frozen',
          profile: 'Standard User',
          frozen: true,
          permissionSets: ['Any_Client'],
          fields: carefulPerson(),
        },
        {
          username: BROKEN_USERS.inactive,
          name: 'Ina Inactive',
          profile: 'Standard User',
          active: false,
          permissionSets: ['Any_Client'],
          fields: carefulPerson(),
        },
        {
          username: BROKEN_USERS.session,
          name: 'Sam Session',
          profile: 'Standard User',
          permissionSets: ['Any_Client_Session'],
          fields: carefulPerson(),
        },
        { username: BROKEN_USERS.expired, name: 'Eve Expired', profile: 'Standard User', fields: carefulPerson() },
        {
          username: BROKEN_USERS.partner,
          name: 'Paul Partner',
          profile: 'Standard User',
          groups: ['Partner_Access'],
          fields: carefulPerson({ LastLoginDate: daysAgo(300) }),
        },
        {
          username: BROKEN_USERS.muted,
          name: 'Mia Muted',
          profile: 'Standard User',
          groups: ['Muted_Access'],
          fields: carefulPerson(),
        },
        {
          username: BROKEN_USERS.outdated,
          name: 'Otto Outdated',
          profile: 'Standard User',
          groups: ['Outdated_Access'],
          fields: carefulPerson(),
        },
        {
          username: BROKEN_USERS.developer,
          name: 'Dora Developer',
          profile: 'Developer',
          // Never set a password, and the account is old.
          fields: carefulPerson({ LastPasswordChangeDate: null, PasswordExpirationDate: null }),
        },
        {
          username: BROKEN_USERS.auditor,
          name: 'Orla Auditor',
          profile: 'System Administrator',
          fields: carefulPerson(),
        },
      ],
      assignments: [{ user: BROKEN_USERS.expired, permissionSet: 'Any_Client', active: false, expires: daysAgo(30) }],
      sites: [
        { name: 'Support', kind: 'visualforce', guestPermissions: ['ApiEnabled'] },
        {
          name: 'Customer Portal',
          kind: 'experience',
          network: {
            OptionsGuestFileAccessEnabled: true,
            OptionsGuestChatterEnabled: true,
            OptionsSelfRegistrationEnabled: true,
          },
        },
        { name: 'Old Landing Page', kind: 'visualforce', status: 'Inactive' },
      ],
      packages: [
        { name: 'Unmanaged Demo Data', version: '1.0.0.1', managed: false },
        { name: 'Beta Toolkit', namespace: 'betatools', version: '0.9.0.4', beta: true, publisher: 'Some Vendor' },
        { name: 'Data Exporter', namespace: 'dataexp', version: '2.1.0.1', publisher: 'Unknown Vendor' },
        {
          name: 'Approved Signer',
          namespace: 'appsign',
          version: '5.0.0.2',
          reviewed: true,
          publisher: 'Known Vendor',
        },
        { name: 'Loose Scripts', version: '0.1.0.7', managed: false, container: 'Unlocked' },
      ],
      settings: {
        SecuritySettings: {
          // Trusted ranges look like an allowlist but are not one: they only skip device activation.
          networkAccess: {
            ipRanges: [
              { start: '198.51.100.0', end: '198.51.100.255', description: 'Office' },
              { start: '0.0.0.0', end: '1.255.255.255', description: 'temporary' },
            ],
          },
          passwordPolicies: { expiration: 'Never', minimumPasswordLength: 8 },
          sessionSettings: {
            enableMFADirectUILoginOptIn: false,
            enforceIpRangesEveryRequest: false,
            lockSessionsToIp: false,
            enableSMSIdentity: true,
            canConfirmIdentityBySmsOnly: true,
          },
          singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: false },
        },
        ConnectedAppSettings: {
          enableAdminApprovedAppsOnly: false,
          enableAdminApprovedAppsOnlyForExternalUser: false,
        },
        OauthOidcSettings: {
          blockOAuthUnPwFlow: false,
          blockOAuthUsrAgtFlow: false,
          isPkceRequired: false,
          oAuthCdCrdtFlowEnable: true,
        },
        DevHubSettings: { enableScratchOrgManagementPref: true, enablePackaging2: true },
        ExternalClientAppSettings: {
          enableConsumerSecretApiAccess: true,
          enableClientSecretInRestApiAccess: true,
          enablePackageEcaOauthFromDevOrg: true,
        },
        MyDomainSettings: { canOnlyLoginWithMyDomainUrl: false },
        CommunitiesSettings: { enableNetworksEnabled: true },
      },
      metadata: {
        ProfilePasswordPolicy: { PT7: { profile: 'erp integration', passwordExpiration: 0, minimumPasswordLength: 8 } },
        ProfileSessionSetting: { PS7: { profile: 'admin', requiredSessionLevel: 'STANDARD', sessionTimeout: 720 } },
        ConnectedApp: {
          Legacy_Sync: {
            label: 'Legacy Sync',
            contactEmail: 'gone@example.com',
            oauthConfig: {
              callbackUrl: [
                'https://legacy.example.com/callback',
                'http://legacy.example.com/callback',
                'http://localhost:8080/callback',
                'legacysync://callback',
              ].join('\n'),
              isAdminApproved: false,
              isDeviceFlowEnabled: true,
              isEnforceRefreshTokenTTL: false,
              isIpBindingEnabled: false,
              isPkceRequired: false,
              isRefreshTokenRotationEnabled: false,
              scopes: ['Full', 'RefreshToken'],
            },
            oauthPolicy: { ipRelaxation: 'BYPASS', refreshTokenPolicy: 'infinite' },
          },
          // Made after the guidance, which wants External Client Apps.
          Quick_Export: {
            label: 'Quick Export',
            contactEmail: 'gone@example.com',
            oauthConfig: {
              callbackUrl: 'https://export.example.com/callback',
              isDeviceFlowEnabled: false,
              isEnforceRefreshTokenTTL: true,
              isIpBindingEnabled: true,
              isPkceRequired: true,
              isRefreshTokenRotationEnabled: true,
              scopes: 'Api',
            },
            oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'zero' },
          },
          // For single sign-on only; its file has no label.
          Company_Wiki: { contactEmail: 'gone@example.com', samlConfig: { encryptionType: 'NONE' } },
        },
        ExternalClientApplication: { Open_Door: { label: 'Open Door', distributionState: 'Local' } },
        ExtlClntAppGlobalOauthSettings: {
          Open_Door_glbloauth: {
            callbackUrl: 'https://door.example.com/callback',
            consumerSecret: GLOBAL_SECRET,
            externalClientApplication: 'Open_Door',
            isClientCredentialsFlowEnabled: true,
            isDeviceFlowEnabled: true,
            isEnforceRefreshTokenTTL: false,
            isPkceRequired: false,
            isRefreshTokenRotationEnabled: false,
          },
        },
      },
      tables: (ids) => {
        const legacy = ids.next('ConnectedApplication');
        const quick = ids.next('ConnectedApplication');
        const vendor = ids.next('ConnectedApplication');
        const legacyItem = ids.next('AppMenuItem');
        const vendorItem = ids.next('AppMenuItem');
        const app = ids.next('ExternalClientApplication');
        const foreignApp = ids.next('ExternalClientApplication');
        const oauthSettings = ids.next('ExtlClntAppOauthSettings');
        const ownPackage = ids.next('MetadataPackage');
        const wiki = ids.next('ConnectedApplication');
        const administrator = ids.user(BROKEN_USERS.administrator);
        const integration = ids.user(BROKEN_USERS.integration);
        return {
          ConnectedApplication: [
            {
              Id: legacy,
              Name: 'Legacy Sync',
              DeveloperName: 'Legacy_Sync',
              ContactEmail: 'gone@example.com',
              OptionsAllowAdminApprovedUsersOnly: false,
              RefreshTokenValidityPeriod: 0,
              CreatedDate: daysAgo(2000),
              LastModifiedDate: daysAgo(1900),
            },
            {
              Id: quick,
              Name: 'Quick Export',
              DeveloperName: 'Quick_Export',
              OptionsAllowAdminApprovedUsersOnly: false,
              CreatedDate: daysAgo(60),
              LastModifiedDate: daysAgo(60),
            },
            {
              Id: vendor,
              Name: 'Handy Data Loader',
              DeveloperName: 'Handy_Data_Loader',
              OptionsAllowAdminApprovedUsersOnly: false,
              CreatedDate: daysAgo(400),
              LastModifiedDate: daysAgo(400),
            },
            {
              Id: wiki,
              Name: 'Company_Wiki',
              OptionsAllowAdminApprovedUsersOnly: true,
              CreatedDate: daysAgo(1500),
            },
          ],
          AppMenuItem: [
            { ApplicationId: wiki, Name: 'Company_Wiki', Label: null, Type: 'ConnectedApplication' },
            {
              Id: legacyItem,
              ApplicationId: legacy,
              Name: 'Legacy_Sync',
              Label: 'Legacy Sync',
              Type: 'ConnectedApplication',
            },
            {
              Id: vendorItem,
              ApplicationId: vendor,
              Name: 'Handy_Data_Loader',
              Label: 'Handy Data Loader',
              Type: 'ConnectedApplication',
            },
          ],
          OauthToken: [
            // The token of an External Client App has no menu entry and shows the app's label.
            { Id: null, AppName: 'Open Door', UserId: integration, UseCount: 7, LastUsedDate: daysAgo(3) },
            // A service of Salesforce itself, under a user of Salesforce's own.
            {
              Id: null,
              AppName: 'AI Platform Auth',
              UserId: ids.user(platformUser('broken')),
              UseCount: 5,
              LastUsedDate: daysAgo(2),
            },
            {
              Id: null,
              AppName: 'Legacy Sync',
              AppMenuItemId: legacyItem,
              UserId: integration,
              UseCount: 90_210,
              CreatedDate: daysAgo(1400),
              LastUsedDate: daysAgo(0.5),
            },
            {
              Id: null,
              AppName: 'Handy Data Loader',
              AppMenuItemId: vendorItem,
              UserId: administrator,
              UseCount: 4,
              CreatedDate: daysAgo(390),
              LastUsedDate: daysAgo(200),
            },
            // Authorized, but not installed: no menu item leads to an app.
            {
              Id: null,
              AppName: 'Phantom Exporter',
              UserId: administrator,
              UseCount: 17,
              CreatedDate: daysAgo(500),
              LastUsedDate: daysAgo(3),
            },
          ],
          ExternalClientApplication: [
            {
              Id: app,
              DeveloperName: 'Open_Door',
              MasterLabel: 'Open Door',
              DistributionState: 'Local',
              OrgScopedExternalApp: `${ids.org.slice(0, 15)}:Open_Door`,
              CreatedDate: daysAgo(600),
              LastModifiedDate: daysAgo(600),
            },
            // Came with the package of a vendor.
            {
              Id: foreignApp,
              DeveloperName: 'Data_Exporter_Sync',
              MasterLabel: 'Data Exporter Sync',
              NamespacePrefix: 'dataexp',
              DistributionState: 'Managed',
              OrgScopedExternalApp: '00DHs0000000Xyz:Data_Exporter_Sync',
              CreatedDate: daysAgo(90),
              LastModifiedDate: daysAgo(90),
            },
          ],
          ExtlClntAppPlcyCnfg: [
            {
              ExternalClientApplicationId: app,
              DeveloperName: 'Open_Door_plcy',
              IsEnabled: true,
              OauthPluginStatus: 'Enabled',
            },
          ],
          ExtlClntAppOauthSettings: [
            {
              Id: oauthSettings,
              ExternalClientApplicationId: app,
              DeveloperName: 'Open_Door_oauth',
              OauthScopesFULL: true,
              OauthScopesREFRESH_TOKEN: true,
              OauthScopesWEB: true,
            },
          ],
          ExtlClntAppOauthPlcyCnfg: [
            {
              ExternalClientApplicationId: app,
              ExtlClntAppOauthSettingsId: oauthSettings,
              DeveloperName: 'Open_Door_oauthPlcy',
              PermittedUsersPolicyType: 'AllSelfAuthorized',
              IpRelaxationPolicyType: 'Bypass',
              RefreshTokenPolicyType: 'Infinite',
              IsClientCredentialsFlowEnabled: true,
              ClientCredentialsFlowUser: BROKEN_USERS.integration,
              IsGuestCodeCredFlowEnabled: true,
            },
            {
              ExternalClientApplicationId: foreignApp,
              DeveloperName: 'Data_Exporter_Sync_oauthPlcy',
              PermittedUsersPolicyType: 'AllSelfAuthorized',
            },
          ],
          ExtlClntAppOauthConsumer: [
            {
              ExternalClientApplicationId: app,
              ExtlClntAppOauthSettingsId: oauthSettings,
              CreatedDate: daysAgo(600),
              LastModifiedDate: daysAgo(600),
            },
          ],
          Certificate: [
            {
              DeveloperName: 'Jwt_Expired',
              MasterLabel: 'JWT expired',
              CreatedDate: daysAgo(420),
              ExpirationDate: daysAgo(55),
              KeySize: 2048,
              OptionsIsCaSigned: false,
            },
            {
              DeveloperName: 'Sso_Old',
              MasterLabel: 'SSO old',
              CreatedDate: daysAgo(700),
              ExpirationDate: daysAgo(-20),
              KeySize: 4096,
              OptionsIsCaSigned: false,
              OptionsIsPrivateKeyExportable: true,
            },
          ],
          SamlSsoConfig: [
            {
              DeveloperName: 'Company_IdP',
              MasterLabel: 'Company IdP',
              Issuer: 'https://idp.example.com',
              OptionsRequireMfaSaml: false,
              CreatedDate: daysAgo(900),
            },
          ],
          AuthProvider: [
            { DeveloperName: 'Social', FriendlyName: 'Social', ProviderType: 'Google', OptionsRequireMfa: false },
          ],
          LoginHistory: [
            login(administrator, 1, '192.0.2.44'),
            login(integration, 1, '192.0.2.77', {
              LoginType: 'Remote Access 2.0',
              LoginSubType: 'OauthUsernamePassword',
              Application: 'Legacy Sync',
            }),
            login(administrator, 9, '192.0.2.44', {
              LoginType: 'Remote Access 2.0',
              LoginSubType: 'OauthUserAgent',
              Application: 'Handy Data Loader',
            }),
            login(integration, 2, '192.0.2.77', {
              LoginType: 'Other Apex API',
              LoginSubType: 'SoapApiLogin',
              Application: 'ERP',
              ApiType: 'SOAP Partner',
            }),
            login(ids.user(BROKEN_USERS.partner), 3, '192.0.2.99', { LoginType: 'SAML Sfdc Initiated SSO' }),
          ],
          TwoFactorMethodsInfo: [
            { UserId: administrator, HasVerifiedMobileNumber: true },
            { UserId: ids.user(BROKEN_USERS.auditor), HasTotp: true },
          ],
          SetupAuditTrail: [
            {
              Action: 'nonSecurityReviewedManagedPackageInstalled',
              Section: 'Installed Packages',
              Display: 'Installed managed package Data Exporter, which has not passed security review',
              CreatedById: administrator,
              CreatedDate: daysAgo(90),
            },
            {
              Action: 'insertConnectedApplication',
              Section: 'Connected Apps',
              Display: 'Installed connected app Handy Data Loader',
              CreatedById: administrator,
              CreatedDate: daysAgo(120),
            },
            {
              Action: 'deleteConnectedApplication',
              Section: 'Connected Apps',
              Display: 'Deleted connected app Old Sync',
              CreatedById: administrator,
              CreatedDate: daysAgo(12),
            },
          ],
          NamespaceRegistry: [
            // An org that no policy names.
            { Name: 'examplepay', NamespacePrefix: 'examplepay', NamespaceOrg: '00DHs0000000Pay' },
          ],
          MetadataPackage: [
            { Id: ownPackage, Name: 'Example Legacy', NamespacePrefix: 'examplelegacy', PackageCategory: 'Package' },
          ],
          MetadataPackageVersion: [
            {
              Name: 'Autumn',
              MetadataPackageId: ownPackage,
              MajorVersion: 7,
              MinorVersion: 2,
              ReleaseState: 'Released',
            },
          ],
          SecurityHealthCheck: [{ DurableId: 'SHC1', Score: '38' }],
        };
      },
    })
  );
}
