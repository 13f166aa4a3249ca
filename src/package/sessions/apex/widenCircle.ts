import type { Gap } from '../../../engine/types.js';
import { fileGap } from '../../parsing/gaps.js';
import type { CodeFile } from '../../source/reading/readCodeFiles.js';
import { parseApex } from './parse.js';
import { Program } from './program.js';
import type { ApexFile } from './syntax.js';

/** What was read in a circle of classes. `gaps`: by path, those that could not be parsed; `left`: those it leads to. */
type Circle<Reader> = { reader: Reader; gaps: Map<string, Gap>; left: readonly CodeFile[] };

/** Parses classes, and in each of `most` rounds the classes `around` what was read in all before. */
export async function widenCircle<Reader>(
  files: readonly CodeFile[],
  most: number,
  readerOf: (program: Program) => Reader,
  around: (reader: Reader) => Promise<readonly CodeFile[]>
): Promise<Circle<Reader>> {
  const parsed = new Map<string, ApexFile>();
  const gaps = new Map<string, Gap>();
  let reader = readerOf(new Program([]));
  let left = files;
  for (let round = 0; round < most && left.length > 0; round += 1) {
    for (const { path, text } of left) {
      // eslint-disable-next-line no-await-in-loop -- one class after the other keeps memory small
      const file = await parseApex(path, text);
      if ('path' in file) parsed.set(path, file);
      else gaps.set(path, fileGap(path, 'could not be parsed as Apex.', file.line));
    }
    reader = readerOf(new Program([...parsed.values()]));
    // eslint-disable-next-line no-await-in-loop -- each round depends on the one before
    left = (await around(reader)).filter(({ path }) => !parsed.has(path) && !gaps.has(path));
  }
  return { reader, gaps, left };
}
