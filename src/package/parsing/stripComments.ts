import { AnswersByText } from './answersByText.js';
import { matchesAt } from './partsAround.js';
import type { TextWords } from './textWords.js';

/**
 * What opens something that may hide what follows: a string, a comment of code, a comment of HTML. Three quotes and a
 * line end open a string over several lines (Apex since API version 67).
 */
const SIGNS = ['"', "'", '`', '/*', '//', '<!--'] as const;
const threeQuotes = /'''(?=[ \t]*[\r\n])/y;
const closings: Readonly<Record<string, string>> = { '/*': '*/', '<!--': '-->', "'''": "'''" };
const [BACKSLASH, LINE_FEED, RETURN] = [92, 10, 13];
const lineEnd = /[\r\n\u2028\u2029]/g;

/**
 * Code without its comments, line for line; what looks like a comment in a string stays, and so does one that does not
 * end. One pass over any text: a pattern would start again at each of a million openings.
 */
export const withoutComments = (text: string): string => blanked(text, () => false);

/** `isEnough`: whether what is between the end of one string or comment and the next one ends what is asked for. */
function blanked(text: string, isEnough: (from: number, to: number) => boolean): string {
  const pieces: string[] = [];
  const unended = new Map<string, number>();
  const openings = new Openings(text);
  let [done, from, at] = [0, 0, 0];
  for (let found = openings.from(at); found; found = openings.from(at)) {
    const { index, sign } = found;
    at = index + sign.length;
    if (index < (unended.get(sign) ?? 0)) continue;
    if (isEnough(from, index)) return pieces.join('') + text.slice(done, index);
    const { end, next } = endOf(text, sign, index);
    from = end ?? next;
    if (end === undefined) unended.set(sign, next);
    else {
      at = end;
      if (quotes.has(sign)) continue;
      pieces.push(text.slice(done, index), blank(text.slice(index, end)));
      done = end;
    }
  }
  return pieces.join('') + text.slice(done);
}

const quotes: ReadonlySet<string> = new Set(['"', "'", '`', "'''"]);

/** Finds the next opening; each sign is looked for by itself, which is quicker than a pattern or a look at each letter. */
class Openings {
  /** The next place of each sign; the length of the text: no sign follows. */
  private readonly places = SIGNS.map(() => -1);

  public constructor(private readonly text: string) {}

  public from(start: number): { index: number; sign: string } | undefined {
    let first = this.text.length;
    let sign: string | undefined;
    SIGNS.forEach((one, at) => {
      let place = this.places[at] ?? -1;
      if (place < start) this.places[at] = place = this.placeOf(one, start);
      if (place >= first) return;
      first = place;
      sign = one;
    });
    if (sign === undefined) return undefined;
    return { index: first, sign: sign === "'" && matchesAt(threeQuotes, this.text, first) ? "'''" : sign };
  }

  /** After a colon two slashes belong to an address. */
  private placeOf(sign: string, start: number): number {
    let place = this.text.indexOf(sign, start);
    while (sign === '//' && this.text[place - 1] === ':') place = this.text.indexOf(sign, place + 1);
    return place < 0 ? this.text.length : place;
  }
}

/** Where that which opens at the index ends; if it does not, up to where nothing of its kind does. */
const endOf = (text: string, sign: string, index: number): { end?: number; next: number } => {
  if (sign === '//') {
    lineEnd.lastIndex = index;
    const end = lineEnd.exec(text)?.index ?? text.length;
    return { end, next: end };
  }
  const closing = closings[sign];
  if (closing !== undefined) {
    const end = text.indexOf(closing, index + sign.length);
    return end < 0 ? { next: text.length } : { end: end + closing.length, next: end };
  }
  const quote = sign.charCodeAt(0);
  let at = index + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return { end: at + 1, next: at };
    if (code === BACKSLASH) at += 1;
    else if ((code === LINE_FEED || code === RETURN) && sign !== '`') break;
  }
  return { next: at };
};

/** Visualforce drops the comments of HTML; merge fields in those of JavaScript are filled in. */
export const withoutHtmlComments = (text: string): string => {
  // After the last end no comment ends, so no opening there needs a search.
  const last = text.lastIndexOf('-->') + 3;
  return last < 3 ? text : text.slice(0, last).replace(/<!--[\s\S]*?(?:-->|$)/g, blank) + text.slice(last);
};

/** As many blanks, line for line. */
export const blank = (text: string): string =>
  /[\r\n]/.test(text) ? text.replace(/[^\r\n]+/g, (line) => ' '.repeat(line.length)) : ' '.repeat(text.length);

const isTest = /@istest\b/i;

/**
 * An Apex class of tests as a whole: no subscriber calls it, and what it spells out is made up. `words`: of the text, if
 * they are known.
 */
export const isApexTest = (path: string, text: string, words?: TextWords): boolean =>
  // First with the comments: few classes contain the word at all, and removing comments is slow.
  (words?.has('isTest') ?? true) && /\.cls$/i.test(path) && isTest.test(text) && testClasses.of(text, isTestClass);

/** A dozen collectors ask about the same classes. */
const testClasses = new AnswersByText<boolean>(32 * 2 ** 20);

const isTestClass = (text: string): boolean => isTest.test(headOf(text));

/** The modifiers and annotations of a class, without comments and quoted text. */
const headOf = (text: string): string => {
  let brace = text.indexOf('{');
  const plain = withoutQuoted(
    blanked(text, (from, to) => {
      if (brace >= 0 && brace < from) brace = text.indexOf('{', from);
      return brace >= 0 && brace < to;
    })
  );
  // A quote that no other one closes may hide that bracket.
  const end = plain.indexOf('{');
  return end < 0 ? (withoutQuoted(withoutComments(text)).split('{', 1)[0] ?? '') : plain.slice(0, end);
};

const withoutQuoted = (text: string): string => text.replace(/'(?:[^'\\\r\n]|\\.)*'?/g, "''");
