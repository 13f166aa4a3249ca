import { isSalesforceHost } from '../../salesforce/endpoints.js';
import type { NotUnderstood } from '../facts.js';
import { languageFamily, type Language } from './languages.js';
import { importsIn } from './libraries.js';

/** A place in the code that touches Salesforce; `strict`: only something in the same file can explain it. */
export type Touchpoint = { kind: NotUnderstood['kind']; form: string; offset: number; strict?: true };

/** What a file shows of the login that its touchpoints belong to. */
export type Explanation = 'flow' | 'session';

/** A file that was read, and how much of it is explained by itself. */
export type FileReading = {
  path: string;
  language: Language | 'other';
  touchpoints: readonly Touchpoint[];
  explained?: Explanation;
  lineAt: (offset: number) => number;
};

/** How many characters before and after a host are read. */
const reach = 120;
const domain = /\b(?:salesforce|force|cloudforce)\.(?:com|mil)\b|\bmy\.site\.com\b/gi;
const api =
  /\/?\bservices\/(?:(oauth2)\b\/?(\w*)|(soap)\/([a-z])\b|data\/(?:v|["'`{$<%])|data["'`]|apexrest\/|async\/)/gi;
/** A password that is named for Salesforce: whatever reads it logs in. */
const namedPassword = /\b(?:salesforce|sfdc)[._-]{0,2}(?:\w{1,12}[._-])?passw(?:or)?d\b/gi;
/** A connector that is named for Salesforce in configuration, or a driver that code asks for by its name. */
const connector = /\b(?:[\w.@/-]{0,60}[._/-])?(?:salesforce|sfdc)\b[\w.-]{0,60}/gi;
const driver =
  /["'`](?:(?:[\w-]{1,60}\.){1,8}[\w.]{0,60}salesforce[\w.]{0,60}["'`]|(?:jdbc:(?:\w{1,20}:)?)?salesforce:)/gi;
/** The keys of a login with a password: `password =>`, `<password>`, `"securityToken":`. */
const passwordKey = /(?<![\w.-])(?:passw(?:or)?d|pwd|security[-_]?token)["']?\s{0,4}(?:=>|[=:>])/i;
const userKey = /(?<![\w.-])(?:user[-_]?(?:name)?|login)["']?\s{0,4}(?:=>|[=:>])/i;
const soapNames = /urn:(?:partner|enterprise)\.soap\.sforce\.com/gi;
/** Pages about Salesforce and pages of the company, besides those that no client talks to anyway. */
const pages =
  /^(?:success|releasenotes|partners|sfdc|answers|blog|community|brand|docs|git|quip|engineering|test-drive)\./i;
/** OAuth paths that end or describe a token, and start no login. */
const afterLogin = /^(?:revoke|introspect|userinfo|singleaccess|pkce|id)$/i;
const password = /passw(?:or)?d|\bpwd\b|security_?token/i;
const ofAnother = /db_|database|smtp|redis|postgres|mysql|snowflake|mongo|kafka_?user|rabbit|s3\b|loaders?:/i;
const request =
  /\b(?:fetch|axios|requests?|post|httpclient|http|urlopen|urllib\w*|curl|got|superagent|ky|guzzle\w*|faraday|httparty|resttemplate|web(?:client|request)|okhttp\w*|retrofit|alamofire|urlsession|invoke-?restmethod|invoke-?webrequest|\w*postasync|sendasync)\b/i;

/** Every place of a file that touches Salesforce. */
export function touchpointsIn(code: string, language: Language | 'other', own: ReadonlySet<string>): Touchpoint[] {
  const sends = request.test(code);
  return [
    ...[...code.matchAll(domain)].flatMap((match) => hostAt(code, match, language)),
    ...[...code.matchAll(api)].map((match) => pathAt(match, sends && language !== 'configuration')),
    ...placesOf('soap', soapNames, code),
    ...(language === 'configuration' ? placesOf('password', namedPassword, code) : []),
    ...(language === 'configuration' ? connectorsIn(code) : driversIn(code, language)),
    ...importsIn(code, language, own).map(({ name, offset, isUnknown }): Touchpoint => ({
      kind: 'library',
      form: name,
      offset,
      ...(isUnknown ? { strict: true } : {}),
    })),
  ];
}

function placesOf(kind: Touchpoint['kind'], pattern: RegExp, code: string): Touchpoint[] {
  return [...code.matchAll(pattern)].map(({ 0: form, index: offset }) => ({ kind, form, offset }));
}

/** Those of code of the package: there every address is one of Salesforce, so only what logs in counts. */
export function loginsOnly(touchpoints: readonly Touchpoint[]): Touchpoint[] {
  return touchpoints.filter(({ kind, strict }) => ['token', 'soap'].includes(kind) || (kind === 'login' && strict));
}

/** How far a connector's settings go that are looked at. */
const CONNECTOR_LENGTH = 600;

/** Connectors of any product whose settings have a user name and a password: they log in with these. */
function connectorsIn(code: string): Touchpoint[] {
  return [...code.matchAll(connector)].slice(0, 200).flatMap(({ 0: form, index: offset }): Touchpoint[] => {
    const own = settingsAfter(code, offset, offset + form.length);
    const isSetting = passwordKey.test(own) && userKey.test(own) && !isInSentence(code, offset, offset + form.length);
    return isSetting ? [{ kind: 'connector', form, offset, strict: true }] : [];
  });
}

/** Whether words surround a place, as in the label of a dialog. */
function isInSentence(code: string, start: number, end: number): boolean {
  return /[a-z] $/i.test(code.slice(Math.max(0, start - 2), start)) && /^ [a-z]/i.test(code.slice(end, end + 2));
}

/** What belongs to a name in configuration: the block that it opens, or the rest of the block that it is in. */
function settingsAfter(code: string, start: number, end: number): string {
  const lineStart = code.lastIndexOf('\n', start) + 1;
  const indent = /^\s*(?:-\s+)?/.exec(code.slice(lineStart, start))?.[0].length ?? 0;
  const [first = '', ...lines] = withinBraces(code.slice(end, end + CONNECTOR_LENGTH)).split('\n');
  const least = /^["']?\s*:\s*$/.test(first) ? indent + 1 : indent;
  const stop = lines.findIndex(
    (line) => /^\s*\[/.test(line) || ofAnother.test(line) || (/^\s*[\w"'-]/.test(line) && line.search(/\S/) < least)
  );
  return [first, ...(stop < 0 ? lines : lines.slice(0, stop))].join('\n');
}

/** A text up to the brace that closes what it begins in, or what it opens first. */
function withinBraces(text: string): string {
  const opens = /^["']?\s{0,9}[:=]?\s{0,9}\{/.test(text);
  let depth = 0;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0 || (depth === 0 && opens)) return text.slice(0, index);
  }
  return text;
}

/** A driver or a format of data that code asks for by its name, next to a password. */
function driversIn(code: string, language: Language | 'other'): Touchpoint[] {
  return [...code.matchAll(driver)]
    .slice(0, 200)
    .map(({ 0: text, index: offset }) => ({ form: text.replace(/["'`]/g, '').slice(0, 80), offset }))
    .filter(({ form, offset }) => !isSalesforceHost(form) && passwordNear(code, offset, language))
    .map(({ form, offset }): Touchpoint => ({ kind: 'library', form, offset, strict: true }));
}

function hostAt(code: string, match: RegExpExecArray, language: Language | 'other'): Touchpoint[] {
  const before = code.slice(Math.max(0, match.index - reach), match.index);
  const [prefix = ''] = /(?<![\w.*${}<>%[\]-])[\w.*${}<>%[\]-]*$/.exec(before) ?? [];
  const offset = match.index - prefix.length;
  const host = prefix.replace(/^.*[<>]/, '') + match[0];
  const after = code.slice(match.index + match[0].length, match.index + match[0].length + reach);
  const [, path = ''] = /^(?::\d+)?(\/[^\s"'`<>)\\]*)?/.exec(after) ?? [];
  // A bare `salesforce.com` is the name of a company; what follows a commercial at is an address of mail.
  const named = prefix.endsWith('.') && !before.slice(0, before.length - prefix.length).endsWith('@');
  if (!named || !isSalesforceHost(host.replace(/^.*[*}%\]]\.?(?=\w)/, 'x.')) || pages.test(host)) return [];
  if (/^\/services\/(?:oauth2|soap|data|apexrest|async)\b/i.test(path)) return [];
  const logsIn = /^(?:login|test)\.|\.my\.salesforce\.com$/i.test(host) && path.length <= 1;
  const link = /\bhref\s*=\s*["']?https?:\/\/$/i.test(before.slice(0, before.length - prefix.length));
  if (!logsIn || link) return [{ kind: 'page', form: host, offset }];
  return [{ kind: 'login', form: host, offset, ...(passwordNear(code, offset, language) ? { strict: true } : {}) }];
}

function pathAt(match: RegExpExecArray, sends: boolean): Touchpoint {
  const [form, oauth, what = '', soap, letter = ''] = match;
  const offset = match.index;
  if (oauth !== undefined && afterLogin.test(what)) return { kind: 'api', form, offset };
  if (oauth !== undefined) return { kind: 'token', form, offset, ...(sends ? { strict: true } : {}) };
  return soap !== undefined && /[uc]/i.test(letter) ? { kind: 'soap', form, offset } : { kind: 'api', form, offset };
}

/** A password that is named for Salesforce, or near its login host. */
function passwordNear(code: string, offset: number, language: Language | 'other'): boolean {
  const near = code.slice(Math.max(0, offset - 400), offset + 400);
  if (language !== 'configuration') return password.test(near);
  return near.split('\n').some((line) => password.test(line) && !ofAnother.test(line));
}

type Unexplained = { path: string; kind: Touchpoint['kind']; form: string; line: number; count: number };
/** The files that run together with some files, and these. */
type Around = (paths: readonly string[]) => ReadonlySet<string>;
/** What the files of one language show of logins, and which files run together with one of them. */
type Evidence = Pick<FileReading, 'language' | 'explained'> & { reached: ReadonlySet<string> };

/**
 * The files whose touchpoints neither the file itself nor the code that runs with it explains. What such a file shows
 * explains an address or a library of the same language; a request to the token endpoint, or a password near a login
 * host, is explained only by its own file. Configuration and manifests are for everything around, and a link to a
 * page logs in nowhere.
 */
export function unexplained(files: readonly FileReading[], around: Around): Unexplained[] {
  const shown = explanationsIn(files, around);
  return files.flatMap((file) => {
    const open = file.touchpoints
      .filter((one) => !isExplained(file, one, shown))
      .sort((one, other) => one.offset - other.offset);
    return open.slice(0, 1).map(({ kind, form, offset }) => ({
      path: file.path,
      kind,
      form,
      line: file.lineAt(offset),
      count: open.length,
    }));
  });
}

function isExplained(file: FileReading, { kind, strict }: Touchpoint, shown: readonly Evidence[]): boolean {
  if (file.explained === 'flow') return true;
  if (strict) return false;
  const isLoose =
    file.language === 'configuration' || file.language === 'markup' || kind === 'page' || kind === 'dependency';
  const near = isLoose ? shown : shown.filter(({ reached }) => reached.has(file.path));
  if (kind === 'library' || kind === 'dependency') {
    const family = languageFamily(file.language);
    return file.language === 'configuration'
      ? near.length > 0
      : file.explained !== undefined || near.some(({ language }) => languageFamily(language) === family);
  }
  return near.length > 0 && (kind !== 'token' || near.some(({ explained }) => explained === 'flow'));
}

function explanationsIn(files: readonly FileReading[], around: Around): Evidence[] {
  const explaining = files.filter(({ explained }) => explained !== undefined);
  const alike = Map.groupBy(explaining, ({ language, explained }) => `${language} ${explained ?? ''}`);
  return [...alike.values()].flatMap((some) => {
    const reached = around(some.map(({ path }) => path));
    return some.slice(0, 1).map(({ language, explained }) => ({ language, explained, reached }));
  });
}
