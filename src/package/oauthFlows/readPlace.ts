import type { Account, OpenFile } from '../../engine/types.js';
import type { CodePlace, CodeUse } from '../facts.js';
import { isApexTest } from '../parsing/stripComments.js';
import { wordsOfFile } from '../source/fileWords.js';
import { codeOf } from '../source/folderTree.js';
import { isArchive } from '../source/zipTree.js';
import { knownLibrary, isBundle } from '../source/knownLibraries.js';
import { isSourceCode, scriptEnding, type Candidate, type CandidateFile } from './classifyFile.js';
import { constantsOfFile, ConstantTable } from './constants.js';
import { fileIn, lastFolder, type CodeBody } from './codeBodies.js';
import { FileLinks } from './fileLinks.js';
import { languageOf } from './languages.js';
import { dependenciesIn, isManifest } from './libraries.js';
import { clientOfFile } from './publicClients.js';
import { ScriptModules } from './scriptModules.js';
import { mayStartFlow, mayTouch, scan, type ScannedFile, type Scan, type FileContext } from './scan.js';
import { loginsOnly, touchpointsIn, unexplained, type FileReading, type Touchpoint } from './touchpoints.js';

/** What a place does with logins, and what became of each of its files. */
export type PlaceReading = {
  uses: CodeUse[];
  count: Pick<CodePlace, 'read' | 'leftOut' | 'touchpoints' | 'serverSecret'>;
  account: Account & { open: readonly OpenFile[] };
};

/** Larger files are not cut into tokens: that would take minutes. */
const LARGEST = 2_000_000;

type Relevant = Omit<CandidateFile, 'client'> & ScannedFile;
type First =
  | { state: 'relevant'; file: Relevant; isSource: boolean }
  | { state: 'evaluated'; path: string; isSource: boolean; candidate?: CandidateFile }
  | { state: 'excluded'; path: string; reason: string }
  | { state: 'open'; path: string; why: string; kind: NonNullable<OpenFile['kind']>; line?: number }
  | { state: 'no code' };

/** Reads the files of a place: once for the names that they define, and those that matter once more. */
export async function readPlace(place: CodeBody): Promise<PlaceReading> {
  const table = new ConstantTable();
  const modules = new ScriptModules((path) => place.tree.read(path));
  const links = new FileLinks();
  const firsts: First[] = [];
  // In portions: a system has only so many open files.
  for (let at = 0; at < place.candidates.length; at += 50) {
    const portion = place.candidates
      .slice(at, at + 50)
      .map((candidate) => firstLook(place, candidate, { table, modules, links }));
    // eslint-disable-next-line no-await-in-loop
    firsts.push(...(await Promise.all(portion)));
  }
  const { texts, addresses } = table.constants();
  const surroundings: FileContext = {
    addresses: { ...place.addresses, constants: addresses },
    texts,
    own: ownNames(place),
    ...(place.in === 'integration' ? { modules } : {}),
  };
  const scans: Array<{ file: Relevant; scan: Scan }> = [];
  for (const first of firsts) {
    // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
    const file = await relevantFile(place, first, modules);
    // eslint-disable-next-line no-await-in-loop
    if (file !== undefined) scans.push({ file, scan: await scan({ ...file, path: file.as }, surroundings) });
  }
  return reading(place, firsts, scans, { own: surroundings.own, links });
}

/** A file that matters by itself, or because it may log in with what another one makes. */
async function relevantFile(place: CodeBody, first: First, modules: ScriptModules): Promise<Relevant | undefined> {
  if (first.state === 'relevant') return first.file;
  if (first.state !== 'evaluated' || first.candidate === undefined || !modules.mayLogIn(first.path)) return undefined;
  const { language } = first.candidate;
  if (language === 'other') return undefined;
  const text = await place.tree.read(first.path);
  return { ...first.candidate, language, client: clientOfFile(first.path, text, first.candidate.client), text };
}

