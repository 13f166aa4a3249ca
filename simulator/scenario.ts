import { KEY_PREFIXES, makeId, unknownPrefix } from './ids.js';

/** A value in a row; settings and profile metadata are whole objects. */
export type Value = string | number | boolean | null | object;

/** One record. A column that is not set has its type's default (false, or null). */
export type Row = Record<string, Value | undefined>;

/** What is switched on in an org. */
export type Features = {
  /** API Access Control was provisioned by Salesforce Support, so `UseAnyApiClient` exists. */
  apiAccessControl: boolean;
  devHub: boolean;
  /** Salesforce Sites or Site.com. */
  sites: boolean;
  /** Digital Experiences. */
  experiences: boolean;
  profileFiltering: boolean;
  userSharing: 'public' | 'private';
  /** False: every call is refused with API_DISABLED_FOR_ORG. */
  apiAccess: boolean;
  /** What a capped object (OauthToken, TwoFactorMethodsInfo) says of its last page when rows were held back. */
  cappedAnswer: 'done' | 'no-locator';
};

/** A whole org as plain data. `scenario()` makes one from a description. */
export type Scenario = {
  name: string;
  orgId: string;
  /** The org's clock, ISO. SOQL date literals are relative to it. */
  now: string;
  createdDate: string;
  /** Highest API version, e.g. 67. */
  apiVersion: number;
  auditor: { username: string; userId: string; profileId: string; permissions: string[] };
  features: Features;
  /** Objects this org does not have for this auditor, beyond the rules. */
  hiddenObjects: string[];
  /** `Object.Field` columns this org does not have, beyond the rules. */
  hiddenFields: string[];
  tables: Record<string, Row[]>;
  /** Metadata API components by type and full name. */
  metadata: Record<string, Record<string, object>>;
  /** ManageableState of components by type and full name; `unmanaged` by default (Metadata API, FileProperties). */
  manageableStates: Record<string, Record<string, string>>;
};

/** Range of addresses as Salesforce stores it, both ends included. */
export type RangeInput = {
  startAddress: string;
  endAddress: string;
  description?: string;
};

export type UserInput = {
  username: string;
  /** Name of the profile. */
  profile: string;
  name?: string;
  active?: boolean;
  frozen?: boolean;
  /** Names of permission sets assigned to the user. */
  permissionSets?: string[];
  /** Names of permission set groups assigned to the user. */
  groups?: string[];
  /** Further columns of the User row. */
  fields?: Row;
};

export type ProfileInput = {
  name: string;
  permissions?: string[];
  userType?: string;
  license?: string;
  ranges?: RangeInput[];
  /** Metadata API full name; differs from the name for standard profiles ("Admin" is System Administrator). */
  fullName?: string;
  /** `null` makes the Tooling `Metadata` column null, which its documentation allows. */
  metadata?: null;
  fields?: Row;
};

export type PermissionSetInput = {
  name: string;
  label?: string;
  permissions?: string[];
  /** Created by Salesforce for a permission set license, so that it cannot be changed. */
  standard?: boolean;
  /** Session-based: grants nothing until activated. */
  sessionActivated?: boolean;
};

export type GroupInput = {
  name: string;
  permissionSets: string[];
  /** Permissions taken away by the group's muting permission set. */
  muted?: string[];
  status?: 'Updated' | 'Outdated' | 'Updating' | 'Failed';
  /** What the aggregate held at its last calculation; used unless the status is `Updated`. Default: nothing. */
  lastCalculated?: string[];
  sessionActivated?: boolean;
};

/** An assignment with something special about it; plain ones are listed on the user. */
export type AssignmentInput = {
  user: string;
  permissionSet?: string;
  group?: string;
  active?: boolean;
  expires?: string;
};

export type SiteInput = {
  name: string;
  kind: 'visualforce' | 'siteforce' | 'experience';
  /** Status of the Site rows, `Active` by default. */
  status?: string;
  guestActive?: boolean;
  guestPermissions?: string[];
  /** Further columns of the Network row. */
  network?: Row;
};

