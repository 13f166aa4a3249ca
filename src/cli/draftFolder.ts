import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { isNestedTooDeep } from '../engine/jsonText.js';
import { draftSchema, isWhole, type DraftRecord } from '../submission/index.js';
import { errorFromMessages, systemReason } from './errors.js';
import { tryToWrite } from './outputFiles.js';
import { tool } from './pluginInfo.js';
import { cleaningUp } from './signals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.draft-submission');

const recordFile = 'draft.json';

/**
 * Refuses, before any work is done, a folder that could not be written or that contains other files.
 *
 * @throws SfError with exit code 2 when its parent does not exist, 1 when it contains anything but a draft
 */
export const checkDraftFolder = async (folder: string): Promise<void> => {
  const parent = await stat(dirname(resolve(folder))).catch(() => undefined);
  if (!parent?.isDirectory()) throw wrong(2, 'noOutputParent', [folder]);
  try {
    tryToWrite(dirname(resolve(folder)));
  } catch (error) {
    throw wrong(1, 'folderNotWritable', [folder, systemReason(error)]);
  }
  const existing = await stat(resolve(folder)).catch(() => undefined);
  if (!existing) return;
  if (!existing.isDirectory()) throw wrong(1, 'notAFolder', [folder]);
  const names = await readdir(resolve(folder)).catch((error: unknown) => {
    throw wrong(1, 'folderNotWritable', [folder, systemReason(error)]);
  });
  if (names.length > 0 && !(await isOwn(folder))) throw wrong(1, 'foreignFolder', [folder]);
};

/** Whether a draft of this tool, edited or not, lies in the folder: only such a folder is replaced. */
const isOwn = async (folder: string): Promise<boolean> => {
  try {
    const held: unknown = JSON.parse(await readFile(join(folder, recordFile), 'utf8'));
    return draftSchema.safeParse(held).data?.tool.name === tool().name;
  } catch {
    return false;
  }
};

/**
 * Writes all files to a temporary folder first, then renames it.
 *
 * @throws SfError with exit code 1
 */
export const writeDraftFolder = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  const place = resolve(folder);
  const [fresh, old] = [`${place}.${randomUUID()}.tmp`, `${place}.${randomUUID()}.old`];
  // The earlier draft is out of its place for a moment.
  const cleanUp = (): void => {
    if (existsSync(old) && !existsSync(place)) renameSync(old, place);
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  };
  try {
    await cleaningUp(cleanUp, async () => {
      await mkdir(fresh);
      await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(fresh, name), text)));
      const existing = await stat(place).catch(() => undefined);
      if (existing) await rename(place, old);
      await rename(fresh, place).catch(async (error: unknown) => {
        if (existing) await rename(old, place);
        throw error;
      });
      await rm(old, { recursive: true, force: true });
    });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw wrong(1, 'folderNotWritable', [folder, systemReason(error)]);
  }
};

/**
 * The draft before this one.
 *
 * @throws SfError with exit code 2 when the draft does not exist, 1 when it was edited or made by another tool
 */
export const readDraft = async (folder: string): Promise<DraftRecord> => {
  const text = await readFile(join(folder, recordFile), 'utf8').catch(() => {
    throw wrong(2, 'noDraft', [folder]);
  });
  const invalid = (why: string): Error => wrong(1, 'invalidDraft', [folder, why]);
  const held = parsed(text);
  if (held === undefined) throw invalid('its draft.json is not JSON');
  const { data } = draftSchema.safeParse(held);
  if (!data) throw invalid('its draft.json has another shape, or was made by another version of the tool');
  if (data.tool.name !== tool().name) throw invalid(`its draft.json was made by ${data.tool.name.slice(0, 50)}`);
  if (!isWhole(data)) throw invalid('its draft.json was changed after it was written');
  return data;
};

const parsed = (text: string): unknown => {
  try {
    return isNestedTooDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const wrong = (
  exitCode: 1 | 2,
  key: 'noOutputParent' | 'notAFolder' | 'foreignFolder' | 'folderNotWritable' | 'noDraft' | 'invalidDraft',
  tokens: string[]
): Error => errorFromMessages(messages, exitCode, key, tokens);
