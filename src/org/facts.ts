import { controlOver } from '../engine/control.js';
import type { Component, Role } from '../engine/types.js';
import type { UserPopulation } from '../salesforce/userPopulations.js';

/**
 * Everything we may know about an org, in our words. Times are ISO strings, and a key that is missing was not sent
 * or has no value. A population that grows with users or logins is selected by the
 * org; its fact carries the selection as data, so that a replay knows what was never asked.
 */
export type OrgFacts = {
  organization: Organization;
  roleSigns: readonly RoleSign[];
  auditor: Auditor;
  securitySettings: SecuritySettings;
  apiAccessControl: ApiAccessControl;
  useAnyApiClient: PermissionGrants;
  mfaWaivers: PermissionGrants;
  usersWithoutMfa: UsersWithoutMfa;
  externalLogins: readonly ExternalLogins[];
  privilegedUsers: PrivilegedUsers;
  userPopulations: UserCounts;
  ssoInUse: readonly SsoPath[];
  profileLoginRanges: readonly ProfileLoginRanges[];
  sites: Sites;
  networks: Networks;
  activeGuestUsers: readonly UserRef[];
  installedPackages: readonly InstalledPackage[];
  stalePasswords: StalePasswords;
  passwordNeverExpires: PermissionGrants;
  profilePasswordPolicies: readonly ProfilePasswordPolicy[];
  contact: Contact;
  loginSources: LoginSources;
  connectedApps: readonly InstalledConnectedApp[];
  externalClientApps: readonly InstalledExternalClientApp[];
  oauthTokens: OauthTokens;
  oauthFlowSettings: OauthFlowSettings;
  oauthLogins: readonly OauthLogin[];
  setupChanges: AuditTrail;
  certificates: readonly Certificate[];
  linkedOrgs: LinkedOrgs;
  ownConnectedApps: readonly OwnConnectedApp[];
  ownExternalClientApps: readonly OwnExternalClientApp[];
  ownGlobalOauthSettings: OwnGlobalOauthSettings;
  externalClientAppPolicies: readonly ExternalClientAppPolicy[];
  externalClientAppSettings: ExternalClientAppSettings;
  uninstalledAppApprovers: PermissionGrants;
  anyApiAuth: PermissionGrants;
  soapLogins: readonly SoapLogin[];
};

export const orgControl = controlOver<OrgFacts>();

/** Row of Organization. */
export type Organization = {
  id: string;
  name: string;
  namespace?: string;
  /** `OrganizationType`, such as `Developer Edition`. */
  edition: string;
  sandbox: boolean;
  /** What the org runs, as it labels its newest API version: `Winter '27`. */
  release?: string;
  trialExpires?: string;
  /** `https://acme.my.salesforce.com` */
  instanceUrl?: string;
  /** The API version of the run, if it is so old that objects of this guidance are not in it. */
  oldApiVersion?: string;
};

/** Whether the org has a role, and the observation that shows it. `undefined`: it could not be decided. */
export type RoleSign = { role: Role; holds: boolean | undefined; because: string };

/** What the auditing user has, and what the selected controls require of it. */
export type Auditor = {
  username: string;
  /** API names without the `Permissions` prefix. */
  held: readonly string[];
  /** Those that `UserPermissionAccess` of this org has a column for. */
  known: readonly string[];
  /** For the controls of the run. */
  required: ReadonlyArray<{
    anyOf: readonly string[];
    controls: readonly string[];
    /** `undefined`: `UserPermissionAccess` of this org has no column for any of the names. */
    holds: boolean | undefined;
  }>;
};