function reading(
  place: CodeBody,
  firsts: readonly First[],
  scans: ReadonlyArray<{ file: Relevant; scan: Scan }>,
  { own, links }: { own: ReadonlySet<string>; links: FileLinks }
): PlaceReading {
  links.connect(scans.map(({ file }) => file));
  const files = scans.map(({ file, scan: seen }): FileReading => ({
    path: file.path,
    language: file.language,
    touchpoints: touchpointsOf(place, file, seen, own),
    ...(seen.explained === undefined ? {} : { explained: seen.explained }),
    lineAt: seen.lineAt,
  }));
  // Code of the package runs in one org.
  const all = new Set(files.map(({ path }) => path));
  const gaps = unexplained(files, (logins) => (place.in === 'package' ? all : links.around(logins)));
  const opened = firsts.flatMap((one) => (one.state === 'open' ? [one] : []));
  const open: OpenFile[] = [
    ...opened.map(({ path, why, kind, line }) => ({
      ...pathsOf(place, path),
      why,
      kind,
      ...(line === undefined ? {} : { line }),
    })),
    ...gaps.map(({ path, kind, form, line }) => ({
      ...pathsOf(place, path),
      line,
      why: `${form} ${touches[kind]}, and no recognised flow explains how the code logs in.`,
    })),
  ];
  const isOpen = new Set(open.map(({ file }) => file));
  const evaluated = firsts.flatMap((one) =>
    one.state === 'relevant' ? [one.file.path] : one.state === 'evaluated' ? [one.path] : []
  );
  const excluded = firsts.flatMap((one) => (one.state === 'excluded' ? [one] : []));
  return {
    uses: scans.flatMap(({ file, scan: seen }) => usesOf(place, file, seen)),
    count: {
      read: firsts.filter((one) => 'isSource' in one && one.isSource).length,
      leftOut: excluded.length,
      touchpoints: {
        found: files.reduce((sum, { touchpoints }) => sum + touchpoints.length, 0),
        notUnderstood: gaps.reduce((sum, { count }) => sum + count, 0),
      },
      ...(scans.some(({ scan: { serverSecret } }) => serverSecret) ? { serverSecret: true } : {}),
    },
    account: {
      evaluated: evaluated.map((path) => fileIn(place, path)).filter((path) => !isOpen.has(path)),
      excluded: excluded.map(({ path, reason }) => ({ file: fileIn(place, path), reason })),
      open,
    },
  };
}

const touches: Readonly<Record<Touchpoint['kind'], string>> = {
  library: 'is a library for Salesforce',
  dependency: 'is a dependency for Salesforce',
  connector: 'has a user name and a password',
  login: 'is a login host of Salesforce',
  token: 'is an OAuth path of Salesforce',
  soap: 'is a SOAP API of Salesforce',
  api: 'is an API of Salesforce',
  page: 'is a host of Salesforce',
  password: 'is a password for Salesforce',
};

function touchpointsOf(
  place: CodeBody,
  file: Relevant,
  { touchpoints }: Scan,
  own: ReadonlySet<string>
): readonly Touchpoint[] {
  if (place.in === 'package') return file.language === 'Apex' ? [] : loginsOnly(touchpoints);
  const named = dependenciesIn(file.path, file.text, own).map(({ name, offset, known }): Touchpoint => ({
    kind: 'dependency',
    form: name,
    offset,
    ...(known ? {} : { strict: true }),
  }));
  // A manifest names hosts as homepages, and its own name.
  return isManifest(file.path) ? named : touchpoints;
}

function usesOf(place: CodeBody, file: Relevant, { sightings }: Scan): CodeUse[] {
  const prefix = place.in === 'package' ? '' : `${lastFolder(place.folder)} `;
  return sightings.map(({ line, ...rest }) => ({
    ...rest,
    in: place.in,
    subject: { ...file.subject, line },
    at: `${prefix}${rest.form}`,
  }));
}

async function firstLook(
  place: CodeBody,
  candidate: Candidate,
  { table, modules, links }: { table: ConstantTable; modules: ScriptModules; links: FileLinks }
): Promise<First> {
  if (candidate === 'no code') return { state: 'no code' };
  if ('leftOut' in candidate) return { state: 'excluded', path: candidate.path, reason: candidate.leftOut };
  const { path } = candidate;
  if ('closed' in candidate)
    return { state: 'open', path, why: `The file is ${candidate.closed} and was not read.`, kind: 'unreadable' };
  try {
    // The text of a file in UTF-16 stays readable without its zeros.
    const text = (await place.tree.read(path)).replaceAll('\0', '');
    if (place.in === 'integration') modules.add(path, text);
    // A manifest names what can be run, not what runs together.
    if (place.in === 'integration' && !isManifest(path)) links.add(path, text);
    return readCandidate(place, candidate, text, table);
  } catch (error) {
    return { state: 'open', path, why: `The file could not be read (${codeOf(error)}).`, kind: 'unreadable' };
  }
}

