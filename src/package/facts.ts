import { controlOver } from '../engine/control.js';
import type { Subject } from '../engine/types.js';
import type { AppType } from '../salesforce/oauth.js';
import type { SecretUse } from '../salesforce/secretNames.js';

/** Everything we may know about package source, in our words. */
export type PackageFacts = {
  project: Project;
  connectedApps: readonly ConnectedApp[];
  externalClientApps: readonly ExternalClientApp[];
  /**
   * `.ecaGlblOauth` files anywhere in the tree: they carry the consumer secret and belong nowhere in source control.
   */
  globalOauthFiles: readonly GlobalOauthFile[];
  /** The released source that decides which apps are new, and which were removed. */
  baseline: Baseline;
  /** Entries of destructiveChanges files that name an app, or a part of one. */
  destructiveChanges: readonly DestructiveChange[];
  /** Where the package shows or starts a canvas app. */
  canvasUses: readonly CanvasUse[];
  /** Global OAuth settings that were given from outside the source. */
  givenOauthFiles: readonly GivenOauthFile[];
  /** Places in the package that read a session ID. */
  sessionIds: readonly SessionId[];
  /** Code of the package that takes a session id out of a frontdoor URL, or builds such a URL. */
  frontdoorUses: readonly FrontdoorUse[];
  /** Secrets in the files of the package. */
  secretFindings: readonly SecretFinding[];
  /** Types and objects of the package that have a place for a secret, and what protects it. */
  secretStores: readonly SecretStore[];
  /** What the code of the package and of the integrations that were given starts and asks for. */
  code: CodeFact;
  /** Where the code of the package and of the integrations refreshes tokens and asks for authorization codes. */
  tokenRequests: TokenRequestsFact;
  /** Every host outside of Salesforce that the package talks to, and every place that does not say which. */
  endpoints: readonly PackageEndpoint[];
  /** Registrations of external services, MCP servers among them. */
  externalServices: readonly ExternalService[];
  /** What the package contains besides apps. */
  contents: Contents;
};

export const packageControl = controlOver<PackageFacts>();

/** A value and its place. `file` is relative to the project root, `line` counts from 1. */
export type Located<T> = { value: T; file: string; line?: number };

export type Project = {
  /** From `sfdx-project.json` (the default package directory's package, else `name`), else the folder's name. */
  name: string;
  /** Of several packages that are submitted together: the names of all. */
  packages?: readonly string[];
  layout: 'sfdx-project' | 'source-folder' | 'metadata-folder';
  /** An SFDX project without a package key and a namespace: all its package directories are checked. */
  undeclared?: true;
  /** Of the package that is checked: `versionNumber` in `sfdx-project.json`, such as `2.4.0.NEXT`. */
  version?: string;
  namespace?: string;
  /** A project whose namespace and lack of package keys say 1GP; 1GP cannot package canvas settings of an app. */
  generation: 'first' | 'second' | 'unknown';
  /** Package directories that are judged, relative to the root. */
  directories: readonly string[];
  /** The package version that the next one is built upon, as `sfdx-project.json` names it. */
  ancestor?: string;
  /** Name → id of packages (`0Ho`) and package versions (`04t`). */
  aliases?: Readonly<Record<string, string>>;
  /** Base packages, as the judged package directories name them: an alias, or the id of a version. */
  dependencies?: readonly string[];
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
  /** `infinite`, `zero`, `specific_inactivity:30:DAYS`, `specific_lifetime:12:MONTHS`. */
  refreshTokenPolicy?: Located<string>;
};

/**
 * OAuth settings of either kind of app. A switch that the file does not name is `undefined`: an older API version does
 * not write it, so its absence says nothing.
 */
