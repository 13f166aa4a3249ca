import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Description, Domain, EvidenceOf } from '../engine/types.js';
import { packageCollectors } from './collectors/index.js';
import { packageControls } from './controls/index.js';
import type { PackageFacts } from './facts.js';
import { trackedByGit } from './git.js';
import { packageProblem } from './problem.js';
import { openTree, type PackageSource } from './project.js';
import { manifestFile, parseProject, projectFile } from './scope.js';
import { codeOf, folderTree, isWithin, normalised } from './tree.js';

export { openIntegrations } from './integrationFolders.js';
export { isPackageProblem, type PackageProblem } from './problem.js';
export type { PackageSource } from './project.js';

/**
 * Opens the source of a package. Without `sourceDir`: the project that holds the working directory, else that
 * directory. Throws a `PackageProblem` when there is nothing to judge; its exit code 2 means that the path is wrong.
 */
export const openPackage = async (sourceDir?: string): Promise<PackageSource> => {
  const given = await realFolder(sourceDir ?? '.');
  const project = await projectAbove(given);
  const asked = sourceDir === undefined ? (project ?? given) : given;
  const root = project === undefined || (await isManifestFolder(asked, project)) ? asked : project;
  const folder = relative(root, asked).split(sep).join('/');
  const tree = await folderTree(root);
  return openTree(tree, folder, basename(root), (files) => trackedByGit(root, files));
};

/** The package: its collectors, and the controls over their facts. */
export const packageDomain: Domain<PackageSource, PackageFacts> = {
  name: 'package',
  collectors: packageCollectors,
  controls: packageControls,
  describes: ['project'],
  describe: (evidence) => describe(evidence),
};

const describe = ({ project, code }: EvidenceOf<PackageFacts>): Description => {
  if (project === undefined || project.status === 'unavailable') return { notices: [] };
  const { name, isPackage, ignored, layout } = project.value;
  const leaver = layout === 'metadata-folder' ? `not listed in ${manifestFile}` : 'left out by .forceignore';
  return {
    name,
    notices: [
      ...(isPackage
        ? []
        : [
            `No package directory in ${projectFile} has a package, and there is no namespace: nothing is packaged, ` +
              'so no app of this source is judged.',
          ]),
      ...(ignored > 0 ? [`${ignored} app ${ignored === 1 ? 'file is' : 'files are'} ${leaver}.`] : []),
      ...(code === undefined || code.status === 'unavailable' ? [] : leftOut(code.value)),
    ],
  };
};

const leftOut = ({ places }: PackageFacts['code']): string[] =>
  places
    .filter((place) => place.leftOut > 0)
    .map((place) => {
      const where = place.in === 'package' ? 'the package' : place.folder;
      const files = place.leftOut === 1 ? '1 file was' : `${place.leftOut} files were`;
      return `Of the code of ${where}, ${files} not read: libraries, build output, tests and documentation.`;
    });

const realFolder = async (sourceDir: string): Promise<string> => {
  const actions = ['Give the path of a folder with --source-dir.'];
  const wrong = (why: string): Error => packageProblem('WrongSourceDir', `${sourceDir} ${why}.`, actions, 2);
  const real = await realpath(resolve(sourceDir)).catch((error: unknown) => {
    throw wrong(codeOf(error) === 'ENOENT' ? 'does not exist' : `cannot be opened (${codeOf(error)})`);
  });
  if (!(await stat(real)).isDirectory()) throw wrong('is not a folder');
  return real;
};

const projectAbove = async (folder: string): Promise<string | undefined> => {
  if (await exists(join(folder, projectFile))) return folder;
  return dirname(folder) === folder ? undefined : projectAbove(dirname(folder));
};

/** A Metadata API folder that lies in a project without being part of its source: the output of a conversion, say. */
const isManifestFolder = async (folder: string, project: string): Promise<boolean> => {
  if (folder === project || !(await exists(join(folder, manifestFile)))) return false;
  const { packageDirectories } = parseProject(await readFile(join(project, projectFile), 'utf8'));
  const inside = relative(project, folder).split(sep).join('/');
  return !packageDirectories.some(
    ({ path }) => isWithin(inside, normalised(path)) || isWithin(normalised(path), inside)
  );
};

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false
  );
