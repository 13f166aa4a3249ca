import type { TokenExposure } from '../../facts.js';
import { endpointsIn, type Addresses, type Endpoint } from '../destination.js';
import { answerNames, chainedAnswers, type ChainedAnswer } from './answerNames.js';
import { bareTokens, namesAnswer, visibleArguments, type AnswerName } from './bareTokens.js';
import { functionAt, functionsIn, type NamedFunction } from './functions.js';
import { sinksIn, type TokenSink } from './sinks.js';
import { showsProtection, takesRefreshToken, tokenTyped } from './stores.js';
import type { TokenFile } from './tokenRequests.js';

/** A place where code writes a token to where others can read it. */
type FoundExposure = Pick<TokenExposure, 'to' | 'sure'> & { path: string; line: number; form: string };

/** What a language is called whose files call nothing. */
const calls = /^(?!configuration$|batch$)/;
/** Code that names Salesforce, and no address. */
const naming = /salesforce|sfdc|sforce/i;
const asks = /oauth2\/token|grant_?type/i;
/** What a file without them cannot do. */
export const mayExpose = /(?:access|refresh)_?token|oauth2\/token|authentication_callback/i;

const reportsFailure = /\.\s*(?:log)?(?:error|critical|fatal|warn(?:ing)?|e|w)[fw]?$/i;
/** The answer of a request that failed has no token in it. */
const afterFailure =
  /\b(?:catch|except|rescue|else|guard)\b[^{}\n]{0,80}[{:\n][^{}]{0,200}$|(?:!\s*[\w.$]*\bok\b|![\w.$]*\bis_?success\w*|\bstatus\w*(?:\(\))?\s*(?:!==?|>=?|<>|not)|\bnot\s+[\w.]+\.ok\b|\bunless\b[^\n]{0,80}success|\berr(?:or)?\s*!=\s*nil)[^{}\n]{0,80}[){:\n][^{}]{0,200}$/i;

/**
 * Every place of a file that writes a token of Salesforce to a log, the output, or a store that scripts can read.
 * `askers`: functions of other files that ask Salesforce for a token.
 */
export function exposuresIn(
  file: TokenFile,
  addresses: Addresses,
  askers: ReadonlySet<string> = new Set()
): FoundExposure[] {
  if (!calls.test(file.language) || !mayExpose.test(file.code)) return [];
  const endpointAt = endpointsIn(file.code, file.lineAt, addresses);
  const answers = answersIn(file, addresses.constants ?? new Set());
  const typed = tokenTyped(file.code);
  const isNamed = naming.test(file.code) || callsOneOf(file.code, askers);
  return sinksIn(file.code, /^(?:shell|PowerShell)$/.test(file.language)).flatMap(
    ({ to, form, offset, given, isOpen = false }) => {
      const isKept = to === 'file' || to === 'store' || to === 'address';
      if (to === 'store' && file.language === 'Apex') return [];
      const endpoint = endpointAt(offset);
      const text = visibleArguments(given);
      const isSeen =
        bareTokens(text) ||
        (isKept && namesAnswer(text, typed)) ||
        givesAnswer(file.code, { to, form, offset, given: text }, answers);
      if (!isSeen || !(counts(endpoint, to) || (endpoint === 'none' && isKept && isNamed))) return [];
      const sure = endpoint === 'salesforce' && to !== 'output' && to !== 'file' && !isOpen;
      return [{ to, sure, path: file.path, line: file.lineAt(offset), form }];
    }
  );
}

/**
 * The first file of an integration that has a refresh token of Salesforce, where no file of it shows what keeps that.
 * Another exposure asks the same.
 */
export function keptAnywhere(files: readonly TokenFile[], askers: ReadonlySet<string>): FoundExposure[] {
  if (files.some(({ code }) => showsProtection(code))) return [];
  const having = files.filter(
    ({ code, language }) => language !== 'markup' && calls.test(language) && takesRefreshToken(code)
  );
  const first = having.find(({ code }) => naming.test(code)) ?? having.find(({ code }) => callsOneOf(code, askers));
  if (!first) return [];
  const at = Math.max(0, first.code.search(/refresh_?token/i));
  return [{ to: 'unknown', sure: false, path: first.path, line: first.lineAt(at), form: 'refresh token' }];
}

/** The functions of a file that ask Salesforce for a token. */
export function askersIn(code: string, functions: readonly NamedFunction[]): string[] {
  if (!naming.test(code) || !asks.test(code)) return [];
  return functions.filter(({ start, end }) => asks.test(code.slice(start, end))).map(({ name }) => name);
}

function callsOneOf(code: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  return [...code.matchAll(/\b([A-Za-z_]\w{3,60})\s{0,4}\(/g)].some(([, name = '']) => names.has(name));
}

type Answers = {
  functions: readonly NamedFunction[];
  of: ReadonlyMap<number, readonly AnswerName[]>;
  handed: readonly AnswerName[];
  chained: readonly ChainedAnswer[];
};

/** A token of another vendor is none of this control; where no address is near, only what is kept is asked about. */
function counts(endpoint: Endpoint, to: TokenSink['to']): boolean {
  return (
    endpoint === 'salesforce' || endpoint === 'both' || (endpoint === 'none' && (to === 'browser' || to === 'device'))
  );
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
    of.set(body, answerNames(text, named));
  }
  const callbacks =
    /\bauthentication_callback\b\s{0,9}(?:=>|:|=)\s{0,9}(?:(?:proc|lambda|Proc\.new)\s{0,9}(?:\{|do)\s{0,9}\|\s{0,9}(\w+)|->\s{0,9}\(?\s{0,9}(\w+))/g;
  const handed = [...code.matchAll(callbacks)].map(([, one, other]) => ({ name: one ?? other ?? '', isText: true }));
  return { functions, of, handed, chained: chainedAnswers(code, about) };
}

/** Whether a place writes a complete answer. */
function givesAnswer(
  code: string,
  { to, form, offset, given }: TokenSink,
  { functions, of, handed, chained }: Answers
): boolean {
  if (namesAnswer(given, handed)) return true;
  const near = chained.filter(({ start, end }) => start <= offset && offset < end);
  if (near.length === 0 && of.size === 0) return false;
  const body = functionAt(functions, offset)?.body ?? 0;
  if (!namesAnswer(given, [...near, ...(of.get(body) ?? [])])) return false;
  if (to !== 'log' && to !== 'output') return true;
  return !reportsFailure.test(form) && !afterFailure.test(code.slice(Math.max(body, offset - 400), offset));
}