export type OauthSettings = {
  file: string;
  line?: number;
  /** As written, one per entry. `undefined`: the file that contains them is not in the source. */
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
  secretRequiredForRefresh?: Located<boolean>;
  /** Refresh tokens that are not used for 30 days end. */
  idleTokensLimited?: Located<boolean>;
  /** The IP allowlist for refresh tokens is enforced; only a Connected App has this setting. */
  tokenIpsEnforced?: Located<boolean>;
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
  /** The org that owns the app, as `orgScopedExternalApp` of the `.eca` file names it. */
  ownerOrg?: string;
  /** The developer name of the app in that org. */
  ownerApp?: string;
  /** What became of the link to the owning org, where one was given. `source`: its alias, or the file of evidence. */
  owner?: { source: string; problem?: 'other-org' | 'no-app' | 'not-read'; packaged?: boolean } & OwnerPolicy;
  /** The answer of the login host to an authorization request without `code_challenge`. */
  pkceProbe?: PkceProbe;
  /** `.ecaOauth`: scopes. */
  oauth?: OauthSettings;
  /** `<org id>:<consumer id>` of `.ecaOauth`, which leads to the global settings; empty if that file has none. */
  oauthLink?: Located<string>;
  /** `.ecaGlblOauth`: callbacks and switches, if the file is in the tree, packaged or not. */
  global?: OauthSettings;
  /** `.ecaOauthPlcy`, packaged or not, in the words of a Connected App. */
  refreshTokenPolicy?: Located<string>;
  /** `.ecaOauthSecurity`, packaged or not: where refresh tokens may be used from. */
  tokenIpRanges?: ReadonlyArray<Located<{ start: string; end: string }>>;
  /** Every other file of the app's family in the packaged scope: not its `.eca`, not its `.ecaOauth`. */
  files: ReadonlyArray<{ type: string; suffix: string; file: string }>;
};

/** What an org shows about the External Client Apps that it owns, as the command passes it in. */
export type OwnerSettings = {
  orgId: string;
  /** The alias of the org, or the file of evidence. */
  source: string;
  /** Every app of the org is listed. */
  complete: boolean;
  apps: readonly OwnerApp[];
};
/** What the policy of the owning org sets for an app. */
type OwnerPolicy = { ipRelaxation?: string; clientCredentials?: boolean };
export type OwnerApp = OwnerPolicy & {
  name: string;
  packaged?: boolean;
  scopes?: readonly string[];
  refreshTokenPolicy?: string;
  tokenIpRanges?: ReadonlyArray<{ start: string; end: string }>;
  /** The global OAuth settings, where the org shows them. */
  settings?: { callbacks: readonly string[] } & {
    [
      K in
        | 'pkceRequired'
        | 'refreshTokenRotation'
        | 'deviceFlow'
        | 'clientCredentials'
        | 'certificate'
        | 'idleTokensLimited'
    ]?: boolean;
  };
};

/** `required` is absent where the answer proves nothing; `answer` describes it, and never quotes a page. */
export type PkceProbe = { app: string; host: string; required?: boolean; answer: string };

export type GlobalOauthFile = {
  app: string;
  file: string;
  /** Where the consumer secret is, if the file has one; never the secret. */
  secretLine?: number;
  inPackage: boolean;
  /** Tracked by git; `undefined`: there is a repository that could not be read. */
  tracked: boolean | undefined;
};

/** Names without the package's own namespace: a first-generation package writes none, a reference to it does. */
export type Baseline = {
  source: 'git-tag' | 'git-ref' | 'folder' | 'zip' | 'none';
  /** The tag, or the given value. Without a baseline: why it is missing. */
  name: string;
  apps: ReadonlyArray<{ type: AppType; name: string }>;
  /** There is no baseline, and the project proves that nothing was released. */
  neverReleased: boolean;
  /** Tags that were not compared with: they point at the commit that is checked. */
  skipped?: readonly string[];
};

export type DestructiveChange = { type: string; name: string; file: string; line?: number };

