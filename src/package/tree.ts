import { readFileSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { unreadable } from './problem.js';

/** A folder of source, in whatever form it is kept. Listed once; a file is read only when somebody asks for it. */
export type PackageTree = {
  /** Every file, relative to the root, with forward slashes, sorted. */
  paths: readonly string[];
  /** What is there and was not listed, with the reason; the path of a folder ends in `/`. */
  unseen: ReadonlyArray<{ path: string; reason: string }>;
  read(path: string): Promise<string>;
};

/** Folders that never hold source: libraries, and the records that git and the Salesforce CLI keep. */
const skipped: ReadonlySet<string> = new Set(['node_modules', '.git', '.sfdx', '.sf']);

/** Lists a folder of the disk. `root` is a real path; a link that leads out of it is not followed. */
export const folderTree = async (root: string): Promise<PackageTree> => {
  const paths: string[] = [];
  const unseen: Array<{ path: string; reason: string }> = [];

  const list = async (folder: string, linked: boolean): Promise<void> => {
    try {
      const entries = await readdir(join(root, folder), { withFileTypes: true });
      await Promise.all(
        entries.map(async (entry) => {
          const path = `${folder}${entry.name}`;
          if (skipped.has(entry.name)) return;
          if (entry.isDirectory()) await list(`${path}/`, linked);
          else if (entry.isFile()) paths.push(path);
          else if (entry.isSymbolicLink()) await follow(path, linked);
        })
      );
    } catch (error) {
      unseen.push({ path: folder, reason: `could not be listed (${codeOf(error)})` });
    }
  };

  const follow = async (path: string, linked: boolean): Promise<void> => {
    try {
      const target = await realpath(join(root, path));
      const folder = (await stat(target)).isDirectory();
      const leaveOut = (reason: string): number => unseen.push({ path: folder ? `${path}/` : path, reason });
      if (!`${target}${sep}`.startsWith(`${root}${sep}`)) leaveOut('is a link that leads out of the folder');
      else if (!folder) paths.push(path);
      else if (linked) leaveOut('is a link inside a linked folder');
      // A link to a folder above itself would list the same files for ever.
      else if (!join(root, path).startsWith(`${target}${sep}`)) await list(`${path}/`, true);
    } catch (error) {
      // A folder, as far as its name tells: nobody knows what lies in it where the link leads somewhere.
      const file = /\.[^/]*$/.test(path);
      unseen.push({ path: file ? path : `${path}/`, reason: `is a link that leads nowhere (${codeOf(error)})` });
    }
  };

  await list('', false);
  // Thousands of small files: to wait for each takes several times longer than to read it.
  // eslint-disable-next-line @typescript-eslint/require-await -- a file that cannot be read is a rejection
  const read = async (path: string): Promise<string> => readFileSync(join(root, path), 'utf8');
  return { paths: paths.sort(), unseen, read };
};

/** The code of a system error; its message would name a path of this machine. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

/** Reads a file without which nothing can be judged. */
export const readText = async (tree: PackageTree, path: string): Promise<string> => {
  try {
    return await tree.read(path);
  } catch (error) {
    throw unreadable(path, `could not be opened (${codeOf(error)})`);
  }
};

/** Whether a path is the folder or lies in it; everything lies in `''`, the root. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '' ? !path.startsWith('../') && path !== '..' : path === folder || path.startsWith(`${folder}/`);

/** A path as people write it in a project file: `./force-app/`, `force-app\main`. */
export const normalised = (path: string): string =>
  posix
    .normalize(`./${path.replaceAll('\\', '/')}`)
    .replace(/\/$/, '')
    .replace(/^\.$/, '');
