import { readFileSync } from 'node:fs';
import { KEY_PREFIXES, unknownPrefix } from './ids.js';

/** Which of the two REST query endpoints an object is asked on. */
export type Api = 'standard' | 'tooling';

/** One field as describe would show it. */
export type FieldDefinition = {
  name: string;
  type: string;
  /** Name of the parent relationship, e.g. `Profile` for `ProfileId`. */
  relationship?: string;
  /** Object the reference points at; `SObject` for a polymorphic reference. */
  references?: string;
};

/** A child relationship, e.g. `Users` on Profile. */
type ChildDefinition = {
  name: string;
  object: string;
  field: string;
};

/** One object as describe would show it. Keys of the maps are lower case, because SOQL ignores case. */
export type ObjectDefinition = {
  name: string;
  keyPrefix: string;
  fields: Map<string, FieldDefinition>;
  relationships: Map<string, FieldDefinition>;
  children: Map<string, ChildDefinition>;
};

type FieldJson = {
  type: string;
  rel?: string;
  ref?: string;
};

type ObjectJson = {
  fields: Record<string, FieldJson>;
  children: Record<string, { object: string; field: string }>;
};

/**
 * Fields the stored describe does not carry, each with its source.
 * `PermissionsUseAnyApiClient` exists only where Salesforce has provisioned API Access Control (Salesforce Help 005228838),
 * which the described scratch org had not.
 */
const ADDED_FIELDS: Record<Api, Record<string, Record<string, FieldJson>>> = {
  standard: {
    PermissionSet: { PermissionsUseAnyApiClient: { type: 'boolean' } },
    Profile: { PermissionsUseAnyApiClient: { type: 'boolean' } },
    MutingPermissionSet: { PermissionsUseAnyApiClient: { type: 'boolean' } },
    UserPermissionAccess: { PermissionsUseAnyApiClient: { type: 'boolean' } },
  },
  tooling: {
    PermissionSet: { PermissionsUseAnyApiClient: { type: 'boolean' } },
    MutingPermissionSet: { PermissionsUseAnyApiClient: { type: 'boolean' } },
  },
};

/**
 * Child relationships whose field the type stubs do not tell: ManagedUsers and DelegatedUsers hang on ManagerId and
 * DelegatedApproverId (Object Reference, User: those are the only self references with these relationship names).
 */
const CORRECTED_CHILDREN: Record<string, Record<string, { object: string; field: string }>> = {
  User: {
    ManagedUsers: { object: 'User', field: 'ManagerId' },
    DelegatedUsers: { object: 'User', field: 'DelegatedApproverId' },
  },
};

/**
 * The standard objects of Salesforce's own query examples (SOQL Reference, "SOQL SELECT Examples", "Comparison Operators",
 * "Date Formats and Date Literals"), with the columns those examples use.
 */
const EXAMPLE_OBJECTS: Record<string, ObjectJson> = {
  Account: {
    fields: {
      Id: { type: 'id' },
      Name: { type: 'string' },
      Industry: { type: 'string' },
      BillingCity: { type: 'string' },
      BillingState: { type: 'string' },
      BillingPostalCode: { type: 'string' },
      CreatedDate: { type: 'datetime' },
    },
    children: {
      Contacts: { object: 'Contact', field: 'AccountId' },
      Opportunities: { object: 'Opportunity', field: 'AccountId' },
    },
  },
  Contact: {
    fields: {
      Id: { type: 'id' },
      FirstName: { type: 'string' },
      LastName: { type: 'string' },
      Name: { type: 'string' },
      AccountId: { type: 'id', rel: 'Account', ref: 'Account' },
      CreatedById: { type: 'id', rel: 'CreatedBy', ref: 'User' },
    },
    children: {},
  },
  Opportunity: {
    fields: {
      Id: { type: 'id' },
      Name: { type: 'string' },
      StageName: { type: 'string' },
      IsClosed: { type: 'boolean' },
      CloseDate: { type: 'date' },
      AccountId: { type: 'id', rel: 'Account', ref: 'Account' },
    },
    children: {},
  },
};

