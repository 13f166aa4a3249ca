import { firstOfEach, isSurer } from '../../common/firstOfEach.js';
import type { Gap } from '../../engine/types.js';
import { isLoginPath, isSalesforceHost } from '../../salesforce/endpoints.js';
import { broadScope } from '../../salesforce/oauth.js';
import type { CodeUse } from '../facts.js';
import { canCarry, packageIndex, type PackageDocument, type PackageFile } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { unknownKinds } from '../source/unknownKinds.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { canCarryScript } from '../parsing/metadataKinds.js';
import { lineAt } from '../parsing/lineAt.js';
import { isSalesforceAddress } from './destination.js';
import { flowOfParameter } from './libraryCalls.js';
import { decodedQueryValue } from './oauthParameters.js';
import { mayStartFlow, scan, type FileContext } from './scan.js';

/** What metadata of the package starts or asks for, without any code. */
export async function metadataUses(source: PackageSource): Promise<{ uses: readonly CodeUse[]; gaps: readonly Gap[] }> {
  const index = packageIndex(source);
  const texts = await index.documents({
    file: (file) => canCarry(file) && !isCredential(file),
    looks: ['flowInMetadata'],
    mentions: STARTS_FLOW,
  });
  const bodies = await index.texts({
    file: ({ form, suffix }) => form === 'code' && suffix === 'email',
    looks: ['flowInMetadata'],
    mentions: STARTS_FLOW,
  });
  const scripts = await index.documents({
    file: ({ form, suffix }) => form === 'metadata' && canCarryScript(suffix),
    mentions: RUNS_SCRIPT,
  });
  const credentials = await index.documents({ file: isCredential });
  const authProviders = credentials.read.filter(({ suffix }) => suffix === 'authprovider');
  const identityProviders = credentials.read.filter(({ suffix }) => suffix === 'externalauthidentityprovider');
  const ofSalesforce = new Set(authProviders.filter(isOfSalesforce).map(({ component }) => component.name));
  const known = new Set([...authProviders, ...identityProviders].map(({ component }) => component.name));
  const uses = [
    ...texts.read.flatMap(usesInText),
    ...texts.read.filter(({ suffix }) => suffix === 'md').flatMap(usesOfRecord),
    ...bodies.read.flatMap((file) => usesInElement(file, { text: file.text, line: 1 }, file.text)),
    ...(await Promise.all(scripts.read.map(usesInScripts))).flat(),
    ...authProviders.filter(isOfSalesforce).flatMap(usesOfProvider),
    ...identityProviders.filter(({ root }) => leadsToSalesforce(root, ofSalesforce)).flatMap(usesOfIdentityProvider),
    ...credentials.read
      .filter(({ suffix, root }) => !suffix.endsWith('provider') && leadsToSalesforce(root, ofSalesforce))
      .flatMap((file) => [...scopesIn(file, file.root), ...usesOfCredential(file, known)]),
    ...externalCredentialsOf(credentials.read, (root) => leadsToSalesforce(root, ofSalesforce))
      .filter(({ root }) => providersOf(root).some((name) => !known.has(name)))
      .map((file) => useAt(file, file.root.line, 'authorization-code', 'ExternalCredential for Salesforce')),
  ];
  return {
    // One that is sure speaks for the others.
    uses: firstOfEach(uses, ({ subject, what, form }) => `${subject.file ?? ''} ${what} ${form}`, isSurer),
    gaps: [
      ...texts.gaps,
      ...bodies.gaps,
      ...scripts.gaps,
      ...credentials.gaps,
      ...(await unknownKinds(source, 'flowInMetadata', UNEXPLAINED, 'a login to Salesforce')),
    ],
  };
}

/** Without one of these a text starts no flow. */
const STARTS_FLOW = /(?:response|grant)[-_]?type|services(?:\/|%2F)oauth2/i;
/** Only a script sends a request or calls the AJAX toolkit; a plain address is looked at as a text. */
const RUNS_SCRIPT = /\b(?:sforce|XMLHttpRequest|fetch|ajax|jQuery)\b|(?:<|&lt;)script\b/i;
/** Words for which a kind of metadata that no rule reads is a gap. */
const UNEXPLAINED = /services(?:\/|%2F)oauth2(?:\/|%2F)(?:authorize|token)|response_type=token|grant_type=password/i;

const isCredential = ({ form, suffix }: PackageFile): boolean =>
  form === 'metadata' &&
  /^(?:authprovider|externalauthidentityprovider|namedcredential|externalcredential|datasource)$/.test(suffix);

/** Where a text is sent: the last address before it, or what the component around it names. */
type Destination = 'salesforce' | 'perhaps' | 'another' | 'none';

