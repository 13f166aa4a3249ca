import { stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { some } from '../common/text.js';
import { complete, valueOf } from '../engine/evidence.js';
import type { Account, Description, Domain, EvidenceOf } from '../engine/types.js';
import { withArchives } from './source/staticResourceArchives.js';
import { newestRelease, noBaseline, openBaseline } from './source/baseline.js';
import { packageCollectors } from './collectors/index.js';
import { packageControls } from './controls/index.js';
import type { Baseline, PackageFacts } from './facts.js';
import { trackedByGit } from './source/git.js';
import { readGiven } from './source/reading/readGlobalOauthFile.js';
import { packageProblem } from './errors.js';
import { openTree, type PackageSource } from './source/packageSource.js';
import { manifestFile, parseProject, projectFile } from './source/scope.js';
import { folderWith, isThere, realFolder } from './source/folders.js';
import { bytesOf, decoded, folderTree, isWithin, normalised } from './source/folderTree.js';
import { zipTree } from './source/zipTree.js';

export type { OwnerApp, OwnerSettings, PackageFacts, PkceProbe } from './facts.js';
export { changedSince, isChanged, type ChangedFiles } from './source/changedFiles.js';
export { openIntegrations } from './source/integrationFolders.js';
export { isPackageProblem, type PackageProblem } from './errors.js';
export { keepAnswers, keepFacts, loadAnswers, loadKnown, withKnown } from './collectors/knownFacts.js';
export type { PackageSource } from './source/packageSource.js';

/** What a package is compared with and completed by, as the command line names it. */
export type Extras = { baseline?: string; ecaGlobalOauth?: readonly string[] };

/**
 * Opens the source of a package. Without `sourceDir`: the project around the working directory, else that directory.
 * Throws a `PackageProblem` when there is nothing to check; its exit code 2 means that the path is wrong.
 */
export const openPackage = async (sourceDir?: string, extras: Extras = {}): Promise<PackageSource> => {
  const given = await realFolder(sourceDir ?? '.', (why) => wrongSourceDir(sourceDir ?? '.', why));
  const project = await folderWith(projectFile, given);
  const asked = sourceDir === undefined ? (project ?? given) : given;
  const root = project === undefined || (await isManifestFolder(asked, project)) ? asked : project;
  const folder = relative(root, asked).split(sep).join('/');
  const tree = await withArchives(await folderTree(root));
  const source = await openTree(tree, folder, basename(root), (files) => trackedByGit(root, files));
  const place = { root, folder, project: source.project };
  const baseline = extras.baseline === undefined ? undefined : await openBaseline(extras.baseline, place);
  return {
    ...source,
    root,
    given: await readAllGiven(extras),
    baseline: () => (baseline ? Promise.resolve(baseline) : newestRelease(place)),
  };
};

/** Opens a package zip. Git is asked about the working directory, and only for what the baseline names. */
export const openPackageZip = async (packageZip: string, extras: Extras = {}): Promise<PackageSource> => {
  const found = await stat(packageZip).catch(() => undefined);
  const actions = [
    found?.isDirectory()
      ? 'Pass a folder with --source-dir, or a package zip with --package-zip.'
      : 'Pass the path of a package zip with --package-zip.',
  ];
  const wrong = (why: string): Error => packageProblem('WrongPackageZip', `${packageZip} ${why}.`, actions, 2);
  if (!found?.isFile()) throw wrong(found ? 'is not a file' : 'does not exist');
  const tree = await withArchives(await zipTree(packageZip, packageZip));
  const source = await openTree(tree, '', basename(packageZip).replace(/\.zip$/i, ''), () =>
    Promise.resolve(new Set())
  );
  const place = { root: process.cwd(), folder: '', project: source.project };
  const baseline =
    extras.baseline === undefined
      ? complete(noBaseline('a package zip does not show what was released before', source.project, false))
      : await openBaseline(extras.baseline, place);
  return { ...source, given: await readAllGiven(extras), baseline: () => Promise.resolve(baseline) };
};

const readAllGiven = ({ ecaGlobalOauth }: Extras): Promise<PackageSource['given']> =>
  Promise.all([...new Set(ecaGlobalOauth)].map(readGiven));

/** The package: its collectors, and the controls over their facts. */
export const packageDomain: Domain<PackageSource, PackageFacts> = {
  name: 'package',
  collectors: packageCollectors,
  controls: packageControls,
  describes: ['project', 'externalClientApps', 'givenOauthFiles'],
  accountFor: (source) => ({ fact: 'project', account: accountOf(source) }),
  describe: (evidence) => describe(evidence),
};

/** The package and its integrations; what was read of an integration is in the account of each fact. */
const accountOf = ({ packaged, integrations, unseen, reads }: PackageSource): Account => {
  const trees = new Map(integrations.map(({ tree, folder }) => [tree, folder]));
  const hidden = unseen.packaged.flatMap(({ subject }) => subject?.file ?? []);
  return {
    evaluated: packaged.filter((path) => reads.read.has(path)),
    unread: [...packaged.filter((path) => reads.unread.has(path) && !reads.read.has(path)), ...hidden],
    inScope: [...packaged, ...[...trees].flatMap(([tree, folder]) => tree.paths.map((path) => `${folder}/${path}`))],
  };
};

const describe = ({ project, code, baseline, ...apps }: EvidenceOf<PackageFacts>): Description => {
  if (project === undefined || project.status === 'unavailable') return { notices: [] };
  const { name, version, undeclared, ignored, layout } = project.value;
  const leaver = layout === 'metadata-folder' ? `not listed in ${manifestFile}` : 'excluded by .forceignore';
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...linksOf(valueOf(apps.externalClientApps)),
    ...(apps.externalClientApps?.status === 'complete'
      ? { population: { ExternalClientApp: apps.externalClientApps.value.map((app) => app.name) } }
      : {}),
    notices: [
      ...(undeclared
        ? [
            `No package directory in ${projectFile} has a package, and there is no namespace. ` +
              'All package directories are checked as if they were packaged.',
          ]
        : []),
      ...unreferencedGlobalOauthFiles(apps),
      ...skippedTags(valueOf(baseline)),
      ...(ignored > 0 ? [`${ignored} app ${ignored === 1 ? 'file is' : 'files are'} ${leaver}.`] : []),
      ...(code === undefined || code.status === 'unavailable' ? [] : leftOut(code.value)),
    ],
  };
};

