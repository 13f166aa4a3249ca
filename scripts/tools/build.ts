import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundle } from './bundle.js';
import { thirdPartyNotices } from './licences.js';
import { inRoot } from './paths.js';

/** What went into each file of the last build; a development fact, not part of the package. */
const METAFILE = inRoot('node_modules', '.cache', 'security-review', 'bundle.json');

/** Bundles `src` and every library it uses into `lib`, with the licences of the libraries. */
export async function build(): Promise<void> {
  const metafile = await bundle();
  mkdirSync(dirname(METAFILE), { recursive: true });
  writeFileSync(METAFILE, JSON.stringify(metafile));
  writeFileSync(join(inRoot('lib'), 'THIRD-PARTY-LICENSES.txt'), thirdPartyNotices(bundledPackages(metafile)));
}

export function isBuilt(): boolean {
  return existsSync(METAFILE) && existsSync(inRoot('lib'));
}

/** The last build, which `build` has made before. */
export function lastBuild(): Metafile {
  return JSON.parse(readFileSync(METAFILE, 'utf8')) as Metafile;
}

/** The folders below the root of the packages that are part of the bundle, sorted: `node_modules/zod`. */
export function bundledPackages({ inputs }: Pick<Metafile, 'inputs'> = lastBuild()): string[] {
  const folders = Object.keys(inputs).flatMap((path) => {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}
