import { firstOfEach, isSurer } from '../../common/firstOfEach.js';
import { broadScope } from '../../salesforce/oauth.js';
import type { CodeUse } from '../facts.js';
import { lineFinder } from '../parsing/lineFinder.js';
import { isBundle } from '../source/knownLibraries.js';
import { closing, statementEnd } from '../parsing/brackets.js';
import { withoutAliases } from './aliases.js';
import { endpointsIn, type Addresses, type Endpoint } from './destination.js';
import type { Form } from './forms/form.js';
import { FOLLOWED_FORMS, jsforceLogins } from './jsforceLogins.js';
import { flowOfParameter, forms, laterGrants, touching, words } from './libraryCalls.js';
import { codeWithoutComments, type Language } from './languages.js';
import { importsIn, mayNameLibrary } from './libraries.js';
import { parametersIn, type Parameter } from './oauthParameters.js';
import type { ClientOfFile } from './publicClients.js';
import type { ScriptModules } from './scriptModules.js';
import { touchpointsIn, type Explanation, type Touchpoint } from './touchpoints.js';

/** What one file starts or asks for; the caller that read the file adds the owner. */
export type Sighting = Pick<CodeUse, 'what' | 'form' | 'unsure'> & { line: number };
/** A file to look at. */
export type ScannedFile = { path: string; text: string; language: Language; client: ClientOfFile };
/** What surrounds a file: addresses and constants that others define, and the names of files and folders. */
export type FileContext = {
  addresses: Addresses;
  texts: ReadonlyMap<string, string>;
  own: ReadonlySet<string>;
  /** The other scripts of an integration. */
  modules?: ScriptModules;
};
export type Scan = {
  sightings: readonly Sighting[];
  touchpoints: readonly Touchpoint[];
  explained?: Explanation;
  /** A server adds a client secret to a request to Salesforce. */
  serverSecret: boolean;
  lineAt: (offset: number) => number;
};

/** Whether a file of the package may start a flow. */
export const mayStartFlow = (text: string): boolean => words.test(text);
/** Whether a file of an integration may touch Salesforce. */
export const mayTouch = (text: string): boolean => touching.test(text) || words.test(text) || mayNameLibrary(text);

type ScannedSign = {
  what: Form['flow'] | CodeUse['what'] | 'server-secret';
  form: string;
  offset: number;
  unsure?: string;
  endpoint: Endpoint;
};

/** Looks at one file. */
export const scan = async (file: ScannedFile, { addresses, texts, own, modules }: FileContext): Promise<Scan> => {
  const bundle = isBundle(file.text);
  // The literal patterns of a bundle are looked at in its text as it is: its grammar would take minutes.
  const code = bundle ? file.text : withoutAliases(await codeWithoutComments(file.path, file.text), file.language);
  const lineAt = lineFinder(code);
  const generated = isGenerated(file.text);
  const isScript = /^(?:JavaScript|TypeScript|markup)$/.test(file.language) && !bundle;
  const mayLogIn = isScript && (/jsforce/i.test(code) || modules?.mayLogIn(file.path) === true);
  const logins = mayLogIn ? await jsforceLogins(file.path, code, modules) : undefined;
  const ofLibraries = formsIn(code, file.language).filter(
    ({ form: { name, flow } }) =>
      !(logins !== undefined && FOLLOWED_FORMS.has(name)) && !(generated && flow === 'soap-login')
  );
  const endpointAt = endpointsIn(code, lineAt, addresses, [
    ...ofLibraries.filter(({ form }) => showsSalesforce(form)).map(({ offset }) => offset),
    ...importsIn(code, file.language, own).map(({ offset }) => offset),
  ]);
  const found: ScannedSign[] = [
    ...(logins ?? []).map((one): ScannedSign => ({ ...one, endpoint: 'salesforce' })),
    ...parametersIn(code, file.language, texts).flatMap((one) =>
      one.name === 'scope' ? ofScope(one, code, endpointAt(one.offset)) : ofParameter(one, file, endpointAt(one.offset))
    ),
    ...ofLibraries.flatMap((one) => ofForm(one, code, endpointAt)),
    ...publicVariables(code),
    ...mobileScopes(code),
  ];
  const whole = isWhole(file.text, bundle);
  return {
    sightings: oneOfEachForm(found.flatMap((one) => sightingsOf(one, lineAt, whole))),
    touchpoints: generated ? [] : touchpointsIn(code, file.language, own),
    ...explanationOf(found),
    serverSecret: found.some(({ what, endpoint }) => what === 'server-secret' && endpoint !== 'another'),
    lineAt,
  };
};

