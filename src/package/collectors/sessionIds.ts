import { foreignHost, sessionMergeField, sessionTemplate } from '../../salesforce/sessionIds.js';
import type { Collector } from '../../engine/types.js';
import { apexSessions, type ApexReader, type ApexSessions } from '../sessions/apex/sessionIds.js';
import { readApexTexts, type ApexTexts } from '../source/reading/readApexTexts.js';
import { readCode, type CodeFile } from '../source/reading/readCodeFiles.js';
import { isApexTest } from '../parsing/stripComments.js';
import { componentOf, isApex, pathsByName, type PackageComponent } from '../parsing/component.js';
import type { SessionId } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { unknownKinds } from '../source/unknownKinds.js';
import { population } from '../source/reading/readAppFiles.js';
import { mayHoldSession, mentions, sessionsInScripts, sessionVariables } from '../sessions/javascript/sessionIds.js';
import { boundAddresses, mayBindAddress } from '../sessions/javascript/templates.js';
import type { SessionMethods } from '../sessions/javascript/sources.js';
import { filledInputs } from '../sessions/flows.js';
import { assignedAttributes, filledProperties, sessionsInMarkup, sessionsInXml } from '../sessions/markup.js';
import { declaresAttribute, givenSession, handedOn } from '../sessions/handedOn.js';
import { namedCredentials } from '../oauthFlows/namedCredentials.js';
import type { TextWords } from '../parsing/textWords.js';
import { wordsOfTexts } from '../parsing/words.js';
import { parseXml } from '../parsing/xml.js';
import { fileGap } from '../parsing/gaps.js';
import { isBundle, isComponentTest, isLibrary } from '../source/knownLibraries.js';

const isMarkup = (path: string): boolean => /\.(page|component|cmp|app|html?|email|scf)$/i.test(path);
const isScript = (path: string): boolean => /\.(?:[cm]?[jt]sx?|resource)$/i.test(path) && !/\.d\.[cm]?ts$/i.test(path);
const isPage = (path: string): boolean => /\.(page|component|html?|scf)$/i.test(path);
const isXml = (path: string): boolean => !isApex(path) && !isMarkup(path) && !isScript(path);

