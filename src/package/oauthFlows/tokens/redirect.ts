import type { NamedFunction } from './functions.js';

/** Characters before and after a request in which its `redirect_uri` is looked for. */
const AROUND = 1500;

const named = /\bredirect_?ur[il]["'`]?\]?\s*(?:=>|:=|=(?!=)|:(?![:=])|,|\()\s*/gi;
const literal = /^[@$]?(["'`])((?:(?!\1)[^\n\\])*)\1(?!\s*[+.%])/;
const filledIn = /[#$]?\{|%[sv@]|\\\(/;

/** The one URL that the function around an authorization request writes down as its `redirect_uri`. */
export function redirectIn(code: string, body: NamedFunction, offset: number): string | undefined {
  const start = Math.max(body.start, offset - AROUND);
  const text = code.slice(start, Math.min(body.end, offset + AROUND));
  const written = [
    ...[...text.matchAll(named)].map(({ 0: found, index }) => valueAt(text.slice(index + found.length), code)),
    ...[...text.matchAll(/\bredirect_uri=(https?%3A[\w%.-]+|https?:\/\/[\w./:-]+)/gi)].map(([, url = '']) =>
      url.includes('%') ? decoded(url) : url
    ),
  ];
  const urls = new Set(written.filter((url) => url !== undefined));
  const [first] = urls;
  return urls.size === 1 && written.every((url) => url !== undefined) ? first : undefined;
}

/** A literal, or a name to which the file gives one literal. */
function valueAt(after: string, code: string): string | undefined {
  const own = literal.exec(after);
  if (own) return urlOf(own[2] ?? '');
  const name = /^[A-Za-z_$][\w$]*(?![\w$.([])/.exec(after)?.[0];
  if (name === undefined) return undefined;
  const given = [
    ...code.matchAll(
      new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::\\s*\\w+\\s*)?(?::=|=(?!=))\\s*`, 'g')
    ),
  ].map(({ 0: found, index }) => literal.exec(code.slice(index + found.length, index + found.length + 500))?.[2]);
  return given.length === 1 && given[0] !== undefined ? urlOf(given[0]) : undefined;
}

function urlOf(text: string): string | undefined {
  return /^[a-z][\w.+-]*:\/\//i.test(text) && !filledIn.test(text) ? text : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return urlOf(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}
