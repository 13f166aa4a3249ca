import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { classesOf } from './declarations.js';
import type { ApexFile } from './syntax.js';

class Errors extends ApexErrorListener {
  public first: { line: number } | undefined;
  public override apexSyntaxError(line: number): void {
    this.first ??= { line };
    // Nothing after the first error counts, and to continue after each of a hundred thousand takes minutes.
    throw new Error('No Apex.');
  }
}

/** Deeper than code that people write; the parser needs minutes for some ten thousand nested blocks. */
const deepest = 500;
/**
 * Rows that grow with each part of them: casts, of which three hundred take half a minute, types in one another, and
 * fields of fields, whose names are put together for each.
 */
const longRow = /(?:\(\s*[\w.]+\s*\)\s*){100}|(?<!\w)(?:\w+\s*<\s*){100}|(?:\.\s*\w+\s*){200}/;

/**
 * How often the parser may look at a token before it must come to an end. Ordinary classes need about one look for each
 * character. The limit counts work and not time, so that the same file gives the same answer on every machine.
 */
const mostLooks = (characters: number): number => Math.min(50_000 + 25 * characters, 20_000_000);

/** Parses with the grammar; of a file that is not Apex, only where it stops being it. Nothing throws out of it. */
export function parseByGrammar(path: string, source: string): ApexFile | { line?: number } {
  if (isTooDeep(source) || longRow.test(source)) return {};
  const errors = new Errors();
  try {
    const { parser } = ApexParserFactory.createLexerAndParser(source, errors);
    const tokens = parser.getTokenStream();
    const look = tokens.LA.bind(tokens);
    const most = mostLooks(source.length);
    let looks = 0;
    // Asked for before each decision: the one place where a parser that does not come to an end can be stopped.
    tokens.LA = (offset) => {
      looks += 1;
      if (looks > most) throw new Error('Too much work.');
      return look(offset);
    };
    const unit = /\.trigger$/i.test(path) ? parser.triggerUnit() : parser.compilationUnit();
    return { path, classes: classesOf(unit) };
  } catch {
    // Without an error of the parser: some thousands of operators are deeper than the stack, or it was too much work.
    return errors.first ?? {};
  }
}

function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const [bracket] of source.matchAll(/[{}()[\]]/g)) {
    depth = '{(['.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
}
