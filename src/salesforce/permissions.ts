/**
 * What Setup calls the permissions that an audit rests on, by API name (Object Reference and Field Reference,
 * PermissionSet). The API names mislead: ManageTwoFactor, say, is "Manage Multi-Factor Authentication in API".
 */
const labels: Readonly<Record<string, string>> = {
  CustomizeApplication: 'Customize Application',
  ExternalClientAppViewer: 'View all External Client Apps',
  InstallPackaging: 'Download AppExchange Packages',
  ManageNetworks: 'Create and Set Up Experiences',
  ManageTwoFactor: 'Manage Multi-Factor Authentication in API',
  ManageUsers: 'Manage Users',
  ModifyAllData: 'Modify All Data',
  ModifyMetadata: 'Modify Metadata Through Metadata API Functions',
  MonitorLoginHistory: 'Monitor Login History',
  Packaging2: 'Create and Update Second-Generation Packages',
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
