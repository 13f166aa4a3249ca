import type { Control, Judgement } from '../../src/engine/types.js';
import type {
  ConnectedApp,
  ExternalClientApp,
  Located,
  OauthSettings,
  PackageFacts,
  SecretFinding,
  SecretStore,
} from '../../src/package/facts.js';
import type { SecretUse } from '../../src/salesforce/secretNames.js';
import { nothingAnswered } from './submission.js';

const connectedAppFile = 'force-app/main/default/connectedApps/Acme.connectedApp-meta.xml';
const localFile = 'force-app/main/default/extlClntAppOauthSettings/Acme_oauth.ecaOauth-meta.xml';
const globalFile = 'secret/Acme_glbloauth.ecaGlblOauth-meta.xml';

/** A whole package, in which nothing is said about apps unless the case says it. */
export const packageFacts = (facts: Partial<PackageFacts> = {}): PackageFacts => ({
  project: {
    name: 'acme',
    layout: 'sfdx-project',

    generation: 'second',
    directories: ['force-app'],
    ignored: 0,
  },
  connectedApps: [],
  externalClientApps: [],
  globalOauthFiles: [],
  baseline: { source: 'none', name: 'there is no git repository', apps: [], neverReleased: true },
  destructiveChanges: [],
  canvasUses: [],
  givenOauthFiles: [],
  sessionIds: [],
  frontdoorUses: [],
  secretFindings: [],
  secretStores: [],
  code: { places: [{ in: 'package', folder: '.', read: 0, leftOut: 0 }], uses: [] },
  tokenRequests: { refreshes: [], authorizations: [], exposures: [] },
  endpoints: [],
  externalServices: [],
  contents: { appFiles: 0, otherFiles: 1, installedPackages: [] },
  ...facts,
});

/** The code of the package and of an integration was read, and this is what it does. */
export const withCode = (
  facts: PackageFacts,
  ...uses: ReadonlyArray<PackageFacts['code']['uses'][number]>
): PackageFacts => ({
  ...facts,
  code: { places: [...facts.code.places, { in: 'integration', folder: 'gateway', read: 3, leftOut: 0 }], uses },
});

/** A package without apps, beside these folders of integrations. */
export const withPlaces = (
  ...folders: ReadonlyArray<{ folder: string; integration?: string; read: number }>
): PackageFacts => {
  const facts = packageFacts();
  const places = folders.map((one) => ({ in: 'integration' as const, leftOut: 0, ...one }));
  return { ...facts, code: { places: [...facts.code.places, ...places], uses: [] } };
};

/** Something that a file of an integration does; of the same form in the same file, another `at` is another use. */
export const use = (
  what: PackageFacts['code']['uses'][number]['what'],
  form: string,
  unsure?: string
): PackageFacts['code']['uses'][number] => ({
  what,
  form,
  in: 'integration',
  subject: { type: 'File', name: 'src/login.js', file: 'src/login.js', line: 3 },
  at: `gateway ${form}`,
  ...(unsure === undefined ? {} : { unsure }),
});

/** The settings of one file, in plain values; a list or switch that is not given is not named by the file. */
export type Said = {
  scopes?: readonly string[];
  callbacks?: readonly string[];
  pkceRequired?: boolean;
  refreshTokenRotation?: boolean;
  deviceFlow?: boolean;
  clientCredentials?: boolean;
  certificate?: boolean;
  consumerSecretOptional?: boolean;
  secretRequiredForRefresh?: boolean;
  idleTokensLimited?: boolean;
  tokenIpsEnforced?: boolean;
  refreshTokenPolicy?: string;
};

const settings = (
  file: string,
  { scopes, callbacks, ...switches }: Omit<Said, 'refreshTokenPolicy'>
): OauthSettings => {
  const located = <T>(value: T, line: number): Located<T> => ({ value, file, line });
  return {
    file,
    ...(scopes ? { scopes: scopes.map((scope, index) => located(scope, 10 + index)) } : {}),
    ...(callbacks ? { callbacks: callbacks.map((callback) => located(callback, 5)) } : {}),
    ...Object.fromEntries(Object.entries(switches).map(([name, value]) => [name, located(value, 7)])),
  };
};

export const connectedApp = ({ refreshTokenPolicy: policy, ...said }: Said, name = 'Acme'): ConnectedApp => ({
  name,
  file: connectedAppFile,
  kind: 'oauth',
  oauth: settings(connectedAppFile, { scopes: [], callbacks: [], ...said }),
  ...(policy === undefined ? {} : { refreshTokenPolicy: { value: policy, file: connectedAppFile, line: 20 } }),
});

