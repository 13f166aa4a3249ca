import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Messages } from '@salesforce/core';
import type { PlanInput } from '../fixes/plan.js';
import { errorFromMessages } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.plan-fixes');

/** A metadata file is small; a larger one is not one. */
const MOST_BYTES = 1024 * 1024;

/** Apps and sites of an org have these files; global OAuth settings are left out, because they can contain the consumer secret. */
const FILES = /\.(?:connectedApp|ecaOauthPlcy|ecaOauth|site|network)-meta\.xml$/;

/**
 * The files of apps and sites in a folder, with paths relative to it.
 *
 * @throws SfError with exit code 2 when the folder does not exist
 */
export async function readRetrieved(folder: string): Promise<NonNullable<PlanInput['retrieved']>> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw errorFromMessages(messages, 2, 'noOrgSource', [folder]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && FILES.test(entry.name));
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).split(sep).join('/'),
      text: (await stat(path)).size > MOST_BYTES ? '' : await readFile(path, 'utf8'),
    }))
  );
}
