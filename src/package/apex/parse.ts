import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { classesOf } from './declarations.js';
import type { ApexFile } from './syntax.js';

class Errors extends ApexErrorListener {
  public first: { line: number } | undefined;
  public override apexSyntaxError(line: number): void {
    this.first ??= { line };
    // Nothing behind the first error counts, and to go on after each of a hundred thousand takes minutes.
    throw new Error('No Apex.');
  }
}

/** Deeper than anybody writes; the parser needs minutes for some ten thousand nested blocks. */
const deepest = 500;
/** Characters. Salesforce takes a class of a million. */
const longest = 1_500_000;
/** For a row of three hundred casts the parser would need an hour. Whole classes of the largest size need half of this. */
const milliseconds = ({ length }: string): number => 3000 + length / 10;

const isTooDeep = (source: string): boolean => {
  let depth = 0;
  for (const [bracket] of source.matchAll(/[{}()[\]]/g)) {
    depth = '{(['.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
};

/** Parses a class or a trigger; of a file that is not Apex, only where it stops being it. Nothing throws out of it. */
export const parseApex = (path: string, source: string): ApexFile | { line?: number } => {
  if (source.length > longest || isTooDeep(source)) return {};
  const end = performance.now() + milliseconds(source);
  // The quick way understands almost everything, and what it understands it understands right. The other decides.
  const quick = parsed(path, source, 'SLL', end);
  return 'path' in quick ? quick : parsed(path, source, 'LL', end);
};

/** The modes of antlr4 by number, which its types do not name. */
const modes = { SLL: 0, LL: 1 };

const parsed = (path: string, source: string, mode: keyof typeof modes, end: number): ApexFile | { line?: number } => {
  const errors = new Errors();
  try {
    const { parser } = ApexParserFactory.createLexerAndParser(source, errors);
    // eslint-disable-next-line no-underscore-dangle -- the only way to it
    Object.assign(parser._interp, { predictionMode: modes[mode] });
    const tokens = parser.getTokenStream();
    const look = tokens.LA.bind(tokens);
    // Asked for before each decision: the one place where a parser that does not come to an end can be stopped.
    tokens.LA = (offset) => {
      if (performance.now() > end) throw new Error('Too long.');
      return look(offset);
    };
    const unit = /\.trigger$/i.test(path) ? parser.triggerUnit() : parser.compilationUnit();
    return { path, classes: classesOf(unit) };
  } catch {
    // Without an error of the parser: some thousands of operators are deeper than the stack, or it took too long.
    return errors.first ?? {};
  }
};