export type CanvasUse = {
  /** The file's component, as a subject: `VisualforcePage:Checkout`. */
  type: string;
  name: string;
  file: string;
  line?: number;
  /** The developer name of the canvas app; `undefined`: computed, or named otherwise. */
  app?: string;
  namespace?: string;
};

export type GivenOauthFile = { app: string; file: string };
/** A place that reads a session ID, and where the ID goes from there. */
export type SessionId = {
  /** The component: `ApexClass:Deployer`, `VisualforcePage:Welcome`. */
  component: { type: string; name: string };
  file: string;
  line?: number;
  /** The expression: `UserInfo.getSessionId()`, `{!$Api.Session_ID}`. */
  source: string;
  /** Tells the sources of one file apart, without a line: the method, the element. */
  at: string;
  /** Never empty: what could not be followed is `unknown`. */
  uses: readonly [SessionUse, ...SessionUse[]];
};

export type SessionUse = {
  /** `prohibited`: a write of metadata that Salesforce forbids with a session id. */
  to:
    | 'third-party'
    | 'prohibited'
    | 'metadata-write'
    | 'metadata-read'
    | 'tooling-write'
    | 'tooling-query'
    | 'data'
    | 'unknown';
  /** In words that follow "goes to". */
  what: string;
  file: string;
  line?: number;
};

export type FrontdoorUse = {
  component: { type: string; name: string };
  file: string;
  line: number;
  at: string;
  /** `near`: a session id is taken out of something in a file that also names a frontdoor URL. */
  kind: 'taken' | 'near' | 'built';
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
  /** `integration`: in the code of an integration; `file` is relative to its folder. */
  in: 'package' | 'integration';
  /** The last part of that folder, which tells the same file of two integrations apart. */
  folder?: string;
  /** In a record of custom metadata that only the code of the package reads. */
  isProtected?: true;
};

/** A custom metadata type, custom setting or object with fields whose name or content is that of a secret. */
export type SecretStore = {
  /** API name, with `__mdt` or `__c`. */
  name: string;
  /** `object` also where the definition, which tells a setting, is not in the package. */
  kind: 'metadata-type' | 'setting' | 'object';
  /** Of its definition; without one, of the first record. */
  file: string;
  line?: number;
  /** `undefined`: the definition is not in the package. Without an element it is Public, as documented. */
  visibility?: string;
  fields: ReadonlyArray<{
    name: string;
    use: SecretUse;
    encrypted: boolean;
    file: string;
    line?: number;
    /** Its name says nothing; Apex code writes a secret into it, or reads one, at this place. */
    byCode?: true;
  }>;
  /** Records of a metadata type with a value in such a field; never the value. */
  records: ReadonlyArray<{ name: string; field: string; protected: boolean; file: string; line: number }>;
};

/** An OAuth flow, or the `login()` of the SOAP API, which takes a username and a password as well. */
export type Flow =
  | 'authorization-code'
  | 'client-credentials'
  | 'device'
  | 'implicit'
  | 'saml'
  | 'token-exchange'
  | 'jwt-bearer'
  | 'soap-login'
  | 'username-password';

export type CodeFact = { places: readonly CodePlace[]; uses: readonly CodeUse[] };

/** A body of code, and how much of it counts. */
export type CodePlace = {
  in: 'package' | 'integration';
  /** As typed after `--integration-dir` or in the policy; `.` for the package. */
  folder: string;
  /** The integration of the policy whose `sourceDir` this is; the code of another `--integration-dir` may be of any. */
  integration?: string;
  /** Files of source code; configuration is also read, and not counted. */
  read: number;
  /** Libraries, build output, tests and documentation. */
  leftOut: number;
  /** Places that touch Salesforce: how many were found, and how many no recognised flow explains. */
  touchpoints?: { found: number; notUnderstood: number };
  /** A server of this place adds a client secret to its requests to Salesforce. */
  serverSecret?: boolean;
};

