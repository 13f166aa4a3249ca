import type { Subject } from '../../engine/types.js';
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

const kinds: ReadonlyArray<{ type: string; path: RegExp; client: boolean }> = [
  { type: 'ApexClass', path: /([^/]+)\.cls$/i, client: false },
  { type: 'ApexTrigger', path: /([^/]+)\.trigger$/i, client: false },
  { type: 'VisualforcePage', path: /([^/]+)\.page$/i, client: true },
  { type: 'VisualforceComponent', path: /([^/]+)\.component$/i, client: true },
  { type: 'LightningComponentBundle', path: /(?:^|\/)lwc\/([^/]+)\/.+\.(?:js|ts|html)$/i, client: true },
  { type: 'AuraDefinitionBundle', path: /(?:^|\/)aura\/([^/]+)\/.+\.(?:js|cmp|app)$/i, client: true },
  {
    type: 'StaticResource',
    path: /(?:^|\/)staticresources\/([^/.]+)(?:\.[^/]*)?(?:\/.+)?\.(?:[cm]?jsx?|ts|html?|json|resource)$/i,
    client: true,
  },
];

/** A file of the package. */
export const packageFile = (path: string): Candidate => {
  const kind = kinds.find((one) => one.path.test(path));
  if (!kind) return 'no code';
  const apex = kind.type.startsWith('Apex');
  if (!apex && isLeftOut(path)) return 'left out';
  const name = kind.path.exec(path)?.[1] ?? path;
  // In a Metadata API folder a static resource has one ending, whatever is in it.
  const as = path.endsWith('.resource') ? `${path}.js` : path;
  return {
    path,
    as,
    language: languageOf(as) ?? 'other',
    client: kind.client,
    subject: { type: kind.type, name, file: path },
  };
};

/** By its first line, what runs a file without an ending; `undefined`: it is no script. */
export const scriptEnding = (text: string): string | undefined => {
  const [, program = ''] =
    /^#!.*?(bash|sh|zsh|ksh|node|python|ruby|php)[\d.]*\s*(?:$|\s)/m.exec(text.slice(0, 200)) ?? [];
  const endings: Readonly<Record<string, string>> = { node: 'js', python: 'py', ruby: 'rb', php: 'php' };
  return program === '' ? undefined : (endings[program] ?? 'sh');
};

/** An Apex class that is a test as a whole; it is not part of what runs. */
export const isApexTest = (text: string): boolean => {
  const head = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
  return /@istest\b/i.test(head.slice(0, head.indexOf('{') + 1));
};
