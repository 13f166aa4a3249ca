import type { Row, Scenario } from './scenario.js';

// Every rule names its source: an Object Reference or Tooling API page, or Salesforce Help by number. "Assumption" marks
// what no source states and the simulator had to choose.

/** True when the auditing user has one of the permissions (API names without the `Permissions` prefix). */
export function holds(scenario: Scenario, ...permissions: string[]): boolean {
  return permissions.some((permission) => scenario.auditor.permissions.includes(permission));
}

type ObjectRule = {
  objects: string[];
  visible: (scenario: Scenario) => boolean;
};

const OBJECT_RULES: ObjectRule[] = [
  {
    // Object Reference, PermissionSet, "Special Access Rules". That a refused object answers INVALID_TYPE, rather than
    // INSUFFICIENT_ACCESS or no rows, is documented for none of these: assumption, by analogy with Site.
    objects: ['PermissionSet'],
    visible: (scenario) =>
      holds(
        scenario,
        'ViewSetup',
        'ManageSessionPermissionSets',
        'AssignPermissionSets',
        'ManageProfilesPermissionsets'
      ),
  },
  {
    // Object Reference, PermissionSetGroup and MutingPermissionSet, "Special Access Rules".
    objects: ['PermissionSetGroup', 'MutingPermissionSet'],
    visible: (scenario) => holds(scenario, 'ViewSetup', 'ManageSessionPermissionSets', 'AssignPermissionSets'),
  },
  {
    // Object Reference, PermissionSetAssignment, "Special Access Rules".
    objects: ['PermissionSetAssignment'],
    visible: (scenario) => holds(scenario, 'ViewSetup', 'AssignPermissionSets', 'ManageUsers'),
  },
  {
    // Object Reference, Domain: "View Setup and Configuration or Manage Custom Domains".
    objects: ['Domain', 'DomainSite'],
    visible: (scenario) => holds(scenario, 'ViewSetup', 'ManageCustomDomains'),
  },
  {
    // Object Reference, PermissionSetGroupComponent and SetupEntityAccess: "only users with View Setup and
    // Configuration". SetupAuditTrail: Salesforce Help, "Monitor Setup Changes with Setup Audit Trail".
    // SessionPermSetActivation: assumption.
    objects: ['PermissionSetGroupComponent', 'SessionPermSetActivation', 'SetupEntityAccess', 'SetupAuditTrail'],
    visible: (scenario) => holds(scenario, 'ViewSetup'),
  },
  {
    // Object Reference, Site: "Digital Experiences, Salesforce Sites, or Site.com must be enabled", and View Setup.
    objects: ['Site', 'SiteDetail'],
    visible: (scenario) => holds(scenario, 'ViewSetup') && (scenario.features.sites || scenario.features.experiences),
  },
  {
    // Object Reference, Network: "available only when your org has digital experiences enabled".
    objects: ['Network', 'NetworkMemberGroup', 'NetworkSelfRegistration'],
    visible: (scenario) => scenario.features.experiences,
  },
  {
    // Object Reference, UserLogin and VerificationHistory: "Manage Users".
    objects: ['UserLogin', 'VerificationHistory'],
    visible: (scenario) => holds(scenario, 'ManageUsers'),
  },
  {
    // Object Reference, TwoFactorMethodsInfo: "You need the Manage MFA in API user permission to access this object".
    // TwoFactorInfo states it for create and update only: assumption that reading needs it too.
    objects: ['TwoFactorMethodsInfo', 'TwoFactorInfo'],
    visible: (scenario) => holds(scenario, 'ManageTwoFactor'),
  },
  {
    // Tooling API, InstalledSubscriberPackage: "Download AppExchange Packages"; INVALID_TYPE without it is reported in
    // forcedotcom/cli#3519. Its two parents are assumed to stay visible: other users read versions by Id.
    objects: ['InstalledSubscriberPackage'],
    visible: (scenario) => holds(scenario, 'InstallPackaging'),
  },
  {
    // Salesforce Help, "View all External Client Apps". Assumption: without it the whole family is hidden.
    objects: [
      'ExternalClientApplication',
      'ExtlClntAppPlcyCnfg',
      'ExtlClntAppOauthPlcyCnfg',
      'ExtlClntAppOauthPlcyAttr',
      'ExtlClntAppOauthSettings',
      'ExtlClntAppOauthSetAttr',
      'ExtlClntAppOauthConsumer',
      'ExtlClntAppOauthIpRange',
      'ExtlClntAppOauthSecuritySettings',
      'ExtlClntAppOauthSecurityTokenIpRange',
    ],
    visible: (scenario) => holds(scenario, 'ExternalClientAppViewer'),
  },
  {
    // Tooling API, Package2: Dev Hub with second-generation packaging, "Create and Update Second-Generation Packages".
    objects: ['Package2', 'Package2Version'],
    visible: (scenario) => scenario.features.devHub && holds(scenario, 'Packaging2'),
  },
  {
    // Object Reference, NamespaceRegistry, ScratchOrgInfo, ActiveScratchOrg: only in a Dev Hub.
    objects: ['NamespaceRegistry', 'ScratchOrgInfo', 'ActiveScratchOrg'],
    visible: (scenario) => scenario.features.devHub,
  },
  {
    // Tooling API, SecurityHealthCheck and SecurityHealthCheckRisks: "View Setup and Configuration" (View Health Check).
    objects: ['SecurityHealthCheck', 'SecurityHealthCheckRisks'],
    visible: (scenario) => holds(scenario, 'ViewSetup'),
  },
];

