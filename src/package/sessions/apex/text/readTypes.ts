import type { Place } from '../syntax.js';
import type { Tokens } from './tokens.js';

/** Thrown where the source is not plain enough to be read without the grammar. */
export class Refused extends Error {}

/** Words of the language that are no names. The grammar takes all its other words as names where one is expected. */
const reserved: ReadonlySet<string> = new Set(
  (
    'abstract break catch class continue delete do else enum extends false final finally for global if implements ' +
    'insert instanceof interface list map merge new null on override private protected public return static super ' +
    'testmethod this throw true try undelete update upsert virtual void webservice while'
  ).split(' ')
);

/** How deep expressions and statements may be in one another, and how long a row of operators may be. */
export const DEEPEST_APEX = 250;

/** Moves over tokens, and reads types and names. */
export class TypeReader {
  protected at = 0;
  protected readonly words: readonly string[];
  private depth = 0;

  public constructor(protected readonly tokens: Tokens) {
    this.words = tokens.words;
  }

  /** Before something is read that may contain its like. */
  protected enter(): void {
    this.depth += 1;
    if (this.depth > DEEPEST_APEX) throw new Refused();
  }

  protected leave(): void {
    this.depth -= 1;
  }

  protected is(word: string): boolean {
    return this.words[this.at] === word;
  }

  protected take(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at += 1;
    return true;
  }

  protected expect(word: string): void {
    if (this.words[this.at] !== word) throw new Refused();
    this.at += 1;
  }

  protected isWord(at: number): boolean {
    return this.tokens.kinds[at] === 'word';
  }

  protected isName(at: number): boolean {
    return this.isWord(at) && !reserved.has(this.words[at] ?? '');
  }

  /** A name as it is written. */
  protected name(): string {
    if (!this.isName(this.at)) throw new Refused();
    this.at += 1;
    return this.written(this.at - 1, this.at);
  }

  protected qualifiedName(): void {
    do this.name();
    while (this.take('.'));
  }

  /** A type, in lower case. */
  protected type(): string {
    const end = this.typeEnd(this.at);
    if (end < 0) throw new Refused();
    const type = this.words.slice(this.at, end).join('');
    this.at = end;
    return type;
  }

  protected typeList(): string[] {
    const types = [this.type()];
    while (this.take(',')) types.push(this.type());
    return types;
  }

  /** The token after a type; less than zero: there is no type. */
  protected typeEnd(from: number): number {
    let at = from;
    if (!this.isTypeName(at)) return -1;
    for (;;) {
      at += 1;
      if (this.words[at] === '<') {
        const end = this.argumentsEnd(at);
        if (end < 0) return at;
        at = end;
      }
      if (this.words[at] !== '.' || !this.isTypeName(at + 1)) break;
      at += 1;
    }
    while (this.words[at] === '[' && this.words[at + 1] === ']') at += 2;
    return at;
  }

  /** The token after `<A, B>`; less than zero: there is no such list. */
  protected argumentsEnd(from: number): number {
    this.enter();
    let at = from;
    do at = this.typeEnd(at + 1);
    while (at > 0 && this.words[at] === ',');
    this.leave();
    return this.words[at] === '>' ? at + 1 : -1;
  }

  protected placeAt(at: number): Place {
    const { lines, starts, lineStarts } = this.tokens;
    return { line: lines[at] ?? 0, column: (starts[at] ?? 0) - (lineStarts[at] ?? 0) };
  }

  /** The text of tokens, as it is written, without blanks and comments. */
  protected written(from: number, to: number): string {
    const { source, starts, ends } = this.tokens;
    if (to === from + 1) return source.slice(starts[from], ends[from]);
    let text = '';
    for (let at = from; at < to; at += 1) text += source.slice(starts[at], ends[at]);
    return text;
  }

  private isTypeName(at: number): boolean {
    return this.isName(at) || this.words[at] === 'list' || this.words[at] === 'map';
  }
}
