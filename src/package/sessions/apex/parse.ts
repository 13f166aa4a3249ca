import { AnswersByText } from '../../parsing/answersByText.js';
import type { ApexFile } from './syntax.js';
import { readClasses } from './text/readClasses.js';

/** Characters. Salesforce takes a class of a million. */
const LONGEST = 1_500_000;
/** Characters of the files whose classes are kept: several controls follow values through the same ones. */
const kept = new AnswersByText<Promise<Parsed>>(8_000_000);
type Parsed = ApexFile | { line?: number };

/** The same as `parse`, once for each text. */
export const parseApex = (path: string, source: string): Promise<Parsed> =>
  kept.of(`${path}\n${source}`, () => parse(path, source));

/** Parses a class or a trigger; of a file that is not Apex, only where it stops being it. Nothing throws out of it. */
const parse = async (path: string, source: string): Promise<Parsed> => {
  if (source.length > LONGEST) return {};
  // The grammar counts no line where only a carriage return ends one.
  const lines = source.replace(/\r(?!\n)/g, '\n');
  const read = readClasses(path, lines);
  if (read) return { path, classes: read };
  const { parseByGrammar } = await import('./grammar.js');
  return parseByGrammar(path, lines);
};
