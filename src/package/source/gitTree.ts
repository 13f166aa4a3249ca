import { git } from './git.js';
import { isThere } from './folders.js';
import type { PackageTree } from './folderTree.js';

/** A folder of the disk as it was in a commit; `undefined`: the repository there has no commit of that name. */
export const gitTree = async (root: string, name: string): Promise<PackageTree | undefined> => {
  try {
    const commit = (await git(root, 'rev-parse', '--verify', '--end-of-options', `${name}^{commit}`)).trim();
    const listed = await git(root, 'ls-tree', '-r', '-z', commit);
    const entries = listed.split('\0').flatMap((line) => {
      const [, mode = '', id = '', path = ''] = /^(\d+) \w+ (\w+)\t([^]+)$/.exec(line) ?? [];
      return path === '' ? [] : [{ mode, id, path }];
    });
    const ids = new Map(entries.map(({ path, id }) => [path, id]));
    return {
      paths: entries.flatMap(({ mode, path }) => (mode.startsWith('100') ? [path] : [])).sort(),
      unseen: entries.flatMap(({ mode, path }) => {
        // Where it leads is not looked up, so as far as its name tells it may be a folder.
        if (mode === '120000')
          return [{ path: path.lastIndexOf('.') > path.lastIndexOf('/') ? path : `${path}/`, reason: 'is a link' }];
        return mode === '160000' ? [{ path: `${path}/`, reason: 'is a separate repository' }] : [];
      }),
      // Not `git show`: a repository can name a program that turns a file into text.
      read: (path) => git(root, 'cat-file', 'blob', ids.get(path) ?? path),
    };
  } catch {
    return undefined;
  }
};

/** Tags of earlier commits, the newest first, and the tags of the commit that is checked out. */
export type Tags = { earlier: readonly string[]; atHead: readonly string[] };

/**
 * Tags of the repository; `why` where they could not be seen. A pipeline that runs for a tag has that tag on the commit
 * that it checks: compared with it, nothing is ever new or removed.
 */
export const tagsOf = async (root: string): Promise<Tags | { why: string }> => {
  try {
    const listed = await git(
      root,
      'for-each-ref',
      '--sort=-version:refname',
      '--sort=-creatordate',
      '--format=%(refname)',
      'refs/tags'
    );
    const tags = listed.split('\n').filter((name) => name !== '');
    const isShallow = (await git(root, 'rev-parse', '--is-shallow-repository')).trim() === 'true';
    // Without a tag HEAD is not asked about: a new repository has none.
    const listedAtHead =
      tags.length === 0 ? '' : await git(root, 'for-each-ref', '--points-at=HEAD', '--format=%(refname)', 'refs/tags');
    const heads = new Set(listedAtHead.split('\n'));
    const [earlier, atHead] = [tags.filter((tag) => !heads.has(tag)), tags.filter((tag) => heads.has(tag))];
    if (isShallow && earlier.length === 0) return { why: 'the repository is a shallow clone, which may lack tags' };
    return { earlier, atHead };
  } catch {
    return { why: 'git could not read the repository' };
  }
};

/** The newest tag whose commit contains one of these folders; paths are relative to the root. */
export const newestTagWith = async (
  root: string,
  tags: readonly string[],
  folders: readonly string[]
): Promise<string | undefined> => {
  for (const tag of tags) {
    for (const folder of folders) {
      const found = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${tag}^{commit}:./${folder}`);
      // eslint-disable-next-line no-await-in-loop -- the first one decides
      if (await isThere(found)) return tag;
    }
  }
  return undefined;
};
