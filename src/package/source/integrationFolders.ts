import { dirname, resolve } from 'node:path';
import type { Integration } from '../../engine/types.js';
import { packageProblem } from '../errors.js';
import { parseProject, projectFile } from './scope.js';
import { realFolder } from './folders.js';
import {
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
      ofPolicy.map(async ({ path, ...rest }) => ({
        ...rest,
        root: await realFolder(path, (why) => new Error(why)).catch(() => undefined),
      }))
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

const givenFolder = (folder: string): Promise<string> => {
  const actions = ['Pass the path of a folder with --integration-dir.'];
  return realFolder(folder, (why) => packageProblem('WrongIntegrationDir', `${folder} ${why}.`, actions, 2));
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
