import type { Collector, Gap } from '../../engine/types.js';
import { isApexTest } from '../parsing/stripComments.js';
import { componentOf } from '../parsing/component.js';
import type { SecretFinding } from '../facts.js';
import { findSecrets } from '../secrets/findSecrets.js';
import { packageIndex } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { fileGap, population } from '../reading/readAppFiles.js';
import { readSource, sourceFiles } from '../reading/readTextFiles.js';

/** Files that are held in memory at once. */
const together = 64;

/** Secrets in the files of the package: where and what, never the secret. */
export const secretFindings: Collector<PackageSource, readonly SecretFinding[]> = {
  reads: ['every text file of the package, in zipped static resources too, without tests and documents'],
  requires: [],
  collect: async (source) => {
    const files = sourceFiles(source.packaged);
    const looked: Look[] = [];
    for (let start = 0; start < files.length; start += together) {
      const batch = files.slice(start, start + together);
      // One batch after the other: all at once would hold the whole package in memory.
      // eslint-disable-next-line no-await-in-loop
      looked.push(...(await Promise.all(batch.map((path) => lookThrough(source, path)))));
    }
    return population(
      looked.flatMap(({ found }) => found),
      [...source.unseen.packaged, ...packageIndex(source).missingBodies, ...looked.flatMap(({ gap }) => gap ?? [])]
    );
  },
};

type Look = { found: readonly SecretFinding[]; gap?: Gap };

/** The message of the error could quote the file. */
const broken = { found: [], problem: { reason: 'The search for secrets broke off.', line: undefined } };

const lookThrough = async ({ tree, project }: PackageSource, path: string): Promise<Look> => {
  const read = await readSource(tree, path);
  if (!('text' in read)) return { found: [], gap: read };
  const { text } = read;
  const { found, problem } = await findSecrets(path, text, project.name).catch(() => broken);
  if (found.length > 0 && isApexTest(path, text)) return { found: [] };
  return {
    found: found.map((secret) => ({ ...componentOf(path), file: path, ...secret })),
    ...(problem ? { gap: fileGap(path, `could not be read: ${problem.reason}`, problem.line) } : {}),
  };
};
