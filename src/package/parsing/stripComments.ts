/**
 * Where something opens that may hide what follows: a string, a comment of code, a comment of HTML. Three quotes and a
 * line end open a string over several lines (Apex since API version 67). After a colon two slashes belong to an
 * address.
 */
const openings = /'''(?=[ \t]*[\r\n])|["'`]|\/\*|(?<!:)\/\/|<!--/g;
const closings: Readonly<Record<string, string>> = { '/*': '*/', '<!--': '-->', "'''": "'''" };
const lineEnd = /[\r\n\u2028\u2029]/g;

/**
 * Code without its comments, line for line; what looks like a comment in a string stays, and so does one that does not
 * end. One pass over any text: a pattern would start again at each of a million openings.
 */
export const withoutComments = (text: string): string => {
  const pieces: string[] = [];
  const unended = new Map<string, number>();
  let done = 0;
  openings.lastIndex = 0;
  for (let found = openings.exec(text); found; found = openings.exec(text)) {
    const [opening] = found;
    const { index } = found;
    if (index < (unended.get(opening) ?? 0)) continue;
    const { end, next } = endOf(text, opening, index);
    if (end === undefined) unended.set(opening, next);
    else {
      openings.lastIndex = end;
      if (/["'`]/.test(opening)) continue;
      pieces.push(text.slice(done, index), blank(text.slice(index, end)));
      done = end;
    }
  }
  return pieces.join('') + text.slice(done);
};

/** Where that which opens at the index ends; if it does not, up to where nothing of its kind does. */
const endOf = (text: string, opening: string, index: number): { end?: number; next: number } => {
  if (opening === '//') {
    lineEnd.lastIndex = index;
    const end = lineEnd.exec(text)?.index ?? text.length;
    return { end, next: end };
  }
  const closing = closings[opening];
  if (closing !== undefined) {
    const end = text.indexOf(closing, index + opening.length);
    return end < 0 ? { next: text.length } : { end: end + closing.length, next: end };
  }
  let at = index + 1;
  for (; at < text.length && (opening === '`' || (text[at] !== '\n' && text[at] !== '\r')); at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === opening) return { end: at + 1, next: at };
  }
  return { next: at };
};

/** Visualforce drops the comments of HTML; merge fields in those of JavaScript are filled in. */
export const withoutHtmlComments = (text: string): string => {
  // After the last end no comment ends, so no opening there needs a search.
  const last = text.lastIndexOf('-->') + 3;
  return last < 3 ? text : text.slice(0, last).replace(/<!--[\s\S]*?(?:-->|$)/g, blank) + text.slice(last);
};

const blank = (text: string): string => text.replace(/[^\r\n]+/g, (line) => ' '.repeat(line.length));

const isTest = /@istest\b/i;

/** An Apex class of tests as a whole: no subscriber calls it, and what it spells out is made up. */
export const isApexTest = (path: string, text: string): boolean =>
  // First with the comments: few classes contain the word at all, and removing comments is slow.
  /\.cls$/i.test(path) && isTest.test(text) && isTestClass(text);

/** Characters of the classes whose answer is kept: a dozen collectors ask about the same ones. */
const MOST_KEPT = 32 * 2 ** 20;
const answers = new Map<string, boolean>();
let keptCharacters = 0;

function isTestClass(text: string): boolean {
  const known = answers.get(text);
  if (known !== undefined) return known;
  keptCharacters += text.length;
  if (keptCharacters > MOST_KEPT) {
    answers.clear();
    keptCharacters = text.length;
  }
  const answer = isTest.test(headOf(text));
  answers.set(text, answer);
  return answer;
}

/** The modifiers and annotations of a class, without comments and quoted text. */
const headOf = (text: string): string => {
  const plain = withoutComments(text).replace(/'(?:[^'\\\r\n]|\\.)*'?/g, "''");
  return plain.split('{', 1)[0] ?? '';
};