const RULE_BY_OBJECT = new Map(OBJECT_RULES.flatMap((rule) => rule.objects.map((object) => [object, rule] as const)));

/** True when the object does not exist for this auditor in this org: INVALID_TYPE, and absent from describeGlobal. */
export function objectHidden(scenario: Scenario, object: string): boolean {
  if (scenario.hiddenObjects.includes(object)) {
    return true;
  }
  const rule = RULE_BY_OBJECT.get(object);
  return rule !== undefined && !rule.visible(scenario);
}

const SETTINGS_COLUMNS = ['Id', 'DurableId', 'FullName', 'Metadata'];

/** True for the Tooling settings objects, e.g. SecuritySettings. */
function isSettings(object: string): boolean {
  return object.endsWith('Settings') && !object.startsWith('ExtlClnt');
}

/** True when the org or the auditor does not have the column: "No such column", and absent from describe. */
export function fieldHidden(scenario: Scenario, object: string, field: string): boolean {
  // Salesforce Help 005228838: not visible until Support has enabled API Access Control.
  if (field === 'PermissionsUseAnyApiClient' && !scenario.features.apiAccessControl) {
    return true;
  }
  // The WSDL types flattened columns on the Tooling settings objects, but public reports say that only `Metadata` can be
  // selected. Assumption: they are right.
  if (isSettings(object) && !SETTINGS_COLUMNS.includes(field)) {
    return true;
  }
  return scenario.hiddenFields.includes(`${object}.${field}`);
}

/** The rows of an object that the auditor sees; fewer than there are, without a word, where Salesforce does so. */
export function visibleRows(scenario: Scenario, object: string, rows: Row[]): Row[] {
  const own = scenario.auditor.userId;
  switch (object) {
    case 'LoginHistory':
      // Object Reference, LoginHistory, "Special Access Rules": own rows for everyone from API version 37 on.
      return holds(scenario, 'ManageUsers', 'MonitorLoginHistory') ? rows : rows.filter((row) => row['UserId'] === own);
    case 'OauthToken':
      // Object Reference, OauthToken: others' rows need Customize Application.
      return holds(scenario, 'CustomizeApplication') ? rows : rows.filter((row) => row['UserId'] === own);
    case 'User':
      // Salesforce Help, "User Sharing": with a Private default a user sees only users shared with them.
      return scenario.features.userSharing === 'public' || holds(scenario, 'ViewAllUsers', 'ManageUsers')
        ? rows
        : rows.filter((row) => row['Id'] === own);
    case 'Profile': {
      // Salesforce Help, "Profile Filtering": without View All Profiles a user sees only their own profile.
      if (!scenario.features.profileFiltering || holds(scenario, 'ViewAllProfiles')) {
        return rows;
      }
      return rows.filter((row) => row['Id'] === scenario.auditor.profileId);
    }
    case 'Network':
      // Object Reference, Network: all rows need Modify All Data, View All Data, or Create and Set Up Experiences.
      // Assumption: the auditor is a member of no site, so nothing is left for anyone else.
      return holds(scenario, 'ModifyAllData', 'ViewAllData', 'ManageNetworks') ? rows : [];
    default:
      return rows;
  }
}

/** Objects that the two-factor pages and tokens answer 500 at a time, 2,500 in all, and then silently nothing. */
export const CAPPED_OBJECTS: Record<string, { page: number; total: number }> = {
  // Object Reference, OauthToken and TwoFactorMethodsInfo, "Usage".
  OauthToken: { page: 500, total: 2500 },
  TwoFactorMethodsInfo: { page: 500, total: 2500 },
};

/** Columns that WHERE does not take. */
const NOT_FILTERABLE: Record<string, string[]> = {
  // Object Reference, LoginHistory: the "Usage" section's closed list of filterable fields leaves these out, and their
  // field properties lack Filter. LoginSubType and SourceIp carry Filter in the field table: allowed here.
  LoginHistory: ['Status', 'Application', 'ApiType', 'ApiVersion', 'Browser', 'Platform', 'ClientVersion'],
  // Object Reference, SetupAuditTrail: no Filter property.
  SetupAuditTrail: ['Display', 'Section'],
};

/** True when WHERE takes the column. `Metadata` and `FullName` never may (Tooling API, "Metadata field"). */
export function filterable(object: string, field: string): boolean {
  if (field === 'Metadata' || field === 'FullName') {
    return false;
  }
  return !(NOT_FILTERABLE[object] ?? []).includes(field);
}

/** True when the text column takes LIKE. LoginHistory.SourceIp does not (Object Reference, LoginHistory, SourceIp). */
export function likeable(object: string, field: string): boolean {
  return object !== 'LoginHistory' || field !== 'SourceIp';
}

/** Objects that answer only a query with an Id in its WHERE (Tooling API, SubscriberPackage, SubscriberPackageVersion). */
export const NEEDS_ID_FILTER = new Set(['SubscriberPackage', 'SubscriberPackageVersion']);

/** Objects that refuse GROUP BY and every aggregate but COUNT() (Object Reference, SetupAuditTrail; public reports on OauthToken). */
export const NO_AGGREGATES = new Set(['SetupAuditTrail', 'OauthToken']);

/** True when the endpoint answers INSUFFICIENT_ACCESS for the object. */
export function accessRefused(scenario: Scenario, object: string): boolean {
  // Tooling API settings objects. No page states the permission; View Setup is an assumption, and so is the error code.
  return isSettings(object) && !holds(scenario, 'ViewSetup');
}
