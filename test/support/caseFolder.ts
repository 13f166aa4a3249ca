import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../scripts/tools/paths.js';

/** The small packages with the verdicts that they must get, each in a folder of its own. */
export const CASES = inRoot('test', 'package', 'cases');

/**
 * Copies them to a new folder, so that the git repository of this project plays no part. `cpSync` would ask the file
 * system several questions about each of the thousands of files.
 */
export function copyCases(to: string, change: (text: string) => string = (text) => text): void {
  copy(CASES, to, change);
}

function copy(from: string, to: string, change: (text: string) => string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copy(source, target, change);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    // Every byte is one character of latin1.
    else writeFileSync(target, change(readFileSync(source, 'latin1')), 'latin1');
  }
}
