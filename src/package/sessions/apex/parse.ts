import type { ApexFile } from './syntax.js';
import { readClasses } from './text/readClasses.js';

/** Characters. Salesforce takes a class of a million. */
const LONGEST = 1_500_000;
/** Characters of the files whose classes are kept: several controls follow values through the same ones. */
const mostKept = 8_000_000;
const kept = new Map<string, ApexFile | { line?: number }>();
let keptCharacters = 0;

/** The same as `parse`, once for each text. */
export const parseApex = async (path: string, source: string): Promise<ApexFile | { line?: number }> => {
  const key = `${path}\n${source}`;
  const known = kept.get(key);
  if (known) return known;
  const parsed = await parse(path, source);
  keptCharacters += key.length;
  for (const old of kept.keys()) {
    if (keptCharacters <= mostKept) break;
    kept.delete(old);
    keptCharacters -= old.length;
  }
  kept.set(key, parsed);
  return parsed;
};

/** Parses a class or a trigger; of a file that is not Apex, only where it stops being it. Nothing throws out of it. */
const parse = async (path: string, source: string): Promise<ApexFile | { line?: number }> => {
  if (source.length > LONGEST) return {};
  // The grammar counts no line where only a carriage return ends one.
  const lines = source.replace(/\r(?!\n)/g, '\n');
  const read = readClasses(path, lines);
  if (read) return { path, classes: read };
  const { parseByGrammar } = await import('./grammar.js');
  return parseByGrammar(path, lines);
};
