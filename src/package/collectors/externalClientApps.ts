import type { Collector, Gap } from '../../engine/types.js';
import { appFile, appTypes, isConnectedAppFile } from '../appFiles.js';
import type { ExternalClientApp, OauthSettings } from '../facts.js';
import type { PackageSource } from '../project.js';
import { child } from '../xml.js';
import { oauthSettings, words } from './oauth.js';
import { fileGap, population, readAppFiles, type ReadFile } from './read.js';

/** A file, the app that it belongs to, and the line that says so. */
type Member = ReadFile & { app: string; line: number };

/** The External Client Apps of the package, each joined from its files. */
export const externalClientApps: Collector<PackageSource, readonly ExternalClientApp[]> = {
  reads: ['External Client App family (.eca, .ecaOauth, .ecaGlblOauth and the other .eca… files)'],
  requires: [],
  collect: async ({ project, tree, packaged, files, unseen }) => {
    const inPackage = new Set(packaged);
    const family = files
      .flatMap((path) => appFile(path) ?? [])
      .filter((file) => !isConnectedAppFile(file))
      // Global settings are never packaged; wherever the tree keeps them, they answer for their app.
      .filter(({ path, suffix }) => inPackage.has(path) || (project.isPackage && suffix === globalSuffix));
    const { read, gaps } = await readAppFiles(tree, family);
    const nameless = read.filter((file) => appOf(file, project.namespace) === undefined);
    const members = read.flatMap((file) => appOf(file, project.namespace) ?? []);
    const names = new Set(members.filter(({ path }) => inPackage.has(path)).map(({ app }) => app));
    const joined = [...names].map((app) =>
      join(
        app,
        members.filter((member) => member.app === app),
        inPackage
      )
    );
    return population(
      joined.map(({ app }) => app),
      [
        ...unseen.packaged,
        ...gaps,
        ...nameless.map(({ path }) => fileGap(path, 'It does not name its app (externalClientApplication).')),
        ...joined.flatMap(({ gaps: contradictions }) => contradictions),
      ]
    );
  },
};

export const headerSuffix = 'eca';
export const globalSuffix = 'ecaGlblOauth';
const oauthSuffix = 'ecaOauth';

/** Settings name their app in an element; their file names follow no pattern. Only the header is named after the app. */
const appOf = (file: ReadFile, namespace: string | undefined): Member | undefined => {
  const element = child(file.root, 'externalClientApplication');
  if (file.suffix === headerSuffix) return { ...file, app: file.name, line: file.root.line };
  if (!element || element.text === '') return undefined;
  const prefix = `${namespace ?? ''}__`;
  const app = element.text.startsWith(prefix) ? element.text.slice(prefix.length) : element.text;
  return { ...file, app, line: element.line };
};

const join = (
  name: string,
  members: readonly Member[],
  inPackage: ReadonlySet<string>
): { app: ExternalClientApp; gaps: readonly Gap[] } => {
  const of = (suffix: string): readonly Member[] => {
    const all = members.filter((member) => member.suffix === suffix);
    const own = all.filter(({ path }) => inPackage.has(path));
    return own.length > 0 ? own : all;
  };
  const [headers, local, global] = [of(headerSuffix), of(oauthSuffix), of(globalSuffix)];
  const [header] = headers;
  const first = header ?? members.find(({ path }) => inPackage.has(path));
  const state = child(header?.root, 'distributionState');
  const oauth = local[0] && localSettings(local[0]);
  const app: ExternalClientApp = {
    name,
    file: first?.path ?? '',
    ...(first ? { line: first.line } : {}),
    hasHeader: header !== undefined,
    ...(header && state ? { distributionState: { value: state.text, file: header.path, line: state.line } } : {}),
    ...(oauth ? { oauth } : {}),
    ...(global[0] ? { global: oauthSettings(global[0].root, global[0].path) } : {}),
    files: members
      .filter(({ path, suffix }) => inPackage.has(path) && suffix !== headerSuffix && suffix !== oauthSuffix)
      .map(({ path, suffix, root }) => ({ type: appTypes[suffix] ?? root.name, suffix, file: path })),
  };
  const gaps = [headers, local, global]
    .filter((files) => files.length > 1)
    .map((files) => fileGap(files[1]?.path ?? '', `${files[0]?.path ?? ''} says something else of the app ${name}.`));
  return { app, gaps };
};

/** Until API 57 these settings held callbacks and the secret as well; since then only scopes. */
const localSettings = ({ root, path }: ReadFile): OauthSettings => {
  const { callbacks, ...settings } = oauthSettings(root, path);
  const scopes = child(root, 'commaSeparatedOauthScopes');
  return {
    ...settings,
    scopes: scopes ? words(scopes, /[\s,]+/, path) : [],
    ...(child(root, 'callbackUrl') ? { callbacks } : {}),
  };
};
