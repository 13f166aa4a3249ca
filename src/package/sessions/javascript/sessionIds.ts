import type { Gap } from '../../../engine/types.js';
import { sessionMergeField } from '../../../salesforce/sessionIds.js';
import { type CodeFile } from '../../source/reading/readCodeFiles.js';
import { withoutComments } from '../../parsing/stripComments.js';
import type { SessionId } from '../../facts.js';
import { fileGap } from '../../parsing/gaps.js';
import { withOrdinals } from '../ordinals.js';
import { lineAt } from '../../parsing/lineAt.js';
import { isBundle, isLibrary } from '../../source/knownLibraries.js';
import type { Script } from './syntax.js';
import { isPage, scriptsIn, withSigns } from './scripts.js';
import { maySource, namesApi, exposedMethodSource, sureSource, type SessionMethods } from './sources.js';
import { TooMuchWork } from './work.js';

/** Whether a script file, or a page with scripts in it, may read a session ID. */
export const mayHoldSession = (text: string, path: string, sessionMethods: SessionMethods): boolean =>
  (maySource(text) ||
    sessionMergeField.test(text) ||
    [...sessionMethods].some((one) => asks(text.toLowerCase(), one)) ||
    (inResource.test(path) && namesApi.test(text) && isBundledText(text, path))) &&
  // Last, because it is slow.
  !isLibrary(path, text);
const inResource = /(?:^|\/)staticresources\//;

