import type { Collector } from '../../engine/types.js';
import { appFile, globalSuffix } from '../parsing/appFiles.js';
import type { GlobalOauthFile } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { population, readAppFiles } from '../reading/readAppFiles.js';

/**
 * The global OAuth settings of External Client Apps, wherever they lie: also outside the package, and where nothing is
 * packaged. A file that does not parse is listed all the same, since the file itself is the offence.
 */
export const globalOauthFiles: Collector<PackageSource, readonly GlobalOauthFile[]> = {
  reads: ['ExtlClntAppGlobalOauthSettings (.ecaGlblOauth)', 'git ls-files'],
  requires: [],
  collect: async (source) => {
    const { packaged, files, unseen } = source;
    const found = files.flatMap((path) => appFile(path) ?? []).filter(({ suffix }) => suffix === globalSuffix);
    const { read, gaps } = await readAppFiles(source, found);
    const roots = new Map(read.map(({ path, root }) => [path, root]));
    const inPackage = new Set(packaged);
    const known = await source.tracked(found.map(({ path }) => path));
    const members = found.map(({ path, name }): GlobalOauthFile => {
      const root = roots.get(path);
      const app = child(root, 'externalClientApplication')?.text ?? '';
      return {
        app: app === '' ? name : app,
        file: path,
        ...secretLine(root),
        inPackage: inPackage.has(path),
        tracked: known?.has(path),
      };
    });
    return population(members, [...unseen.files, ...gaps]);
  },
};

/** Only where the secret stands: its text goes no further than this line. */
const secretLine = (root: XmlElement | undefined): Pick<GlobalOauthFile, 'secretLine'> => {
  const secret = childrenNamed(root, 'consumerSecret').find(({ text }) => text !== '');
  return secret ? { secretLine: secret.line } : {};
};