export type PackageInput = {
  name: string;
  namespace?: string;
  /** `major.minor.patch.build` */
  version?: string;
  managed?: boolean;
  beta?: boolean;
  reviewed?: boolean;
  publisher?: string;
  container?: string;
  /** Publisher row says first-party. */
  salesforce?: boolean;
  /** A fixed Id, for allowlists. */
  packageId?: string;
};

/** Looks up Ids by name while further tables are written. */
export type Ids = {
  user: (username: string) => string;
  profile: (name: string) => string;
  permissionSet: (name: string) => string;
  group: (name: string) => string;
  /** A new Id for an object. */
  next: (object: string) => string;
  /** Id of the org. */
  org: string;
};

/** Description of an org from which `scenario()` derives what Salesforce itself would derive. */
export type ScenarioInput = {
  name: string;
  now?: string;
  apiVersion?: number;
  /** Number inside the org Id; different orgs get different ones. */
  orgNumber?: number;
  organization?: Row;
  features?: Partial<Features>;
  auditor?: {
    username?: string;
    /** Overrides what the auditor's profile, permission sets and groups grant. */
    permissions?: string[];
  };
  users: UserInput[];
  profiles: ProfileInput[];
  permissionSets?: PermissionSetInput[];
  groups?: GroupInput[];
  assignments?: AssignmentInput[];
  sites?: SiteInput[];
  packages?: PackageInput[];
  /** `Metadata` of the Tooling settings objects by name, e.g. `{ SecuritySettings: { … } }`. */
  settings?: Record<string, object>;
  /** Further Metadata API components by type and full name. */
  metadata?: Record<string, Record<string, object>>;
  manageableStates?: Record<string, Record<string, string>>;
  /** Further rows by object. */
  tables?: (ids: Ids) => Record<string, Row[]>;
  hiddenObjects?: string[];
  hiddenFields?: string[];
};

const DEFAULT_FEATURES: Features = {
  apiAccessControl: false,
  devHub: false,
  sites: false,
  experiences: false,
  profileFiltering: false,
  userSharing: 'public',
  apiAccess: true,
  cappedAnswer: 'done',
};

/**
 * Metadata API full name of the component of a settings object (Metadata API, "Settings": the file name without its
 * `.settings` suffix, e.g. `Security`).
 */
function settingsFullName(object: string): string {
  return object.replace(/Settings$/, '');
}

/** Every permission that an audit's own reads depend on; what a scenario's administrator usually has. */
export const AUDIT_PERMISSIONS = [
  'ApiEnabled',
  'ViewSetup',
  'ManageUsers',
  'ModifyMetadata',
  'CustomizeApplication',
  'ManageTwoFactor',
  'InstallPackaging',
  'ViewAllProfiles',
  'ViewAllUsers',
  'ExternalClientAppViewer',
  'ManageAuthProviders',
  'MonitorLoginHistory',
  'Packaging2',
  'ModifyAllData',
  'ViewAllData',
];

/** Turns permission names into the boolean columns of PermissionSet and Profile. */
function permissionColumns(permissions: Iterable<string>): Row {
  return Object.fromEntries([...permissions].map((permission) => [`Permissions${permission}`, true]));
}

/**
 * The same permission has another column on Profile than on PermissionSet (describe at API 67: InstallPackaging there,
 * InstallMultiforce here).
 */
const PROFILE_COLUMN: Record<string, string> = {
  CreatePackaging: 'CreateMultiforce',
  InstallPackaging: 'InstallMultiforce',
  PublishPackaging: 'PublishMultiforce',
};

type Builder = {
  input: ScenarioInput;
  now: string;
  tables: Record<string, Row[]>;
  metadata: Record<string, Record<string, object>>;
  profiles: Map<string, { input: ProfileInput; row: Row; permissionSet: Row }>;
  permissionSets: Map<string, { input: PermissionSetInput; row: Row }>;
  groups: Map<string, { input: GroupInput; row: Row; aggregate: Row; granted: Set<string> }>;
  users: Map<string, Row>;
  /** Permissions in force per user Id, before session-activated ones. */
  grants: Map<string, Set<string>>;
  next: (object: string) => string;
  add: (object: string, row: Row) => Row;
};