/** A cheap test: only a file that contains such words is parsed. */
const mayHoldInApex = (text: string, path: string, words: TextWords): boolean =>
  (/\bgetSessionId\b|\bgetContent\s*\(/i.test(text) || sessionTemplate.test(text)) && !isApexTest(path, text, words);
const mayHoldInXml = (text: string): boolean =>
  /includeSessionId|\bsforce\s*\.\s*connection\b|__sfdcSessionId|\bcookie\b/i.test(text) ||
  sessionMergeField.test(text);

/** The places of the package that read a session ID. */
export const sessionIds: Collector<PackageSource, readonly SessionId[]> = {
  reads: [
    'ApexClass (.cls)',
    'ApexTrigger (.trigger)',
    'ApexPage (.page)',
    'VisualforceComponent (.component)',
    'AuraDefinitionBundle (.cmp, .app, .js)',
    'LightningComponentBundle (.html, .js)',
    'StaticResource (.js, .html, .resource; also zipped)',
    'WebLink, CustomField, ValidationRule, Flow, QuickAction, HomePageComponent (formulas and links)',
    'Workflow (outbound messages)',
  ],
  requires: [],
  collect: async (source) => {
    const unknown = await unknownKinds(source, 'sessionField', sessionMergeField, 'a session ID');
    const apex = await readCode(source, isApex, mayHoldInApex, ['sessionInApex']);
    const markup = await readMarkup(source);
    const xml = await readCode(source, isXml, mayHoldInXml, ['sessionInXml']);
    const documents = xml.files.map((file) => ({ file, parsed: parseXml(file.text) }));
    const inXml = await Promise.all(
      documents.flatMap(({ file, parsed }) => ('root' in parsed ? [sessionsInXml(file, parsed)] : []))
    );
    const flows = documents.map(({ file, parsed }) => ({
      file: file.path,
      given: 'root' in parsed && file.component.type === 'Flow' ? (filledInputs(file, parsed.root) ?? []) : [],
    }));
    const inApex = await apexOf(
      source,
      apex.files,
      markup.files,
      flows.flatMap(({ given }) => given)
    );
    const followedFlows = followedIn(flows, inApex);
    const scripts = await scriptsOf(source, inApex.sessionMethods, markup.given);
    const taken = { ...inApex.taken, fields: new Set([...inApex.taken.fields, ...markup.handed]) };
    const inScripts = await sessionsInScripts(
      scripts.files,
      inApex.sessionMethods,
      await controllersIn(source),
      new Map([...(await includedScripts(source, scripts.files)), ...(await importedModules(source, scripts.files))]),
      await addressesIn(source, scripts.files)
    );
    return population(
      [
        ...withoutFollowed(inApex, inScripts.followed),
        ...inScripts.sessions,
        ...markup.files.flatMap((file) => sessionsInMarkup(file, taken)),
        ...inXml.flatMap(({ sessions }) => sessions.filter(({ file }) => !followedFlows.has(file))),
      ],
      [
        ...unknown,
        ...apex.gaps,
        ...markup.gaps,
        ...xml.gaps,
        ...inApex.gaps,
        ...inScripts.gaps,
        ...inXml.flatMap(({ gaps }) => gaps),
        // Pages were read once already.
        ...scripts.gaps.filter(({ subject }) => !isMarkup(subject?.file ?? '')),
        ...documents.flatMap(({ file, parsed }) =>
          'problem' in parsed ? [fileGap(file.path, `could not be read: ${parsed.problem}`, parsed.line)] : []
        ),
      ]
    );
  },
};

/** The flows whose session ids go to methods of Apex and nowhere else, where all of these methods were found. */
const followedIn = (
  flows: ReadonlyArray<{ file: string; given: ApexReader['filled'] }>,
  { taken }: ApexSessions
): ReadonlySet<string> =>
  new Set(
    flows.flatMap(({ file, given }) =>
      given.length > 0 && given.every(({ offset }) => taken.fields.has(`${file}:${offset}`)) ? [file] : []
    )
  );

const NO_APEX: ApexSessions = {
  sessions: [],
  sessionMethods: new Set(),
  byComponents: new Map(),
  taken: { fields: new Set(), pages: new Set() },
  gaps: [],
};

/** What Apex does with session ids, those included that markup hands to it. */
const apexOf = async (
  source: PackageSource,
  holding: readonly CodeFile[],
  markup: readonly CodeFile[],
  given: ApexReader['filled']
): Promise<ApexSessions> => {
  const assigning = await readCode(
    source,
    (path) => /\.component$/i.test(path),
    (text) => /\bassignTo\b/i.test(text),
    ['assignTo']
  );
  const attributes = new Map(assigning.files.flatMap(assignedAttributes));
  const filled = [...markup.flatMap((file) => filledProperties(file, attributes)), ...given];
  const names = new Set(filled.flatMap(({ classes }) => classes));
  const paths = new Set(holding.map(({ path }) => path));
  const controllers = await readCode(
    source,
    (path) => isApex(path) && !paths.has(path) && names.has(componentOf(path).name.toLowerCase()),
    () => true
  );
  const files = [...holding, ...controllers.files];
  if (files.length === 0) return NO_APEX;
  const texts = await readApexTexts(source);
  const found = await apexSessions(files, await readerOf(source, markup, filled, texts));
  // A label or a record that could not be read may be a part of an address.
  return found.sessions.length > 0 ? { ...found, gaps: [...found.gaps, ...texts.gaps] } : found;
};

/** What a component of the package does with a session id of Apex is its own finding, and none of Apex. */
const withoutFollowed = ({ sessions, byComponents }: ApexSessions, followed: SessionMethods): SessionId[] =>
  sessions.flatMap((session) => {
    const [first, ...others] = session.uses.filter((use) => !followed.has(byComponents.get(use) ?? ''));
    return first ? [{ ...session, uses: [first, ...others] }] : [];
  });

/** Scripts that may read a session ID, and the other scripts of the bundle, which may receive it. */
const scriptsOf = async (
  source: PackageSource,
  sessionMethods: SessionMethods,
  given: ReadonlyMap<string, CodeFile>
): ReturnType<typeof readCode> => {
  const holding = await readCode(
    source,
    (path) => isScript(path) || isPage(path),
    (text, path) => mayHoldSession(text, path, sessionMethods),
    // A method of Apex may have any name.
    sessionMethods.size === 0 ? ['sessionInScript'] : undefined
  );
  const inBundle = ({ type, name }: PackageComponent): string | undefined =>
    type.endsWith('Bundle') ? `${type}:${name}` : undefined;
  const bundles = new Set(holding.files.map(({ component }) => inBundle(component)));
  const paths = new Set(holding.files.map(({ path }) => path));
  const siblings = await readCode(
    source,
    (path) => isScript(path) && !paths.has(path) && bundles.has(inBundle(componentOf(path)) ?? ''),
    () => true
  );
  const others = holding.files.filter(({ path }) => !given.has(path));
  return { files: [...others, ...given.values(), ...siblings.files], gaps: holding.gaps };
};

type Markup = Awaited<ReturnType<typeof readCode>> & {
  /** Components that are given a session ID, by their path: their merge fields are the session ID. */
  given: ReadonlyMap<string, CodeFile>;
  /** What pages give to them, by `file:offset`: the components decide. */
  handed: ReadonlySet<string>;
};

/** Pages and components with a session ID, of their own or given by a page. */
const readMarkup = async (source: PackageSource): Promise<Markup> => {
  const { files, gaps } = await readCode(source, isMarkup, (text) => sessionMergeField.test(text), ['sessionField']);
  const given = new Map<string, CodeFile>();
  const handed = new Set<string>();
  let next: readonly CodeFile[] = files;
  for (let round = 0; round < MOST_ROUNDS && next.length > 0; round += 1) {
    const passed = next.flatMap(handedOn);
    const names = new Set(passed.map(({ component }) => component));
    // eslint-disable-next-line no-await-in-loop -- a component may give it to another
    const components = await readCode(
      source,
      (path) => /\.component$/i.test(path) && names.has(componentOf(path).name.toLowerCase()),
      () => true
    );
    next = components.files.flatMap((file) => {
      const own = passed.filter(
        ({ component, attribute }) =>
          component === file.component.name.toLowerCase() && declaresAttribute(file, attribute)
      );
      own.forEach(({ file: page, offset }) => handed.add(`${page}:${offset}`));
      if (own.length === 0) return [];
      const changed = givenSession(given.get(file.path) ?? file, new Set(own.map(({ attribute }) => attribute)));
      given.set(file.path, changed);
      return [changed];
    });
  }
  return { files: [...files.filter(({ path }) => !given.has(path)), ...given.values()], gaps, given, handed };
};

/** How far components give it to each other; past it what another does is an unknown use. */
const MOST_ROUNDS = 5;

/** What the templates of components with a session id bind to an address, by the name of the component. */
const addressesIn = async (
  source: PackageSource,
  scripts: readonly CodeFile[]
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const names = new Set(scripts.flatMap(({ component: { type, name } }) => (type.endsWith('Bundle') ? [name] : [])));
  const { files } = await readCode(
    source,
    (path) => /(?:^|\/)(?:lwc|aura)\/[^/]+\/[^/]+\.(?:html|cmp|app)$/i.test(path) && names.has(componentOf(path).name),
    mayBindAddress
  );
  const found = new Map<string, string[]>();
  for (const file of files) {
    const { name } = file.component;
    found.set(name, [...(found.get(name) ?? []), ...boundAddresses(file)]);
  }
  return found;
};

/** The static resources that each page with a session id loads, by its path: their scripts see its variables. */
const includedScripts = async (
  source: PackageSource,
  files: readonly CodeFile[]
): Promise<ReadonlyMap<string, readonly CodeFile[]>> => {
  const loads = new Map(
    files
      .filter(({ path }) => isPage(path))
      .map(({ path, text }) => [path, [...text.matchAll(/\$Resource\.(\w+)/g)].map(([, name = '']) => name)] as const)
  );
  const names = new Set([...loads.values()].flat());
  const variables = files.flatMap(({ path, text }) => (isPage(path) ? sessionVariables(text) : []));
  const { files: resources } = await readCode(
    source,
    (path) => isScript(path) && names.has(componentOf(path).name) && !isComponentTest(path),
    (text, path) => mentions(text, variables) || !isLibrary(path, text)
  );
  return new Map(
    [...loads].map(([path, loaded]) => [path, resources.filter(({ component }) => loaded.includes(component.name))])
  );
};

/** The Lightning modules of the package that each module with a session id imports, at any distance, by its path. */
const importedModules = async (
  source: PackageSource,
  files: readonly CodeFile[]
): Promise<ReadonlyMap<string, readonly CodeFile[]>> => {
  const found = new Map<string, readonly CodeFile[]>();
  const read = new Map<string, readonly CodeFile[]>();
  for (const { path, text, component } of files.filter((file) => isModule(file.path))) {
    const names = new Set([component.name]);
    const modules: CodeFile[] = [];
    // It grows while it is walked through.
    for (const name of names) {
      // eslint-disable-next-line no-await-in-loop -- each module names the next
      if (!read.has(name)) read.set(name, await moduleNamed(source, name));
      const own = name === component.name ? [{ path, text, component }] : (read.get(name) ?? []);
      if (name !== component.name) modules.push(...own);
      own.flatMap((one) => importsOf(one.text)).forEach((one) => names.size < MOST_MODULES && names.add(one));
    }
    if (modules.length > 0) found.set(path, modules);
  }
  return found;
};

/** Modules that one component may import; past it what a module does is an unknown use. */
const MOST_MODULES = 40;
const isModule = (path: string): boolean => /(?:^|\/)lwc\/[^/]+\/[^/]+\.[jt]s$/i.test(path);

/** `import { call } from 'c/rest'`: names of bundles. Other namespaces than `c` and `lightning` may be the package's. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/\b(?:from|import)(?:\s*\()?\s*["'](?!lightning\/|@)[\w-]+\/(\w+)["']/g)].map(
    ([, name = '']) => name
  );

const moduleNamed = async (source: PackageSource, name: string): Promise<readonly CodeFile[]> =>
  (
    await readCode(
      source,
      (path) => isModule(path) && componentOf(path).name === name,
      (text, path) => !isBundle(text) && !isLibrary(path, text)
    )
  ).files;

/** The classes that the markup of an Aura bundle names, in lower case, by the bundle. */
const controllersIn = async (source: PackageSource): Promise<(bundle: string) => readonly string[]> => {
  const { files } = await readCode(
    source,
    (path) => /\.(cmp|app)$/i.test(path),
    (text) => /\bcontroller\s*=/i.test(text),
    ['controller']
  );
  const found = new Map(
    files.map(({ component, text }) => [
      component.name,
      [...text.matchAll(/\bcontroller\s*=\s*["'](?:\w+\.)?(\w+)["']/gi)].map(([, name = '']) => name.toLowerCase()),
    ])
  );
  return (bundle) => found.get(bundle) ?? [];
};

const readerOf = async (
  source: PackageSource,
  withSession: readonly CodeFile[],
  filled: ApexReader['filled'],
  { label, recorded }: ApexTexts
): Promise<ApexReader> => {
  const pages = pathsByName(source.packaged, /\.page$/i);
  const showing = new Set(withSession.map(({ path }) => path));
  const controlled = /\b(?:controller|extensions)\s*=\s*["']([^"']*)/gi;
  const ofControllers = await readCode(source, isMarkup, (text) => text.search(controlled) >= 0, ['controllers']);
  const namespace = source.project.namespace?.toLowerCase();
  const credentials = await namedCredentials(source);
  return {
    filled,
    credentials: new Map(credentials.read.map(({ name, endpoint }) => [name.toLowerCase(), endpoint])),
    label,
    records: recorded,
    classes: pathsByName(source.packaged, /\.cls$/i),
    read: async (path) => (await readCode({ ...source, packaged: [path] }, isApex, () => true)).files[0],
    search: searchIn(source),
    showsSession: (page) => {
      const path = pages.get(
        namespace !== undefined && page.startsWith(`${namespace}__`) ? page.slice(namespace.length + 2) : page
      );
      return path === undefined ? undefined : showing.has(path);
    },
    onPage: (controller, member) => {
      const controlledPages = ofControllers.files.filter(({ text }) => {
        const names = [...text.toLowerCase().matchAll(controlled)].flatMap(([, list = '']) => list.split(/[\s,]+/));
        return names.some((name) => name.replace(/^\w*\./, '') === controller);
      });
      // Visualforce asks for getName() as {!name}.
      const field = new RegExp(String.raw`\b${member.replace(/^get/, '')}\b`, 'i');
      const withField = controlledPages.filter(({ text }) => field.test(withoutAssignments(text)));
      if (withField.length === 0) return undefined;
      const host = withField.map(({ text }) => hostGiven(text, field)).find((one) => one !== undefined);
      return host === undefined
        ? { to: 'unknown', what: 'a page that shows it' }
        : { to: 'third-party', what: `an address at ${host}` };
    },
  };
};

/** Each question is asked of all classes once: an answer gives what no earlier one gave. */
function searchIn(source: PackageSource): ApexReader['search'] {
  const asked = new Set<string>();
  const isNew = (question: string): boolean => {
    const before = asked.size;
    return asked.add(question).size > before;
  };
  return async (words, parents) => {
    const newWords = words.filter((all) => isNew(all.join(' ')));
    const newParents = parents.filter((one) => isNew(`extends ${one}`));
    return newWords.length + newParents.length === 0 ? [] : search(source, newWords, newParents);
  };
}

/** The classes that contain all of some words, or inherit from a class, whole words in lower case. */
async function search(
  source: PackageSource,
  words: ReadonlyArray<readonly string[]>,
  parents: readonly string[]
): Promise<readonly CodeFile[]> {
  const namesIn = wordsOfTexts([...words.flat(), ...parents]);
  const holds = (text: string): boolean => {
    const found = namesIn(text);
    if (words.some((all) => all.every((one) => found.has(one)))) return true;
    if (!parents.some((one) => found.has(one))) return false;
    const inherited = namesIn([...text.matchAll(/\b(?:extends|implements)\s[^{]*/gi)].join('{'));
    return parents.some((one) => inherited.has(one));
  };
  return (await readCode(source, isApex, (text, path, ofText) => holds(text) && !isApexTest(path, text, ofText))).files;
}

/** What a page assigns, it does not show. */
const withoutAssignments = (text: string): string => text.replace(/\bassignTo\s*=\s*["'][^"']*/gi, '');

/** The host outside of the org that gets a member of a controller in an address: `https://acme.example/?s={!sid}`. */
const hostGiven = (text: string, field: RegExp): string | undefined =>
  [...text.matchAll(/https?:\/\/[^\s"'<>]{1,500}/gi)]
    .filter(([address]) => [...address.matchAll(/\{!([^}]*)(?:\}|$)/g)].some(([, merged = '']) => field.test(merged)))
    .map(([address]) => foreignHost(address))
    .find((host) => host !== undefined);