/** `SecuritySettings.Metadata`. A key that the org did not send is `undefined`, never false. */
export type SecuritySettings = {
  /** sessionSettings.enableMFADirectUILoginOptIn; exists from API 55 on. */
  mfaForDirectUiLogins?: boolean;
  /** sessionSettings.enforceIpRangesEveryRequest */
  ipRangesOnEveryRequest?: boolean;
  /** networkAccess.ipRanges: org-wide trusted ranges. They only spare device activation. */
  trustedRanges: readonly IpRange[];
  /** passwordPolicies.expiration */
  passwordExpiration?: string;
  /** sessionSettings.enableU2F: physical security keys. */
  securityKeys?: boolean;
  /** sessionSettings.enableBuiltInAuthenticator */
  builtInAuthenticators?: boolean;
  /** singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled */
  passwordLoginDisabled?: boolean;
};

export type IpRange = { start: string; end: string; description?: string };

/** `ConnectedAppSettings.Metadata.enableAdminApprovedAppsOnly`; `undefined` when the org does not send it (or sends null). */
export type ApiAccessControl = { adminApprovedAppsOnly?: boolean };

/** Every grant of one system permission, through profiles, permission sets and groups net of muting. */
export type PermissionGrants = {
  permission: string;
  /**
   * Whether the permission exists here: describe of PermissionSet shows its column. `undefined`: describe lacks the
   * column, but also the control columns that every org has, so it proves nothing.
   */
  provisioned: boolean | undefined;
  assignments: readonly Grant[];
  /** Profiles, permission sets and groups that have the permission and are assigned to no user. */
  unassigned: readonly GrantContainer[];
  /** Groups whose aggregate is out of date, and whose components could not be read or say otherwise. */
  undecidedGroups: readonly string[];
  /** Profiles whose row says something else than their permission set. */
  undecidedProfiles?: readonly string[];
};

export type GrantContainer = {
  kind: 'profile' | 'permission-set' | 'group';
  /** Name of a profile, label of a permission set, developer name of a group. */
  name: string;
  id: string;
  /** Where the permission is granted, as the Metadata API names it; absent: not known, or a managed package has it. */
  components?: readonly Component[];
};

export type Grant = {
  user: UserRef;
  /** Whose the user is. Absent: internal. */
  population?: UserPopulation;
  /** A visitor of a site, who has no login. */
  guest?: true;
  /** Cannot log in with a password. */
  ssoOnly?: true;
  userIsActive: boolean;
  through: GrantContainer;
  /** False once the assignment expired or was revoked. */
  assignmentIsActive: boolean;
  expires?: string;
  /** Counts only inside a session that activates it (session-based permission set or group). */
  needsActivation: boolean;
};

/** `created` is absent where it was not read. */
export type UserRef = { id: string; username: string; created?: string; profile?: string };

/** Active internal users whom neither the org nor a permission forces to use MFA for UI logins. */
export type UsersWithoutMfa = {
  /** True: the org-wide switch was on, so users were not selected one by one. */
  coveredByOrgSwitch: boolean;
  users: ReadonlyArray<
    UserRef & {
      frozen: boolean;
      /** Has `ApiUserOnly`: cannot log in to the UI. */
      apiOnly: boolean;
      /** Has `IsSsoEnabled`. */
      sso: boolean;
      /** The profile asks for a high-assurance session; what that level contains cannot be read. Undefined: not known. */
      highAssurance: boolean | undefined;
    }
  >;
  /** Active internal users in all. */
  population: number;
};

/** Active external users of one profile who can log in. `withoutMfa`: those whom no permission requires to use MFA. */
export type ExternalLogins = { profile: string; userType: string; users: number; withoutMfa: number };

/** An identity provider through which an internal user logged in during the last 90 days. */
export type SsoPath = {
  kind: 'SamlSsoConfig' | 'AuthProvider' | 'unknown';
  id: string;
  name: string;
  /**
   * Salesforce asks for MFA after this login, where the org or a permission requires MFA of the user. Absent: the column
   * does not exist here.
   */
  requiresMfa?: boolean;
  logins: number;
  /** Logins for which the provider reported multi-factor authentication. */
  withMfa: number;
  /** What it reported about the others. */
  reported: readonly string[];
};

