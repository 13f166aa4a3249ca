import type { Evidence, Gap } from '../../engine/types.js';
import { appFile, type ReadFile } from '../parsing/appFiles.js';
import type { Baseline, OwnerSettings, PkceProbe, Project } from '../facts.js';
import { packageProblem, unreadableProject, type PackageProblem } from '../errors.js';
import type { FileAnswers } from './fileAnswers.js';
import { isForceIgnore } from './forceIgnore.js';
import type { Replacement } from './replacements.js';
import type { IntegrationFolder } from './integrationFolders.js';
import { folderScope, manifestFile, manifestScope, projectFile, sfdxScope, type PackageScope } from './scope.js';
import {
  isWithin,
  withoutHiddenBodies,
  withTextCache,
  withUnreadable,
  type PackageTree,
  type ReadLog,
} from './folderTree.js';

/** What the collectors of the package domain read from. */
export type PackageSource = {
  project: Project;
  /** The absolute path of the folder that paths are relative to; absent: a zip. */
  root?: string;
  tree: PackageTree;
  /** What the collectors have read of the tree. */
  reads: ReadLog;
  /** What earlier runs found in single files; absent: nothing is known, and nothing is kept. */
  answers?: FileAnswers;
  /** Changes to the files when a package version is created. */
  replacements: readonly Replacement[];
  /** The files that are judged as content of the package. */
  packaged: readonly string[];
  /** Every file under the folder that was asked for, packaged or not. */
  files: readonly string[];
  /** Parts of the package, or of the folder, that should be there and could not be listed. */
  unseen: { packaged: readonly Gap[]; files: readonly Gap[] };
  /** Global OAuth settings that were given from outside the source, without their secrets. */
  given?: readonly ReadFile[];
  /** What the orgs that own the apps show about them. */
  owners?: readonly OwnerSettings[];
  /** The answers of login hosts to authorization requests without a code challenge. */
  probes?: readonly PkceProbe[];
  /** What the package is compared with. */
  baseline?: () => Promise<Evidence<Baseline>>;
  /** Code of the same solution outside the package. */
  integrations: readonly IntegrationFolder[];
  /** Which of these files git tracks; `undefined`: there is a repository that could not be asked. */
  tracked(files: readonly string[]): Promise<ReadonlySet<string> | undefined>;
};

/**
 * Decides what is judged. `folder` is the folder that was asked for, relative to the root of the tree and `''` for the
 * root itself; `folderName` names the root. Throws a problem when there is nothing that could be judged.
 */
export const openTree = async (
  given: PackageTree,
  folder: string,
  folderName: string,
  tracked: PackageSource['tracked']
): Promise<PackageSource> => {
  // Without what one of these files says, more or less than the package would be judged.
  const asked = given.paths.includes(projectFile) ? [projectFile] : [projectFile, manifestFile];
  const rules = given.unseen.find(({ path }) => asked.includes(path) || isForceIgnore(path));
  if (rules) throw unreadableProject(rules.path, rules.reason);
  const tree = withUnreadable(given);
  const scope = tree.paths.includes(projectFile)
    ? await sfdxScope(tree, folder, folderName)
    : tree.paths.includes(manifestFile)
      ? await manifestScope(tree, folderName)
      : await folderScope(tree, folderName);
  const held = tree.paths.filter((path) => scope.holds(path));
  const packaged = held.filter((path) => !scope.ignores(path));
  if (!packaged.some((path) => isMetadata(scope, path))) throw nothingHere(scope, { folder, folderName }, tree.unseen);

  const below = tree.unseen.filter(({ path }) => isWithin(path, folder));
  const gaps = (seen: PackageTree['unseen']): Gap[] => [
    ...scope.missing,
    ...seen.map(({ path, reason }) => gapAt(path, reason)),
  ];
  return {
    project: { ...scope.project, ignored: held.filter((path) => appFile(path) && scope.ignores(path)).length },
    ...withTextCache(withoutHiddenBodies(tree)),
    replacements: scope.replacements,
    packaged,
    files: tree.paths.filter((path) => isWithin(path, folder)),
    unseen: {
      packaged: gaps(below.filter(({ path }) => scope.holds(path) && !scope.ignores(path))),
      files: gaps(below),
    },
    tracked,
    integrations: [],
  };
};

/** Source names its files so; in a Metadata API folder whatever lies in a folder of a type is metadata. */
const isMetadata = ({ project }: PackageScope, path: string): boolean =>
  path.endsWith('-meta.xml') ||
  appFile(path) !== undefined ||
  (project.layout === 'metadata-folder' && path.includes('/'));

const gapAt = (path: string, reason: string): Gap => {
  const name = path.replace(/\/$/, '') || '.';
  return { kind: 'unreadable', detail: `${name} ${reason}.`, subject: { type: 'File', name, file: name } };
};

const nothingHere = (
  { project }: PackageScope,
  { folder, folderName }: { folder: string; folderName: string },
  unseen: PackageTree['unseen']
): PackageProblem => {
  const where = project.directories.map((path) => (path === '.' ? 'the root of the project' : path)).join(', ');
  const why =
    project.layout === 'sfdx-project'
      ? where === ''
        ? `${folder} is not in a package directory of ${projectFile}`
        : `${projectFile} names ${where} as package directory, and it contains no metadata`
      : project.layout === 'metadata-folder'
        ? `it contains a ${manifestFile}, but no file that it lists`
        : `it contains no ${projectFile}, no ${manifestFile} and no file that ends in -meta.xml`;
  const hidden = unseen.map(({ path, reason }) => ` ${path === '' ? 'The folder' : path} ${reason}.`).join('');
  return packageProblem('NoPackageSource', `No package source was found in ${folderName}: ${why}.${hidden}`, [
    `Run the command in the folder with ${projectFile}, or pass a project, package directory or metadata folder with --source-dir.`,
  ]);
};
