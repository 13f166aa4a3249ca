import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.js';

/** The licence that a package names; a choice or an old form counts as its package.json writes it. */
export function licenceOf(folder: string): string {
  const { license } = packageOf(folder);
  return typeof license === 'object' ? license.type : (license ?? 'none');
}

/** The name, version and full licence text of each package, for the file that is published with the bundle. */
export function thirdPartyNotices(folders: readonly string[]): string {
  const texts = folders.map((folder) => {
    const { name, version } = packageOf(folder);
    return [`${name} ${version} (${licenceOf(folder)})`, '-'.repeat(60), ...licenceTexts(folder), ''].join('\n');
  });
  return [`Libraries that are part of this bundle: ${folders.length}.`, '', ...texts].join('\n');
}

function packageOf(folder: string): { name: string; version: string; license?: string | { type: string } } {
  return JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8')) as ReturnType<typeof packageOf>;
}

function licenceTexts(folder: string): string[] {
  const path = inRoot(folder);
  const files = existsSync(path)
    ? readdirSync(path).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
    : [];
  return files
    .sort()
    .map((file) => join(path, file))
    .map((file) => readFileSync(file, 'utf8').replace(/\r\n?/g, '\n').trim());
}
