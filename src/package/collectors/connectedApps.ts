import type { Collector } from '../../engine/types.js';
import { appFile, isConnectedAppFile, type ReadFile } from '../parsing/appFiles.js';
import type { ConnectedApp } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { parseOauthSettings, refreshTokenPolicy, scopesOf } from '../apps/oauthSettings.js';
import { child, childrenNamed, only } from '../parsing/xml.js';
import { population, readAppFiles } from '../source/reading/readAppFiles.js';

/** The Connected Apps of the package. */
export const packagedConnectedApps: Collector<PackageSource, readonly ConnectedApp[]> = {
  reads: ['ConnectedApp (.connectedApp)'],
  requires: [],
  collect: async (source) => {
    const { packaged, unseen } = source;
    const files = packaged.flatMap((path) => appFile(path) ?? []).filter(isConnectedAppFile);
    const { read, gaps } = await readAppFiles(source, files);
    return population(read.filter(isFirst).map(connectedApp), [...unseen.packaged, ...gaps]);
  },
};

/** The same file in both formats, or in two package directories, is one app; two versions are two. */
const isFirst = (file: ReadFile, index: number, all: readonly ReadFile[]): boolean =>
  index === all.findIndex(({ name, text }) => name === file.name && text === file.text);

const connectedApp = ({ name, path: file, root }: ReadFile): ConnectedApp => {
  const [first, ...others] = childrenNamed(root, 'oauthConfig');
  if (!first) {
    // In a 2GP an app is a reference, by name and version, to one that a 1GP of the same namespace released.
    // https://developer.salesforce.com/docs/platform/pkg2-dev/guide/sfdx-dev-dev2gp-connected-app.md
    const stub = child(root, 'version') ?? child(root, 'developerName');
    return { name, file, kind: stub ? 'stub' : 'no-oauth' };
  }
  // Salesforce takes one; whatever a second one says must not be hidden by the first.
  const config = { ...first, children: [first, ...others].flatMap(({ children }) => children) };
  const scopes = scopesOf(config, 'scopes', file);
  return {
    name,
    file,
    kind: 'oauth',
    oauth: { ...parseOauthSettings(config, file), scopes },
    ...refreshTokenPolicy(only(root, 'oauthPolicy'), ['refreshTokenPolicy'], file),
  };
};