/** By these an org and its package find each other. */
const linksOf = (apps: PackageFacts['externalClientApps'] = []): Partial<Description> =>
  apps.length === 0
    ? {}
    : {
        externalClientApps: apps.map(({ name, ownerOrg, ownerApp }) => ({
          name,
          ...(ownerOrg === undefined || ownerApp === undefined ? {} : { externalApp: `${ownerOrg}:${ownerApp}` }),
        })),
      };

const skippedTags = (baseline: Baseline | undefined): string[] => {
  const { skipped = [], source, name = '' } = baseline ?? {};
  if (skipped.length === 0) return [];
  const compared = source === 'git-tag' ? `The package is compared with the git tag ${name}` : 'There is no baseline';
  return [`${compared}. Skipped tags, because they point to the checked commit: ${some(skipped)}.`];
};

/** Files of --eca-global-oauth about apps that are not in the package. */
const unreferencedGlobalOauthFiles = ({ externalClientApps, givenOauthFiles }: EvidenceOf<PackageFacts>): string[] => {
  if (externalClientApps?.status !== 'complete' || givenOauthFiles?.status !== 'complete') return [];
  const known = new Set(externalClientApps.value.map(({ name }) => name));
  return givenOauthFiles.value
    .filter(({ app }) => !known.has(app))
    .map(({ app, file }) => `${file} configures the app ${app}, which is not in the package.`);
};

const leftOut = ({ places }: PackageFacts['code']): string[] =>
  places
    .filter((place) => place.leftOut > 0)
    .map((place) => {
      const where = place.in === 'package' ? 'the package' : place.folder;
      const files = place.leftOut === 1 ? '1 file was' : `${place.leftOut} files were`;
      return `${files} not read in the code of ${where}: libraries, build output, tests and documentation.`;
    });

const wrongSourceDir = (sourceDir: string, why: string): Error => {
  const action = /\.zip$/i.test(sourceDir)
    ? 'Pass a package zip with --package-zip, or a folder with --source-dir.'
    : 'Pass the path of a folder with --source-dir.';
  return packageProblem('WrongSourceDir', `${sourceDir} ${why}.`, [action], 2);
};

/** A Metadata API folder that lies in a project without being part of its source: the output of a conversion, say. */
const isManifestFolder = async (folder: string, project: string): Promise<boolean> => {
  if (folder === project || !(await isThere(stat(join(folder, manifestFile))))) return false;
  const { packageDirectories } = parseProject(decoded(bytesOf(join(project, projectFile))));
  const inside = relative(project, folder).split(sep).join('/');
  return !packageDirectories.some(
    ({ path }) => isWithin(inside, normalised(path)) || isWithin(normalised(path), inside)
  );
};
