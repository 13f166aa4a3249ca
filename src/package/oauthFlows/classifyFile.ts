import type { Subject } from '../../engine/types.js';
import { componentOf } from '../parsing/component.js';
import { knownLibrary } from '../source/knownLibraries.js';
import { languageOf, type Language } from './languages.js';

/** A file that counts as code. `as` is the name that tells its grammar, where its own does not. */
export type CandidateFile = {
  path: string;
  as: string;
  language: Language | 'other';
  client: boolean;
  subject: Subject;
};
/** `left out`: code that nobody of the solution wrote, or that does not run in it. */
type Candidate = CandidateFile | 'left out' | 'no code';

const libraries = /(^|\/)(node_modules|bower_components|vendor|third[-_]party|Pods|Carthage|\.?venv|site-packages)\//i;
const built =
  /(^|\/)(dist|build|out|target|obj|coverage|\.next|\.nuxt)\/|\.(min|bundle|chunk)\.[cm]?js$|(^|\/)(package-lock|composer\.lock)\.json$/i;
const tests =
  /(^|\/)(__tests__|__mocks__|tests?|specs?|e2e|cypress|fixtures|testdata|androidTest)\/|[._-](test|tests|spec|stories)\.[a-z]+$|(^|\/)test_[^/]*\.py$|_test\.(go|py|rb)$|(Test|Tests|Spec)\.(java|kt|cs|php|swift)$/i;
const documents = /(^|\/)(docs?|documentation)\//i;
/** Libraries that people upload as one file; they offer every flow, and start none. */
const libraryFiles = /(^|\/)(jsforce(-[\w.]*)?|forcetk(\.[\w.]*)?)\.js$/i;

/** Tests of components stay on the machine of a developer. */
const componentTests = /(?:^|\/)lwc\/[^/]+\/(?:.+\/)?__(?:tests|mocks)__\//i;
/**
 * Whether a file of scripts in a package is a proven copy of a library of others, or only tests. What a library does with
 * a session id is up to the code that hands it over. No name of a file or folder proves one.
 */
export const isLibrary = (path: string, text: string): boolean =>
  componentTests.test(path) || knownLibrary(text) !== undefined;

/** The policy of this tool is no code of an integration, and a draft of it next to no code proves nothing. */
const policyFile = /(^|\/)security-review\.yml$/;

const isLeftOut = (path: string): boolean =>
  [libraries, built, tests, documents, libraryFiles].some((pattern) => pattern.test(path));

/** A file of an integration. An Android app ships to whoever installs it, and so does every app in Swift. */
export const integrationFile = (path: string, android: boolean): Candidate => {
  const script = /(^|\/)[^./]+$/.test(path);
  const language = script ? 'shell' : languageOf(path);
  // Apex outside a package directory runs in no integration.
  if (language === undefined || language === 'Apex' || policyFile.test(path)) return 'no code';
  if (isLeftOut(path)) return 'left out';
  const client = language === 'Swift' || (android && (language === 'Kotlin' || language === 'Java'));
  return { path, as: path, language, client, subject: { type: 'File', name: path, file: path } };
};

/** Code of the package: what runs in the org, and what runs where its user can read it. */
const apex = /\.(?:cls|trigger)$/i;
const client: readonly RegExp[] = [
  /\.(?:page|component)$/i,
  /(?:^|\/)lwc\/[^/]+\/.+\.(?:js|ts|html)$/i,
  /(?:^|\/)aura\/[^/]+\/.+\.(?:js|cmp|app)$/i,
  /(?:^|\/)staticresources\/[^/.]+(?:\.[^/]*)?(?:\/.+)?\.(?:[cm]?jsx?|ts|html?|json|resource)$/i,
];

/** A file of the package. */
export const packageFile = (path: string): Candidate => {
  const ofClient = client.some((pattern) => pattern.test(path));
  if (!ofClient && !apex.test(path)) return 'no code';
  if (ofClient && isLeftOut(path)) return 'left out';
  // In a Metadata API folder a static resource has one ending, whatever is in it.
  const as = path.endsWith('.resource') ? `${path}.js` : path;
  const language = languageOf(as) ?? 'other';
  return { path, as, language, client: ofClient, subject: { ...componentOf(path), file: path } };
};

/** What builds, tests and delivers code: hidden folders, and what tools are set up with. */
const ofTools =
  /(^|\/)(\.[^/]+\/.*|\.?[\w-]+\.config\.[cm]?[jt]s|\.\w+rc\.[cm]?js|(Docker|Make|Rake|Gem)file(\.[^/]*)?)$/i;

/**
 * Whether what is in a file can be the code of an integration. Configuration is looked at for flows, too, but a pipeline
 * or a `package.json` alone is no code.
 */
export const isSourceCode = (path: string, language: Language | 'other'): boolean =>
  language !== 'configuration' && !ofTools.test(path);

/** By its first line, what runs a file without an ending; `undefined`: it is no script. */
export const scriptEnding = (text: string): string | undefined => {
  const [, program = ''] =
    /^#!.*?(bash|sh|zsh|ksh|node|python|ruby|php)[\d.]*\s*(?:$|\s)/m.exec(text.slice(0, 200)) ?? [];
  const endings: Readonly<Record<string, string>> = { node: 'js', python: 'py', ruby: 'rb', php: 'php' };
  return program === '' ? undefined : (endings[program] ?? 'sh');
};
