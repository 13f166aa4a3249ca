import { firstOfEach } from '../../common/firstOfEach.js';
import { accounted } from '../../engine/coverage.js';
import type { Collector, Gap } from '../../engine/types.js';
import type { TokenRefresh, TokenRequestsFact } from '../facts.js';
import type { CandidateFile } from '../oauthFlows/classifyFile.js';
import {
  fileIn,
  integrationBody,
  lastFolder,
  packageBody,
  unseenCode,
  type CodeBody,
} from '../oauthFlows/codeBodies.js';
import { constantsOfFile, ConstantTable } from '../oauthFlows/constants.js';
import { codeWithoutComments } from '../oauthFlows/languages.js';
import { isBundle, knownLibrary } from '../source/knownLibraries.js';
import { isApexTest } from '../parsing/stripComments.js';
import type { TextWords } from '../parsing/textWords.js';
import { wordsOfFile } from '../source/fileWords.js';
import { fileGap } from '../parsing/gaps.js';
import { codeOf } from '../source/folderTree.js';
import type { PackageSource } from '../source/packageSource.js';
import { lineFinder } from '../parsing/lineFinder.js';
import { askersIn, exposuresIn, keptAnywhere, mayExpose } from '../oauthFlows/tokens/exposures.js';
import { functionsIn, MOST_FUNCTIONS, type NamedFunction } from '../oauthFlows/tokens/functions.js';
import { mayRequest, TokenRequests, type TokenFile } from '../oauthFlows/tokens/tokenRequests.js';

type Read = TokenRequestsFact & { gaps: readonly Gap[]; evaluated: readonly string[] };

