import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { packageProblem } from '../errors.js';
import { git } from './git.js';

/**
 * The files that differ from the commit where the branch left `ref`; absolute, without the suffix `-meta.xml`. `top`: the
 * folder of the repository that was asked.
 */
export type ChangedFiles = { ref: string; top: string; paths: ReadonlySet<string> };

/**
 * Asks git which files differ from the common ancestor of HEAD and `ref`: committed, staged, unstaged and untracked.
 * Throws a problem with exit code 2 when git cannot tell, or when nothing differs.
 */
export async function changedSince(ref: string, folder: string): Promise<ChangedFiles> {
  const root = await asked(ref, 'this folder is not in a git repository', () =>
    git(folder, 'rev-parse', '--show-toplevel')
  );
  const top = await realpath(root.trim());
  const commit = await asked(ref, 'git does not know this commit, branch or tag', () =>
    git(top, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  );
  const base = await asked(ref, 'it has no common ancestor with HEAD; the clone may be shallow', () =>
    git(top, 'merge-base', commit.trim(), 'HEAD')
  );
  const names = await asked(ref, 'git could not list the files', () =>
    Promise.all([
      git(top, 'diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', base.trim(), '--'),
      git(top, 'ls-files', '--others', '--exclude-standard', '-z'),
    ])
  );
  const files = names.flatMap((list) => list.split('\0').filter((name) => name !== ''));
  if (files.length === 0) throw refused(ref, 'no file differs from it, so there is nothing to check');
  return { ref, top: plainPath(top), paths: new Set(files.map((file) => plainPath(join(top, file)))) };
}

/**
 * Whether a file, or the archive that contains it, is among the changed ones. A file and its `-meta.xml` are one. A file
 * outside the repository counts as changed: nothing shows that it is not.
 */
export function isChanged({ top, paths }: ChangedFiles, path: string): boolean {
  if (!plainPath(path).startsWith(`${top}${sep}`)) return true;
  const parts = plainPath(path).split(/(?=[\\/])/);
  return parts.some((_, index) => paths.has(parts.slice(0, index + 1).join('')));
}

const plainPath = (path: string): string => path.normalize('NFC').replace(/-meta\.xml$/, '');

async function asked<T>(ref: string, why: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch {
    throw refused(ref, why);
  }
}

const refused = (ref: string, why: string): Error =>
  packageProblem(
    'WrongChangedSince',
    `--changed-since ${ref} cannot be used: ${why}.`,
    [
      'Name the branch, tag or commit that the change is compared with, such as origin/main.',
      'In a pipeline, fetch the full history first: git fetch --unshallow, or fetch-depth: 0.',
    ],
    2
  );
