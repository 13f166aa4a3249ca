import { controlOver } from '../engine/control.js';
import type { Subject } from '../engine/types.js';
import type { SecretUse } from '../salesforce/secretNames.js';

/** Everything we may know about package source, in our words. */
export type PackageFacts = {
  project: Project;
  connectedApps: readonly ConnectedApp[];
  externalClientApps: readonly ExternalClientApp[];
  /** `.ecaGlblOauth` files anywhere in the tree: they carry the consumer secret and belong nowhere in source control. */
  globalOauthFiles: readonly GlobalOauthFile[];
  /** Secrets that stand in the files of the package. */
  secretFindings: readonly SecretFinding[];
  /** Types and objects of the package that have a place for a secret, and what protects it. */
  secretStores: readonly SecretStore[];
  /** What the code of the package and of the integrations that were given starts and asks for. */
  code: Code;
};

export const packageControl = controlOver<PackageFacts>();

/** A value and where it stands. `file` is relative to the project root, `line` counts from 1. */
export type Located<T> = { value: T; file: string; line?: number };

export type Project = {
  /** From `sfdx-project.json` (the default package directory's package, else `name`), else the folder's name. */
  name: string;
  layout: 'sfdx-project' | 'source-folder' | 'metadata-folder';
  /** False: an SFDX project of which nothing is packaged (no package key, no namespace). */
  isPackage: boolean;
  namespace?: string;
  /** A project whose namespace and lack of package keys say 1GP; 1GP cannot package canvas settings of an app. */
  generation: 'first' | 'second' | 'unknown';
  /** Package directories that are judged, relative to the root. */
  directories: readonly string[];
  /** Files of apps that `.forceignore`, or the `package.xml` of a Metadata API folder, leaves out. */
  ignored: number;
};

/** A ConnectedApp of the package. */
export type ConnectedApp = {
  /** Developer name: the file's name without its suffix. */
  name: string;
  file: string;
  /** `stub`: a reference to an app released in a 1GP of the same namespace. `no-oauth`: SAML or a bookmark only. */
  kind: 'oauth' | 'stub' | 'no-oauth';
  oauth?: OauthSettings;
};

/**
 * OAuth settings of either kind of app. A switch that the file does not name is `undefined`: an older API version does
 * not write it, so its absence says nothing.
 */
export type OauthSettings = {
  file: string;
  line?: number;
  /** As written, one per entry. `undefined`: the file that would hold them is not here. */
  scopes?: ReadonlyArray<Located<string>>;
  /** As written, one per entry. `undefined`: no file here names one. */
  callbacks?: ReadonlyArray<Located<string>>;
  pkceRequired?: Located<boolean>;
  refreshTokenRotation?: Located<boolean>;
  deviceFlow?: Located<boolean>;
  clientCredentials?: Located<boolean>;
  /** A public certificate is there, so JWT bearer is on. */
  certificate?: Located<boolean>;
  consumerSecretOptional?: Located<boolean>;
};

/** An External Client App, joined from its files through their `externalClientApplication` element. */
export type ExternalClientApp = {
  name: string;
  /** The `.eca` file; without it the file that named the app. */
  file: string;
  line?: number;
  /** False: only settings name it, its `.eca` file is not here. */
  hasHeader: boolean;
  distributionState?: Located<string>;
  /** `.ecaOauth`: scopes. */
  oauth?: OauthSettings;
  /** `.ecaGlblOauth`: callbacks and switches, where somebody keeps the file in the tree, packaged or not. */
  global?: OauthSettings;
  /** Every other file of the app's family in the packaged scope: not its `.eca`, not its `.ecaOauth`. */
  files: ReadonlyArray<{ type: string; suffix: string; file: string }>;
};

export type GlobalOauthFile = {
  app: string;
  file: string;
  /** Where the consumer secret stands, if it does; never the secret. */
  secretLine?: number;
  inPackage: boolean;
  /** Tracked by git; `undefined`: there is a repository that could not be read. */
  tracked: boolean | undefined;
};

/** A secret in a file. The secret itself is in no fact. */
export type SecretFinding = {
  /** The component that the file belongs to. */
  type: string;
  name: string;
  file: string;
  line: number;
  /** In words: `private key`, `hard-coded password`. */
  kind: string;
  length: number;
  /** Tells two secrets apart, and proves nothing about their values. */
  fingerprint: string;
};

/** A custom metadata type, custom setting or object with fields whose name or content is that of a secret. */
export type SecretStore = {
  /** API name, with `__mdt` or `__c`. */
  name: string;
  kind: 'metadata-type' | 'setting' | 'object';
  /** Of its definition; without one, of the first record. */
  file: string;
  line?: number;
  /** `undefined`: the definition is not in the package. Without an element it is Public, as documented. */
  visibility?: string;
  fields: ReadonlyArray<{ name: string; use: SecretUse; encrypted: boolean; file: string; line?: number }>;
  /** Records of a metadata type with a value in such a field; never the value. */
  records: ReadonlyArray<{ name: string; field: string; protected: boolean; file: string; line: number }>;
};

/** An OAuth flow, or the `login()` of the SOAP API, which takes a username and a password as well. */
export type Flow =
  | 'authorization-code'
  | 'client-credentials'
  | 'device'
  | 'implicit'
  | 'jwt-bearer'
  | 'soap-login'
  | 'username-password';

export type Code = { places: readonly CodePlace[]; uses: readonly CodeUse[] };

/** A body of code, and how much of it counts. */
export type CodePlace = {
  in: 'package' | 'integration';
  /** As typed after `--integration-dir` or in the policy; `.` for the package. */
  folder: string;
  /** The integration of the policy whose `sourceDir` this is; the code of `--integration-dir` may be of any. */
  integration?: string;
  read: number;
  /** Libraries, build output, bundles, tests and documentation. */
  leftOut: number;
};

/** Something that the code does with a login to Salesforce; of each form the first place in a file. */
export type CodeUse = {
  /** `unknown`: a flow whose name is put together or handed in. `client-secret`: in code that its user can read. */
  what: Flow | 'broad-scope' | 'client-secret' | 'unknown';
  /** As the reference names it, for instance `grant_type=password`; never a value that could be secret. */
  form: string;
  in: CodePlace['in'];
  /** `file` of an integration is relative to its folder. */
  subject: Subject;
  at: string;
  /** Why nobody can tell from the code whether it does. */
  unsure?: string;
};