/** Builds a whole org from its description. */
export function scenario(input: ScenarioInput): Scenario {
  const builder = createBuilder(input);
  addOrganization(builder);
  for (const profile of input.profiles) {
    addProfile(builder, profile);
  }
  for (const permissionSet of input.permissionSets ?? []) {
    addPermissionSet(builder, permissionSet);
  }
  for (const group of input.groups ?? []) {
    addGroup(builder, group);
  }
  for (const user of input.users) {
    addUser(builder, user);
  }
  for (const assignment of input.assignments ?? []) {
    assign(builder, assignment);
  }
  for (const site of input.sites ?? []) {
    addSite(builder, site);
  }
  for (const item of [...FIRST_PARTY_PACKAGES, ...(input.packages ?? [])]) {
    addPackage(builder, item);
  }
  addSettings(builder);
  addFurtherTables(builder);
  return finish(builder);
}

/** The same org seen by an auditor with other permissions. Nothing else changes. */
export function withPermissions(org: Scenario, permissions: string[]): Scenario {
  return {
    ...org,
    auditor: { ...org.auditor, permissions },
    tables: { ...org.tables, UserPermissionAccess: [permissionAccess(org.auditor.userId, permissions)] },
  };
}

function permissionAccess(userId: string, permissions: string[]): Row {
  return { Id: userId, ...permissionColumns(permissions) };
}

function createBuilder(input: ScenarioInput): Builder {
  const tables: Record<string, Row[]> = {};
  const counters = new Map<string, number>();
  const next = (object: string): string => {
    const prefix = KEY_PREFIXES[object] ?? unknownPrefix(object);
    const number = (counters.get(prefix) ?? 0) + 1;
    counters.set(prefix, number);
    return makeId(prefix, number + 100_000);
  };
  return {
    input,
    now: input.now ?? '2026-11-20T09:00:00.000Z',
    tables,
    metadata: structuredClone(input.metadata ?? {}),
    next,
    add: (object, row) => {
      const complete = { Id: next(object), ...row };
      (tables[object] ??= []).push(complete);
      return complete;
    },
    profiles: new Map(),
    permissionSets: new Map(),
    groups: new Map(),
    users: new Map(),
    grants: new Map(),
  };
}

function addOrganization(builder: Builder): void {
  builder.add('Organization', {
    Id: makeId('00D', 4_000_000 + (builder.input.orgNumber ?? 1)),
    Name: 'Example Software',
    OrganizationType: 'Developer Edition',
    InstanceName: 'USA794',
    IsSandbox: false,
    DefaultLocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: 'GMT',
    FiscalYearStartMonth: 1,
    ...builder.input.organization,
  });
}

function addProfile(builder: Builder, input: ProfileInput): void {
  const permissions = permissionColumns(input.permissions ?? []);
  const license = licenseRow(builder, input.license ?? 'Salesforce');
  const fullName = input.fullName ?? input.name;
  const custom = input.fullName === undefined;
  const metadata = {
    custom,
    loginIpRanges: input.ranges ?? [],
    userLicense: license['Name'] ?? null,
    userPermissions: (input.permissions ?? []).map((name) => ({ enabled: true, name })),
  };
  const row = builder.add('Profile', {
    Name: input.name,
    UserType: input.userType ?? 'Standard',
    UserLicenseId: license['Id'],
    FullName: fullName,
    Metadata: input.metadata === null ? null : metadata,
    ...permissionColumns((input.permissions ?? []).map((name) => PROFILE_COLUMN[name] ?? name)),
    ...input.fields,
  });
  (builder.metadata['Profile'] ??= {})[fullName] = metadata;
  // Object Reference, PermissionSet: "every profile is associated with a permission set"; its Name is generated, as in
  // the documented "X00ex00000018ozT_128_09_43_34_1".
  const permissionSet = builder.add('PermissionSet', {
    Name: `X${String(row['Id']).slice(0, 15)}_128_09_43_34_1`,
    Label: String(row['Id']).slice(0, 15),
    IsOwnedByProfile: true,
    IsCustom: custom,
    ProfileId: row['Id'],
    Type: 'Profile',
    ...permissions,
  });
  builder.profiles.set(input.name, { input, row, permissionSet });
}

