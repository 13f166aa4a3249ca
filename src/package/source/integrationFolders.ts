import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Integration } from '../../engine/types.js';
import { packageProblem } from '../errors.js';
import { parseProject, projectFile } from './scope.js';
import {
  codeOf,
  folderTree,
  isWithin,
  normalised,
  readText,
  withTextCache,
  type PackageTree,
  type ReadLog,
} from './folderTree.js';

/** A folder with code of the solution outside the package. */
export type IntegrationFolder = {
  /** As typed, or as the policy says. */
  folder: string;
  /** The integration of the policy whose code it is. */
  integration?: string;
  /** The absolute path of the folder. */
  root?: string;
  tree: PackageTree;
  /** What the collectors have read of the tree; absent: nothing of it can be known from an earlier run. */
  reads?: ReadLog;
};

/**
 * Opens the folders of `--integration-dir`, and those that the policy names, relative to its own folder. A folder of
 * the policy that is not there is left out: its integration then counts as not read. One of the command line that is
 * not there throws a problem with exit code 2.
 */
export const openIntegrations = async (
  given: readonly string[],
  declared: readonly Integration[],
  policyFile: string | undefined
): Promise<IntegrationFolder[]> => {
  const base = policyFile === undefined ? '.' : dirname(policyFile);
  const ofPolicy = declared.flatMap(({ name, sourceDir }) =>
    sourceDir === undefined ? [] : [{ folder: sourceDir, integration: name, path: resolve(base, sourceDir) }]
  );
  const found = [
    ...(await Promise.all(given.map(async (folder) => ({ folder, root: await givenFolder(folder) })))),
    ...(await Promise.all(
      ofPolicy.map(async ({ path, ...rest }) => ({ ...rest, root: await folderAt(path).catch(() => undefined) }))
    )),
  ];
  const trees = new Map<string, Promise<{ tree: PackageTree; reads: ReadLog }>>();
  return Promise.all(
    found.flatMap(({ root, ...rest }) => {
      if (root === undefined) return [];
      const tree = trees.get(root) ?? folderTree(root).then(withoutPackages).then(withTextCache);
      trees.set(root, tree);
      return [tree.then((one) => ({ ...rest, root, ...one }))];
    })
  );
};

const givenFolder = async (folder: string): Promise<string> => {
  const wrong = (why: string): Error =>
    packageProblem(
      'WrongIntegrationDir',
      `${folder} ${why}.`,
      ['Pass the path of a folder with --integration-dir.'],
      2
    );
  const root = await folderAt(folder).catch((error: unknown) => {
    throw wrong(codeOf(error) === 'ENOENT' ? 'does not exist' : `cannot be opened (${codeOf(error)})`);
  });
  if (root === undefined) throw wrong('is not a folder');
  return root;
};

/** The real path of a folder; `undefined` if it isn't a folder. */
const folderAt = async (path: string): Promise<string | undefined> => {
  const real = await realpath(resolve(path));
  return (await stat(real)).isDirectory() ? real : undefined;
};

/** The package directories of a project that lies in the same folder: their code is judged as the package. */
const withoutPackages = async (tree: PackageTree): Promise<PackageTree> => {
  const projects = tree.paths.filter((path) => path === projectFile || path.endsWith(`/${projectFile}`));
  const directories = await Promise.all(
    projects.map(async (project) => {
      const { packageDirectories } = parseProject(await readText(tree, project));
      return packageDirectories.map(({ path }) => normalised(`${project.slice(0, -projectFile.length)}${path}`));
    })
  );
  const outside = (path: string): boolean => !directories.flat().some((directory) => isWithin(path, directory));
  return { ...tree, paths: tree.paths.filter(outside), unseen: tree.unseen.filter(({ path }) => outside(path)) };
};