/** Users with permissions for which Salesforce requires phishing-resistant MFA. Informational: no verdict rests on it. */
export type PrivilegedUsers = {
  /** Active internal users with such a permission. */
  population: number;
  /** Those of whom no phishing-resistant method was seen, neither registered nor reported. */
  withoutEvidence: readonly UserRef[];
  /** Some of them logged in directly. */
  logInDirectly: boolean;
  /** Why registered methods, or the users, could not be read. */
  unseen?: string;
};

/** How many active users there are, by whose they are. */
export type UserCounts = {
  internal: number;
  /** Guests included. */
  external: number;
  salesforce: readonly UserRef[];
  /** The newest login of any of them. */
  latestLogin?: string;
  /** That login is later than the run, or months older: the clock of the org, or of the run, is wrong. */
  clock?: 'ahead' | 'behind';
};

/** A profile with active users. `ranges` is `undefined` when Salesforce sent no Metadata for it. */
export type ProfileLoginRanges = {
  /** Absent: the users have no profile. */
  id?: string;
  name: string;
  /** Its name in the Metadata API: `Admin`. */
  fullName?: string;
  activeUsers: number;
  ranges?: readonly IpRange[];
  unseen?: string;
};

export type Sites = {
  /** False: the org has no site feature at all (Site is unknown although the auditor may view Setup). */
  featureOn: boolean;
  sites: ReadonlyArray<{
    id: string;
    name: string;
    type: string;
    status: string;
    /** `UrlPathPrefix`. */
    path?: string;
    guestUser?: UserRef & { isActive: boolean };
  }>;
};

export type Networks = {
  /** False: no Experience Cloud (Network is unknown). */
  featureOn: boolean;
  networks: ReadonlyArray<{
    id: string;
    name: string;
    status: string;
    /** `UrlPathPrefix`, the same as that of its site. */
    path?: string;
    guestFileAccess?: boolean;
    guestChatter?: boolean;
    guestMemberVisibility?: boolean;
    selfRegistration?: boolean;
  }>;
};

export type InstalledPackage = {
  /** 033… */
  subscriberPackageId: string;
  /** 04t… */
  versionId?: string;
  /** `undefined`: the org has the row but not its package. */
  name?: string;
  namespace?: string;
  version?: string;
  managed?: boolean;
  beta?: boolean;
  unlocked?: boolean;
  securityReviewed?: boolean;
  /** `Publisher.IsSalesforce` of the namespace; `undefined` when not readable. */
  publishedBySalesforce?: boolean;
};

/** Active internal users whose password is older than the cut-off. */
export type StalePasswords = {
  /** The cut-off that the org selected by. */
  changedBefore: string;
  users: ReadonlyArray<UserRef & { changed?: string; created: string; frozen: boolean }>;
  /** Active internal users that can log in with a password. */
  population: number;
};

/** A profile that overrides the org's password policy. */
export type ProfilePasswordPolicy = {
  profile: string;
  /** 0 means never; absent: not sent. */
  expirationDays?: number;
  /** `isDisabled`: from API 68 on, and what it means is not documented. */
  disabled?: true;
  /** Guests and users of Salesforce's own left out. Absent: the list of profiles has no profile of this name. */
  activeUsers?: number;
};

/** Who can be reached about the org. `undefined`: the org has no value there. */
export type Contact = {
  /** `Organization.PrimaryContact`: free text, not a user. */
  name?: string;
  phone?: string;
  /** Active internal users of that name, and those whose last name is a word of it; none when there is no name. */
  candidates: ReadonlyArray<
    UserRef & {
      name: string;
      frozen: boolean;
      lastLogin?: string;
      /** `undefined`: not sent below API 63. */
      emailVerified?: boolean;
    }
  >;
  /** Active internal users who may customize the application and verified their e-mail address. `undefined`: as above. */
  verifiedAdministrators?: number;
};

/** Successful logins of the last 90 days by where they came from. */
export type LoginSources = {
  since: string;
  sources: ReadonlyArray<{
    profile: { id: string; name: string };
    /** Absent in an org with so many users and addresses that logins could be counted by profile only. */
    user?: UserRef;
    /** As Salesforce wrote it: an address, or words for its own network. */
    address: string;
    /** A word for the result that is not known, so the login may have succeeded. */
    unknownStatus?: string;
    logins: number;
    last: string;
  }>;
};