/** Code that a tool wrote from a description of the API: it defines calls, and makes none. */
const isGenerated = (text: string): boolean =>
  /auto-?generated|generated (?:by|from|code)|@Generated\b/i.test(text.slice(0, 1500)) ||
  /\b(?:SoapHttpClientProtocol|GeneratedCodeAttribute)\b|\bServiceModel\.ClientBase<|^[ \t]*package\s+com\.sforce\.|org\.apache\.axis\.client\.Stub/m.test(
    text
  );

/** Why what is seen in a file may not be what its authors wrote. */
const isWhole = (text: string, bundle: boolean): string | undefined =>
  bundle || built.test(text.slice(0, 300))
    ? 'the file is a bundle, whose libraries name flows that it may not start'
    : undefined;
const built = /\bwebpackBootstrap\b|__webpack_require__/;

const sightingsOf = (
  { what, form, offset, unsure, endpoint }: ScannedSign,
  lineAt: (offset: number) => number,
  ofBundle: string | undefined
): Sighting[] => {
  if (endpoint === 'another' || what === 'refresh' || what === 'session' || what === 'server-secret') return [];
  const why = unsure ?? whyUnsure[endpoint] ?? ofBundle;
  return [{ what, form, line: lineAt(offset), ...(why === undefined ? {} : { unsure: why }) }];
};

/**
 * The first place of a form is named; one that was seen for sure speaks for the others. A parameter and the call of a
 * library that it belongs to are one cause: of one line, the first that is sure.
 */
const oneOfEachForm = (sightings: readonly Sighting[]): Sighting[] => {
  const ordered = sightings.toSorted((one, other) => one.line - other.line);
  const byForm = firstOfEach(ordered, ({ what, form }) => `${what} ${form}`, isSurer);
  const causeOf = ({ what, line, form }: Sighting): string => `${line} ${what === 'broad-scope' ? form : what}`;
  return firstOfEach(byForm, causeOf, isSurer);
};

/** A flow to a host of another vendor explains nothing. */
const explanationOf = (found: readonly ScannedSign[]): { explained?: Explanation } => {
  const ours = found.filter(({ endpoint }) => endpoint !== 'another').map(({ what }) => what);
  if (ours.some((what) => !['broad-scope', 'client-secret', 'server-secret', 'session'].includes(what)))
    return { explained: 'flow' };
  // Where one file talks to several vendors, a token may be for any of them.
  const ofUs = found.some(({ what, endpoint }) => what === 'session' && !['another', 'both'].includes(endpoint));
  return ofUs ? { explained: 'session' } : {};
};

const whyUnsure: Readonly<Record<Endpoint, string | undefined>> = {
  salesforce: undefined,
  another: undefined,
  both: 'the code shows addresses of Salesforce and of others',
  none: 'the code does not show the address of the request',
};

const ofParameter = ({ name, value, offset }: Parameter, file: ScannedFile, endpoint: Endpoint): ScannedSign[] => {
  const seen = endpoint === 'salesforce' || endpoint === 'both';
  if (name === 'client_secret') return value === '' ? [] : ofSecret(name, offset, file, endpoint);
  if (value === undefined) {
    const unsure = `the code does not show which flow it starts, because ${name} is computed or passed in`;
    return seen ? [{ what: 'unknown', form: name, offset, unsure, endpoint }] : [];
  }
  const form = `${name}=${value}`;
  const what = flowOfParameter.get(form);
  if (what !== undefined) return [{ what, form, offset, endpoint }];
  if (name === 'grant_type' && laterGrants.test(value)) return [{ what: 'refresh', form, offset, endpoint }];
  return [];
};

