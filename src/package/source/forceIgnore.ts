import ignore, { type Ignore } from 'ignore';
import { isWithin, readText, type PackageTree } from './folderTree.js';

const fileName = '.forceignore';

export const isForceIgnore = (path: string): boolean => path === fileName || path.endsWith(`/${fileName}`);

/** What source-deploy-retrieve 13.7.0 ignores besides, when there is a `.forceignore`: duplicates and dot files. */
const always = ['**/*.dup', '**/.*', '**/package2-descriptor.json', '**/package2-manifest.json'];

/**
 * Tells which files a `.forceignore` keeps out of the package. As the Salesforce CLI does, the nearest file upwards
 * from each package directory decides, and only that one.
 */
export const forceIgnore = async (
  tree: PackageTree,
  directories: readonly string[]
): Promise<(path: string) => boolean> => {
  const rules = await Promise.all(
    directories.map(async (directory) => {
      const folder = upwards(directory).find((one) => tree.paths.includes(inside(one, fileName)));
      if (folder === undefined) return { directory, denies: () => false };
      const parser = ignore()
        .add(always)
        .add(await readText(tree, inside(folder, fileName)));
      return { directory, denies: (path: string) => denies(parser, folder, path) };
    })
  );
  // A file of two package directories stays when one of them takes it.
  return (path) => {
    const holding = rules.filter(({ directory }) => isWithin(path, directory));
    return holding.length > 0 && holding.every((rule) => rule.denies(path));
  };
};

const denies = (parser: Ignore, folder: string, path: string): boolean =>
  parser.ignores(folder === '' ? path : path.slice(folder.length + 1));

const inside = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** The folder itself, then each one above it, the root (`''`) last. */
const upwards = (folder: string): string[] =>
  folder === '' ? [''] : [folder, ...upwards(folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '')];