function load(file: string, api: Api): Map<string, ObjectDefinition> {
  const text = readFileSync(new URL(`./schema/${file}`, import.meta.url), 'utf8');
  const json = JSON.parse(text) as { objects: Record<string, ObjectJson> };
  const objects = new Map<string, ObjectDefinition>();
  const known = api === 'standard' ? { ...json.objects, ...EXAMPLE_OBJECTS } : json.objects;
  for (const [name, definition] of Object.entries(known)) {
    const all = { ...definition.fields, ...ADDED_FIELDS[api][name] };
    const fields = new Map<string, FieldDefinition>();
    const relationships = new Map<string, FieldDefinition>();
    for (const [fieldName, field] of Object.entries(all)) {
      // The stubs type two columns as `Name`, which is the relationship next to an untyped OwnerId, not a column.
      if (field.type === 'name') {
        continue;
      }
      const entry: FieldDefinition = { name: fieldName, type: field.type };
      if (field.rel !== undefined && field.ref !== undefined) {
        entry.relationship = field.rel;
        entry.references = field.ref;
        relationships.set(field.rel.toLowerCase(), entry);
      }
      fields.set(fieldName.toLowerCase(), entry);
    }
    const children = new Map<string, ChildDefinition>();
    for (const [childName, child] of Object.entries({ ...definition.children, ...CORRECTED_CHILDREN[name] })) {
      children.set(childName.toLowerCase(), { name: childName, ...child });
    }
    objects.set(name.toLowerCase(), {
      name,
      keyPrefix: KEY_PREFIXES[name] ?? unknownPrefix(name),
      fields,
      relationships,
      children,
    });
  }
  return objects;
}

/** Every object of the two endpoints, before permissions, features and API version take some away. */
export const SCHEMA: Record<Api, Map<string, ObjectDefinition>> = {
  standard: load('standard.json', 'standard'),
  tooling: load('tooling.json', 'tooling'),
};

/**
 * Fields that exist only from an API version on. Sources: Object Reference and Tooling API pages of the named objects
 * ("Available in API version N and later"), except where noted.
 */
const FIELD_SINCE: Record<string, Record<string, number>> = {
  User: { HasUserVerifiedEmail: 63, HasUserVerifiedPhone: 63, PasswordExpirationDate: 63 },
  PermissionSetAssignment: { IsActive: 52, ExpirationDate: 52, IsRevoked: 57, PermissionSetGroupId: 45 },
  PermissionSetGroup: { HasActivationRequired: 53 },
  TwoFactorMethodsInfo: { HasBuiltInAuthenticator: 53, HasUserVerifiedEmailAddress: 43 },
  LoginHistory: { ForwardedForIp: 61, AuthMethodReference: 51, AuthContextClassRef: 67 },
  Site: { OptionsAllowGuestPaymentsApi: 49 },
  Network: { OptionsGuestMemberVisibility: 47 },
  MetadataPackage: { PackageCategory: 49 },
  MetadataPackageVersion: { IsDeprecated: 46 },
  SubscriberPackageVersion: { IsOrgDependent: 49 },
  Package2: { ConvertedFromPackageId: 64, WasTransferred: 57 },
  OauthOidcSettings: { IsPkceRequired: 59 },
  // Assumption: both columns are in the Spring '26 documentation and their first version is not stated.
  SamlSsoConfig: { OptionsRequireMfaSaml: 66 },
  AuthProvider: { OptionsRequireMfa: 66 },
};

/** Permission columns by the release that brought them: Summer '26 (Help 005132110) and September 2025 (Help 005132365). */
const PERMISSION_SINCE: Record<string, number> = {
  PermissionsUseAnyApiAuth: 67,
  PermissionsCanApproveUninstalledApps: 65,
};

/**
 * Objects that exist only from an API version on (Object Reference and Tooling API pages). The external client app
 * objects carry no version in the documentation: 59 is an assumption, taken from the Metadata API types of the family.
 */
