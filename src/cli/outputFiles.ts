import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { access, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import type { Report } from '../engine/types.js';
import { lineEditsOf } from '../fixes/lineEdits.js';
import { formatOf, formats, render } from '../render/index.js';
import { errorFromMessages, systemReason } from './errors.js';
import { readSource } from './readSource.js';
import { withDraft, withDrafts } from './temporaryFiles.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/**
 * Refuses, before anything is read, output files that could not be written afterwards, and those that are an input of the
 * run or another output, by whatever name: a link leads to the file that it would replace.
 *
 * @throws SfError with exit code 2 for a wrong flag, 1 for a place where nothing can be written.
 */
export async function checkOutputFiles(
  files: readonly string[],
  others: { save?: string; inputs?: ReadonlyArray<string | undefined> } = {}
): Promise<void> {
  for (const file of files) {
    if (formatOf(file) === undefined) throw wrong('unknownFormat', [file], [formats.join(', ')]);
  }
  const given = (others.inputs ?? []).filter((input) => input !== undefined);
  const inputs = new Set((await Promise.all(given.map(placesOf))).flat());
  const outputs = new Set<string>();
  for (const file of [...files, ...(others.save === undefined ? [] : [others.save])]) {
    // eslint-disable-next-line no-await-in-loop -- the first wrong file decides the message
    const places = await placesOf(file);
    if (places.some((place) => inputs.has(place))) throw wrong('outputIsInput', [file]);
    if (places.some((place) => outputs.has(place))) throw wrong('sameOutput', [file]);
    places.forEach((place) => outputs.add(place));
    // eslint-disable-next-line no-await-in-loop
    await refuseUnwritable(file, resolve(file));
  }
}

/** What identifies a file, there or not: its path, the real path, and its place on the disk, which hard links share. */
async function placesOf(file: string): Promise<string[]> {
  const path = resolve(file);
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  const real = await realpath(path).catch(() => join(folder, basename(path)));
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return [path, join(folder, basename(path)), real, ...(found ? [`${found.dev}:${found.ino}`] : [])];
}

async function refuseUnwritable(file: string, path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (!folder) throw wrong('noOutputFolder', [file]);
  if (!folder.isDirectory()) throw wrong('outputInFile', [file, dirname(file)]);
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw notWritable(file, 'it is a folder');
  if (existing && !existing.isFile()) throw notWritable(file, 'it is not a regular file');
  try {
    if (existing) await access(path, constants.W_OK);
    tryToWrite(dirname(path));
  } catch (error) {
    throw notWritable(file, systemReason(error));
  }
}

/**
 * Makes a file in a folder and removes it again: what `access` allows, a full or read-only disk still refuses.
 *
 * @throws the error of the system
 */
export function tryToWrite(folder: string): void {
  const probe = join(folder, `.${randomUUID()}.tmp`);
  closeSync(openSync(probe, 'wx', 0o600));
  rmSync(probe);
}

/** Writes the report in every format asked for: to temporary files first, then renames all of them. */
export const writeOutputFiles = async (files: readonly string[], report: Report): Promise<void> => {
  const paths = files.map((file) => resolve(file));
  try {
    await withDrafts(paths, async (drafts) => {
      for (const { path, draft } of drafts) {
        // eslint-disable-next-line no-await-in-loop -- few files, and the first error should be the one that is reported
        await writeFile(draft, await textFor(path, report));
      }
      await Promise.all(drafts.map(({ draft, path }) => rename(draft, path)));
    });
  } catch (error) {
    throw notWritable(files.join(', '), systemReason(error));
  }
};

/** Only SARIF has a place for edits, which need the source. */
async function textFor(file: string, report: Report): Promise<string> {
  const format = formatOf(file) ?? '.json';
  const edits = format === '.sarif' ? await lineEditsOf(report, readSource) : undefined;
  return render(report, format, edits);
}

/**
 * Replaces a file that a user maintains, through a temporary file, so that it is never half-written.
 *
 * @throws SfError with exit code 1
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const path = await realpath(file).catch(() => resolve(file));
  try {
    await withDraft(path, async (draft) => {
      const { mode } = await stat(path);
      await writeFile(draft, text, { flag: 'wx', mode });
      await rename(draft, path);
    });
  } catch (error) {
    throw notWritable(file, systemReason(error));
  }
}

const wrong = (key: string, tokens: string[], actionTokens: string[] = []): Error =>
  errorFromMessages(messages, 2, key, tokens, actionTokens);

/** @returns SfError with exit code 1 */
export const notWritable = (file: string, why: string): Error =>
  errorFromMessages(messages, 1, 'outputNotWritable', [file, why]);
