import type { Language } from './languages.js';

/** A parameter of a request. `value` is `undefined` where it is not written down: assembled, or handed in. */
export type Parameter = {
  name: 'grant_type' | 'response_type' | 'scope' | 'client_secret';
  value?: string;
  offset: number;
};

const names = /grant[-_]?type|response[-_]?type|\bscopes?\b|client[-_]?secret|\bconsumer_?secret/gi;

/** From a name to its value: `: `, `=`, `=>`, `:=`, `"] =`, `", "`, `" to "`, `" -> "`, `" value="`, `(`, `>`. */
const opening =
  /^(\\?["'`])?(?:\s*:\s*[A-Za-z]\w*(?=\s*=[^=>]))?\s*(?:\]\s*)?(=>|(?<=["'`]\s{0,4})->|:=|=(?!=)|:(?![:=])|,|\(|>|\bto\b|\bvalue\s*[=:])\s*(?:["']?\bvalue["']?\s*[:=]\s*)?/i;
/** What may surround a value: `[]string{"…"}`, `@"…"`, `f"…"`. */
const wrapping = /^(?:\[\]string|new\s+\w+\[\]|listOf|arrayOf|[[{(@$]|[frub]{1,2}(?=["']))*\s*/;
const quoted = /^(\\?["'`])((?:(?!\1)[^\n])*)\1/;
const interpolated = /[#$]?\{|\\\(|\$[A-Za-z]|%[sv@]/;
const isPlain = (language: Language): boolean =>
  ['shell', 'batch', 'PowerShell', 'configuration', 'markup'].includes(language);

/**
 * The OAuth parameters that code or a configuration file gives, in any of the ways of the languages. `constants`: the
 * texts of names that other files define.
 */
export const parametersIn = (
  code: string,
  language: Language,
  constants: ReadonlyMap<string, string> = new Map()
): Parameter[] =>
  [...code.matchAll(names)].flatMap((match) => {
    const name = parameterName(match[0]);
    const value = valueAfter(match, { code, language, constants });
    return value === undefined ? [] : [{ name, offset: match.index, ...(value === unwritten ? {} : { value }) }];
  });

const parameterName = (written: string): Parameter['name'] => {
  const first = written.toLowerCase();
  if (first.startsWith('grant')) return 'grant_type';
  if (first.startsWith('response')) return 'response_type';
  return first.startsWith('scope') ? 'scope' : 'client_secret';
};

/** A value that is there, and not written down. */
const unwritten = Symbol('unwritten');

type Value = string | typeof unwritten | undefined;
/** What is known around a parameter. */
type Around = { code: string; language: Language; constants: ReadonlyMap<string, string> };

const valueAfter = (match: RegExpExecArray, around: Around): Value => {
  const { code, language } = around;
  const start = match.index + match[0].length;
  const after = code.slice(start, start + 400);
  // `@Query("client_secret") secret: String`: the caller of the method gives the value.
  if (/^["']\s{0,4}\)/.test(after) && annotation.test(code.slice(Math.max(0, match.index - 60), match.index)))
    return unwritten;
  return inForm(after, language) ?? inPair(match[0], after, around);
};

const annotation =
  /@(?:Query|Field|Part|FormParam|QueryParam|RequestParam|RequestPart|Param)\s{0,4}\(\s{0,4}(?:value\s{0,4}=\s{0,4})?["']$/;

/** `'grant_type=' + encodeURIComponent('password')` */
const joinedLiteral =
  /^\\?["'`]\s{0,4}[+.]\s{0,4}(?:[\w.]{0,40}(?:encode|escape)\w{0,20}\s{0,4}\(\s{0,4})?["'`]([\w:.-]{1,80})["'`]/i;
/** `$"grant_type={"password"}"` */
const bracedLiteral = /^\{\s{0,4}["']([\w:.-]{1,80})["']\s{0,4}\}/;

/** `grant_type=password&…`, inside a text or on a command line. */
const inForm = (after: string, language: Language): Value => {
  const [found, bare = '', end = ''] = /^=(?!=)([\w:%+.-]*(?:,[\w.]+)*)([^]?)/.exec(after) ?? [];
  if (found === undefined) return undefined;
  if (bare === '') {
    const [, literal] = joinedLiteral.exec(after.slice(1)) ?? bracedLiteral.exec(after.slice(1)) ?? [];
    if (literal !== undefined) return decodedQueryValue(literal);
    return assembled(after.slice(1)) ? unwritten : undefined;
  }
  if (!isPlain(language) && !/[&"'`\\]/.test(end) && !bare.includes('%')) return undefined;
  return interpolates(after.slice(1 + bare.length)) ? unwritten : decodedQueryValue(bare);
};

/** `grant_type: 'password'`, `"grant_type", "password"` and the like. */
const inPair = (name: string, after: string, around: Around): Value => {
  const [found, quote, separator = ''] = opening.exec(after) ?? [];
  if (found === undefined) return undefined;
  const rest = after.slice(found.length);
  if (quote === undefined && separator === ',') return ofConstant(name, rest, around);
  const [, list] = /^\[([^\]]*)\]/.exec(rest) ?? [];
  if (list !== undefined && /scope/i.test(name)) return list.replace(/["'`,:\s]+/g, ' ').trim();
  const value = rest.slice(wrapping.exec(rest)?.[0].length ?? 0);
  const text = quoted.exec(value);
  if (text) return writtenText(text[2] ?? '', value.slice(text[0].length), separator, around);
  if (isPlain(around.language)) return plainText(value);
  const property =
    (/^(?:grant|response)_type$/.test(name) && separator === ':') ||
    (/secret$/i.test(name) && separator === ':') ||
    (name === 'scope' && /^(?::|=)$/.test(separator));
  const mayBeType = quote === undefined || (separator === ':' && /^(?:TypeScript|Python)$/.test(around.language));
  return ofVariable(value, around, quote !== undefined || property, mayBeType);
};

/** `param(GRANT_TYPE, REFRESH_TOKEN)`: both are constants, and another file gives the second one a grant. */
const ofConstant = (name: string, rest: string, { constants }: Around): Value => {
  const [, constant = ''] = /^(?:[A-Za-z_]\w{0,60}\.){0,4}([A-Z][A-Z\d_]{2,60})(?![\w.(])/.exec(rest) ?? [];
  const value = name === name.toUpperCase() ? constants.get(constant) : undefined;
  return value === undefined ? undefined : decodedQueryValue(value);
};

const plainText = (value: string): Value => {
  if (value.startsWith('$')) return unwritten;
  const bare = /^[\w:%+.-]+(?:[ ,]+[\w:.-]+)*(?=\s|$|[<&"'},])/.exec(value)?.[0];
  return bare === undefined ? undefined : decodedQueryValue(bare);
};

/** In TypeScript `grant_type: 'password' | 'refresh_token'` and `grant_type: 'password';` are types. */
const writtenText = (text: string, after: string, separator: string, { language }: Around): Value => {
  if (language === 'TypeScript' && separator === ':' && /^\s*(?:\|(?!\|)|;)/.test(after)) return undefined;
  if (interpolated.test(text) || /^\s*(?:\+|\.\s*[$"'])/.test(after)) return unwritten;
  return decodedQueryValue(text);
};

/** `name`, `options.name`, `self::NAME`, `$this->name`, `Flow::NAME`. */
const variableIn = /^[A-Za-z_$][\w$]{0,100}(?:(?:\?\.|\.|::|->)\$?[A-Za-z_]\w{0,100}){0,6}/;

/** A variable of the same file that is given one text, once; a type (`string`, `GrantType`) is no value. */
const ofVariable = (value: string, { code, constants }: Around, mustBeValue: boolean, mayBeType: boolean): Value => {
  const variable = variableIn
    .exec(value)?.[0]
    .replace(/\?\.|::|->/g, '.')
    .replace(/\.\$/g, '.');
  if (variable === undefined || /^(?:string|str|any|unknown|null|nil|none|undefined|true|false)$/i.test(variable))
    return undefined;
  const name = variable.split('.').at(-1) ?? '';
  const giving = `(?:^|[^\\w$.])\\$?${name.replaceAll('$', '\\$')}\\s*(?::\\s*\\w+\\s*)?(?::=|=)\\s*(["'\`])([^"'\`\\n]*)\\1`;
  const texts = new Set([...code.matchAll(new RegExp(giving, 'g'))].map(([, , text = '']) => text));
  const [text] = texts.size === 0 ? [constants.get(name)] : texts;
  if (text !== undefined && texts.size < 2) return decodedQueryValue(text);
  // A name in capitals is a constant, one that begins with a capital letter may be a type.
  return mustBeValue && (!mayBeType || /^(?:[a-z_$]|[A-Z][A-Z\d_]+$)/.test(variable) || variable.includes('.'))
    ? unwritten
    : undefined;
};

const assembled = (after: string): boolean => /^\\?["'`]\s*[+.]/.test(after) || interpolates(after);
const interpolates = (after: string): boolean => after.search(interpolated) === 0;
/** A value of a query string in lower case, with its blanks and colons. */
export const decodedQueryValue = (value: string): string =>
  value
    .replace(/%20|\+/g, ' ')
    .replace(/%3A/gi, ':')
    .trim()
    .toLowerCase();
