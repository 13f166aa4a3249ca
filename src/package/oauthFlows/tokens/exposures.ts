import type { TokenExposure } from '../../facts.js';
import { endpointsIn, type Addresses, type Endpoint } from '../destination.js';
import { AnswerFlow, namesOfTokenRequest } from './answer.js';
import { bareTokens, namesAnswer, visibleArguments, type AnswerName } from './bareTokens.js';
import { closing, functionAt, functionsIn, statementEnd, type NamedFunction } from './functions.js';
import type { TokenFile } from './tokenRequests.js';

/** A place where code writes a token to where others can read it. */
type FoundExposure = Pick<TokenExposure, 'to' | 'sure'> & { path: string; line: number; form: string };

/** Languages whose calls are read. */
const followed = /^(?:JavaScript|TypeScript|markup|Python|Java|Kotlin|Swift|Dart|C#|Go|Ruby|PHP|Apex)$/;
/** What a file without them cannot do. */
export const mayExpose = /(?:access|refresh)_?token|oauth2\/token|authentication_callback/i;

/** Stores of a browser, and cookies. */
const storage =
  /\b(?:(?:window|globalThis|self)\.)?((?:local|session)Storage)\s*\.\s*setItem\s*\(|(?<![\w$])((?:res|reply|response|resp)\w{0,20}\s*\.\s*(?:cookie|setCookie|set_cookie)|Cookies\s*\.\s*set|Cookies\s*\.\s*Append)\s*\(|\b((?:local|session)Storage)\s*(?:\.\s*(?!setItem\b)\w+|\[[^\]\n]{1,80}\])\s*=(?!=)|\bdocument\s*\.\s*(cookie)\s*=(?!=)/g;
const hiddenCookie = /http_?only["']?\s*[:=]\s*true/i;
/** Preferences of a device; the encrypted ones have the same calls. */
const preferences =
  /\b(AsyncStorage\s*\.\s*setItem|UserDefaults\s*\.\s*\w{1,40}\s*\.\s*set|putString|prefs?\w{0,20}\s*\.\s*setString)\s*\(/g;
const plainPreferences = /SharedPreferences|\b(?:UserDefaults|AsyncStorage|shared_preferences)\b/;
const encryptedPreferences = /\bEncryptedSharedPreferences\b|\bflutter_secure_storage\b|\bEncryptedStorage\b/;
const fileSink =
  /(?<![\w$])(json\.dump|pickle\.dump|(?:fs|fsp|promises)\.writeFile(?:Sync)?|(?:File|Files)\.(?:WriteAllText(?:Async)?|writeString|write)|os\.WriteFile|ioutil\.WriteFile|file_put_contents|\w{0,40}\.write_text)\s*\(/g;
const log =
  /(?<![\w.$>])\$?((?:console|(?:[\w$]+(?:\.|->)){0,3}_?\w*log(?:ger|ging)?|System)\s*(?:\.|::|->)\s*(?:log(?:Information|Debug|Trace|Warning|Error|Critical)?|info[fw]?|debug[fw]?|warn(?:ing)?[fw]?|error[fw]?|trace|verbose|fatal[fw]?|notice|print(?:ln|f)?|[diwev]))\b(?=\s*\(|[ \t]+["'\w#:@])/gi;
/** Output of a program: what keeps it, its source does not show. */
const output =
  /(?<![\w.$>])(System\.(?:out|err)\.print(?:ln|f)?|Console\.(?:Error\.)?Write(?:Line)?|fmt\.Print(?:ln|f)?|println|print|puts|var_dump|print_r|error_log)\b(?=\s*\(|[ \t]+["'\w#$:@])/g;
const reportsFailure = /\.\s*(?:log)?(?:error|critical|fatal|warn(?:ing)?|e|w)[fw]?$/i;
/** The answer of a request that failed has no token in it. */
const afterFailure =
  /\b(?:catch|except|rescue|else|guard)\b[^{}\n]{0,80}[{:\n][^{}]{0,200}$|(?:!\s*[\w.$]*\bok\b|![\w.$]*\bis_?success\w*|\bstatus\w*(?:\(\))?\s*(?:!==?|>=?|<>|not)|\bnot\s+[\w.]+\.ok\b|\bunless\b[^\n]{0,80}success|\berr(?:or)?\s*!=\s*nil)[^{}\n]{0,80}[){:\n][^{}]{0,200}$/i;

/** Every place of a file that writes a token of Salesforce to a log, the output, or a store that scripts can read. */
export function exposuresIn(file: TokenFile, addresses: Addresses): FoundExposure[] {
  if (!followed.test(file.language) || !mayExpose.test(file.code)) return [];
  const endpointAt = endpointsIn(file.code, file.lineAt, addresses);
  const answers = answersIn(file, addresses.constants ?? new Set());
  return [
    ...sinksIn(file.code, storage, 'browser').filter(({ given }) => !hiddenCookie.test(given)),
    ...(plainPreferences.test(file.code) && !encryptedPreferences.test(file.code)
      ? sinksIn(file.code, preferences, 'device')
      : []),
    ...sinksIn(file.code, fileSink, 'file'),
    ...sinksIn(file.code, log, 'log'),
    ...sinksIn(file.code, output, 'output'),
  ].flatMap(({ to, form, offset, given }) => {
    const endpoint = endpointAt(offset);
    const text = visibleArguments(given);
    const isSeen = bareTokens(text) || givesAnswer(file.code, { to, form, offset, given: text }, answers);
    if (!isSeen || !counts(endpoint, to)) return [];
    const sure = endpoint === 'salesforce' && to !== 'output' && to !== 'file' && !optionsElsewhere(form, given);
    return [{ to, sure, path: file.path, line: file.lineAt(offset), form }];
  });
}

/** `res.cookie(name, token, options)`: whether scripts can read the cookie, the options say. */
function optionsElsewhere(form: string, given: string): boolean {
  return /cookie/i.test(form) && /,[^,]{1,400},\s{0,9}[A-Za-z_$][\w$.]{0,80}\s{0,9}$/.test(given);
}

type Sink = { to: TokenExposure['to']; form: string; offset: number; given: string };
type Answers = {
  functions: readonly NamedFunction[];
  of: ReadonlyMap<number, readonly AnswerName[]>;
  handed: readonly AnswerName[];
};

/** A token of another vendor is none of this control; where no address is near, only what is kept is asked about. */
function counts(endpoint: Endpoint, to: Sink['to']): boolean {
  return (
    endpoint === 'salesforce' || endpoint === 'both' || (endpoint === 'none' && (to === 'browser' || to === 'device'))
  );
}

function sinksIn(code: string, pattern: RegExp, to: Sink['to']): Sink[] {
  return [...code.matchAll(pattern)].slice(0, 500).map((match): Sink => {
    const form = (match.slice(1).find((one) => one !== undefined) ?? '').replace(/\s/g, '');
    const end = match.index + match[0].length;
    const open = match[0].endsWith('(') ? end - 1 : /^\s*\(/.test(code.slice(end)) ? code.indexOf('(', end) : -1;
    const given = open < 0 ? code.slice(end, statementEnd(code, end)) : code.slice(open + 1, closing(code, open));
    return { to, form, offset: match.index, given: given.slice(0, 2000) };
  });
}

/** The names that an answer of the token endpoint has, by the function that asks for it. */
function answersIn({ code, language }: TokenFile, constants: ReadonlySet<string>): Answers {
  const functions = functionsIn(code, language);
  const own = [
    ...code.matchAll(
      /\b([A-Za-z_]\w{2,60})\s{0,9}(?::\s{0,4}\w{1,20}\s{0,4})?:?=\s{0,9}[frb@$]{0,2}["'`][^"'`\n]{0,200}oauth2\/token/g
    ),
  ];
  const named = [
    ...new Set([...own.map(([, name = '']) => name), ...[...constants].filter((name) => code.includes(name))]),
  ];
  const about = new RegExp(
    ['oauth2/token', 'grant_?type', ...named.slice(0, 50).map((name) => `\\b${name}\\b`)].join('|'),
    'gi'
  );
  const of = new Map<number, readonly AnswerName[]>();
  for (const { index } of code.matchAll(about)) {
    const place = functionAt(functions, index);
    const [body, end] = [place?.body ?? 0, place?.end ?? code.length];
    if (of.has(body)) continue;
    const text = code.slice(body, end);
    of.set(body, new AnswerFlow(text, undefined, [], namesOfTokenRequest(text, named)).content());
  }
  const callbacks =
    /\bauthentication_callback\b\s{0,9}(?:=>|:|=)\s{0,9}(?:(?:proc|lambda|Proc\.new)\s{0,9}(?:\{|do)\s{0,9}\|\s{0,9}(\w+)|->\s{0,9}\(?\s{0,9}(\w+))/g;
  const handed = [...code.matchAll(callbacks)].map(([, one, other]) => ({ name: one ?? other ?? '', isText: true }));
  return { functions, of, handed };
}

/** Whether a place writes a complete answer. */
function givesAnswer(code: string, { to, form, offset, given }: Sink, { functions, of, handed }: Answers): boolean {
  if (namesAnswer(given, handed)) return true;
  const body = functionAt(functions, offset)?.body ?? 0;
  if (!namesAnswer(given, of.get(body) ?? [])) return false;
  if (to !== 'log' && to !== 'output') return true;
  return !reportsFailure.test(form) && !afterFailure.test(code.slice(Math.max(body, offset - 400), offset));
}