function readCandidate(place: CodeBody, candidate: CandidateFile, text: string, table: ConstantTable): First {
  const { path } = candidate;
  if (candidate.isUnknown) return unknownFile(path, text);
  // A name such as Makefile shows the language by itself.
  const isScript = /(^|\/)[^./]+$/.test(path) && languageOf(path) === undefined && !isManifest(path);
  const ending = isScript ? scriptEnding(text) : '';
  if (ending === undefined) return unknownFile(path, text);
  const { as, language } = ending === '' ? candidate : ofScript(`${path}.${ending}`, path);
  const words = wordsOfFile(place.tree, path, text);
  if (language === 'Apex' && isApexTest(path, text, words)) return { state: 'excluded', path, reason: 'test class' };
  const isSource = isSourceCode(as, language);
  const open = (why: string, kind: NonNullable<OpenFile['kind']>): First => ({ state: 'open', path, why, kind });
  if (isArchive(text)) return open('The file is an archive that was not opened.', 'unreadable');
  if (knownLibrary(text) !== undefined) return { state: 'excluded', path, reason: 'library' };
  table.add(constantsOfFile(place.tree, path, text));
  const matters =
    place.in === 'package' ? words.has('login') && mayStartFlow(text) : isManifest(path) || mayTouch(text);
  if (!matters) return { state: 'evaluated', path, isSource, candidate: { ...candidate, as, language } };
  if (language === 'other') {
    const touchesSalesforce =
      mayStartFlow(text) || touchpointsIn(text, language, new Set()).some(({ kind }) => kind !== 'page');
    return touchesSalesforce ? open(UNSUPPORTED, 'not-understood') : { state: 'evaluated', path, isSource };
  }
  if (text.length > LARGEST && !isBundle(text)) return open('The file is too large to read.', 'limit');
  const client = clientOfFile(path, text, candidate.client);
  return { state: 'relevant', file: { ...candidate, as, language, client, text }, isSource };
}

/** A script whose first line shows its language. */
function ofScript(as: string, path: string): Pick<CandidateFile, 'as' | 'language'> {
  return { as, language: languageOf(as) ?? (isManifest(path) ? 'configuration' : 'other') };
}

const UNSUPPORTED = 'The file uses Salesforce in a language that is not supported.';

/** A file that may be code, in no language that its name or its first line shows: only a login to Salesforce counts. */
function unknownFile(path: string, text: string): First {
  if (!mayStartFlow(text)) return { state: 'no code' };
  const logsIn = touchpointsIn(text, 'other', new Set()).some(({ kind, strict }) =>
    kind !== 'login' ? kind === 'token' || kind === 'soap' : strict
  );
  return logsIn ? { state: 'open', path, why: UNSUPPORTED, kind: 'not-understood' } : { state: 'no code' };
}

/**
 * Names of folders and files, and of packages of the JVM with a dot at their end: what a file takes in under one of them
 * is no library of others.
 */
function ownNames({ tree: { paths } }: CodeBody): ReadonlySet<string> {
  const names = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const end = path.lastIndexOf('/');
    if (end > 0) folders.add(path.slice(0, end));
    names.add(withoutEnding(path.slice(end + 1)));
  }
  for (const folder of folders) {
    const parts = folder.toLowerCase().split('/');
    const root = parts.findIndex((part) => /^(?:java|kotlin|scala|groovy)$/.test(part));
    const packages = root < 0 ? [] : parts.slice(root + 1);
    parts.forEach((part) => names.add(withoutEnding(part)));
    packages.slice(2).forEach((_, index) => names.add(`${packages.slice(0, index + 3).join('.')}.`));
  }
  return names;
}

const withoutEnding = (name: string): string => name.toLowerCase().replace(/\.\w+$/, '');

/** How the coverage and how a gap name a file. */
function pathsOf(place: CodeBody, path: string): Pick<OpenFile, 'file' | 'path'> {
  return { file: fileIn(place, path), ...(place.in === 'package' ? {} : { path }) };
}
