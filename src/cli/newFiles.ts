import { randomUUID } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, copyFile, link, lstat, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Messages } from '@salesforce/core';
import { systemCode, errorFromMessages, systemReason } from './errors.js';
import { cleaningUp } from './signals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.init');

/** A file that is not there yet. */
type NewFile = { path: string; text: string };

/**
 * Refuses, before any work is done, a place where something is already: a file, a folder, a link that leads nowhere.
 *
 * @throws SfError with exit code 1
 */
export const refuseExisting = async (paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    // eslint-disable-next-line no-await-in-loop -- the first one decides the message
    const { found, why } = await lookAt(path);
    if (found) throw exists(path);
    if (why !== undefined) throw notWritable(path, why);
  }
};

const lookAt = async (path: string): Promise<{ found: boolean; why?: string }> => {
  try {
    await lstat(path);
    return { found: true };
  } catch (error) {
    return systemCode(error) === 'ENOENT'
      ? { found: false, why: await obstacle(dirname(path)) }
      : { found: false, why: systemReason(error) };
  }
};

/** Why no file can be made in a folder that may be missing itself. */
const obstacle = async (folder: string): Promise<string | undefined> => {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is not a folder`;
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return systemCode(error) === 'ENOENT' && dirname(folder) !== folder
      ? obstacle(dirname(folder))
      : systemReason(error);
  }
};

/**
 * Writes files that must not be there: whole ones or none, and never over another, even one that appears meanwhile.
 *
 * @throws SfError with exit code 1
 */
export const writeNewFiles = async (files: readonly NewFile[]): Promise<void> => {
  const drafts = files.map(({ path, text }) => ({ path, text, draft: `${path}.${randomUUID()}.tmp` }));
  const placed: string[] = [];
  const cleanUp = (): void =>
    [...placed, ...drafts.map(({ draft }) => draft)].forEach((path) => rmSync(path, { force: true }));
  try {
    await cleaningUp(cleanUp, async () => {
      for (const { path, text, draft } of drafts) {
        // eslint-disable-next-line no-await-in-loop -- few files, and the first error should be the one that is reported
        await mkdir(dirname(path), { recursive: true });
        // eslint-disable-next-line no-await-in-loop
        await writeFile(draft, text, { flag: 'wx' });
      }
      for (const { path, draft } of drafts) {
        // eslint-disable-next-line no-await-in-loop
        await place(draft, path);
        placed.push(path);
      }
    });
  } catch (error) {
    await Promise.all(placed.map((path) => rm(path, { force: true })));
    const { path } = drafts[placed.length] ?? { path: '' };
    throw systemCode(error) === 'EEXIST' ? exists(path) : notWritable(path, systemReason(error));
  } finally {
    await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true })));
  }
};

/** A link fails where something is, in one step with looking; not every file system has links. */
const place = async (draft: string, path: string): Promise<void> => {
  try {
    await link(draft, path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    await copyFile(draft, path, constants.COPYFILE_EXCL);
  }
};

const exists = (path: string): Error => errorFromMessages(messages, 1, 'fileExists', [path]);

const notWritable = (path: string, why: string): Error =>
  errorFromMessages(messages, 1, 'outputNotWritable', [path, why]);