/** A client secret counts where its user can read it; where that is open, so is the use. */
const ofSecret = (
  form: string,
  offset: number,
  { client, language, path }: ScannedFile,
  endpoint: Endpoint
): ScannedSign[] => {
  if (client === 'server') return [{ what: 'server-secret', form, offset, endpoint }];
  if (client === 'public') return [{ what: 'client-secret', form, offset, endpoint }];
  const seen = endpoint === 'salesforce' || endpoint === 'both';
  const unsure = 'the source does not show whether users can read this code';
  // A name in a file of settings or types, far from a request, sends nothing.
  return seen && language !== 'configuration' && !path.endsWith('.d.ts')
    ? [{ what: 'client-secret', form, offset, unsure, endpoint }]
    : [];
};

/** Parameters next to the scope in an OAuth request. */
const besideScope = /client_?id|(?:grant|response)_?type|redirect_?uri|code_?challenge|oauth2\/(?:authorize|token)/i;

/**
 * `scope` has many meanings. A literal scope counts in a request to Salesforce. Next to other OAuth parameters it is
 * inconclusive where the host is not known, and so is a scope that is not literal.
 */
const ofScope = ({ value, offset }: Parameter, code: string, endpoint: Endpoint): ScannedSign[] => {
  const oauth = besideScope.test(around(code, offset));
  if (value === undefined) {
    const seen = endpoint === 'salesforce' || endpoint === 'both';
    if (comesBack.test(code.slice(offset, offset + 200))) return [];
    const unsure = 'the code does not show which scopes it requests';
    return oauth && seen ? [{ what: 'broad-scope', form: 'scope', offset, unsure, endpoint }] : [];
  }
  if (!oauth && endpoint !== 'salesforce') return [];
  return value
    .split(/[\s,]+/)
    .flatMap((one) => broadScope(one) ?? [])
    .map((scope) => ({ what: 'broad-scope', form: `scope=${scope.toLowerCase()}`, offset, endpoint }));
};

