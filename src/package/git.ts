import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

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

/** Which of these files git tracks. Without a repository none; `undefined`: there is one, and git could not be asked. */
export const trackedByGit = async (
  root: string,
  files: readonly string[]
): Promise<ReadonlySet<string> | undefined> => {
  // Each file is asked for where it lies: its folder may belong to a repository inside the repository.
  const isTracked = async (file: string): Promise<boolean> => {
    const cwd = dirname(join(root, file));
    if (!(await hasRepository(cwd))) return false;
    return (await git(cwd, 'ls-files', '-z', '--', basename(file))) !== '';
  };
  try {
    const answers = await Promise.all(files.map(isTracked));
    return new Set(files.filter((_, index) => answers[index]));
  } catch {
    return undefined;
  }
};

export const hasRepository = async (folder: string): Promise<boolean> => {
  const found = await access(join(folder, '.git')).then(
    () => true,
    () => false
  );
  if (found || dirname(folder) === folder) return found;
  return hasRepository(dirname(folder));
};
