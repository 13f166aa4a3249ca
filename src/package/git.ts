import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which of these files git tracks. Without a repository none; `undefined`: there is one, and git could not be asked. */
export const trackedByGit = async (
  root: string,
  files: readonly string[]
): Promise<ReadonlySet<string> | undefined> => {
  // In a git hook these variables may name the repository of another folder.
  const env = { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined };
  // A repository can name a program as its file system monitor; asking about a file must not run it.
  const options = ['--literal-pathspecs', '-c', 'core.fsmonitor=false'];
  // Each file is asked for where it lies: its folder may belong to a repository inside the repository.
  const isTracked = async (file: string): Promise<boolean> => {
    const cwd = dirname(join(root, file));
    if (!(await hasRepository(cwd))) return false;
    const { stdout } = await run('git', [...options, 'ls-files', '-z', '--', basename(file)], { cwd, env });
    return stdout !== '';
  };
  try {
    const answers = await Promise.all(files.map(isTracked));
    return new Set(files.filter((_, index) => answers[index]));
  } catch {
    return undefined;
  }
};

const hasRepository = async (folder: string): Promise<boolean> => {
  const found = await access(join(folder, '.git')).then(
    () => true,
    () => false
  );
  if (found || dirname(folder) === folder) return found;
  return hasRepository(dirname(folder));
};
