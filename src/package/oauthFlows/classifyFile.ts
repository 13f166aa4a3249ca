import { oncePer } from '../../common/oncePer.js';
import type { Subject } from '../../engine/types.js';
import { componentOf, isApex } from '../parsing/component.js';
import { isComponentTest } from '../source/knownLibraries.js';
import { isSearchable } from '../source/reading/readTextFiles.js';
import { languageOf, type Language } from './languages.js';
import { isManifest } from './libraries.js';
import type { Client } from './publicClients.js';

/** A file that counts as code. `as` is the name that tells its grammar, where its own does not. */
export type CandidateFile = {
  path: string;
  as: string;
  language: Language | 'other';
  client: Client;
  subject: Subject;
  /** The name does not show what it is; it counts only where it logs in to Salesforce. */
  isUnknown?: true;
};
/**
 * `leftOut`: code that runs in no installation of the solution, or that is another's, and which of these. `closed`: what
 * a file is that no text can be read of.
 */
export type Candidate =
  | CandidateFile
  | { path: string; leftOut: string }
  | { path: string; closed: 'a compiled program' | 'an archive' }
  | 'no code';

const libraries = /(^|\/)(node_modules|bower_components|Pods|Carthage|\.?venv|site-packages)\//i;
const vendored = /^(?:[^]*\/)?(?:vendor|third[-_]party)\//i;
/** What a package manager or the authors of a library put next to it. */
const ofLibrary = /^(?:LICEN[CS]E|COPYING|NOTICE)\b|^(?:modules\.txt|autoload\.php)$|\.gemspec$/i;
const built = /(^|\/)(dist|build|out|target|obj|coverage|\.next|\.nuxt)\/|\.(min|bundle|chunk)\.[cm]?js$/i;
const locks =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|composer\.lock|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Pipfile\.lock|Gemfile\.lock|Cargo\.lock|go\.sum|packages\.lock\.json|pubspec\.lock|Podfile\.lock|mix\.lock|Package\.resolved)$/i;
const tests =
  /(^|\/)(__tests__|__mocks__|__snapshots__|mocks?|(?:\w+[_-])?tests?|specs?|e2e|cypress|fixtures|testdata|cassettes|androidTest)\/|[._-](test|tests|spec|stories)\.[a-z]+$|(^|\/)(test_[^/]*|conftest)\.py$|_test\.(go|py|rb|dart|exs)$/i;
/** By the case of their letters: `Submit.cs`, `Latest.java` and `contests/` do not match. */
const namedTests = /(^|\/)\w*Tests\/|(Test|Tests|TestCase|Spec|(?<=[a-z\d])IT)\.(java|kt|cs|php|swift|scala|groovy)$/;
const documents = /(^|\/)(docs?|documentation)\//i;
/** Texts that people read, in one file for each language of the world. */
const translations =
  /^(?=[^]*\.(?:json|ya?ml|xml|properties|php|rb)$)(?:[^]*\/)?(?:locales?|i18n|lang|translations|l10n)\//i;

/** The policy of this tool is no code of an integration, and a draft of it next to no code proves nothing. */
const policyFile = /(^|\/)security-review\.yml$/;

const reasons: ReadonlyArray<readonly [RegExp, string]> = [
  [libraries, 'library'],
  [vendored, 'library'],
  [locks, 'lock file'],
  [tests, 'test'],
  [namedTests, 'test'],
  [built, 'build output'],
  [documents, 'documentation'],
  [translations, 'translation'],
  [/\.d\.[cm]?ts$/i, 'type declarations'],
];
/** Why a file of an integration is left out by its name, if it is. */
const whyLeftOut = (path: string): string | undefined => reasons.find(([pattern]) => pattern.test(path))?.[1];

/**
 * Why each file of an integration is left out, if it is. A folder that is called vendor is one of libraries where it
 * shows that, and build output is left out where its source is there too.
 */
