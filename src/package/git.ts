import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which of these files git tracks. Without a repository none; `undefined`: there is one, and git could not be asked. */
export const trackedByGit = async (
  root: string,
  files: readonly string[]
): Promise<ReadonlySet<string> | undefined> => {
  if (files.length === 0 || !(await hasRepository(root))) return new Set();
  // In a git hook these variables may name the repository of another folder.
  const env = { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined };
  // A repository can name a program as its file system monitor; asking about a file must not run it.
  const options = ['--literal-pathspecs', '-c', 'core.fsmonitor=false'];
  try {
    const { stdout } = await run('git', [...options, 'ls-files', '-z', '--', ...files], { cwd: root, env });
    return new Set(stdout.split('\0').filter((path) => path !== ''));
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