/** Row of ConnectedApplication, with its entry in the app menu. */
export type InstalledConnectedApp = {
  id: string;
  name: string;
  namespace?: string;
  /** Of its creation or installation. */
  created: string;
  /** Created in this org. `undefined`: that could not be determined. */
  own?: boolean;
  /** `Publisher.IsSalesforce` of its namespace; `undefined` when not readable. */
  publishedBySalesforce?: boolean;
  /** Any user may authorize it; approval by an administrator is asked neither by the app nor by the org. */
  selfAuthorized: boolean;
};

/** `name` is the developer name; `selfAuthorized` is `undefined` if its policy could not be read. */
export type InstalledExternalClientApp = Omit<InstalledConnectedApp, 'selfAuthorized'> & {
  /** `MasterLabel`, by which a token may name the app. */
  label?: string;
  /** `<org id>:<name>`, the same in every org. */
  orgScopedName?: string;
  selfAuthorized?: boolean;
};

/** Row of ExtlClntAppOauthPlcyCnfg: what the administrator of this org set for one External Client App. */
export type ExternalClientAppPolicy = {
  /** Id of the External Client App. */
  app: string;
  /** Such as `Enforce` or `Bypass`; `undefined`: Salesforce sent none. */
  ipRelaxation?: string;
};

/** Two switches of `ExternalClientAppSettings.Metadata`; `undefined`: the org did not send it. */
export type ExternalClientAppSettings = {
  /** enableConsumerSecretApiAccess, from API 57 on; deprecated, and orgs that run a recent release often leave it out. */
  secretsInMetadataApi?: boolean;
  /** enableClientSecretInRestApiAccess, from API 60 on. */
  secretsInRestApi?: boolean;
};

/** Logins of the last 90 days of one user through `login()` of the SOAP API, which takes a password. */
export type SoapLogin = {
  user: UserRef;
  app: string;
  /** As Salesforce wrote it; `Success` may be localized. */
  status: string;
  /** `undefined`: a login through the SOAP API without a sub type, so whether by `login()` is not known. */
  subType?: string;
  logins: number;
  last: string;
};

/** Live tokens of apps that are not installed: the app menu has no entry for them. */
export type OauthTokens = {
  uninstalled: ReadonlyArray<{
    appName: string;
    /** True: all of these users are Salesforce's own. Users of the company are counted apart. */
    salesforceUsers?: boolean;
    tokens: number;
    /** Those whose menu entry leads to an app that is in no inventory; the others have no entry, or one that is not shown. */
    ofAnotherApp: number;
    /** Usernames. */
    users: readonly string[];
    uses: number;
    lastUsed?: string;
  }>;
  /** Live tokens in all. */
  population: number;
};

/** Two switches of `OauthOidcSettings.Metadata`; `undefined`: the org did not send it. */
export type OauthFlowSettings = { userAgentBlocked?: boolean; usernamePasswordBlocked?: boolean };

/** Logins of the last 90 days through one OAuth flow of one app. */
export type OauthLogin = {
  /** `LoginSubType`, such as `OauthUsernamePassword`. */
  flow: string;
  app: string;
  /** Absent: the word for the result is not known. */
  succeeded?: boolean;
  /** That word. */
  unknownStatus?: string;
  logins: number;
  last: string;
  /** Usernames, at most 200, of a flow that apps must not rely on. Absent: not asked, or not readable. */
  users?: readonly string[];
  /** How many there are. */
  userCount?: number;
};

/** Rows of the audit trail, which keeps 180 days. */
export type AuditTrail = {
  /** The names of actions that the org selected by. */
  actions: readonly string[];
  changes: ReadonlyArray<{ id: string; action: string; display: string; by?: string; delegate?: string; time: string }>;
};

