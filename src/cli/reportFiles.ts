import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Messages } from '@salesforce/core';
import { matches } from '../engine/applyPolicy.js';
import { contradictionsIn } from '../engine/checkReport.js';
import { isNestedTooDeep } from '../engine/jsonText.js';
import type { Report } from '../engine/types.js';
import { reportSchema } from '../render/index.js';
import { systemCode, errorFromMessages } from './errors.js';
import { tool } from './pluginInfo.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/**
 * The files that a name such as reports/*.json matches, in alphabetical order: cmd.exe and PowerShell do not expand it. A
 * name that matches nothing stays as it is, for the error that it does not exist.
 */
export async function expandFiles(name: string): Promise<string[]> {
  const pattern = basename(name);
  if (!pattern.includes('*')) return [name];
  const entries = await readdir(dirname(name)).catch((): string[] => []);
  const found = entries.filter((entry) => matches(pattern, entry)).sort();
  return found.length === 0 ? [name] : found.map((entry) => join(dirname(name), entry));
}

/**
 * Reads a report that this tool wrote.
 *
 * @throws SfError with exit code 2 when the file does not exist, 1 when it is no report or contradicts itself
 */
export const readReport = async (file: string): Promise<Report> => {
  const held = parsed(file, await readReportText(file));
  // These first: whatever else differs, differs because of them.
  const { schemaVersion, tool: maker } = (held ?? {}) as { schemaVersion?: unknown; tool?: { name?: unknown } | null };
  if (schemaVersion !== undefined && schemaVersion !== 1) {
    throw invalid(file, `its schemaVersion is ${JSON.stringify(schemaVersion)}, and only 1 is known`);
  }
  if (schemaVersion === 1 && typeof maker?.name === 'string' && maker.name !== tool().name) {
    throw invalid(file, `it was made by ${maker.name}`);
  }
  const { data, error } = reportSchema.safeParse(held);
  if (data) {
    const [wrong, ...more] = contradictionsIn(data);
    if (wrong === undefined) return data;
    throw invalid(file, more.length > 0 ? `${wrong}, and ${more.length} more` : wrong);
  }
  const [first] = error.issues;
  const place = first?.path.map(String).join('.') ?? '';
  throw invalid(file, `${place === '' ? '' : `${place}: `}${first?.message ?? 'it has another shape'}`);
};

const readReportText = async (file: string): Promise<string> => {
  const failed = (error: unknown): never => {
    const code = systemCode(error) ?? 'unknown error';
    throw code === 'ENOENT' || code === 'ENOTDIR' ? missing(file) : invalid(file, `it cannot be read (${code})`);
  };
  const found = await stat(file).catch(failed);
  // A pipe may never end.
  if (!found.isFile()) throw invalid(file, found.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  return readFile(file, 'utf8').catch(failed);
};

const parsed = (file: string, text: string): unknown => {
  if (isNestedTooDeep(text)) throw invalid(file, 'it is nested too deep');
  try {
    // Some editors and shells begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // Not the error's own words: they quote the file, whatever it contains.
    throw invalid(file, 'it is not JSON');
  }
};

const missing = (file: string): Error => errorFromMessages(messages, 2, 'noReportFile', [file], [file]);

const invalid = (file: string, why: string): Error => errorFromMessages(messages, 1, 'invalidReport', [file, why]);