function licenseRow(builder: Builder, name: string): Row {
  const existing = builder.tables['UserLicense']?.find((row) => row['Name'] === name);
  return existing ?? builder.add('UserLicense', { Name: name, MasterLabel: name, Status: 'Active' });
}

function addPermissionSet(builder: Builder, input: PermissionSetInput): void {
  const row = builder.add('PermissionSet', {
    Name: input.name,
    Label: input.label ?? input.name.replaceAll('_', ' '),
    IsCustom: input.standard !== true,
    Type: input.sessionActivated === true ? 'Session' : 'Regular',
    HasActivationRequired: input.sessionActivated ?? false,
    ...permissionColumns(input.permissions ?? []),
  });
  builder.permissionSets.set(input.name, { input, row });
}

/**
 * A group, its components and its aggregate permission set of Type `Group`. The aggregate is net of muting; it lags behind
 * while the group's status is not `Updated` (Object Reference, PermissionSetGroup; that it then has the previous
 * calculation is an assumption).
 */
function addGroup(builder: Builder, input: GroupInput): void {
  const status = input.status ?? 'Updated';
  const row = builder.add('PermissionSetGroup', {
    DeveloperName: input.name,
    MasterLabel: input.name.replaceAll('_', ' '),
    Language: 'en_US',
    Status: status,
    HasActivationRequired: input.sessionActivated ?? false,
  });
  const granted = new Set<string>();
  for (const name of input.permissionSets) {
    const member = required(builder.permissionSets, name, 'permission set');
    builder.add('PermissionSetGroupComponent', {
      PermissionSetGroupId: row['Id'],
      PermissionSetId: member.row['Id'],
    });
    for (const permission of member.input.permissions ?? []) {
      granted.add(permission);
    }
  }
  if (input.muted) {
    const muting = builder.add('MutingPermissionSet', {
      DeveloperName: `${input.name}_Muting`,
      MasterLabel: `${input.name} Muting`,
      Language: 'en_US',
      ...permissionColumns(input.muted),
    });
    // A muting set is among the components with its own 0QM Id, which resolves to no PermissionSet.
    builder.add('PermissionSetGroupComponent', {
      PermissionSetGroupId: row['Id'],
      PermissionSetId: muting['Id'],
    });
    for (const permission of input.muted) {
      granted.delete(permission);
    }
  }
  const effective = status === 'Updated' ? granted : new Set(input.lastCalculated ?? []);
  const aggregate = builder.add('PermissionSet', {
    Name: `Group_${String(row['Id']).slice(0, 15)}`,
    Label: input.name.replaceAll('_', ' '),
    IsCustom: true,
    Type: 'Group',
    PermissionSetGroupId: row['Id'],
    HasActivationRequired: input.sessionActivated ?? false,
    ...permissionColumns(effective),
  });
  builder.groups.set(input.name, { input, row, aggregate, granted: effective });
}

function addUser(builder: Builder, input: UserInput): Row {
  const profile = required(builder.profiles, input.profile, 'profile');
  const name = input.name ?? input.username.split('@')[0] ?? input.username;
  const words = name.split(' ');
  const row = builder.add('User', {
    Username: input.username,
    Email: input.username,
    Name: name,
    FirstName: words.length > 1 ? (words[0] ?? null) : null,
    LastName: words.at(-1) ?? name,
    Alias: name.slice(0, 8),
    IsActive: input.active ?? true,
    ProfileId: profile.row['Id'],
    UserType: profile.input.userType ?? 'Standard',
    TimeZoneSidKey: 'GMT',
    ...input.fields,
  });
  const userId = String(row['Id']);
  builder.users.set(input.username, row);
  builder.add('UserLogin', { UserId: userId, IsFrozen: input.frozen ?? false });
  builder.add('PermissionSetAssignment', {
    AssigneeId: userId,
    PermissionSetId: profile.permissionSet['Id'],
    IsActive: true,
  });
  builder.grants.set(userId, new Set(profile.input.permissions ?? []));
  for (const permissionSet of input.permissionSets ?? []) {
    assign(builder, { user: input.username, permissionSet });
  }
  for (const group of input.groups ?? []) {
    assign(builder, { user: input.username, group });
  }
  return row;
}

