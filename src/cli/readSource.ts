import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ReadSource } from '../fixes/plan.js';

/** A metadata file is small; a larger one is not one. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads a file of a package as its report names it, relative to the root of the project around the path of the target.
 * A report comes from a file, so nothing outside of the project is read.
 */
export const readSource: ReadSource = async (target, file) => {
  if (target.path === undefined || isAbsolute(file) || file.split(/[\\/]/).includes('..')) return undefined;
  const root = await rootOf(resolve(target.path));
  if (root === undefined) return undefined;
  try {
    const path = await realpath(join(root, file));
    if (isOutside(await realpath(root), path) || (await stat(path)).size > MOST_BYTES) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch {
    return undefined;
  }
};

function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** The folder with sfdx-project.json, here or above. */
async function rootOf(folder: string): Promise<string | undefined> {
  const found = await stat(join(folder, 'sfdx-project.json')).catch(() => undefined);
  if (found?.isFile()) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : rootOf(parent);
}
