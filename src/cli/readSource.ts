import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Messages } from '@salesforce/core';
import type { ReadSource, Sources } from '../fixes/plan.js';
import { errorFromMessages } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.plan-fixes');

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

/** Apps of an org have these files; global OAuth settings are left out, because they can contain the consumer secret. */
const APP_FILES = /\.(?:connectedApp|ecaOauthPlcy|ecaOauth)-meta\.xml$/;

/**
 * The files of apps in a folder, with paths relative to it.
 *
 * @throws SfError with exit code 2 when the folder does not exist
 */
export async function readRetrieved(folder: string): Promise<NonNullable<Sources['retrieved']>> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw errorFromMessages(messages, 2, 'noOrgSource', [folder]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && APP_FILES.test(entry.name));
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).split(sep).join('/'),
      text: (await stat(path)).size > MOST_BYTES ? '' : await readFile(path, 'utf8'),
    }))
  );
}

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
