import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { classesOf } from './declarations.js';
import type { ApexFile } from './syntax.js';

class Errors extends ApexErrorListener {
  public first: { line: number } | undefined;
  public override apexSyntaxError(line: number): void {
    this.first ??= { line };
  }
}

/** Parses a class or a trigger; of a file that is not Apex, only where it stops being it. Nothing throws out of it. */
export const parseApex = (path: string, source: string): ApexFile | { line?: number } => {
  try {
    const errors = new Errors();
    const { parser } = ApexParserFactory.createLexerAndParser(source, errors);
    const unit = /\.trigger$/i.test(path) ? parser.triggerUnit() : parser.compilationUnit();
    return errors.first ?? { path, classes: classesOf(unit) };
  } catch {
    // Some thousands of nested blocks or operators are deeper than the stack.
    return {};
  }
};
