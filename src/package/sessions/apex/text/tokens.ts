/** What a token is. `odd`: a date or a time, which only a query may contain. */
type Kind = 'word' | 'number' | 'text' | 'mark' | 'odd';

const isOdd = /[-:]/;
const patterns = {
  word: /[a-z_$][\w$]*/iy,
  number: /(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d)|\d*\.\d+d?|\d+l?/iy,
  text: /'[^'\\]*(?:\\(?:[btnfr"'\\]|u[0-9a-f]{4})[^'\\]*)*'/iy,
  mark: /[!=]==|<<=|>>>?=|>>=|\?\?|\?\.|[=!]=|<>|&&|\|\||\+\+|--|=>|[-+*/&|^]=|[-+*/&|^()[\]{};,.=<>!~?:@]/y,
};
const newLine = 10;

/** `undefined`: something in it only the grammar can take apart. */
export function apexTokens(source: string): Tokens | undefined {
  // A text over several lines, a call that the grammar takes as one word, characters that take two places.
  if (/'''|system\.runas|[\ud800-\udfff]/i.test(source)) return undefined;
  const tokens = new Tokens(source);
  return tokens.read() ? tokens : undefined;
}

/** The tokens of a class, without blanks and comments. */
export class Tokens {
  public readonly kinds: Kind[] = [];
  /** Words in lower case and marks; of a text `'`, of a number `0`. */
  public readonly words: string[] = [];
  public readonly starts: number[] = [];
  public readonly ends: number[] = [];
  public readonly lines: number[] = [];
  /** Offset of the first character of the line of each token. */
  public readonly lineStarts: number[] = [];
  private line = 1;
  private lineStart = 0;

  public constructor(public readonly source: string) {}

  public read(): boolean {
    const { source } = this;
    let at = 0;
    while (at >= 0 && at < source.length) {
      const code = source.charCodeAt(at);
      if (code === newLine) {
        this.line += 1;
        this.lineStart = at + 1;
        at += 1;
      } else if (code === 32 || code === 9 || code === 13 || code === 12) at += 1;
      else if (code === 47 && (source.charCodeAt(at + 1) === 42 || source.charCodeAt(at + 1) === 47)) {
        at = this.comment(at);
      } else at = this.token(at, code);
    }
    return at >= 0;
  }

  private comment(at: number): number {
    const { source } = this;
    if (source.charCodeAt(at + 1) === 47) {
      const end = source.indexOf('\n', at);
      return end < 0 ? source.length : end;
    }
    const end = source.indexOf('*/', at + 2);
    if (end < 0) return -1;
    this.countLines(at, end);
    return end + 2;
  }

  private countLines(from: number, to: number): void {
    for (
      let next = this.source.indexOf('\n', from);
      next >= 0 && next < to;
      next = this.source.indexOf('\n', next + 1)
    ) {
      this.line += 1;
      this.lineStart = next + 1;
    }
  }

  /** Where the token ends; less than zero: there is no token. */
  private token(at: number, code: number): number {
    const { source } = this;
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36) {
      const end = this.endOf('word', at);
      return this.add('word', at, end, source.slice(at, end).toLowerCase());
    }
    if (code === 39) {
      const end = this.endOf('text', at);
      if (end < 0) return end;
      this.add('text', at, end, "'");
      this.countLines(at, end);
      return end;
    }
    const next = source.charCodeAt(at + 1);
    if ((code >= 48 && code <= 57) || (code === 46 && next >= 48 && next <= 57)) {
      const end = this.endOf('number', at);
      return this.add(isOdd.test(source.slice(at, end)) ? 'odd' : 'number', at, end, '0');
    }
    const end = this.endOf('mark', at);
    return end < 0 ? end : this.add('mark', at, end, source.slice(at, end));
  }

  private add(kind: Kind, start: number, end: number, written: string): number {
    this.kinds.push(kind);
    this.words.push(written);
    this.starts.push(start);
    this.ends.push(end);
    this.lines.push(this.line);
    this.lineStarts.push(this.lineStart);
    return end;
  }

  private endOf(kind: keyof typeof patterns, at: number): number {
    const pattern = patterns[kind];
    pattern.lastIndex = at;
    return pattern.test(this.source) ? pattern.lastIndex : -1;
  }
}
