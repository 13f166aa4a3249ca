import { stripVTControlCharacters } from 'node:util';

/**
 * A value on one line, without anything that a terminal or a viewer would act on: escapes, control characters, marks
 * that are invisible or turn the direction of text. A name in a report may have been chosen by an attacker.
 */
export const plain = (value: string): string =>
  stripVTControlCharacters(value)
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[\p{Cs}\p{Co}]/gu, '\uFFFD')
    .trim();

/** The same for text of several lines, each of which keeps its indent. */
export const plainLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => `${/^ */.exec(line)?.[0] ?? ''}${plain(line)}`)
    .join('\n');

/** The lines of an answer that say something: an answer of several lines stays one. */
export const paragraphs = (text: string): string[] => text.split(/\n+/).filter((line) => line.trim() !== '');

/** How many columns of a terminal a text takes: marks take none, East Asian letters and emoji take two. */
export const columns = (text: string): number => {
  // Most text by far, and a fleet has much of it.
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  let sum = 0;
  for (const letter of text) {
    if (/\p{M}/u.test(letter)) continue;
    sum += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F300}-\u{3FFFD}]/u.test(
      letter
    )
      ? 2
      : 1;
  }
  return sum;
};

/** Breaks a plain text into lines of at most `width` columns, at spaces where it can. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columns(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
};

/** A word that is longer than a line, cut: after a sign of a path or an address if one is near the end of the line. */
const pieces = (word: string, width: number): string[] => {
  if (columns(word) <= width) return [word];
  const cut: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && columns(piece + letter) > width) {
      const sign = /^.*[/.:_?&=,-]/u.exec(piece)?.[0] ?? '';
      // More than half a line, so that no two pieces share one.
      const kept = columns(sign) * 2 > width ? sign : piece;
      cut.push(kept);
      piece = piece.slice(kept.length);
    }
    piece += letter;
  }
  return [...cut, piece];
};

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)));

/** A text of a control without the marks of Markdown, where code looks like any other word. */
export function withoutMarks(text: string): string {
  return text.replace(/`([^`]*)`/g, '$1');
}
