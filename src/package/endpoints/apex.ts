import { hostOf } from '../../salesforce/endpoints.js';

/** Where a request goes: a URL, a named credential, an org of Salesforce, or not known from the code. */
export type Origin = { url: string } | { credential: string } | 'salesforce' | 'unknown';
type Sight = { origin: Origin; offset: number };

/** Code by the name of its class, in lower case, without comments. */
export type Classes = ReadonlyMap<string, string>;

const sink = /\.\s*setEndpoint\s*\(|\bendpoint_x\s*=(?!=)\s*/gi;
/** Constants that are passed to a class that sends requests, recognized by their names. */
const named = /\b(?=\w*endpoint)\w+\s*=>?\s*'((?:https?:\/\/|callout:)[^'\\]+)'/gi;
/** In a class that sends itself, names of addresses count, too, and what is handed to a method that sends. */
const near =
  /(?:\b(?=\w*(?:url|uri|host|domain))\w+\s*=>?\s*|\b(?=\w*(?:post|get|put|send|call|request|fetch))\w+\s*\(\s*)'((?:https?:\/\/|callout:)[^'\\]+)'/gi;

/** Everything in a class or a trigger that shows where its requests go. `code` is without comments. */
export const sightsInApex = (code: string, classes: Classes): Sight[] => {
  const sinks = [...code.matchAll(sink)];
  const sent = sinks.flatMap(({ 0: found, index }): Sight[] => {
    const start = index + found.length;
    const written = expressionAt(code, start);
    return distinct(originsOf(written, { code, classes, seen: new Set(), work: { left: mostWork } })).map((origin) => ({
      origin,
      offset: index,
    }));
  });
  const literals = [...code.matchAll(named), ...(sinks.length > 0 ? code.matchAll(near) : [])];
  return [
    ...sent,
    ...literals.map(({ 1: text = '', index }): Sight => ({ origin: ofLiteral(text, ''), offset: index })),
  ];
};

/** How many expressions are looked at for one address. Past it the address is unknown. */
const mostWork = 500;
type Place = { code: string; classes: Classes; seen: ReadonlySet<string>; work: { left: number } };

const distinct = (origins: readonly Origin[]): Origin[] => [
  ...new Map(origins.map((origin) => [JSON.stringify(origin), origin])).values(),
];

