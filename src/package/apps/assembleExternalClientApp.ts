import type { Gap } from '../../engine/types.js';
import {
  appTypes,
  globalSuffix,
  headerSuffix,
  oauthSuffix,
  policySuffix,
  securitySuffix,
  type ReadFile,
} from '../parsing/appFiles.js';
import type { ExternalClientApp, Located, OauthSettings } from '../facts.js';
import { childrenNamed, only } from '../parsing/xml.js';
import { fileGap } from '../parsing/gaps.js';
import { localName } from '../parsing/localName.js';
import { parseOauthSettings, refreshTokenPolicy, scopesOf } from './oauthSettings.js';

/** A file of an External Client App, its app, and the line that names the app. */
type Member = ReadFile & { app: string; line: number };

/**
 * Settings name their app in an element; their file names follow no pattern. Only the header is named after the app.
 */
export const appOf = (file: ReadFile, namespace: string | undefined): Member | undefined => {
  const local = (name: string): string => localName(name, namespace);
  if (file.suffix === headerSuffix) return { ...file, app: local(file.name), line: file.root.line };
  const element = only(file.root, 'externalClientApplication');
  return element && element.text !== '' ? { ...file, app: local(element.text), line: element.line } : undefined;
};

/** One app out of its files, and a gap for each kind of settings of which two files differ. */
export const assembleApps = (
  name: string,
  members: readonly Member[],
  inPackage: ReadonlySet<string>
): { app: ExternalClientApp; gaps: readonly Gap[] } => {
  const of = (suffix: string): readonly Member[] => {
    const all = members.filter((member) => member.suffix === suffix);
    const own = all.filter(({ path }) => inPackage.has(path));
    return own.length > 0 ? own : all;
  };
  // A package cannot contain global settings: a file in one proves no more than a given file.
  const global = members.filter(({ suffix }) => suffix === globalSuffix);
  const [headers, local] = [of(headerSuffix), of(oauthSuffix)];
  const [header] = headers;
  const first = header ?? members.find(({ path }) => inPackage.has(path));
  const state = only(agreed(headers)?.root, 'distributionState');
  const [localFile, globalFile] = [agreed(local), agreed(global)];
  // Each org has its own: two that differ say nothing, and are no contradiction.
  const [policyFile, securityFile] = [agreed(of(policySuffix)), agreed(of(securitySuffix))];
  const app: ExternalClientApp = {
    name,
    file: first?.path ?? '',
    ...(first ? { line: first.line } : {}),
    hasHeader: header !== undefined,
    ...(header && state ? { distributionState: { value: state.text, file: header.path, line: state.line } } : {}),
    ...ownerOf(header),
    ...(localFile ? { oauth: localSettings(localFile), oauthLink: oauthLinkOf(localFile) } : {}),
    ...(globalFile ? { global: parseOauthSettings(globalFile.root, globalFile.path) } : {}),
    ...(policyFile ? refreshTokenPolicy(policyFile.root, policyElements, policyFile.path) : {}),
    ...(securityFile ? { tokenIpRanges: tokenIpRanges(securityFile) } : {}),
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

/** Files that contradict each other prove nothing: no violation and no pass. */
const agreed = ([first, ...others]: readonly Member[]): Member | undefined =>
  others.every(({ text }) => text === first?.text) ? first : undefined;

/** Until API 57 these settings held callbacks and the secret as well; since then only scopes. */
const localSettings = ({ root, path }: ReadFile): OauthSettings => ({
  ...parseOauthSettings(root, path),
  scopes: scopesOf(root, 'commaSeparatedOauthScopes', path),
});

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_extlclntappoauthsettings.htm */
function oauthLinkOf({ root, path: file }: ReadFile): Located<string> {
  const link = only(root, 'oauthLink');
  return { value: link?.text ?? '', file, line: link?.line ?? root.line };
}

function ownerOf(header: ReadFile | undefined): Pick<ExternalClientApp, 'ownerOrg' | 'ownerApp'> {
  const link = only(header?.root, 'orgScopedExternalApp')?.text ?? '';
  const [, ownerOrg, ownerApp = ''] = /^(00D\w{12,15}):(\w*)/.exec(link) ?? [];
  return ownerOrg === undefined ? {} : { ownerOrg, ...(ownerApp === '' ? {} : { ownerApp }) };
}

const policyElements = ['refreshTokenPolicyType', 'refreshTokenValidityPeriod', 'refreshTokenValidityUnit'] as const;

const tokenIpRanges = ({ root, path: file }: ReadFile): Array<Located<{ start: string; end: string }>> =>
  childrenNamed(root, 'tokenIpRanges').map((range) => ({
    value: { start: only(range, 'startIpAddress')?.text ?? '', end: only(range, 'endIpAddress')?.text ?? '' },
    file,
    line: range.line,
  }));