const parameter =
  /\b(response[-_]?type|grant[-_]?type)\s{0,4}(?:=|%3D|["']?\s{0,4}[:,]\s{0,4}["'])\s{0,4}([\w:%+.-]{1,80})/gi;
const authorizing = /services(?:\/|%2F)oauth2(?:\/|%2F)authorize/i;
const scopeParameter = /[?&;]scope(?:=|%3D)([\w%+.-]{1,300})/gi;
const address = /https?:(?:\/\/|%2F%2F)([\w.{}!$-]{1,200})([^\s"'<>]{0,300})/gi;

function usesInText(file: PackageDocument): CodeUse[] {
  const holders = /^(?:CustomLabels|CustomObject|Workflow)$/.test(file.root.name) ? file.root.children : [file.root];
  return holders.flatMap((holder) => {
    const around = leaves(holder)
      .map(({ text }) => text)
      .join('\n');
    return leaves(holder).flatMap((element) => usesInElement(file, element, around));
  });
}

function leaves(element: XmlElement): XmlElement[] {
  return element.children.length === 0 ? [element] : element.children.flatMap(leaves);
}

function usesInElement(
  file: PackageFile,
  { text, line: first }: Pick<XmlElement, 'text' | 'line'>,
  around: string
): CodeUse[] {
  const lineOf = (index: number): number => first - 1 + lineAt(text, index);
  const uses: CodeUse[] = [];
  let isNamed = false;
  for (const { 1: name = '', 2: value = '', index } of text.matchAll(parameter)) {
    isNamed = true;
    const form = `${/^r/i.test(name) ? 'response' : 'grant'}_type=${decodedQueryValue(value)}`;
    const what = flowOfParameter.get(form);
    const destination = destinationOf(text.slice(0, index), around);
    if (what === undefined || destination === 'another' || destination === 'none') continue;
    const unsure =
      destination === 'perhaps' ? { unsure: 'the component names addresses of Salesforce and of others' } : {};
    uses.push({ ...useAt(file, lineOf(index), what, form), ...unsure });
  }
  for (const { 1: value = '', index } of text.matchAll(scopeParameter)) {
    if (destinationOf(text.slice(0, index), around) === 'salesforce')
      uses.push(...broadScopes(file, lineOf(index), decodedQueryValue(value)));
  }
  if (!isNamed && authorizing.test(text)) {
    const unsure = 'the metadata does not show which flow it starts';
    uses.push({ ...useAt(file, lineOf(text.search(authorizing)), 'unknown', 'services/oauth2/authorize'), unsure });
  }
  return uses;
}

/** A record whose fields name a grant and an address of Salesforce: `Grant_Type__c` is `password`. */
function usesOfRecord(file: PackageDocument): CodeUse[] {
  const values = childrenNamed(file.root, 'values').map((one) => ({
    field: child(one, 'field')?.text ?? '',
    value: child(one, 'value'),
  }));
  if (!values.some(({ value }) => isSalesforceAddress(value?.text ?? ''))) return [];
  return values.flatMap(({ field, value }) => {
    const [, kind] = /(?:^|_)(grant|response)_?type(?:_|$)/i.exec(field) ?? [];
    if (kind === undefined || value === undefined) return [];
    const form = `${kind.toLowerCase()}_type=${decodedQueryValue(value.text)}`;
    const what = flowOfParameter.get(form);
    return what === undefined ? [] : [useAt(file, value.line, what, form)];
  });
}

/** What the scripts of a button, a link or a component start. */
async function usesInScripts(file: PackageDocument): Promise<CodeUse[]> {
  const uses = leaves(file.root)
    .filter(({ text }) => RUNS_SCRIPT.test(text) && mayStartFlow(text))
    .map(async ({ text, line: first }) => {
      const isPage = /<\w/.test(text) && /<script\b/i.test(text);
      const [ending, language] = isPage ? (['html', 'markup'] as const) : (['js', 'JavaScript'] as const);
      const script = { path: `${file.path}.${ending}`, text, language, client: 'public' as const };
      const { sightings } = await scan(script, NOTHING_AROUND);
      return sightings.map(({ line, what, form, unsure }): CodeUse => ({
        ...useAt(file, first - 1 + line, what, form),
        ...(unsure === undefined ? {} : { unsure }),
      }));
    });
  return (await Promise.all(uses)).flat();
}

const NOTHING_AROUND: FileContext = {
  addresses: { named: new Map(), recorded: new Map() },
  texts: new Map(),
  own: new Set(),
};

function destinationOf(before: string, around: string): Destination {
  const last = [...before.slice(-1000).matchAll(address)].at(-1);
  if (last) return toSalesforce(last) ? 'salesforce' : 'another';
  if (isLoginPath(before)) return 'salesforce';
  const all = [...around.matchAll(address)];
  if (!all.some(toSalesforce)) return isLoginPath(around) ? 'perhaps' : all.length > 0 ? 'another' : 'none';
  return all.every(toSalesforce) ? 'salesforce' : 'perhaps';
}

const toSalesforce = ([, host = '', rest = '']: RegExpExecArray): boolean =>
  isSalesforceHost(host) || isLoginPath(rest.replace(/%2F/gi, '/'));

/** An authentication provider starts the web server flow at its addresses; those of the type Salesforce have a default. */
function isOfSalesforce({ root }: PackageDocument): boolean {
  if (child(root, 'providerType')?.text === 'Salesforce') return true;
  return ['authorizeUrl', 'tokenUrl'].some((name) => isSalesforceAddress(child(root, name)?.text ?? ''));
}

function usesOfProvider(file: PackageDocument): CodeUse[] {
  const type = child(file.root, 'providerType') ?? file.root;
  const scopes = childrenNamed(file.root, 'defaultScopes');
  return [
    useAt(file, type.line, 'authorization-code', 'AuthProvider for Salesforce'),
    ...scopes.flatMap(({ text, line }) => broadScopes(file, line, text)),
  ];
}

/** The flow of a provider that credentials refer to, and what it asks for. */
function usesOfIdentityProvider(file: PackageDocument): CodeUse[] {
  const flow = child(file.root, 'authenticationFlow') ?? file.root;
  const what =
    flow.text === 'ClientCredentials'
      ? 'client-credentials'
      : flow.text === 'AuthorizationCode'
        ? 'authorization-code'
        : 'unknown';
  const use = useAt(file, flow.line, what, 'ExternalAuthIdentityProvider for Salesforce');
  const unsure = 'the provider does not show its flow';
  return [what === 'unknown' ? { ...use, unsure } : use, ...scopesIn(file, file.root)];
}

/** A credential signs in to Salesforce with a provider that is not in the package, so subscribers create it. */
function usesOfCredential(file: PackageDocument, known: ReadonlySet<string>): CodeUse[] {
  const provider = child(file.root, 'authProvider');
  const isOauth = child(file.root, 'protocol')?.text === 'Oauth';
  if (!isOauth || provider === undefined || known.has(withoutNamespace(provider.text))) return [];
  return [useAt(file, file.root.line, 'authorization-code', `${file.root.name} for Salesforce`)];
}

/** The external credentials of the named credentials that lead to Salesforce. */
function externalCredentialsOf(
  credentials: readonly PackageDocument[],
  leads: (root: XmlElement) => boolean
): PackageDocument[] {
  const named = credentials
    .filter(({ suffix, root }) => suffix === 'namedcredential' && leads(root))
    .flatMap(({ root }) => leaves(root).filter(({ name }) => name === 'externalCredential'));
  const names = new Set(named.map(({ text }) => withoutNamespace(text)));
  return credentials.filter(({ suffix, component }) => suffix === 'externalcredential' && names.has(component.name));
}

/** The providers of an external credential, by their names. */
function providersOf(root: XmlElement): string[] {
  return leaves(root)
    .filter(({ name }) => /^(?:authProvider|externalAuthIdentityProvider)$/.test(name))
    .map(({ text }) => withoutNamespace(text));
}

const withoutNamespace = (name: string): string => name.replace(/^\w+?__/, '');

/** Whether a credential leads to Salesforce: by its type, an address in it, or its authentication provider. */
function leadsToSalesforce(root: XmlElement, providers: ReadonlySet<string>): boolean {
  // The adapter that shows records of another org.
  if (root.name === 'ExternalDataSource' && /^SfdcOrg/i.test(child(root, 'type')?.text ?? '')) return true;
  return leaves(root).some(
    ({ name, text }) =>
      isSalesforceAddress(text) === true || (/^authProvider$/i.test(name) && providers.has(withoutNamespace(text)))
  );
}

/** `<oauthScope>`, and a parameter that is named so. */
function scopesIn(file: PackageFile, element: XmlElement): CodeUse[] {
  const isNamed = /^(?:oauth)?_?scopes?$/i.test(child(element, 'parameterName')?.text ?? '');
  const values = [
    ...childrenNamed(element, 'oauthScope'),
    ...(isNamed ? childrenNamed(element, 'parameterValue') : []),
  ];
  return [
    ...values.flatMap(({ text, line }) => broadScopes(file, line, text)),
    ...element.children.filter(({ children }) => children.length > 0).flatMap((one) => scopesIn(file, one)),
  ];
}

function broadScopes(file: PackageFile, line: number, scopes: string): CodeUse[] {
  return scopes
    .split(/[\s,;]+/)
    .flatMap((scope) => broadScope(scope) ?? [])
    .map((scope) => useAt(file, line, 'broad-scope', `scope=${scope.toLowerCase()}`));
}

function useAt(file: PackageFile, line: number, what: CodeUse['what'], form: string): CodeUse {
  return { what, form, in: 'package', subject: { ...file.component, file: file.path, line }, at: form };
}
