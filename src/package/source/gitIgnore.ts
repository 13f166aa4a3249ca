import ignore from 'ignore';
import type { PackageTree } from './folderTree.js';

/** Which files of a folder its `.gitignore` files keep out of the repository, as far as they lie in the folder. */
export async function ignoredByGit(tree: PackageTree): Promise<(path: string) => boolean> {
  const files = tree.paths.filter((path) => /(?:^|\/)\.gitignore$/.test(path));
  const rules = await Promise.all(
    files.map(async (path) => {
      const text = await tree.read(path).catch(() => '');
      return { folder: path.slice(0, -'.gitignore'.length), rule: ignore().add(text) };
    })
  );
  return (path) =>
    rules.some(
      ({ folder, rule }) =>
        path.startsWith(folder) && path.length > folder.length && rule.ignores(path.slice(folder.length))
    );
}
