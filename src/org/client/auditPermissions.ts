/** API names without the `Permissions` prefix. `known`: those that `UserPermissionAccess` of this org has a column for. */
export type AuditorPermissions = { held: ReadonlySet<string>; known: ReadonlySet<string> };

/** The permissions on which what a user sees depends (Object Reference and Salesforce Help, object by object). */
export const auditPermissions = [
  'CustomizeApplication',
  'ExternalClientAppViewer',
  'InstallPackaging',
  'ManageAuthProviders',
  'ManageNetworks',
  'ManageTwoFactor',
  'ManageUsers',
  'ModifyAllData',
  'ModifyMetadata',
  'MonitorLoginHistory',
  'Packaging2',
  'ViewAllData',
  'ViewAllProfiles',
  'ViewAllUsers',
  'ViewSetup',
] as const;
