import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Domain, EvidenceOf } from '../../engine/types.js';
import type { PackageFacts } from '../facts.js';
import { FileAnswers } from '../source/fileAnswers.js';
import type { ReadLog } from '../source/folderTree.js';
import type { PackageSource } from '../source/packageSource.js';
import { packageCollectors } from './index.js';

/**
 * Facts whose collectors read nothing but the listed files and their texts: no git, no org, no login host, no policy, no
 * clock. Only these may be known from an earlier run.
 */
export const factsOfFiles = [
  'canvasUses',
  'sessionIds',
  'frontdoorUses',
  'secretFindings',
  'secretStores',
  'code',
  'tokenRequests',
  'endpoints',
  'externalServices',
  'contents',
] as const satisfies ReadonlyArray<keyof PackageFacts>;

/** Facts of an earlier run, and the files that they were read from: of each tree the path and the SHA-256 of its text. */
type KnownFacts = {
  trees: ReadonlyArray<{ read: ReadonlyArray<readonly [string, string]>; unread: readonly string[] }>;
  facts: EvidenceOf<PackageFacts>;
};

/** Where facts are kept between runs. */
export type FactStore = { read(key: string): string | undefined; write(key: string, text: string): void };

const kept = z.object({
  trees: z.array(z.object({ read: z.array(z.tuple([z.string(), z.string()])), unread: z.array(z.string()) })),
  facts: z.record(z.string(), z.looseObject({ status: z.enum(['complete', 'partial', 'unavailable']) })),
});

/** The facts of an earlier run that are still true of this source. `selection`: what the run selected, on which the read files depend. */
export async function loadKnown(
  store: FactStore,
  source: PackageSource,
  selection: object
): Promise<KnownFacts | undefined> {
  const known = parseKept(store.read(keyOf(source, selection)));
  return known !== undefined && (await isStillTrue(source, known)) ? known : undefined;
}

/** Keeps the facts of a run. They have to be masked: what is kept must contain no secret. */
export function keepFacts(
  store: FactStore,
  source: PackageSource,
  selection: object,
  evidence: EvidenceOf<PackageFacts>
): void {
  const facts = factsOfFiles.flatMap((fact) => (evidence[fact] === undefined ? [] : [[fact, evidence[fact]] as const]));
  const trees = logsOf(source)?.map(({ read, unread }) => ({ read: [...read], unread: [...unread] }));
  if (trees) store.write(keyOf(source, selection), JSON.stringify({ trees, facts: Object.fromEntries(facts) }));
}

/** What earlier runs found in single files of this source, whatever else has changed. */
export function loadAnswers(store: FactStore, source: PackageSource): FileAnswers {
  return new FileAnswers(store.read(keyOfAnswers(source)));
}

export function keepAnswers(store: FactStore, source: PackageSource, answers: FileAnswers): void {
  store.write(keyOfAnswers(source), answers.toString());
}

function keyOfAnswers({ root, project }: PackageSource): string {
  return hash('sha256', JSON.stringify(['files', root, project.name]));
}

/** The domain with the facts that are known in place of their collectors. */
export function withKnown(
  domain: Domain<PackageSource, PackageFacts>,
  { facts }: KnownFacts
): Domain<PackageSource, PackageFacts> {
  const known = factsOfFiles.flatMap((fact) => {
    const evidence = facts[fact];
    if (evidence === undefined) return [];
    return [[fact, { ...packageCollectors[fact], collect: () => Promise.resolve(evidence) }] as const];
  });
  return { ...domain, collectors: { ...domain.collectors, ...Object.fromEntries(known) } };
}

function parseKept(text: string | undefined): KnownFacts | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    // As it was written: a schema would put keys into its own order.
    return kept.safeParse(parsed).success ? (parsed as KnownFacts) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Identifies a source by everything that is known of it before a file is read, and what else the facts depend on.
 * SHA-256 in hexadecimal digits.
 */
function keyOf(source: PackageSource, selection: object): string {
  const { root, project, tree, packaged, files, unseen, replacements, integrations } = source;
  const outside = integrations.map((one) => [one.folder, one.integration, one.root, one.tree.paths, one.tree.unseen]);
  const inside = [root, project, tree.paths, tree.unseen, packaged, files, unseen, replacements];
  return hash('sha256', JSON.stringify([selection, inside, outside]));
}

/**
 * Whether every file that the facts were read from still has the same text, or still cannot be read. The collectors
 * depend on nothing else, so they would return the same. Reads the files, as the collectors would have done.
 */
async function isStillTrue(source: PackageSource, { trees }: KnownFacts): Promise<boolean> {
  const now = logsOf(source);
  if (now?.length !== trees.length) return false;
  const asked = trees.map(({ read, unread }) => [...read, ...unread.map((path) => [path, undefined] as const)]);
  for (const [index, log] of now.entries()) {
    for (const [path, sha256] of asked[index] ?? []) {
      // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
      if ((await log.check(path)) !== sha256) return false;
    }
  }
  now.forEach((log, index) => asked[index]?.forEach(([path, sha256]) => log.note(path, sha256)));
  return true;
}

/** Of the package, and of each folder of an integration once; `undefined`: what was read of one is not recorded. */
function logsOf({ reads, integrations }: PackageSource): ReadLog[] | undefined {
  const outside = new Map(integrations.map((one) => [one.tree, one.reads] as const));
  const logs = [reads, ...outside.values()];
  return logs.every((one): one is ReadLog => one !== undefined) ? logs : undefined;
}