export function leftOutOf(paths: readonly string[]): (path: string) => string | undefined {
  const folders = new Set(paths.filter((path) => ofLibrary.test(path.replace(/^.*\//, ''))).map(folderOf));
  const isOwn = (path: string): boolean => {
    const [root] = vendored.exec(path) ?? [];
    if (root === undefined || libraries.test(path) || /(^|\/)vendor\/(bundle|assets|cache)\//i.test(path)) return false;
    for (let folder = folderOf(path); folder.length >= root.length - 1; folder = folderOf(folder))
      if (folders.has(folder)) return false;
    return true;
  };
  const why = (path: string): string | undefined => {
    const own = isOwn(path) ? path.replace(/(^|\/)(?:vendor|third[-_]party)\//gi, '$1') : path;
    return whyLeftOut(own);
  };
  const isSource = (path: string): boolean => {
    const language = languageOf(path);
    return language !== undefined && why(path) === undefined && isSourceCode(path, language);
  };
  const hasSource = paths.some(isSource);
  return (path) => {
    const reason = why(path);
    return reason === 'build output' && !hasSource ? undefined : reason;
  };
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A file of an integration. */
export const integrationFile = (
  path: string,
  clientAt: (path: string) => Client,
  why: (path: string) => string | undefined = whyLeftOut
): Candidate => {
  const script = /(^|\/)[^./]+$/.test(path);
  const language = languageOf(path) ?? (isManifest(path) ? 'configuration' : script ? 'shell' : undefined);
  // Apex outside a package directory runs in no integration.
  if (language === 'Apex' || policyFile.test(path)) return 'no code';
  const leftOut = why(path);
  if (language === undefined && (leftOut !== undefined || !mayBeCode(path))) return 'no code';
  if (leftOut !== undefined) return { path, leftOut };
  const subject: Subject = { type: 'File', name: path, file: path };
  const named = { path, as: path, client: clientAt(path), subject };
  return language === undefined ? { ...named, language: 'other', isUnknown: true } : { ...named, language };
};

/** Whether a file with an unknown ending may be code: the others are for a reviewer to read. */
const mayBeCode = (path: string): boolean =>
  isSearchable(path) &&
  !/\.(?:txt|rst|adoc|mdx|te?xt?|csv|tsv|log|out|s?css|less|svg|lock|sum|map|pem|key|crt|cer)$/i.test(path);

/** Whether a file of an integration is code or configuration by its name. */
export const isIntegrationCode = (path: string): boolean => {
  const candidate = integrationFile(path, () => 'server');
  return typeof candidate === 'object' && 'language' in candidate && candidate.isUnknown === undefined;
};

/** Code of the package that runs where its user can read it. */
const client: readonly RegExp[] = [
  /\.(?:page|component)$/i,
  /^(?=[^]*\.(?:js|ts|html)$)(?:[^]*\/)?lwc\/[^/]+\//i,
  /^(?=[^]*\.(?:js|cmp|app)$)(?:[^]*\/)?aura\/[^/]+\//i,
  /^(?=[^]*\.(?:[cm]?jsx?|ts|html?|json|resource|svg|xht(?:ml)?)$)(?:[^]*\/)?staticresources\/[^/.]/i,
  /\.scf$/i,
];
const inResource = /(?:^|\/)staticresources\/[^/]/i;
const compiled = /\.(?:wasm|swf|jar|war|ear|class|exe|dll|so|dylib|pyc|apk|aab|ipa|msi|phar)$/i;
const archives = /\.(?:zip|t?gz|bz2|xz|7z|rar|whl|gem|nupkg)$/i;
/** Pages and pictures with scripts in them, that no grammar knows by their names. */
const otherMarkup = /\.(?:svg|xht(?:ml)?|scf)$/i;
/** Scripts and pages of other bundles: experiences, applications of the browser. Tools and tests do not count. */
const inOtherBundle = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|html?|vue)$/i.test(path) &&
  !/(?:^|\/)(?:lwc|aura|__tests__|__mocks__|\.[^/]+|[^/]+\.config\.[cm]?[jt]s|[^/]+\.(?:test|spec|d)\.[cm]?[jt]sx?)(?:\/|$)/i.test(
    path
  );

/** A file of the package. Whatever lies in it runs at the subscriber, in a folder of any name. */
const packageFile = (path: string): Candidate => {
  // Most files of a package are metadata, and no pattern is for these.
  if (path.endsWith('-meta.xml')) return 'no code';
  const ofClient = client.some((pattern) => pattern.test(path)) || inOtherBundle(path);
  const subject: Subject = { ...componentOf(path), file: path };
  if (!ofClient && !isApex(path)) return inResource.test(path) ? resourceFile(path, subject) : 'no code';
  if (isComponentTest(path)) return { path, leftOut: 'test' };
  // In a Metadata API folder a static resource has one ending, whatever is in it.
  const as = path.endsWith('.resource') ? `${path}.js` : otherMarkup.test(path) ? `${path}.html` : path;
  const language = languageOf(as) ?? 'other';
  return { path, as, language, client: ofClient ? 'public' : 'server', subject };
};

/** The files of a package, by its paths; classified once, for the collector that comes first. */
export const packageFiles = oncePer((packaged: readonly string[]) => packaged.map(packageFile));

/** What else is in a static resource: a browser may load it, whatever its name is. */
function resourceFile(path: string, subject: Subject): Candidate {
  if (compiled.test(path)) return { path, closed: 'a compiled program' };
  if (archives.test(path)) return { path, closed: 'an archive' };
  if (/-meta\.xml$/i.test(path) || !mayBeCode(path)) return 'no code';
  return { path, as: path, language: 'other', client: 'public', subject, isUnknown: true };
}

/** What builds, tests and delivers code: hidden folders, and what tools are set up with. */
const ofTools =
  /(^|\/)(\.[^/]+\/[^]*|\.?[\w-]+\.config\.[cm]?[jt]s|\.\w+rc\.[cm]?js|(Docker|Make|Rake|Gem)file(\.[^/]*)?)$/i;

/**
 * Whether what is in a file can be the code of an integration. Configuration is also searched for flows, but a pipeline
 * or a `package.json` alone is no code.
 */
export const isSourceCode = (path: string, language: Language | 'other'): boolean =>
  language !== 'configuration' && !isManifest(path) && !ofTools.test(path);

/** By its first line, what runs a file without an ending; `undefined`: it is no script. */
export const scriptEnding = (text: string): string | undefined => {
  const [, program = ''] =
    /^#!.*?(bash|sh|zsh|ksh|node|python|ruby|php)[\d.]*\s*(?:$|\s)/m.exec(text.slice(0, 200)) ?? [];
  const endings: Readonly<Record<string, string>> = { node: 'js', python: 'py', ruby: 'rb', php: 'php' };
  return program === '' ? undefined : (endings[program] ?? 'sh');
};
