import type { Gap } from '../../engine/types.js';
import { isLoginPath, isSalesforceHost } from '../../salesforce/endpoints.js';
import { broadScope } from '../../salesforce/oauth.js';
import type { CodeUse } from '../facts.js';
import { canCarry, packageIndex, type PackageDocument, type PackageFile } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { unknownKinds } from '../source/unknownKinds.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { lineAt } from '../parsing/lineAt.js';
import { flowOfParameter } from './libraryCalls.js';
import { decodedQueryValue } from './oauthParameters.js';

/** What metadata of the package starts or asks for, without any code. */
export async function metadataUses(source: PackageSource): Promise<{ uses: readonly CodeUse[]; gaps: readonly Gap[] }> {
  const index = packageIndex(source);
  const texts = await index.documents({
    file: (file) => canCarry(file) && !isCredential(file),
    mentions: STARTS_FLOW,
  });
  const bodies = await index.texts({
    file: ({ form, suffix }) => form === 'code' && /^(?:scf|email)$/.test(suffix),
    mentions: STARTS_FLOW,
  });
  const credentials = await index.documents({ file: isCredential });
  const authProviders = credentials.read.filter(({ suffix }) => suffix === 'authprovider');
  const ofSalesforce = new Set(authProviders.filter(isOfSalesforce).map(({ component }) => component.name));
  const uses = [
    ...texts.read.flatMap(usesInText),
    ...bodies.read.flatMap((file) => usesInElement(file, { text: file.text, line: 1 }, file.text)),
    ...authProviders.filter(isOfSalesforce).flatMap(usesOfProvider),
    ...credentials.read
      .filter((file) => file.suffix !== 'authprovider' && leadsToSalesforce(file, ofSalesforce))
      .flatMap((file) => scopesIn(file, file.root)),
  ];
  return {
    uses: firstOfEach(uses),
    gaps: [
      ...texts.gaps,
      ...bodies.gaps,
      ...credentials.gaps,
      ...(await unknownKinds(source, UNEXPLAINED, 'a login to Salesforce')),
    ],
  };
}

/** Without one of these a text starts no flow. */
const STARTS_FLOW = /(?:response|grant)_type|services(?:\/|%2F)oauth2/i;
/** Words for which a kind of metadata that no rule reads is a gap. */
const UNEXPLAINED = /services(?:\/|%2F)oauth2(?:\/|%2F)(?:authorize|token)|response_type=token|grant_type=password/i;

const isCredential = ({ form, suffix }: PackageFile): boolean =>
  form === 'metadata' && /^(?:authprovider|namedcredential|externalcredential|datasource)$/.test(suffix);

/** Where a text is sent: the last address before it, or what the component around it names. */
type Destination = 'salesforce' | 'perhaps' | 'another' | 'none';

const parameter = /\b(response_type|grant_type)\s{0,4}(?:=|%3D|["']?\s{0,4}[:,]\s{0,4}["'])\s{0,4}([\w:%+.-]{1,80})/gi;
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
    const form = `${name.toLowerCase()}=${decodedQueryValue(value)}`;
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
  return ['authorizeUrl', 'tokenUrl'].some((name) => leadsThere(child(root, name)?.text ?? ''));
}

function usesOfProvider(file: PackageDocument): CodeUse[] {
  const type = child(file.root, 'providerType') ?? file.root;
  const scopes = childrenNamed(file.root, 'defaultScopes');
  return [
    useAt(file, type.line, 'authorization-code', 'AuthProvider for Salesforce'),
    ...scopes.flatMap(({ text, line }) => broadScopes(file, line, text)),
  ];
}

/** Whether a credential leads to Salesforce: by an address in it, or by its authentication provider. */
function leadsToSalesforce({ root }: PackageDocument, providers: ReadonlySet<string>): boolean {
  return leaves(root).some(
    ({ name, text }) => leadsThere(text) || (/^authProvider$/i.test(name) && providers.has(text.replace(/^\w+?__/, '')))
  );
}

function leadsThere(url: string): boolean {
  const [, host, rest = ''] = /^https?:\/\/([^/]+)([^]*)$/i.exec(url.trim()) ?? [];
  return host !== undefined && (isSalesforceHost(host) || isLoginPath(rest));
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

/** Of each form the first place in a file; one that is sure speaks for the others. */
function firstOfEach(uses: readonly CodeUse[]): CodeUse[] {
  const first = new Map<string, CodeUse>();
  for (const use of uses) {
    const key = `${use.subject.file ?? ''} ${use.what} ${use.form}`;
    const known = first.get(key);
    if (!known || (known.unsure !== undefined && use.unsure === undefined)) first.set(key, use);
  }
  return [...first.values()];
}
