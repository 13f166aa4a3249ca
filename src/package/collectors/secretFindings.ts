import * as z from 'zod';
import { accounted } from '../../engine/coverage.js';
import type { Account, Collector, Gap, OpenFile } from '../../engine/types.js';
import { isIntegrationCode } from '../oauthFlows/classifyFile.js';
import { lastFolder, leftOutIn } from '../oauthFlows/codeBodies.js';
import { isApexTest } from '../parsing/stripComments.js';
import { componentOf, recordName, type PackageComponent } from '../parsing/component.js';
import { child, parseXml } from '../parsing/xml.js';
import type { SecretFinding } from '../facts.js';
import { apexLiterals, type ApexLiteral } from '../secrets/apexLiterals.js';
import type { TextWords } from '../parsing/textWords.js';
import { wordsOfFile } from '../source/fileWords.js';
import { replacingFiles, withPlaceholders } from '../source/replacements.js';
import { findSecrets, isProven } from '../secrets/findSecrets.js';
import { protectedTypes } from '../secrets/readSecretStores.js';
import { packageIndex } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { askOfFile, type AnsweredTree, type Question } from '../source/fileAnswers.js';
import { ignoredByGit } from '../source/gitIgnore.js';
import { integrationTexts, isBinary, textOfFile, sourceFiles } from '../source/reading/readTextFiles.js';
import { fileGap } from '../parsing/gaps.js';

const NO_SOURCE = 'test, document or picture';
const BINARY = 'binary file';
/** The number of files in memory at a time. */
const together = 64;

/** Secrets in the files of the package and of its integrations: where and what, never the secret. */
export const secretFindings: Collector<PackageSource, readonly SecretFinding[]> = {
  reads: [
    'every text file of the package, in zipped static resources too, without tests and documents',
    'every text file of the integrations, without tests, documents, libraries and build output',
  ],
  requires: [],
  collect: async (source) => {
    const isProtected = await protectedTypes(source);
    const inPackage = sourceFiles(source.packaged);
    const inApex = await apexLiterals(source);
    const byFile = Map.groupBy(inApex.found, ({ file }) => file);
    const looked = await inBatches(inPackage, (path) => lookThrough(source, path, isProtected, byFile.get(path) ?? []));
    const outside: Look[] = [];
    const hidden: Gap[] = [];
    for (const one of new Map(source.integrations.map((folder) => [folder.tree, folder])).values()) {
      const from = { ...one, answers: source.answers };
      // eslint-disable-next-line no-await-in-loop -- one folder after the other keeps memory small
      outside.push(...(await readIntegration(from, one.folder, source.project.name)));
      hidden.push(
        ...one.tree.unseen
          .filter(({ path }) => path.endsWith('/'))
          .map(({ path, reason }) => fileGap(path, `${reason}.`))
      );
    }
    const all = [...looked, ...(await readReplacing(source)), ...outside];
    return accounted<readonly SecretFinding[]>(
      all.flatMap(({ found }) => found),
      accountOf(source, inPackage, all),
      [...source.unseen.packaged, ...packageIndex(source).missingBodies, ...inApex.gaps, ...hidden]
    );
  },
};

type Look = { file: string; path?: string; found: readonly SecretFinding[]; gap?: Gap; excluded?: string };

/** One batch after the other: reading all together would need memory for the whole package. */
async function inBatches(paths: readonly string[], lookAt: (path: string) => Promise<Look>): Promise<Look[]> {
  const looked: Look[] = [];
  for (let start = 0; start < paths.length; start += together) {
    // eslint-disable-next-line no-await-in-loop
    looked.push(...(await Promise.all(paths.slice(start, start + together).map(lookAt))));
  }
  return looked;
}

function accountOf(source: PackageSource, inPackage: readonly string[], looked: readonly Look[]): Account {
  const read = new Set(inPackage);
  return {
    evaluated: looked.filter(({ gap, excluded }) => !gap && excluded === undefined).map(({ file }) => file),
    excluded: [
      ...source.packaged.filter((path) => !read.has(path)).map((file) => ({ file, reason: NO_SOURCE })),
      ...looked.flatMap(({ file, excluded }) => (excluded === undefined ? [] : [{ file, reason: excluded }])),
    ],
    open: looked.flatMap(({ file, path, gap }): OpenFile[] =>
      gap ? [{ file, ...(path === undefined ? {} : { path }), why: gap.detail, kind: openKind(gap) }] : []
    ),
  };
}

const openKind = ({ kind }: Gap): OpenFile['kind'] => (kind === 'limit' ? 'limit' : 'unreadable');

/** The message of the error could quote the file. */
const broken = { found: [], problem: { reason: 'The search for secrets failed.', line: undefined }, isCut: false };

async function lookThrough(
  source: PackageSource,
  path: string,
  isProtected: (type: string) => boolean,
  inApex: readonly ApexLiteral[]
): Promise<Look> {
  const looked = await findIn(source, path, source.project.name, { inApex, replacements: source.replacements });
  if ('gap' in looked || looked.found.length === 0) return lookOf(looked, path, componentOf(path));
  if (isApexTest(path, looked.text)) return { file: path, found: [], excluded: 'test class' };
  const record = recordName(path);
  const isHidden = record !== undefined && (isProtected(record.type) || isProtectedRecord(looked.text));
  const look = lookOf(looked, path, componentOf(path));
  return isHidden ? { ...look, found: look.found.map((secret) => ({ ...secret, isProtected: true })) } : look;
}