const OBJECT_SINCE: Record<string, number> = {
  UserPermissionAccess: 41,
  PermissionSetGroup: 45,
  PermissionSetGroupComponent: 45,
  MutingPermissionSet: 46,
  OauthOidcSettings: 56,
  ExternalClientAppSettings: 58,
  ExternalClientApplication: 59,
  ExtlClntAppPlcyCnfg: 59,
  ExtlClntAppOauthPlcyCnfg: 59,
  ExtlClntAppOauthPlcyAttr: 59,
  ExtlClntAppOauthSettings: 59,
  ExtlClntAppOauthConsumer: 59,
  ExtlClntAppOauthIpRange: 59,
  ExtlClntAppOauthSetAttr: 59,
  ExtlClntAppOauthSecuritySettings: 67,
  ExtlClntAppOauthSecurityTokenIpRange: 67,
  IPAddressRange: 52,
};

/**
 * Keys inside a settings `Metadata` value by the API version of the WSDL that first has them
 * (Metadata API WSDLs 47 to 68; a request made below it simply does not get the key).
 */
const METADATA_KEY_SINCE: Record<string, number> = {
  enableMFADirectUILoginOptIn: 55,
  enableConsumerSecretApiAccess: 57,
  enableClientSecretInRestApiAccess: 60,
  blockOAuthUnPwFlow: 56,
  blockOAuthUsrAgtFlow: 56,
  isPkceRequired: 59,
};

/**
 * The same for components of one type, where the version differs from type to type (WSDLs 47 to 66 and the types that
 * Salesforce generates from later ones).
 */
const COMPONENT_KEY_SINCE: Record<string, Record<string, number>> = {
  ConnectedApp: {
    isClientCredentialEnabled: 56,
    isRefreshTokenRotationEnabled: 60,
    isDeviceFlowEnabled: 68,
    isEnforceRefreshTokenTTL: 68,
    isIpBindingEnabled: 68,
  },
  ExtlClntAppGlobalOauthSettings: {
    certificate: 60,
    isClientCredentialsFlowEnabled: 60,
    isDeviceFlowEnabled: 60,
    isRefreshTokenRotationEnabled: 60,
    isEnforceRefreshTokenTTL: 67,
  },
};

/** Metadata API types by their first version; a call below it does not know the type. 59 is assumed as for the objects. */
const METADATA_TYPE_SINCE: Record<string, number> = {
  Certificate: 36,
  ExternalClientApplication: 59,
  ExtlClntAppGlobalOauthSettings: 59,
};

/** True when the Metadata API knows the type at that version. */
export function metadataTypeExists(type: string, version: number): boolean {
  return version >= (METADATA_TYPE_SINCE[type] ?? 0);
}

/** True when the object exists at that API version. */
export function objectExists(object: string, version: number): boolean {
  return version >= (OBJECT_SINCE[object] ?? 0);
}

/** True when the field exists at that API version. */
export function fieldExists(object: string, field: string, version: number): boolean {
  return version >= (FIELD_SINCE[object]?.[field] ?? PERMISSION_SINCE[field] ?? 0);
}

/**
 * Keys that are missing until Support has enabled API Access Control (Metadata API, ConnectedAppSettings). That the
 * Tooling JSON leaves them out, as the retrieved XML does, rather than giving null, is an assumption.
 */
const ACCESS_CONTROL_KEYS = new Set(['enableAdminApprovedAppsOnly', 'enableAdminApprovedAppsOnlyForExternalUser']);

/** The value without the keys that the request's API version or the org does not know. `type`: of a component. */
export function visibleMetadata(value: unknown, version: number, apiAccessControl: boolean, type = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => visibleMetadata(item, version, apiAccessControl, type));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) =>
          version >= (COMPONENT_KEY_SINCE[type]?.[key] ?? METADATA_KEY_SINCE[key] ?? 0) &&
          (apiAccessControl || !ACCESS_CONTROL_KEYS.has(key))
      )
      .map(([key, inner]) => [key, visibleMetadata(inner, version, apiAccessControl, type)])
  );
}