/** A file that touches Salesforce in a way that no recognised flow explains; the line is that of the first place. */
export type NotUnderstood = {
  kind: 'library' | 'dependency' | 'connector' | 'login' | 'token' | 'soap' | 'api' | 'page' | 'password';
  /** The text in the code: a host, a path, the name of a library. */
  form: string;
  file: string;
  line: number;
  count: number;
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
  /** Why the code does not show whether it does. */
  unsure?: string;
};

/** `unknown`: the code does not show it. */
export type YesNoUnknown = 'yes' | 'no' | 'unknown';

export type TokenRequestsFact = {
  refreshes: readonly TokenRefresh[];
  authorizations: readonly AuthorizationRequest[];
  exposures: readonly TokenExposure[];
};
/** `file` of an integration is relative to its folder. */
type TokenRequest = {
  in: CodePlace['in'];
  /** Of an integration. */
  folder?: string;
  language: string;
  form: string;
  subject: Subject;
  at: string;
};
/** A place that exchanges a refresh token for an access token. */
export type TokenRefresh = TokenRequest & {
  /** The refresh token of the answer replaces the one that was sent. */
  keepsRotatedToken: YesNoUnknown;
  /** A lock keeps two refreshes from running at the same time. */
  guarded: YesNoUnknown;
};
/** A place that sends a user to the authorization page. */
export type AuthorizationRequest = TokenRequest & {
  /** It sends a `code_challenge`. */
  challenge: YesNoUnknown;
  /** `redirect_uri`, where the code writes down one URL. */
  redirect?: string;
};

/** A place that writes a token to where others than the code can read it. */
export type TokenExposure = Omit<TokenRequest, 'language'> & {
  /**
   * `browser`: a store that every script of a page can read; `device`: one of a telephone or a desktop that keeps texts
   * as they are; `store`: one that the file does not show; `address`: where a browser is sent; `unknown`: code has a
   * refresh token, and nothing shows where it is kept.
   */
  to: 'log' | 'output' | 'browser' | 'device' | 'file' | 'store' | 'address' | 'unknown';
  /** It is a token of Salesforce, and it stays there. */
  sure: boolean;
};

/** A place that says, or should say, where the package sends something. */
export type PackageEndpoint = {
  /** In lower case, without its port; `undefined`: where it leads is not in the source. */
  host?: string;
  /** In words: `remote site`, `callout`. */
  kind: string;
  /** The component, as a subject. */
  type: string;
  name: string;
  file: string;
  line?: number;
};

/** An `ExternalServiceRegistration`: a service that flows, Apex and agents of the subscriber call. */
export type ExternalService = {
  name: string;
  file: string;
  line: number;
  /** Its provider or schema is `ModelContextProtocol`: an MCP server that agents use. */
  isAgent: boolean;
  /** `registrationProviderType`. */
  provider?: string;
  /** The named credential, as the registration writes it. */
  credential?: string;
  /** `undefined`: the package does not contain that named credential. */
  authentication?: Authentication;
};

/** How a named credential proves who calls; the subject is the file that decides it. */
export type Authentication = {
  type: 'NamedCredential' | 'ExternalCredential';
  name: string;
  file: string;
  line: number;
  /** `protocol` of a legacy named credential, or `authenticationProtocol` of the external credential. */
  protocol?: string;
  /** The parameter `AuthProtocolVariant` of the external credential. */
  variant?: string;
  /** A legacy named credential with the principal type Anonymous. */
  anonymous?: boolean;
  /** The external credential that it names and the package does not contain. */
  external?: string;
  /** A header is added to each request: the named credential, or the external one, has a parameter for it. */
  hasHeader?: boolean;
  /** A permission set of the package grants a principal of the external credential. */
  isGranted?: boolean;
};

export type Contents = {
  appFiles: number;
  otherFiles: number;
  /** Namespaces of packages that must be there. */
  installedPackages: ReadonlyArray<Located<string>>;
};
