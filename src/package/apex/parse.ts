import { ApexErrorListener, ApexLexer, ApexParserFactory } from '@apexdevtools/apex-parser';
import { classesOf } from './declarations.js';
import { withoutPlainFields } from './plainFields.js';
import type { ApexFile } from './syntax.js';

class Errors extends ApexErrorListener {
  public first: { line: number } | undefined;
  public override apexSyntaxError(line: number): void {
    this.first ??= { line };
  }
}

/** Deeper than anybody writes; the parser needs minutes for some ten thousand nested blocks. */
const deepest = 500;

const isTooDeep = (source: string): boolean => {
  let depth = 0;
  for (const [bracket] of source.matchAll(/[{}()[\]]/g)) {
    depth = '{(['.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
};

/** The keywords of the language; many of them are names, too, but not all. */
const keywords: ReadonlySet<string> = new Set(
  ApexLexer.literalNames.flatMap((quoted) => (quoted === null ? [] : [quoted.slice(1, -1)]))
);

/** Parses a class or a trigger; of a file that is not Apex, only where it stops being it. Nothing throws out of it. */
export const parseApex = (path: string, source: string): ApexFile | { line?: number } => {
  if (isTooDeep(source)) return {};
  try {
    const { rest, fields } = withoutPlainFields(source, keywords);
    const errors = new Errors();
    const { parser } = ApexParserFactory.createLexerAndParser(rest, errors);
    const unit = /\.trigger$/i.test(path) ? parser.triggerUnit() : parser.compilationUnit();
    return errors.first ?? { path, classes: classesOf(unit, fields) };
  } catch {
    // Some thousands of operators are deeper than the stack.
    return {};
  }
};