/** The scope that a token came with is not asked for: `scope: response.scope`. */
const comesBack = /^scope["']?\s*(?::|=>?)\s*\$?[\w.]*?(?:res|resp|response|tokens?|json|result|parsed)\??\.scope\b/i;

/** The line of an offset, and the three lines before and after it. */
const around = (code: string, offset: number): string => {
  const before = code
    .slice(Math.max(0, offset - 600), offset)
    .split('\n')
    .slice(-4);
  const after = code
    .slice(offset, offset + 600)
    .split('\n')
    .slice(0, 4);
  return before.join('\n') + after.join('\n');
};

type FormMatch = { form: Form; offset: number; unsure?: string };

/** The calls of libraries, and the other pieces of code, that by themselves show how a login goes. */
const formsIn = (code: string, language: Language): FormMatch[] =>
  forms
    .filter(({ languages }) => languages === 'all' || languages.includes(language))
    .filter((form) => [form.with].flat().every((guard) => guard.test(code)))
    .flatMap((form) =>
      [...code.matchAll(form.pattern)].flatMap((match): FormMatch[] => {
        const offset = match.index;
        const given = argumentsAt(code, offset + match[0].length);
        if (form.without?.test(given)) return [];
        if (form.takes === undefined || form.takes.test(given)) return [{ form, offset }];
        if (!form.hides?.test(given)) return [];
        const [, name = ''] = /(?:\*\*|\.\.\.)\s{0,4}([A-Za-z_]\w{0,60})/.exec(given) ?? [];
        const taken = takesWhole(code, name, form.takes);
        if (taken !== undefined) return taken ? [{ form, offset }] : [];
        return [{ form, offset, unsure: 'its argument is defined elsewhere' }];
      })
    );

/** Whether the one value of a name that a call spreads gives what a form takes; `undefined`: it is not written here. */
const takesWhole = (code: string, name: string, takes: RegExp): boolean | undefined => {
  if (name === '') return undefined;
  const given = [...code.matchAll(new RegExp(`(?<![\\w.])${name}\\s{0,4}=\\s{0,4}(?:dict)?(?=[({])`, 'g'))];
  const [only] = given;
  const isChanged = new RegExp(
    `(?<![\\w.])${name}\\s{0,4}(?:\\[[^\\]\\n]{1,80}\\]\\s{0,4}=|\\.(?:update|set\\w*)\\b|\\|=)`
  ).test(code);
  if (given.length !== 1 || only === undefined || isChanged) return undefined;
  const value = argumentsAt(code, only.index + only[0].length).replace(/["'](\w{1,60})["']\s{0,4}:/g, '$1=');
  return /\*\*|\.\.\./.test(value) ? undefined : takes.test(value);
};

/** Whether a call by itself shows that Salesforce is meant, also for what is written near it. */
const showsSalesforce = ({ anyVendor, flow, languages }: Form): boolean =>
  !anyVendor && flow !== 'session' && flow !== 'refresh' && languages !== 'all';

/** Whether the address before an offset is one of another host, by the last that is written there. */
const leadsElsewhere = (code: string, offset: number): boolean => {
  const before = code.slice(Math.max(0, offset - 300), offset);
  const [last = ''] = before.match(/https?:\/\/[\w-]+\.[\w.-]+|\/services\/|salesforce/gi)?.slice(-1) ?? [];
  return /^https?:/i.test(last) && !/(?:salesforce|force)\.(?:com|mil)$/i.test(last);
};

const ofForm = (
  { form, offset, unsure }: FormMatch,
  code: string,
  endpointAt: (offset: number) => Endpoint
): ScannedSign[] => {
  const isToken = form.flow === 'session' && form.anyVendor === true;
  const found = form.anyVendor ? endpointAt(offset) : 'salesforce';
  const endpoint = isToken && leadsElsewhere(code, offset) ? 'another' : found;
  return [{ what: form.flow, form: form.name, offset, endpoint, ...(unsure === undefined ? {} : { unsure }) }];
};

/** The text between the brackets that open here, else the rest of the statement: it goes on after a comma. */
const argumentsAt = (code: string, start: number): string => {
  const isBracket = /[({]/.test(code[start] ?? '');
  const [from, end] = isBracket ? [start + 1, closing(code, start)] : [start, statementEnd(code, start)];
  return code.slice(from, Math.min(end, start + 2000));
};

/** Build tools copy variables with these beginnings into what the browser loads. */
const publicVariables = (code: string): ScannedSign[] =>
  [...code.matchAll(/\b(?:VITE|REACT_APP|NEXT_PUBLIC)_\w*SECRET\w*/g)].flatMap(
    ({ 0: form, index: offset }): ScannedSign[] => {
      if (/_(?:SF|SFDC|SALESFORCE)_/.test(form))
        return [{ what: 'client-secret', form, offset, endpoint: 'salesforce' }];
      return /CLIENT_SECRET|CONSUMER_SECRET/.test(form)
        ? [{ what: 'client-secret', form, offset, endpoint: 'none' }]
        : [];
    }
  );

/** Mobile SDK reads its scopes from `bootconfig`: a plist, XML of Android, or JSON. */
const mobileScopes = (code: string): ScannedSign[] =>
  [
    ...code.matchAll(
      /\boauthScopes["']?\s*(?:<\/key>\s*<array>|>|[:=]\s*\[)([^\]]{0,1000}?)(?:<\/array>|<\/string-array>|\])/g
    ),
  ].flatMap(({ 1: list = '', index: offset }) => {
    const found = [...list.matchAll(/\w+/g)].flatMap(({ 0: word }): ScannedSign[] => {
      const scope = broadScope(word);
      return scope === undefined
        ? []
        : [{ what: 'broad-scope', form: `scope=${scope.toLowerCase()}`, offset, endpoint: 'salesforce' }];
    });
    // A resource of Android, or a variable of the build.
    const isOpen = found.length === 0 && /[>"']\s{0,9}(?:@\w|\$[({]|\{\{|%\w)/.test(list);
    const unsure = 'the code does not show which scopes it requests';
    return isOpen
      ? [{ what: 'broad-scope' as const, form: 'scope', offset, unsure, endpoint: 'salesforce' as const }]
      : found;
  });