/** Larger files are not followed. */
const LARGEST = 1_000_000;
/** Files that only call what refreshes. */
const MOST_CALLERS = 200;
const isRefresh = /grant_?type[^]{0,80}refresh|\boauth2?\w*\s*\.\s*refreshToken\s*\(|\bprepare_refresh_\w+\s*\(/i;
/** A request for an authorization code. */
const asksForCode = /response_?type["'`]?\s*[=:,]\s*["'`]?code\b/i;
const words =
  /refresh_?token|response_?type|authoriz|hybrid_refresh|AuthCodeURL|Strategy|jsforce|restforce|OAuth2Session|OAuth2Client|TokenUpdated|requestNewAccessToken|code_?challenge|pkce|simple-oauth2|client-oauth2|openid-client|oauth4webapi|OAuth2::|OAuth2\\Client|IdentityModel/i;

/** Where the code refreshes tokens and asks for authorization codes, and what it does with the answer. */
export const tokenRequests: Collector<PackageSource, TokenRequestsFact> = {
  reads: ['Apex, Visualforce, LWC, Aura, static resources', 'code of integrations'],
  requires: [],
  collect: async (source) => {
    const read: Read[] = [await readRequests(await packageBody(source))];
    const folders = new Map(source.integrations.map((one) => [one.tree, one]));
    // eslint-disable-next-line no-await-in-loop -- one folder after the other keeps memory small
    for (const folder of folders.values()) read.push(await readRequests(await integrationBody(folder)));
    const value = {
      refreshes: read.flatMap(({ refreshes }) => refreshes),
      authorizations: read.flatMap(({ authorizations }) => authorizations),
      exposures: read.flatMap(({ exposures }) => exposures),
    };
    const evaluated = read.flatMap((one) => one.evaluated);
    return accounted(value, { evaluated }, [...source.unseen.packaged, ...read.flatMap(({ gaps }) => gaps)]);
  },
};

async function readRequests(place: CodeBody): Promise<Read> {
  const table = new ConstantTable();
  const { texts: written, gaps, evaluated } = await textsOf(place, table);
  const isAsked = written.some(({ text, language }) => mayRequest(text, language));
  const files = isAsked ? await withoutAllComments(written.filter(({ text }) => words.test(text))) : [];
  // What a function does with the answer may be in a file that names nothing but that function.
  const divided = files.map((file) => ({ file, functions: functionsIn(file.code, file.language) }));
  const names = [...new Set(divided.flatMap(namesOfRequests))].filter((name) => name.length > 3);
  gaps.push(...divided.flatMap(({ file, functions }) => (functions.length < MOST_FUNCTIONS ? [] : [tooLarge(file)])));
  if (names.length > 0) {
    const called = new RegExp(`\\b(?:${names.map((name) => name.replace(/[$?!]/g, '\\$&')).join('|')})`);
    const callers = written.filter(({ text }) => !words.test(text) && called.test(text));
    files.push(...(await withoutAllComments(callers.slice(0, MOST_CALLERS))));
    if (callers.length > MOST_CALLERS) gaps.push(tooMany(place, callers.length));
  }
  const { texts, addresses, others } = table.constants();
  const read = new Set(files.map(({ path }) => path));
  const alsoRead = written.filter(({ path, text }) => !read.has(path) && mayExpose.test(text));
  const known = { ...place.addresses, constants: addresses, others };
  const askers = new Set(divided.flatMap(({ file, functions }) => askersIn(file.code, functions)));
  const followed = [...files, ...(await withoutAllComments(alsoRead))].filter(({ code }) => !isBundle(code));
  const shown = followed.flatMap((file) => exposuresIn(file, known, askers));
  const exposures = place.in === 'package' || shown.length > 0 ? shown : keptAnywhere(followed, askers);
  const found = new TokenRequests(files, known, texts).all();
  const subjects = new Map(written.map(({ path, subject }) => [path, subject]));
  const isOutside = place.in === 'integration';
  const located = <T extends Found>({ path, line, ...rest }: T): Located<T> => ({
    ...rest,
    in: place.in,
    ...(isOutside ? { folder: place.folder } : {}),
    subject: { type: 'File', name: path, ...subjects.get(path), file: path, line },
    at: isOutside ? `${lastFolder(place.folder)} ${rest.form}` : rest.form,
  });
  return {
    refreshes: firstPlaces(found.refreshes, ({ keepsRotatedToken, guarded }) => `${keepsRotatedToken} ${guarded}`).map(
      located
    ),
    authorizations: firstPlaces(found.authorizations, ({ challenge, redirect = '' }) => `${challenge} ${redirect}`).map(
      located
    ),
    exposures: firstPlaces(exposures, ({ to, sure }) => `${to} ${sure}`).map(located),
    gaps,
    evaluated,
  };
}

/** What was found in a file of the body. */
type Found = { path: string; line: number; form: string };
type Located<T> = Omit<T, 'path' | 'line'> & Pick<TokenRefresh, 'in' | 'folder' | 'subject' | 'at'>;
type Divided = { file: TokenFile; functions: readonly NamedFunction[] };
type Written = CandidateFile & { text: string };

/** The texts that mention a token, and the constants of all. */
async function textsOf(
  place: CodeBody,
  table: ConstantTable
): Promise<{ texts: Written[]; gaps: Gap[]; evaluated: string[] }> {
  const gaps = place.in === 'integration' ? unseenCode(place.tree) : [];
  const evaluated: string[] = [];
  const texts: Written[] = [];
  for (const candidate of place.candidates) {
    if (candidate === 'no code' || !('language' in candidate)) continue;
    try {
      // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
      const text = (await place.tree.read(candidate.path)).replaceAll('\0', '');
      table.add(constantsOfFile(place.tree, candidate.path, text));
      const ofText = wordsOfFile(place.tree, candidate.path, text);
      evaluated.push(fileIn(place, candidate.path));
      if (isFollowed(candidate, text, ofText)) texts.push({ ...candidate, text });
      else if (
        text.length > LARGEST &&
        (isRefresh.test(text) || asksForCode.test(text)) &&
        knownLibrary(text) === undefined
      )
        gaps.push({ ...fileGap(candidate.path, 'requests tokens and is too large to be followed.'), kind: 'limit' });
    } catch (error) {
      gaps.push(fileGap(candidate.path, `could not be read (${codeOf(error)}).`));
    }
  }
  return { texts, gaps, evaluated };
}

async function withoutAllComments(files: readonly Written[]): Promise<TokenFile[]> {
  const read: TokenFile[] = [];
  for (const { path, as, language, text } of files) {
    // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
    const code = isBundle(text) ? text : await codeWithoutComments(as, text);
    read.push({ path, code, language, lineAt: lineFinder(code) });
  }
  return read;
}

function namesOfRequests({ file: { code }, functions }: Divided): string[] {
  const updaters = code.matchAll(/\b(?:token_updater|update_token)\s*=\s*(?:\w+\.){0,5}(\w+)/g);
  return [
    ...functions.flatMap(({ name, start, end }) => {
      const text = code.slice(start, end);
      return isRefresh.test(text) || asksForCode.test(text) ? [name] : [];
    }),
    ...[...updaters].map(([, name = '']) => name),
  ];
}

function tooLarge({ path }: TokenFile): Gap {
  return {
    ...fileGap(path, `has ${MOST_FUNCTIONS} functions or more, and not all of them were evaluated.`),
    kind: 'limit',
  };
}

function tooMany(place: CodeBody, count: number): Gap {
  const where = place.in === 'package' ? '' : ` in ${place.folder}`;
  return {
    kind: 'limit',
    detail: `${count} files call what refreshes tokens; only ${MOST_CALLERS} were read${where}.`,
  };
}

function isFollowed({ path, language }: CandidateFile, text: string, ofText: TextWords): boolean {
  const mayMatter = (ofText.has('tokenRequest') && words.test(text)) || (ofText.has('token') && /token/i.test(text));
  if (/^(?:configuration|batch)$/.test(language) || text.length > LARGEST || !mayMatter) return false;
  return !isApexTest(path, text, ofText) && knownLibrary(text) === undefined;
}

/** Of a form in a file with one outcome, the first place. */
function firstPlaces<T extends Found>(all: readonly T[], outcome: (one: T) => string): T[] {
  const sorted = all.toSorted((one, other) => one.line - other.line);
  return firstOfEach(sorted, (one) => `${one.path} ${one.form} ${outcome(one)}`);
}
