const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The 18-character form of a 15-character record Id.
 * Each of the last three characters encodes which of five characters are upper case (Salesforce Help, "Record IDs").
 */
export function toId18(id: string): string {
  if (id.length !== 15) {
    return id;
  }
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      const character = id.charAt(chunk * 5 + position);
      if (character >= 'A' && character <= 'Z') {
        bits |= 1 << position;
      }
    }
    suffix += ALPHABET.charAt(bits);
  }
  return id + suffix;
}

/** A valid 18-character record Id: key prefix, a fixed instance part, and a running number. */
export function makeId(prefix: string, number: number): string {
  let digits = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) {
    digits = BASE62.charAt(rest % 62) + digits;
  }
  return toId18(prefix + 'Hs' + digits.padStart(10, '0'));
}

/** True for text that has the shape of a record Id with a right checksum. */
export function isId(text: string): boolean {
  return /^[0-9A-Za-z]{15}$/.test(text) || (/^[0-9A-Za-z]{18}$/.test(text) && toId18(text.slice(0, 15)) === text);
}

/**
 * Key prefixes, from the Salesforce Help article "Standard Field Record ID Prefix Decoder"; 0xI from the Setup address of
 * an external client app. That its consumers keep the 888 of OAuth consumers is an assumption. Objects that are missing
 * here get a prefix from `unknownPrefix`.
 */
export const KEY_PREFIXES: Record<string, string> = {
  Organization: '00D',
  User: '005',
  Profile: '00e',
  UserLicense: '100',
  PermissionSet: '0PS',
  PermissionSetAssignment: '0Pa',
  PermissionSetGroup: '0PG',
  PermissionSetGroupComponent: '0PN',
  MutingPermissionSet: '0QM',
  PermissionSetLicense: '0PL',
  PermissionSetLicenseAssign: '2LA',
  SetupEntityAccess: '0J0',
  Site: '0DM',
  Domain: '0I4',
  DomainSite: '0Jf',
  Network: '0DB',
  ConnectedApplication: '0H4',
  ExternalClientApplication: '0xI',
  ExtlClntAppOauthConsumer: '888',
  SubscriberPackage: '033',
  MetadataPackage: '033',
  SubscriberPackageVersion: '04t',
  MetadataPackageVersion: '04t',
  InstalledSubscriberPackage: '0A3',
  Package2: '0Ho',
  Package2Version: '05i',
  PackageLicense: '050',
  Certificate: '0P1',
  SetupAuditTrail: '0Ym',
  LoginHistory: '0Ya',
  AuthProvider: '0SO',
  AuthSession: '0Ak',
  SamlSsoConfig: '0LE',
  AppMenuItem: '0DS',
  OauthToken: '0CQ',
  ScratchOrgInfo: '2SR',
};

/** A stable made-up prefix for an object whose real one is not known; no audit reads it. */
export function unknownPrefix(objectName: string): string {
  let hash = 0;
  for (const character of objectName) {
    hash = (hash * 31 + character.charCodeAt(0)) % 3844;
  }
  return '8' + BASE62.charAt(Math.floor(hash / 62)) + BASE62.charAt(hash % 62);
}
