import type { Collectors } from '../../engine/types.js';
import type { OrgFacts } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { activeGuestUsers } from './activeGuestUsers.js';
import { apiAccessControl } from './apiAccessControl.js';
import { auditor } from './auditor.js';
import { certificates } from './certificates.js';
import { connectedApps } from './connectedApps.js';
import { contact } from './contact.js';
import { externalClientAppPolicies } from './externalClientAppPolicies.js';
import { externalClientAppSettings } from './externalClientAppSettings.js';
import { externalClientApps } from './externalClientApps.js';
import { externalLogins } from './externalLogins.js';
import { installedPackages } from './installedPackages.js';
import { linkedOrgs } from './linkedOrgs.js';
import { loginSources } from './loginSources.js';
import { networks } from './networks.js';
import { oauthFlowSettings } from './oauthFlowSettings.js';
import { oauthLogins } from './oauthLogins.js';
import { oauthTokens } from './oauthTokens.js';
import { organization } from './organization.js';
import { ownConnectedApps } from './ownConnectedApps.js';
import { ownExternalClientApps } from './ownExternalClientApps.js';
import { ownGlobalOauthSettings } from './ownGlobalOauthSettings.js';
import { permissionGrants } from './permissionGrants.js';
import { privilegedUsers } from './privilegedUsers.js';
import { profileLoginRanges } from './profileLoginRanges.js';
import { profilePasswordPolicies } from './profilePasswordPolicies.js';
import { roleSigns } from './roleSigns.js';
import { securitySettings } from './securitySettings.js';
import { setupChanges } from './setupChanges.js';
import { sites } from './sites.js';
import { soapLogins } from './soapLogins.js';
import { ssoInUse } from './ssoInUse.js';
import { stalePasswords } from './stalePasswords.js';
import { userPopulations } from './userPopulations.js';
import { usersWithoutMfa } from './usersWithoutMfa.js';

/** One collector for every fact: the compiler counts them. */
export const orgCollectors: Collectors<OrgReader, OrgFacts> = {
  organization,
  roleSigns,
  auditor,
  securitySettings,
  apiAccessControl,
  useAnyApiClient: permissionGrants('UseAnyApiClient'),
  mfaWaivers: permissionGrants('BypassMFAForUiLogins'),
  usersWithoutMfa,
  externalLogins,
  privilegedUsers,
  userPopulations,
  ssoInUse,
  profileLoginRanges,
  sites,
  networks,
  activeGuestUsers,
  installedPackages,
  stalePasswords,
  passwordNeverExpires: permissionGrants('PasswordNeverExpires', { marksSsoOnly: true }),
  profilePasswordPolicies,
  contact,
  loginSources,
  connectedApps,
  externalClientApps,
  oauthTokens,
  oauthFlowSettings,
  oauthLogins,
  setupChanges,
  certificates,
  linkedOrgs,
  ownConnectedApps,
  ownExternalClientApps,
  ownGlobalOauthSettings,
  externalClientAppPolicies,
  externalClientAppSettings,
  uninstalledAppApprovers: permissionGrants('CanApproveUninstalledApps'),
  anyApiAuth: permissionGrants('UseAnyApiAuth'),
  soapLogins,
};