/** One assignment is one row; a group's row names the group and its aggregate permission set, never the members. */
function assign(builder: Builder, input: AssignmentInput): void {
  const user = required(builder.users, input.user, 'user');
  const userId = String(user['Id']);
  const common: Row = {
    AssigneeId: userId,
    IsActive: input.active ?? true,
    ExpirationDate: input.expires ?? null,
  };
  const grants = builder.grants.get(userId) ?? new Set<string>();
  if (input.group !== undefined) {
    const group = required(builder.groups, input.group, 'group');
    builder.add('PermissionSetAssignment', {
      ...common,
      PermissionSetId: group.aggregate['Id'],
      PermissionSetGroupId: group.row['Id'],
    });
    if (input.active !== false && group.input.sessionActivated !== true) {
      group.granted.forEach((permission) => grants.add(permission));
    }
    return;
  }
  const permissionSet = required(builder.permissionSets, input.permissionSet ?? '', 'permission set');
  builder.add('PermissionSetAssignment', { ...common, PermissionSetId: permissionSet.row['Id'] });
  if (input.active !== false && permissionSet.input.sessionActivated !== true) {
    (permissionSet.input.permissions ?? []).forEach((permission) => grants.add(permission));
  }
}

/** A site with its guest profile and guest user. An Experience site has two Site rows (Metadata API, SiteDotCom). */
function addSite(builder: Builder, input: SiteInput): void {
  const profileName = `${input.name} Profile`;
  addProfile(builder, {
    name: profileName,
    userType: 'Guest',
    license: input.kind === 'experience' ? 'Guest License' : 'Guest User License',
    permissions: input.guestPermissions,
  });
  const address = input.name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const guest = addUser(builder, {
    username: `${address}@${String(builder.tables['Organization']?.[0]?.['Id']).toLowerCase()}.example`,
    name: `${input.name} Site Guest User`,
    profile: profileName,
    active: input.guestActive,
  });
  const base: Row = {
    MasterLabel: input.name,
    Status: input.status ?? 'Active',
    GuestUserId: guest['Id'],
    AdminId: builder.tables['User']?.[0]?.['Id'] ?? null,
    UrlPathPrefix: address,
  };
  const name = input.name.replaceAll(' ', '_');
  if (input.kind !== 'experience') {
    builder.add('Site', {
      ...base,
      Name: name,
      SiteType: input.kind === 'visualforce' ? 'Visualforce' : 'Siteforce',
    });
    return;
  }
  builder.add('Site', { ...base, Name: name, SiteType: 'ChatterNetwork' });
  builder.add('Site', {
    ...base,
    Name: `${name}1`,
    SiteType: 'ChatterNetworkPicasso',
    UrlPathPrefix: `${address}/s`,
  });
  builder.add('Network', {
    Name: input.name,
    Status: 'Live',
    UrlPathPrefix: address,
    ...input.network,
  });
}

/** Packages that every org ships with, as public listings of installed packages show them. */
const FIRST_PARTY_PACKAGES: PackageInput[] = [
  {
    name: 'Salesforce Connected Apps',
    namespace: 'sf_com_apps',
    version: '1.7.0.3',
    managed: true,
    publisher: 'Salesforce',
    salesforce: true,
  },
  {
    name: 'Salesforce Mobile Apps',
    namespace: 'sf_chttr_apps',
    version: '1.22.0.3',
    managed: true,
    publisher: 'Salesforce',
    salesforce: true,
  },
  // In every Developer Edition.
  {
    name: 'Developer Edition',
    namespace: 'devedapp',
    version: '1.0.0.1',
    managed: true,
    publisher: 'Salesforce',
    salesforce: true,
  },
];

