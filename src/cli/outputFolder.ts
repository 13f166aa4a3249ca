import { mkdir, readdir, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { errorFromMessages, systemReason } from './errors.js';
import { notWritable, tryToWrite } from './outputFiles.js';
import { withDraft } from './temporaryFiles.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/**
 * Refuses, before any work is done, a folder that could not be written afterwards, or in which something would be lost.
 *
 * @throws SfError with exit code 2 for a wrong flag, 1 for a place where nothing can be written
 */
export const checkOutputFolder = async (folder: string): Promise<void> => {
  const path = resolve(folder);
  const parent = await stat(dirname(path)).catch(() => undefined);
  if (!parent?.isDirectory()) throw wrong('noOutputFolder', folder);
  const existing = await stat(path).catch(() => undefined);
  if (existing && !existing.isDirectory()) throw wrong('noFolder', folder);
  try {
    if (existing && (await readdir(path)).length > 0) throw wrong('folderNotEmpty', folder);
    tryToWrite(dirname(path));
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) throw error;
    throw notWritable(folder, systemReason(error));
  }
};

/**
 * Writes a folder: to a temporary file first, readable by the owner only, then renames it.
 *
 * @throws SfError with exit code 1; then there is no folder
 */
export const writeOutputFolder = async (
  folder: string,
  files: ReadonlyArray<{ name: string; content: string }>
): Promise<void> => {
  const path = resolve(folder);
  try {
    await withDraft(path, async (draft) => {
      await mkdir(draft, { mode: 0o700 });
      for (const { name, content } of files) {
        // eslint-disable-next-line no-await-in-loop -- few files, and the first error should be the one that is reported
        await mkdir(dirname(join(draft, name)), { recursive: true, mode: 0o700 });
        // eslint-disable-next-line no-await-in-loop
        await writeFile(join(draft, name), content, { mode: 0o600, flag: 'wx' });
      }
      // An empty folder gives way; one that is no longer empty does not, and its content stays.
      await rmdir(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      await rename(draft, path);
    });
  } catch (error) {
    throw notWritable(folder, systemReason(error));
  }
};

const wrong = (key: 'noOutputFolder' | 'noFolder' | 'folderNotEmpty', folder: string): Error =>
  errorFromMessages(messages, 2, key, [folder]);