/** A reference to an app that a first-generation package released. */
export const stub: ConnectedApp = { name: 'acme__Stub', file: 'connectedApps/acme__Stub.connectedApp', kind: 'stub' };
export const samlApp: ConnectedApp = { name: 'Saml', file: 'connectedApps/Saml.connectedApp', kind: 'no-oauth' };

/** A packaged app: header and scopes. Callbacks and switches only where the global settings stand in the tree, too. */
export const externalClientApp = (
  said: { local?: Said; global?: Said } & Partial<Omit<ExternalClientApp, 'oauth' | 'global'>> = {
    local: { scopes: [] },
  }
): ExternalClientApp => {
  const { local, global, ...rest } = said;
  const file = 'force-app/main/default/externalClientApps/Acme.eca-meta.xml';
  return {
    name: 'Acme',
    file,
    line: 2,
    hasHeader: true,
    distributionState: { value: 'Packaged', file, line: 4 },
    ...(local ? { oauth: settings(localFile, local) } : {}),
    ...(global ? { global: settings(globalFile, { callbacks: [], ...global }) } : {}),
    files: [],
    ...rest,
  };
};

/** One Connected App that says this. */
export const oneConnectedApp = (said: Said): PackageFacts => packageFacts({ connectedApps: [connectedApp(said)] });
/** One External Client App that says this. */
export const oneExternalClientApp = (said?: Parameters<typeof externalClientApp>[0]): PackageFacts =>
  packageFacts({ externalClientApps: [externalClientApp(said)] });

type PackageControl<Need extends keyof PackageFacts> = Control<PackageFacts, Need, undefined>;

const judged = <Need extends keyof PackageFacts>(control: PackageControl<Need>, facts: PackageFacts): Judgement => {
  const trust = { packages: [], apps: [], tokens: [], ipRanges: [] };
  const declared = { orgs: [], trust, integrations: [], submission: nothingAnswered, audited: [] };
  return control.judge(facts, { params: undefined, asOf: new Date(0), declared });
};

/** What a control finds in a case, in short: kind, `Type:name`, file and line, `at`. */
export const found = <Need extends keyof PackageFacts>(
  control: PackageControl<Need>,
  facts: PackageFacts
): string[] => {
  const judgement = judged(control, facts);
  const findings = [...(judgement.verdict === 'fail' ? judgement.findings : []), ...(judgement.latent ?? [])];
  return findings.map(({ kind, subject: { type, name, file, line }, at }) =>
    [kind, `${type}:${name}`, `${file ?? ''}:${line ?? ''}`, ...(at === undefined ? [] : [at])].join(' ')
  );
};

/** The reason of a judgement that finds nothing. */
export const reasonOf = <Need extends keyof PackageFacts>(
  control: PackageControl<Need>,
  facts: PackageFacts
): string => {
  const judgement = judged(control, facts);
  return judgement.verdict === 'fail' ? '' : judgement.reason;
};

/** A secret that was found in a class. */
export const secretFinding = (said: Partial<SecretFinding> = {}): SecretFinding => ({
  type: 'ApexClass',
  name: 'Acme',
  file: 'force-app/main/default/classes/Acme.cls',
  line: 7,
  kind: 'hard-coded token',
  length: 40,
  fingerprint: 'a1b2c3',
  in: 'package',
  ...said,
});

/** A store with one field for a token, unless the case says otherwise. */
export const secretStore = (said: Partial<SecretStore> & Pick<SecretStore, 'kind'>): SecretStore => {
  const name = said.name ?? (said.kind === 'metadata-type' ? 'Acme__mdt' : 'Acme__c');
  return {
    name,
    file: `force-app/objects/${name}/${name}.object-meta.xml`,
    line: 2,
    visibility: 'Public',
    fields: [secretField()],
    records: [],
    ...said,
  };
};
export const secretField = (
  name = 'Token__c',
  kind: SecretUse = 'token',
  encrypted = false
): SecretStore['fields'][number] => ({
  name,
  use: kind,
  encrypted,
  file: `force-app/${name}.field-meta.xml`,
  line: 3,
});
export const secretRecord = (
  isProtected: boolean,
  name = 'Default',
  field = 'Token__c'
): SecretStore['records'][number] => ({
  name,
  field,
  protected: isProtected,
  file: `force-app/customMetadata/Acme.${name}.md-meta.xml`,
  line: 5,
});
/** A project with a namespace: what it protects is protected. */
export const namespaced = (facts: Partial<PackageFacts>): PackageFacts => {
  const { project, ...rest } = packageFacts(facts);
  return { ...rest, project: { ...project, namespace: 'acme' } };
};
