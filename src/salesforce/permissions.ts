/**
 * What Setup calls the permissions that an audit rests on, by API name (Object Reference and Field Reference,
 * PermissionSet). The API names mislead: ManageTwoFactor, say, is "Manage Multi-Factor Authentication in API".
 */
const labels: Readonly<Record<string, string>> = {
  ApiEnabled: 'API Enabled',
  AuthorApex: 'Author Apex',
  CustomizeApplication: 'Customize Application',
  ExternalClientAppViewer: 'View all External Client Apps',
  InstallPackaging: 'Download AppExchange Packages',
  ManageAuthProviders: 'Manage Auth. Providers',
  ManageNetworks: 'Create and Set Up Experiences',
  ManageTwoFactor: 'Manage Multi-Factor Authentication in API',
  ManageUsers: 'Manage Users',
  ManageRemoteAccess: 'Manage Connected Apps',
  ModifyAllData: 'Modify All Data',
  ModifyMetadata: 'Modify Metadata Through Metadata API Functions',
  MonitorLoginHistory: 'Monitor Login History',
  Packaging2: 'Create and Update Second-Generation Packages',
  UseAnyApiClient: 'Use Any API Client',
  ViewAllData: 'View All Data',
  ViewAllProfiles: 'View All Profiles',
  ViewAllUsers: 'View All Users',
  ViewClientSecret: 'View External Client App Consumer Secrets in Metadata',
  ViewSetup: 'View Setup and Configuration',
};

/** `View Setup and Configuration (ViewSetup)`; the API name alone where the label is not known. */
export const permissionLabel = (name: string): string => {
  const label = labels[name];
  return label === undefined ? name : `${label} (${name})`;
};

/** With one of these a stolen session or token reaches far beyond the records of its user. */
export const farReaching = [
  'AuthorApex',
  'CustomizeApplication',
  'ManageRemoteAccess',
  'ManageUsers',
  'ModifyAllData',
  'ModifyMetadata',
  'UseAnyApiClient',
  'ViewAllData',
] as const;

/** With one of these, or the profile System Administrator, a user must use phishing-resistant MFA (Help 005321563). */
export const privilegedPermissions = ['ModifyAllData', 'ViewAllData', 'CustomizeApplication', 'AuthorApex'] as const;

/**
 * What the same permission set must contain, or Salesforce refuses it: "Permission ManageUsers depends on permission(s):
 * …", the answer to a deployment that a public file quotes (its repository is not recorded). Every org lists its own
 * dependencies in the Tooling object PermissionDependency.
 */
export const permissionDependencies: Readonly<Record<string, readonly string[]>> = {
  ManageUsers: [
    'AssignPermissionSets',
    'DelegatedTwoFactor',
    'FreezeUsers',
    'ManageInternalUsers',
    'ManageIpAddresses',
    'ManageLoginAccessPolicies',
    'ManagePasswordPolicies',
    'ManageProfilesPermissionsets',
    'ManageRoles',
    'ManageSharing',
    'MonitorLoginHistory',
    'ViewAllUsers',
  ],
};
