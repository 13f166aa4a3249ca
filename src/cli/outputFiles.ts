import { randomUUID } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import type { Report } from '../engine/types.js';
import { formatOf, formats, render } from '../render/index.js';
import { failureIn, systemReason } from './errors.js';
import { cleaningUp } from './signals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/**
 * Refuses, before any work is done, output files that could not be written afterwards.
 *
 * @throws SfError with exit code 2 for a wrong flag, 1 for a place where nothing can be written.
 */
export const checkOutputFiles = async (
  files: readonly string[],
  evidence: { save?: string; from?: string } = {}
): Promise<void> => {
  for (const file of files) {
    if (formatOf(file) === undefined) throw wrong('unknownFormat', [file], [formats.join(', ')]);
  }
  // Evidence that is judged is no output, but an output in its place would destroy it.
  const seen = new Set(evidence.from === undefined ? [] : [resolve(evidence.from)]);
  for (const file of [...files, ...(evidence.save === undefined ? [] : [evidence.save])]) {
    const path = resolve(file);
    if (seen.has(path)) throw wrong('sameOutput', [file]);
    seen.add(path);
    // eslint-disable-next-line no-await-in-loop -- the first wrong file decides the message
    const folder = await stat(dirname(path)).catch(() => undefined);
    if (!folder) throw wrong('noOutputFolder', [file]);
    if (!folder.isDirectory()) throw wrong('outputInFile', [file, dirname(file)]);
    // eslint-disable-next-line no-await-in-loop
    await refuseUnwritable(file, path);
  }
};

const refuseUnwritable = async (file: string, path: string): Promise<void> => {
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw notWritable(file, 'it is a folder');
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw notWritable(file, systemReason(error));
  }
};

/** Writes the report in every format asked for: all of them beside their place first, then all into it. */
export const writeOutputFiles = async (files: readonly string[], report: Report): Promise<void> => {
  const drafts = files.map((file) => ({ file, path: resolve(file), draft: `${resolve(file)}.${randomUUID()}.tmp` }));
  const cleanUp = (): void => drafts.forEach(({ draft }) => rmSync(draft, { force: true }));
  try {
    await cleaningUp(cleanUp, async () => {
      for (const { file, draft } of drafts) {
        // eslint-disable-next-line no-await-in-loop -- few files, and the first error should be the one that is told
        await writeFile(draft, await render(report, formatOf(file) ?? '.json'));
      }
      await Promise.all(drafts.map(({ draft, path }) => rename(draft, path)));
    });
  } catch (error) {
    // What cannot be removed must not take the place of why nothing was written.
    await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true }).catch(() => undefined)));
    throw notWritable(files.join(', '), systemReason(error));
  }
};

const wrong = (key: string, tokens: string[], actionTokens: string[] = []): Error =>
  failureIn(messages, 2, key, tokens, actionTokens);

/** @returns SfError with exit code 1 */
export const notWritable = (file: string, why: string): Error =>
  failureIn(messages, 1, 'outputNotWritable', [file, why]);