/** The possible values of an expression, by its first operand: what follows is a path. */
const originsOf = (expression: string, place: Place): Origin[] => {
  const { work } = place;
  work.left -= 1;
  if (work.left < 0) return ['unknown'];
  const text = expression.trim().replace(/^\(\s*String\s*\)\s*/i, '');
  const choice = alternatives(text);
  if (choice) return choice.flatMap((one) => originsOf(one, place));
  if (text.startsWith('(')) return originsOf(expressionAt(text, 1), place);
  if (text.startsWith("'")) {
    const [all = '', value = ''] = /^'((?:\\.|[^'\\])*)'/.exec(text) ?? [];
    const rest = text.slice(all.length).trim();
    return value === '' && rest.startsWith('+') ? originsOf(rest.slice(1), place) : [ofLiteral(value, rest)];
  }
  if (/^(?:System\s*\.\s*)?URL\s*\.\s*get(?:OrgDomain|SalesforceBase|CurrentRequest)Url\b/i.test(text))
    return ['salesforce'];
  const format = /^String\s*\.\s*(?:format|valueOf)\s*\(/i.exec(text);
  if (format) return originsOf(expressionAt(text, format[0].length), place);
  const [, path = '', bracket] = /^((?:\w+\s*\.\s*)*\w+)\s*(\(?)/.exec(text) ?? [];
  const names = path.split('.').map((name) => name.trim().toLowerCase());
  const name = names.at(-1) ?? '';
  if (name === '' || /__c$|^new$/.test(name)) return ['unknown'];
  return found(name, names.at(-2), bracket === '(', place);
};

/** The values that a variable, property or method of a class may have. */
const found = (name: string, owner: string | undefined, isMethod: boolean, place: Place): Origin[] => {
  const elsewhere = owner === undefined || owner === 'this' ? undefined : place.classes.get(owner);
  const code = elsewhere ?? place.code;
  const key = `${owner ?? ''}.${name}${isMethod ? '()' : ''}`;
  // A name after another object is a field of that object, not a variable.
  if (place.seen.has(key) || (owner !== undefined && owner !== 'this' && elsewhere === undefined)) return ['unknown'];
  const next: Place = { ...place, code, seen: new Set([...place.seen, key]) };
  const expressions = isMethod ? returnsOf(name, code) : assignedTo(name, code);
  if (expressions.length === 0) return ['unknown'];
  const handedIn = !isMethod && new RegExp(`[(,]\\s*(?:final\\s+)?\\w+\\s+${name}\\s*[,)]`, 'i').test(code);
  return [...expressions.flatMap((one) => originsOf(one, next)), ...(handedIn ? (['unknown'] as const) : [])];
};

const assignedTo = (name: string, code: string): string[] => [
  ...[...code.matchAll(new RegExp(`(?<![\\w.])(?:this\\s*\\.\\s*)?${name}\\s*=(?![=>])`, 'gi'))].map(
    ({ 0: all, index }) => expressionAt(code, index + all.length)
  ),
  ...[...code.matchAll(new RegExp(`\\b${name}\\s*\\{\\s*get\\s*\\{`, 'gi'))].flatMap(({ 0: all, index }) =>
    returned(blockAt(code, index + all.length))
  ),
];

const returnsOf = (name: string, code: string): string[] =>
  [...code.matchAll(new RegExp(`\\w\\s+${name}\\s*\\([^()]*\\)\\s*\\{`, 'gi'))].flatMap(({ 0: all, index }) =>
    returned(blockAt(code, index + all.length))
  );

const returned = (block: string): string[] =>
  [...block.matchAll(/\breturn\b/gi)].map(({ index }) => expressionAt(block, index + 'return'.length));

/** The host must be whole: `'https://' + host`, `'https://api.' + region` and `'https://{0}.acme.example'` are not. */
const ofLiteral = (value: string, rest: string): Origin => {
  const [, credential] = /^callout:(?:\w+?__)?(\w+)/i.exec(value) ?? [];
  if (credential !== undefined) return { credential };
  const joined = rest.startsWith('+') && !/^https?:\/\/[^/?#]+[/?#]/i.test(value);
  const cut = joined && (/[.:/-]$/.test(value) || !/^https?:\/\/(?=[^/]+$)[^/]*\.[^/]/i.test(value));
  return /^https?:\/\//i.test(value) && !cut && hostOf(value) !== undefined ? { url: value } : 'unknown';
};

/** The text up to the bracket, comma or semicolon that ends the expression. */
const expressionAt = (code: string, start: number): string => scanned(code, start, /[,;]/);
/** The text up to the bracket that closes the block. */
const blockAt = (code: string, start: number): string => scanned(code, start, undefined);

/** A string is one token, over several lines between three quotes. */
const tokens = /'''[ \t]*[\r\n][^]*?'''|'(?:\\.|[^'\\\n])*'?|[()[\]{},;]/g;

const scanned = (code: string, start: number, end: RegExp | undefined): string => {
  let depth = 0;
  const part = code.slice(start, start + 20_000);
  for (const { 0: token, index } of part.matchAll(tokens)) {
    if (depth === 0 && (end?.test(token) ?? false) && token.length === 1) return part.slice(0, index);
    if ('([{'.includes(token)) depth += 1;
    if (')]}'.includes(token)) depth -= 1;
    if (depth < 0) return part.slice(0, index);
  }
  return part;
};

/** Both sides of `condition ? one : other`, outside of brackets and strings. */
const alternatives = (text: string): [string, string] | undefined => {
  let depth = 0;
  let question = -1;
  for (const { 0: token, index } of text.matchAll(/'(?:\\.|[^'\\\n])*'?|\?\.|\?\?|[()[\]{}?:]/g)) {
    if (token.length === 1 && '([{'.includes(token)) depth += 1;
    else if (token.length === 1 && ')]}'.includes(token)) depth -= 1;
    else if (depth === 0 && token === '?' && question < 0) question = index;
    else if (depth === 0 && token === ':' && question >= 0)
      return [text.slice(question + 1, index), text.slice(index + 1)];
  }
  return undefined;
};
