import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith } from './folders.js';

const run = promisify(execFile);

/**
 * Asks git, without a shell. In a git hook the variables may name the repository of another folder; a repository can
 * name a program as its file system monitor, and a server for objects that it lacks, and neither may be run or asked.
 */
export const git = async (cwd: string, ...args: readonly string[]): Promise<string> => {
  const env = {
    ...process.env,
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
    GIT_NO_LAZY_FETCH: '1',
  };
  const options = ['--literal-pathspecs', '-c', 'core.fsmonitor=false'];
  const { stdout } = await run('git', [...options, ...args], { cwd, env, maxBuffer: 256 * 2 ** 20 });
  return stdout;
};

/**
 * Which of these files git tracks. Without a repository none; `undefined`: there is one, and git could not be asked.
 */
export const trackedByGit = async (
  root: string,
  files: readonly string[]
): Promise<ReadonlySet<string> | undefined> => {
  try {
    // git names a file by its real path, and the folder of a file may belong to a repository inside the repository.
    const places = await Promise.all(
      files.map(async (file) => {
        const folder = await realpath(dirname(join(root, file)));
        return { file, path: join(folder, basename(file)), repository: await folderWith('.git', folder) };
      })
    );
    const repositories = [...new Set(places.flatMap(({ repository }) => repository ?? []))];
    const listed = await Promise.all(repositories.map(filesOf));
    const tracked = new Set(listed.flat());
    return new Set(places.flatMap(({ file, path }) => (tracked.has(composed(path)) ? [file] : [])));
  } catch {
    return undefined;
  }
};

/** Every file that the repository tracks, with one question: thousands of processes would take minutes. */
const filesOf = async (repository: string): Promise<string[]> => {
  const names = (await git(repository, 'ls-files', '-z')).split('\0');
  return names.flatMap((name) => (name === '' ? [] : [composed(join(repository, name))]));
};

/** macOS may list a name in another form of Unicode than git keeps it in. */
const composed = (path: string): string => path.normalize('NFC');

export const hasRepository = async (folder: string): Promise<boolean> =>
  (await folderWith('.git', folder)) !== undefined;