/** A look for the name of a method of Apex: as a whole, or as Aura calls it. */
const asks = (text: string, method: string): boolean =>
  text.includes(method) || (text.includes(`c.${method.slice(method.indexOf('.') + 1)}`) && /\bget\s*\(/.test(text));

/** `addresses`: what the templates of a component bind to an address. */
type Unit = { files: CodeFile[]; scripts: Script[]; addresses?: readonly string[] };
type ScriptSessions = { sessions: readonly SessionId[]; gaps: readonly Gap[] };
/** `followed`: methods of Apex whose session id was followed in every script that names them. */
type FoundInScripts = ScriptSessions & { followed: SessionMethods };

/**
 * The session IDs that scripts of components, pages and static resources read, and where they go. `included`: the
 * scripts of static resources that a page loads, which see its variables, by the path of the page. `addresses`: what the
 * templates of a component bind to an address, by its name.
 */
export const sessionsInScripts = async (
  files: readonly CodeFile[],
  sessionMethods: SessionMethods,
  controllersOf: (bundle: string) => readonly string[],
  included: ReadonlyMap<string, readonly CodeFile[]> = new Map(),
  addresses: ReadonlyMap<string, readonly string[]> = new Map()
): Promise<FoundInScripts> => {
  const bundles = files.filter((file) => isBundledResource(file));
  const inBundles = bundles.flatMap((file) => {
    const found = sourceIn(file.text, sessionMethods);
    return found ? [sessionIn(file, lineAt(file.text, found.offset), found.name, [])] : [];
  });
  const gaps: Gap[] = bundles.flatMap((file) => (sourceIn(file.text, sessionMethods) ? [] : openBundle(file)));
  const followed: SessionId[] = [];
  const untraced: Gap[] = [];
  // One after the other: the syntax trees of all of them together are larger than a machine may have memory for.
  for (const unit of unitsOf(files.filter((one) => !bundles.includes(one)))) {
    // eslint-disable-next-line no-await-in-loop -- the parser loads once
    const { scripts, files: parsed, gaps: unparsed } = await parsedUnit(unit, sessionMethods, included);
    const name = unit[0]?.component.name ?? '';
    // eslint-disable-next-line no-await-in-loop -- the flow loads once
    const found = await follow(
      { files: parsed, scripts, addresses: addresses.get(name) },
      sessionMethods,
      controllersOf(name)
    );
    gaps.push(...unparsed);
    followed.push(...found.sessions);
    untraced.push(...found.gaps);
  }
  gaps.push(...untraced);
  const sessions = withOrdinals(oneOfEachSource([...inBundles, ...followed]), ofFile);
  return { sessions, followed: followedGivers(files, sessionMethods, sessions), gaps };
};

/** The scripts of a bundle call each other; those of two static resources may come from different authors. */
function unitsOf(files: readonly CodeFile[]): ReadonlyArray<readonly CodeFile[]> {
  const units = new Map<string, CodeFile[]>();
  for (const file of files) {
    const { path, component } = file;
    const key = component.type.endsWith('Bundle') ? `${component.type}:${component.name}` : path;
    const unit = units.get(key) ?? [];
    units.set(key, unit);
    unit.push(file);
  }
  return [...units.values()];
}

/** The scripts of the files of a unit, and of those that they load. */
async function parsedUnit(
  files: readonly CodeFile[],
  sessionMethods: SessionMethods,
  included: ReadonlyMap<string, readonly CodeFile[]>
): Promise<Unit & { gaps: readonly Gap[] }> {
  const unit: Unit = { files: [], scripts: [] };
  const gaps: Gap[] = [];
  // eslint-disable-next-line no-await-in-loop -- the parser loads once
  for (const file of files) gaps.push(...(await addTo(unit, file, sessionMethods)));
  const loaded = files.flatMap(({ path }) => included.get(path) ?? []);
  if (await mayHandOn(unit, loaded, sessionMethods)) {
    for (const { path, text } of files) {
      const names = sessionVariables(text);
      for (const one of included.get(path) ?? []) {
        // eslint-disable-next-line no-await-in-loop
        if (await concerns(one, names)) gaps.push(...(await addTo(unit, one, sessionMethods, names)));
      }
    }
  }
  return { ...unit, gaps };
}

/** Whether a script that a page loads may use its variables; a copy of a library does only if it was changed. */
async function concerns({ path, text }: CodeFile, names: readonly string[]): Promise<boolean> {
  if (!isLibrary(path, text)) return true;
  if (!mentions(text, names)) return false;
  const { parseScript } = await import('./parse.js');
  const { namesFromOutside } = await import('./bindings.js');
  const program = parseScript(text, path);
  if (!('type' in program)) return true;
  const outside = namesFromOutside(program);
  return names.some((name) => outside.has(name));
}

/** Whether scripts that a component loads may get a session ID from it, or give it one. */
async function mayHandOn(
  { files, scripts }: Unit,
  loaded: readonly CodeFile[],
  sessionMethods: SessionMethods
): Promise<boolean> {
  if (loaded.length === 0) return false;
  if (loaded.some(({ text }) => maySource(text))) return true;
  if (askedIn([...files, ...loaded], sessionMethods).size > 0) return true;
  const { handedToToolkit } = await import('./toolkit.js');
  return handedToToolkit(scripts) === undefined;
}

/** A script that two components load has its sources twice: what either does with one counts. */
const oneOfEachSource = (sessions: readonly SessionId[]): SessionId[] => {
  const found = new Map<string, SessionId>();
  for (const one of sessions) {
    const key = JSON.stringify([one.file, one.line, one.source]);
    const known = found.get(key);
    const uses = [...(known?.uses ?? []), ...one.uses].filter(
      (use, index, all) =>
        !isLost(use) && index === all.findIndex((other) => JSON.stringify(other) === JSON.stringify(use))
    );
    const [first = one.uses[0], ...others] = uses;
    found.set(key, { ...one, uses: [first, ...others] });
  }
  return [...found.values()];
};

const LOST = 'a place that could not be followed';
const isLost = ({ what }: SessionId['uses'][number]): boolean => what === LOST;

const followedGivers = (
  files: readonly CodeFile[],
  sessionMethods: SessionMethods,
  sessions: readonly SessionId[]
): SessionMethods =>
  new Set(
    [...sessionMethods].filter((method) => {
      const asking = files.filter(({ text }) => asks(text.toLowerCase(), method));
      const source = exposedMethodSource(method).toLowerCase();
      return (
        asking.length > 0 &&
        asking.every(({ path }) => sessions.some((one) => one.file === path && one.source.toLowerCase() === source))
      );
    })
  );

function askedIn(files: readonly CodeFile[], sessionMethods: SessionMethods): SessionMethods {
  if (sessionMethods.size === 0) return sessionMethods;
  const texts = files.map(({ text }) => text.toLowerCase());
  return new Set([...sessionMethods].filter((giver) => texts.some((text) => asks(text, giver))));
}

/** A static resource that a tool bundled. A page or a component is written by hand, whatever its longest line is. */
const isBundledResource = (file: CodeFile): boolean =>
  file.component.type === 'StaticResource' && isBundledText(file.text, file.path);

function isBundledText(text: string, path: string): boolean {
  return !isPage({ path, text }) && (isBundle(text) || /\.min\.js$/i.test(path));
}

/** A bundle that may take a session ID from elsewhere: what it calls an API with is not followed. */
function openBundle({ path, text }: CodeFile): Gap[] {
  const api = namesApi.exec(text);
  // The two words far from each other are in every library for sockets.
  const at = api ?? (/\bcookie\b/i.test(text) ? /["'`;/\s]sid(?:=|["'`/])/.exec(text) : null);
  if (at === null) return [];
  const line = lineAt(text, at.index);
  const what = api ? `names an API of Salesforce (${api[0]})` : 'names cookies and a sid';
  return [
    {
      kind: 'not-understood',
      detail: `${path}:${line}: The bundle ${what}, and what it sends could not be followed.`,
      subject: { type: 'File', name: path, file: path, line },
    },
  ];
}

/** What in a bundle gives a session ID for sure; of its cookies nothing is known. */
const sourceIn = (text: string, sessionMethods: SessionMethods): { name: string; offset: number } | undefined => {
  const sure = sureSource.exec(text);
  if (sure) return { name: sure[0].length > 40 ? 'a cookie named sid' : sure[0], offset: sure.index };
  const lower = text.toLowerCase();
  const method = [...sessionMethods].find((one) => asks(lower, one));
  return method === undefined
    ? undefined
    : { name: exposedMethodSource(method), offset: Math.max(0, lower.indexOf(method)) };
};

/**
 * The session ids in one piece of JavaScript that is no file of scripts: a button, an action of a page. `linesBefore`:
 * of its file.
 */
export const sessionsInSnippet = async (
  file: CodeFile,
  script: string,
  linesBefore: number
): Promise<ScriptSessions> => {
  const { parseScript } = await import('./parse.js');
  const program = parseScript(withSigns(script));
  if (!('type' in program)) {
    const line = linesBefore + (program.line ?? 1);
    return {
      sessions: [],
      gaps: [fileGap(file.path, 'contains a script that could not be parsed as JavaScript.', line)],
    };
  }
  const found = await follow(
    { files: [file], scripts: [{ file: file.path, program, linesBefore, text: script }] },
    new Set(),
    []
  );
  return { ...found, sessions: withOrdinals(found.sessions, ofFile) };
};

const ofFile = ({ file, at }: SessionId): string => JSON.stringify([file, at]);

/** The variables in which a page puts the session ID: the scripts that it loads see them. */
export const sessionVariables = (page: string): readonly string[] => [
  ...new Set(
    [...page.matchAll(variableOfSession)].flatMap(({ 1: name = '', 2: field = '' }) =>
      sessionMergeField.test(field) ? [name] : []
    )
  ),
];
const variableOfSession = /\b([A-Za-z_$][\w$]{0,60})\s{0,9}[:=]\s{0,9}["']?(\{![^{}]{1,200}\})/g;

/** Whether a script uses one of the variables that another script defines. */
export const mentions = (script: string, names: readonly string[]): boolean =>
  names.some((name) => new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(script));

/** Parses the scripts of a file for its unit. `names`: variables of the page that loads it. */
const addTo = async (
  unit: Unit,
  file: CodeFile,
  sessionMethods: SessionMethods,
  names?: readonly string[]
): Promise<Gap[]> => {
  const { parseScript } = await import('./parse.js');
  const gaps: Gap[] = [];
  unit.files.push(file);
  for (const { script, original, linesBefore } of scriptsIn(file)) {
    // The code of a library inside a page or a component.
    const isSeen = names !== undefined && mentions(original, names);
    const mayMatter = (): boolean =>
      names === undefined &&
      (maySource(original) || namesApi.test(original) || sourceIn(original, sessionMethods) !== undefined);
    if (isBundle(original) && !sessionMergeField.test(original) && !isSeen && !mayMatter()) continue;
    const program = parseScript(script, file.path);
    if ('type' in program) unit.scripts.push({ file: file.path, program, linesBefore, text: original });
    else if (
      file.component.type.endsWith('Bundle') ||
      isSeen ||
      mayHoldSession(withoutComments(original), file.path, sessionMethods)
    ) {
      const line = program.line === undefined ? undefined : program.line + linesBefore;
      gaps.push(fileGap(file.path, 'contains a script that could not be parsed as JavaScript.', line));
    }
  }
  return gaps;
};

/** What the scripts of one component do; a gap for each of its files where there is too much to follow. */
const follow = async (
  { files, scripts, addresses }: Unit,
  sessionMethods: SessionMethods,
  controllers: readonly string[]
): Promise<ScriptSessions> => {
  const { followScripts } = await import('./followScripts.js');
  try {
    const asked = askedIn(files, sessionMethods);
    const found = followScripts(scripts, asked, controllers, undefined, addresses).flatMap(
      ({ file: path, line, source, uses }) => {
        const file = files.find((one) => one.path === path);
        return file ? [sessionIn(file, line, source, uses)] : [];
      }
    );
    return { sessions: oneOfEachField(found), gaps: [] };
  } catch (error) {
    // Expressions in one another, deeper than the stack, or more work than one component may take.
    if (!(error instanceof RangeError) && !(error instanceof TooMuchWork)) throw error;
    const why = error instanceof RangeError ? 'is nested too deep' : 'is too large';
    const paths = [...new Set(files.map(({ path }) => path))];
    return { sessions: [], gaps: paths.map((path) => fileGap(path, `contains a script that ${why} to be followed.`)) };
  }
};

/** A merge field that a page repeats is one cause: its uses are put together. */
const oneOfEachField = (sessions: readonly SessionId[]): SessionId[] => {
  const found = new Map<string, SessionId>();
  for (const one of sessions) {
    const key = sessionMergeField.test(one.source) ? `${one.file} ${one.source}` : `${one.file} ${found.size}`;
    const known = found.get(key);
    found.set(key, known ? { ...known, uses: [...known.uses, ...one.uses] } : one);
  }
  return [...found.values()];
};

const sessionIn = (
  { path: file, component }: CodeFile,
  line: number,
  source: string,
  [first, ...others]: ReadonlyArray<SessionId['uses'][number]>
): SessionId => ({
  component,
  file,
  line,
  source,
  at: source,
  uses: first ? [first, ...others] : [{ to: 'unknown', what: LOST, file, line }],
});