function addPackage(builder: Builder, input: PackageInput): void {
  const numbers = (input.version ?? '1.0.0.1').split('.').map(Number);
  const managed = input.managed ?? input.namespace !== undefined;
  const subscriberPackage = builder.add('SubscriberPackage', {
    Id: input.packageId ?? builder.next('SubscriberPackage'),
    Name: input.name,
    NamespacePrefix: input.namespace,
    IsPackageValid: true,
  });
  const version = builder.add('SubscriberPackageVersion', {
    Name: `${input.name} ${numbers.slice(0, 2).join('.')}`,
    SubscriberPackageId: subscriberPackage['Id'],
    MajorVersion: numbers[0],
    MinorVersion: numbers[1],
    PatchVersion: numbers[2],
    BuildNumber: numbers[3],
    IsManaged: managed,
    IsBeta: input.beta,
    IsSecurityReviewed: input.reviewed,
    ReleaseState: input.beta === true ? 'Beta' : 'Released',
    Package2ContainerOptions: input.container ?? (managed ? 'Managed' : null),
    PublisherName: input.publisher,
  });
  builder.add('InstalledSubscriberPackage', {
    SubscriberPackageId: subscriberPackage['Id'],
    SubscriberPackageVersionId: version['Id'],
    MinPackageVersionId: version['Id'],
  });
  if (managed && input.namespace !== undefined) {
    addManagedPackage(builder, input, input.namespace, numbers);
  }
}

/** What only managed packages have: a Publisher row, a license, and an InstalledPackage component named by namespace. */
function addManagedPackage(builder: Builder, input: PackageInput, namespace: string, numbers: number[]): void {
  builder.add('Publisher', {
    Name: input.publisher ?? input.name,
    NamespacePrefix: namespace,
    IsSalesforce: input.salesforce,
    MajorVersion: numbers[0],
    MinorVersion: numbers[1],
  });
  builder.add('PackageLicense', { NamespacePrefix: namespace, Status: 'Active', AllowedLicenses: -1 });
  const versionNumber = numbers.slice(0, (numbers[2] ?? 0) > 0 ? 3 : 2).join('.');
  (builder.metadata['InstalledPackage'] ??= {})[namespace] = { versionNumber };
}

function addSettings(builder: Builder): void {
  for (const [object, metadata] of Object.entries(builder.input.settings ?? {})) {
    const fullName = settingsFullName(object);
    builder.add(object, { DurableId: fullName, FullName: fullName, Metadata: metadata });
    (builder.metadata[object] ??= {})[fullName] = metadata;
  }
}

function addFurtherTables(builder: Builder): void {
  const ids: Ids = {
    user: (username) => String(required(builder.users, username, 'user')['Id']),
    profile: (name) => String(required(builder.profiles, name, 'profile').row['Id']),
    permissionSet: (name) => String(required(builder.permissionSets, name, 'permission set').row['Id']),
    group: (name) => String(required(builder.groups, name, 'group').row['Id']),
    next: builder.next,
    org: String(builder.tables['Organization']?.[0]?.['Id']),
  };
  for (const [object, rows] of Object.entries(builder.input.tables?.(ids) ?? {})) {
    rows.forEach((row) => builder.add(object, row));
  }
}

function finish(builder: Builder): Scenario {
  const { input } = builder;
  const username = input.auditor?.username ?? input.users[0]?.username ?? '';
  const auditor = required(builder.users, username, 'user');
  const userId = String(auditor['Id']);
  const permissions = input.auditor?.permissions ?? [...(builder.grants.get(userId) ?? [])];
  builder.tables['UserPermissionAccess'] = [permissionAccess(userId, permissions)];
  return {
    name: input.name,
    orgId: String(builder.tables['Organization']?.[0]?.['Id']),
    now: builder.now,
    createdDate: '2023-02-01T08:00:00.000Z',
    apiVersion: input.apiVersion ?? 67,
    auditor: { username, userId, profileId: String(auditor['ProfileId']), permissions },
    features: {
      ...DEFAULT_FEATURES,
      sites: (input.sites ?? []).some((site) => site.kind !== 'experience'),
      experiences: (input.sites ?? []).some((site) => site.kind === 'experience'),
      ...input.features,
    },
    hiddenObjects: input.hiddenObjects ?? [],
    hiddenFields: input.hiddenFields ?? [],
    tables: builder.tables,
    metadata: builder.metadata,
    manageableStates: input.manageableStates ?? {},
  };
}

function required<T>(map: Map<string, T>, name: string, kind: string): T {
  const found = map.get(name);
  if (found === undefined) {
    throw new Error(`The scenario has no ${kind} named "${name}".`);
  }
  return found;
}