export type Certificate = {
  id: string;
  name: string;
  expires?: string;
  /** `undefined`: neither sent nor to be derived. */
  created?: string;
  /** True: the creation follows from the term that Salesforce gives a self-signed certificate. */
  derived: boolean;
  unusable: boolean;
  /** Salesforce made it and renews it. */
  systemManaged?: boolean;
  /** The org does not show whether Salesforce renews it. */
  managerUnknown?: boolean;
};

export type LinkedOrgs = {
  /** False: the org is no Dev Hub, or nothing shows that it is one, so there was nothing to read. */
  read: boolean;
  links: ReadonlyArray<{
    namespace: string;
    /** `NamespaceRegistry.NamespaceOrg`; absent for a namespace that only a package names. */
    orgId?: string;
    /** Managed packages of this namespace that were made in this Dev Hub. */
    packages: readonly string[];
  }>;
};

/** OAuth settings of an app as the Metadata API sends them. A switch that was not sent is `undefined`, never false. */
export type OwnOauthSettings = {
  /** One each; empty: none was sent. */
  callbacks: readonly string[];
  /** isPkceRequired, from API 59 on. */
  pkceRequired?: boolean;
  /** isRefreshTokenRotationEnabled, from API 60 on. */
  refreshTokenRotation?: boolean;
  /** isDeviceFlowEnabled, from API 68 (Connected App) or 60 on. */
  deviceFlow?: boolean;
  /** isEnforceRefreshTokenTTL, from API 68 (Connected App) or 67 on. */
  refreshTokenTtl?: boolean;
  /** isIpBindingEnabled of a Connected App, from API 68 on. */
  ipBinding?: boolean;
  clientCredentials?: boolean;
  /** A public certificate is there, so JWT bearer is on. */
  certificate: boolean;
  /** When that certificate is valid; `undefined`: there is no certificate, or it could not be parsed. */
  certificateValidity?: { from: string; to: string };
};

/** A Connected App that was created in this org. */
export type OwnConnectedApp = {
  developerName: string;
  /** Its label, which SOQL calls Name. */
  name: string;
  /** `undefined`: ConnectedApplication does not show it. */
  created?: string;
  /** Part of a managed package of this org. */
  packaged?: boolean;
  /** `undefined`: SAML or a bookmark only. */
  oauth?: OwnOauthSettings & {
    /** As the Metadata API writes them; `undefined`: none was sent. */
    scopes?: readonly string[];
    /** Such as `infinite`, `specific_inactivity:30:DAYS`. */
    refreshTokenPolicy?: string;
    /** `oauthPolicy.ipRelaxation`, such as `ENFORCE` or `BYPASS`. */
    ipRelaxation?: string;
  };
};

/** An External Client App that was created in this org. Its callbacks and switches are in its global OAuth settings. */
export type OwnExternalClientApp = {
  id: string;
  developerName: string;
  created?: string;
  packaged?: boolean;
  /** `undefined`: no OAuth settings. */
  oauth?: {
    /** Column names without `OauthScopes`; `undefined`: the columns could not be described. */
    scopes?: readonly string[];
    /** Such as `Infinite`, `SpecificInactivity:7:Days`. */
    refreshTokenPolicy?: string;
    /** Of the policy of this org: `Bypass`, `Enforce`. */
    ipRelaxation?: string;
    /** The policy of this org has the client credentials flow on. */
    clientCredentials?: boolean;
    /** Allowlist of refresh tokens; `undefined`: the object does not exist here, it came with API 67. */
    tokenRanges?: readonly IpRange[];
  };
};

/** `read` is false unless a parameter of a control asks for it: Salesforce may send the consumer secret along. */
export type OwnGlobalOauthSettings = {
  read: boolean;
  /**
   * `hidden`: the org keeps consumer secrets out of the Metadata API, as Salesforce recommends, so no API shows these
   * settings. Absent: it could not be determined.
   */
  secrets?: 'hidden' | 'shown';
  /** `app`: developer name of the External Client App. */
  apps: ReadonlyArray<OwnOauthSettings & { app: string }>;
};
