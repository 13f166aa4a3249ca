import { access, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from './folderTree.js';

/** Whether something that is asked for is there, be it a file or a name that git knows. */
export const isThere = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false
  );

/** The nearest folder, from this one upwards, that contains a file or folder of this name. */
export async function folderWith(name: string, folder: string): Promise<string | undefined> {
  if (await isThere(access(join(folder, name)))) return folder;
  return dirname(folder) === folder ? undefined : folderWith(name, dirname(folder));
}

/** The real path of a folder. Throws the error that `wrong` makes of the reason: it does not exist, or is no folder. */
export async function realFolder(path: string, wrong: (why: string) => Error): Promise<string> {
  const real = await realpath(resolve(path)).catch((error: unknown) => {
    throw wrong(codeOf(error) === 'ENOENT' ? 'does not exist' : `cannot be opened (${codeOf(error)})`);
  });
  if (!(await stat(real)).isDirectory()) throw wrong('is not a folder');
  return real;
}
