import { wordScan } from './wordScan.js';

/** A name of Apex is no longer. */
const LONGEST = 255;

/**
 * Which of some words a text contains as a whole, in any case. The words are in lower case and consist of letters, digits
 * and `_`.
 */
export function wordsOfTexts(words: readonly string[]): (text: string) => ReadonlySet<string> {
  const distinct = [...new Set(words)].filter(({ length }) => length > 0 && length <= LONGEST);
  const scan = wordScan(distinct);
  return (text) => {
    const found = new Set<string>();
    scan(text, (index, end) => {
      const word = distinct[index] ?? '';
      if (!found.has(word) && isWhole(text, word, end)) found.add(word);
    });
    return found;
  };
}

function isWhole(text: string, word: string, end: number): boolean {
  const start = end - word.length;
  return (
    !isWordCharacter(text.charCodeAt(start - 1)) &&
    !isWordCharacter(text.charCodeAt(end)) &&
    text.slice(start, end).toLowerCase() === word
  );
}

/** Whether a character is one of `\w`. Outside of a text the code is not a number. */
export function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