/** What was found in a file of the package, or why it could not be searched. */
function lookOf(looked: Looked, file: string, component: PackageComponent): Look {
  if ('gap' in looked) return { file, found: [], gap: looked.gap };
  const found = looked.found.map((secret): SecretFinding => ({ ...component, file, ...secret, in: 'package' }));
  return { file, found, ...gapIn(looked, file) };
}

/** What was not searched in a text that could be opened. */
function gapIn({ problem, isCut }: Searched, path: string): { gap?: Gap } {
  if (problem) return { gap: fileGap(path, `could not be read: ${problem.reason}`, problem.line) };
  const detail = 'has more places that look like a secret than are tried; the others were not searched.';
  return isCut ? { gap: { ...fileGap(path, detail), kind: 'limit' } } : {};
}

function isProtectedRecord(text: string): boolean {
  const parsed = parseXml(text);
  return 'root' in parsed && child(parsed.root, 'protected')?.text === 'true';
}

/** What is not committed is in no source: an environment file that git ignores is left out, and counted as such. */
async function readIntegration(from: AnsweredTree, folder: string, key: string): Promise<Look[]> {
  const { tree } = from;
  const ignored = await ignoredByGit(tree);
  const texts = new Set(integrationTexts(tree.paths));
  const leftOut = leftOutIn(tree);
  const whyNot = (path: string): string | undefined => {
    if (ignored(path)) return 'ignored by git';
    if (isBinary(path)) return BINARY;
    return leftOut(path) ?? (texts.has(path) ? undefined : NO_SOURCE);
  };
  return inBatches(tree.paths, async (path): Promise<Look> => {
    const file = `${folder}/${path}`;
    const reason = whyNot(path);
    if (reason !== undefined) return { file, found: [], excluded: reason };
    const looked = await findIn(from, path, key);
    if ('gap' in looked)
      return looked.isBinary && !isText(path)
        ? { file, found: [], excluded: BINARY }
        : { file, path, found: [], gap: looked.gap };
    const subject: PackageComponent = { type: 'File', name: path };
    return {
      file,
      path,
      found: looked.found.map((secret) => ({
        ...subject,
        file: path,
        ...secret,
        in: 'integration',
        folder: lastFolder(folder),
      })),
      ...gapIn(looked, path),
    };
  });
}

/** A file of an integration that its name says is text: any other may be a program or an image. */
const isText = (path: string): boolean => isIntegrationCode(path);

type SearchedText = Awaited<ReturnType<typeof findSecrets>>;
type Searched = { text: string } & SearchedText;
type Looked = { gap: Gap; isBinary: boolean } | Searched;

async function findIn(
  from: AnsweredTree,
  path: string,
  key: string,
  { inApex, replacements }: { inApex: readonly ApexLiteral[]; replacements: PackageSource['replacements'] } = NO_MORE
): Promise<Looked> {
  const read = await textOfFile(from.tree, path);
  if (!('text' in read)) return read;
  const { text } = read;
  const packaged = withPlaceholders(replacements, path, text) ?? text;
  const words = (): TextWords | undefined => (text.includes('\0') ? undefined : wordsOfFile(from.tree, path, text));
  if (packaged === text) {
    const search = (): ReturnType<typeof findSecrets> => findSecrets(path, text, key, inApex, words());
    // What Apex does with a literal depends on other files.
    const looked = inApex.length > 0 ? search() : askOfFile(from, question(key), path, search);
    return { text, ...((await looked.catch(() => broken)) ?? NOTHING) };
  }
  const looked = await findSecrets(path, packaged, key, inApex).catch(() => broken);
  // What is replaced was a placeholder, unless it is a secret by its form: then it is in the repository.
  const written = await findSecrets(path, text, key, [], words()).catch(() => broken);
  const known = new Set(looked.found.map(({ fingerprint }) => fingerprint));
  const proven = written.found.filter((one) => isProven(one) && !known.has(one.fingerprint));
  return {
    text,
    // A placeholder may be no XML; only a search that failed is a loss.
    problem: looked.problem ?? (written === broken ? broken.problem : undefined),
    isCut: looked.isCut || written.isCut,
    found: [...looked.found, ...proven],
  };
}

const NO_MORE = { inApex: [], replacements: [] };

const NOTHING = { found: [], isCut: false };
const isNothing = ({ found, problem, isCut }: SearchedText): boolean =>
  found.length === 0 && problem === undefined && !isCut;

/** The name of the project is a part of each fingerprint. */
const question = (key: string): Question<SearchedText> => ({
  name: `secrets of ${key}`,
  form: searchedText,
  isNothing,
});
const searchedText = z.object({
  found: z.array(z.object({ kind: z.string(), line: z.number(), length: z.number(), fingerprint: z.string() })),
  problem: z.object({ reason: z.string(), line: z.number().optional() }).optional(),
  isCut: z.boolean(),
});

/** The files of the project whose text is put into packaged files. */
async function readReplacing(source: PackageSource): Promise<Look[]> {
  const packaged = new Set(source.packaged);
  const paths = replacingFiles(source.replacements, source.packaged).filter((path) => !packaged.has(path));
  return inBatches(paths, async (file) =>
    lookOf(await findIn(source, file, source.project.name), file, { type: 'File', name: file })
  );
}
