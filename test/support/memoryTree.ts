import type { PackageTree } from '../../src/package/source/folderTree.js';

/** The in-memory twin of a folder: path → content. */
export const memoryTree = (
  files: Readonly<Record<string, string>>,
  unseen: PackageTree['unseen'] = []
): PackageTree => ({
  paths: Object.keys(files).sort(),
  unseen,
  read: (path) => {
    const text = files[path];
    return text === undefined
      ? Promise.reject(Object.assign(new Error('No such file.'), { code: 'ENOENT' }))
      : Promise.resolve(text);
  },
});
