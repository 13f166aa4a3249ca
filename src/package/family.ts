import type { Gap } from '../engine/types.js';
import { appTypes, globalSuffix, headerSuffix, oauthSuffix } from './appFiles.js';
import type { ExternalClientApp, OauthSettings } from './facts.js';
import { oauthSettings, scopesOf } from './oauthSettings.js';
import { fileGap, type ReadFile } from './readApps.js';
import { only } from './xml.js';

/** A file of an External Client App, the app that it belongs to, and the line that says so. */
export type Member = ReadFile & { app: string; line: number };

/** Settings name their app in an element; their file names follow no pattern. Only the header is named after the app. */
export const appOf = (file: ReadFile, namespace: string | undefined): Member | undefined => {
  const prefix = namespace === undefined ? '' : `${namespace}__`;
  const local = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  if (file.suffix === headerSuffix) return { ...file, app: local(file.name), line: file.root.line };
  const element = only(file.root, 'externalClientApplication');
  return element && element.text !== '' ? { ...file, app: local(element.text), line: element.line } : undefined;
};

/** One app out of its files, and a gap for each kind of settings of which two files differ. */
export const join = (
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
  const state = only(agreed(headers)?.root, 'distributionState');
  const [localFile, globalFile] = [agreed(local), agreed(global)];
  const app: ExternalClientApp = {
    name,
    file: first?.path ?? '',
    ...(first ? { line: first.line } : {}),
    hasHeader: header !== undefined,
    ...(header && state ? { distributionState: { value: state.text, file: header.path, line: state.line } } : {}),
    ...(localFile ? { oauth: localSettings(localFile) } : {}),
    ...(globalFile ? { global: oauthSettings(globalFile.root, globalFile.path) } : {}),
    files: members
      .filter(({ path, suffix }) => inPackage.has(path) && suffix !== headerSuffix && suffix !== oauthSuffix)
      .map(({ path, suffix, root }) => ({ type: appTypes[suffix] ?? root.name, suffix, file: path })),
  };
  const gaps = [headers, local, global]
    .flatMap(([one, ...others]) => others.filter((other) => other.text !== one?.text).map((other) => ({ one, other })))
    .map(({ one, other }) =>
      fileGap(other.path, `and ${one?.path ?? ''} contradict each other about the app ${name}.`)
    );
  return { app, gaps };
};

/** Files that contradict each other say nothing: they prove no offence and no pass. */
const agreed = ([first, ...others]: readonly Member[]): Member | undefined =>
  others.every(({ text }) => text === first?.text) ? first : undefined;

/** Until API 57 these settings held callbacks and the secret as well; since then only scopes. */
const localSettings = ({ root, path }: ReadFile): OauthSettings => ({
  ...oauthSettings(root, path),
  scopes: scopesOf(root, 'commaSeparatedOauthScopes', path),
});
