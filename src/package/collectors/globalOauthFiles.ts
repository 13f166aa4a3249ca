import type { Collector, Gap } from '../../engine/types.js';
import { codeOf } from '../source/folderTree.js';
import { fileGap } from '../parsing/gaps.js';
import { appFile, globalSuffix, type AppFile } from '../parsing/appFiles.js';
import type { GlobalOauthFile } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { population, readAppFiles } from '../source/reading/readAppFiles.js';

/**
 * The global OAuth settings of External Client Apps in the whole source: also outside the package, and without a
 * package. A file that does not parse is listed, because its existence is the finding.
 */
export const globalOauthFiles: Collector<PackageSource, readonly GlobalOauthFile[]> = {
  reads: ['ExtlClntAppGlobalOauthSettings (.ecaGlblOauth)', 'git ls-files'],
  requires: [],
  collect: async (source) => {
    const { packaged, unseen } = source;
    const { found, gaps: closed } = await globalFiles(source);
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
    return population(members, [...unseen.files, ...closed, ...gaps]);
  },
};

/** By their suffix, and by their root element under any other. */
async function globalFiles({ files, tree }: PackageSource): Promise<{ found: AppFile[]; gaps: Gap[] }> {
  const found: AppFile[] = [];
  const gaps: Gap[] = [];
  for (const path of files) {
    const file = appFile(path);
    if (file?.suffix === globalSuffix) found.push(file);
    else if (/\.xml$|\.eca\w*$/i.test(path)) {
      // eslint-disable-next-line no-await-in-loop -- the texts are read once, by whichever collector comes first
      const text = await tree.read(path).catch((error: unknown) => {
        gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
        return '';
      });
      const [, name = path] = /(?<![^/])([^/]+?)\.\w+(?:-meta\.xml)?$/.exec(path) ?? [];
      if (rootElement.test(text.slice(0, 2000))) found.push({ path, name, suffix: globalSuffix });
    }
  }
  return { found, gaps };
}

const rootElement = /^\uFEFF?\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[^])*-->\s*)*<(?:\w+:)?ExtlClntAppGlobalOauthSettings\b/;

/** Only the place of the secret: its text goes no further than this line. */
const secretLine = (root: XmlElement | undefined): Pick<GlobalOauthFile, 'secretLine'> => {
  const secret = childrenNamed(root, 'consumerSecret').find(({ text }) => text !== '');
  return secret ? { secretLine: secret.line } : {};
};
