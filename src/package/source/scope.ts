import * as z from 'zod';
import type { Gap } from '../../engine/types.js';
import { appFile, appTypes } from '../parsing/appFiles.js';
import type { Project } from '../facts.js';
import { packageProblem } from '../errors.js';
import { fileGap } from '../parsing/gaps.js';
import { forceIgnore } from './forceIgnore.js';
import { readManifest } from './packageXml.js';
import { replacementsJson, type Replacement } from './replacements.js';
import { isWithin, normalised, readText, type PackageTree } from './folderTree.js';

/** Which paths belong to the package, and what is known of the project before anything is read. */
export type PackageScope = {
  project: Omit<Project, 'ignored'>;
  /** Declared, and not in the tree: package directories, parts of apps. */
  missing: readonly Gap[];
  /** Changes to the files when a package version is created. */
  replacements: readonly Replacement[];
  holds: (path: string) => boolean;
  ignores: (path: string) => boolean;
};

export const projectFile = 'sfdx-project.json';
export const manifestFile = 'package.xml';

const words = z.string().nullish();
const metadataPath = z.object({ path: z.string() }).nullish();
const projectJson = z.object({
  name: words,
  namespace: words,
  packageDirectories: z
    .array(
      z.object({
        path: z.string().min(1).max(4096),
        default: z.boolean().nullish(),
        package: words,
        // Written by old versions of the CLI instead of `package`.
        id: words,
        unpackagedMetadata: metadataPath,
        seedMetadata: metadataPath,
        versionNumber: words,
        ancestorId: words,
        ancestorVersion: words,
        dependencies: z.array(z.object({ package: words, subscriberPackageVersionId: words })).nullish(),
      })
    )
    .min(1),
  packageAliases: z.record(z.string(), z.string()).nullish(),
  replacements: replacementsJson,
});
type ProjectJson = z.infer<typeof projectJson>;

export const sfdxScope = async (tree: PackageTree, folder: string, folderName: string): Promise<PackageScope> => {
  const json = parseProject(await readText(tree, projectFile));
  const declared = json.packageDirectories.map((directory) => ({ ...directory, path: normalised(directory.path) }));
  const second = declared.filter((directory) => filled(directory.package) ?? filled(directory.id));
  const namespace = filled(json.namespace);
  // Without a package key a namespace says that something else builds the package: a 1GP, for instance by CumulusCI.
  const generation = second.length > 0 ? 'second' : namespace === undefined ? 'unknown' : 'first';
  // CumulusCI keeps what it deploys in addition to the package under `unpackaged`.
  const ofFirst = declared.filter(({ path }) => !isWithin(path, 'unpackaged'));
  // A project that defines no package yet may become one: everything in it is checked.
  const chosen = generation === 'second' ? second : generation === 'first' ? ofFirst : declared;
  const judged = chosen.flatMap((directory) => {
    if (folder === '' || isWithin(directory.path, folder)) return [directory];
    return isWithin(folder, directory.path) ? [{ ...directory, path: folder }] : [];
  });
  const directories = [...new Set(judged.map(({ path }) => path))];
  const known = [...tree.paths, ...tree.unseen.map(({ path }) => path)];
  return {
    project: {
      name: packageName(json, judged) ?? folderName,
      layout: 'sfdx-project',
      ...(generation === 'unknown' ? { undeclared: true } : {}),
      ...(namespace === undefined ? {} : { namespace }),
      generation,
      directories: directories.map((path) => path || '.'),
      ...relatives(json, judged),
    },
    holds: (path) =>
      judged.some((one) => isWithin(path, one.path) && !besides(one).some((other) => isWithin(path, other))),
    ignores: await forceIgnore(
      tree,
      chosen.map(({ path }) => path)
    ),
    missing: directories
      .filter((directory) => !known.some((path) => isWithin(path, directory)))
      .map((directory) => fileGap(directory || '.', 'is a package directory that does not exist or is empty.')),
    replacements: json.replacements ?? [],
  };
};

/** What else the project names: its aliases, the ancestor of the package, the packages that it builds upon. */
const relatives = (
  { packageAliases: aliases }: ProjectJson,
  judged: ProjectJson['packageDirectories']
): Pick<Project, 'aliases' | 'ancestor' | 'dependencies' | 'version'> => {
  const [version, ...otherVersions] = new Set(judged.flatMap((one) => filled(one.versionNumber) ?? []));
  const [ancestor] = judged.flatMap((one) => filled(one.ancestorVersion) ?? filled(one.ancestorId) ?? []);
  const dependencies = judged
    .flatMap((one) => one.dependencies ?? [])
    .flatMap((one) => filled(one.package) ?? filled(one.subscriberPackageVersionId) ?? []);
  return {
    ...(aliases ? { aliases } : {}),
    ...(version === undefined || otherVersions.length > 0 ? {} : { version }),
    ...(ancestor === undefined ? {} : { ancestor }),
    ...(dependencies.length > 0 ? { dependencies: [...new Set(dependencies)] } : {}),
  };
};

/** Source that is deployed in addition to a package and is not part of it; it may be part of another package. */
const besides = ({ unpackagedMetadata, seedMetadata }: ProjectJson['packageDirectories'][number]): string[] =>
  [unpackagedMetadata?.path, seedMetadata?.path].flatMap((path) => (path === undefined ? [] : [normalised(path)]));

const filled = (value: string | null | undefined): string | undefined =>
  value === null || value === '' ? undefined : value;

/** The package of the default directory; of several others none speaks for the project. */
const packageName = (json: ProjectJson, judged: ProjectJson['packageDirectories']): string | undefined => {
  const main = judged.find((directory) => directory.default) ?? (judged.length === 1 ? judged[0] : undefined);
  return filled(main?.package) ?? filled(json.name);
};

/** A Metadata API folder: what `package.xml` does not list is neither deployed nor packaged. */
export const manifestScope = async (tree: PackageTree, folderName: string): Promise<PackageScope> => {
  const manifest = readManifest(await readText(tree, manifestFile));
  if ('problem' in manifest) {
    throw packageProblem('InvalidManifest', `package.xml cannot be read: ${manifest.problem}`, [
      'Fix package.xml: it lists the contents of the package.',
    ]);
  }
  const { namespace } = manifest;
  const parts = new Set(
    [...tree.paths, ...tree.unseen.map(({ path }) => path)].flatMap((path) => {
      const file = appFile(path);
      return file ? [`${appTypes[file.suffix] ?? ''} ${file.name}`] : [];
    })
  );
  return {
    project: {
      name: folderName,
      layout: 'metadata-folder',
      ...(namespace === undefined ? {} : { namespace }),
      // Only the manifest of a 1GP names its namespace.
      generation: namespace === undefined ? 'unknown' : 'first',
      directories: ['.'],
    },
    holds: () => true,
    ignores: (path) => !manifest.lists(path),
    missing: manifest.named
      .filter((part) => !parts.has(`${part.type} ${part.name}`))
      .map(({ type, name }) => ({
        kind: 'not-given',
        detail: `${manifestFile} lists the ${type} ${name}, whose file is not in the folder.`,
        subject: { type, name },
      })),
    replacements: [],
  };
};

export const folderScope = async (tree: PackageTree, folderName: string): Promise<PackageScope> => {
  const nested = tree.paths.filter((path) => path.endsWith(`/${projectFile}`));
  if (nested.length > 0) {
    const roots = nested.map((path) => path.slice(0, -projectFile.length - 1));
    throw packageProblem(
      'SeveralProjects',
      `This folder is not an SFDX project, but contains projects: ${roots.join(', ')}.`,
      ['Pass each project with --source-dir.']
    );
  }
  return {
    project: {
      name: folderName,
      layout: 'source-folder',
      generation: 'unknown',
      directories: ['.'],
    },
    holds: () => true,
    ignores: await forceIgnore(tree, ['']),
    missing: [],
    replacements: [],
  };
};

/** Reads `sfdx-project.json`, or throws a problem that says what is wrong with it. */
export const parseProject = (text: string): ProjectJson => {
  const actions = [`Correct ${projectFile}.`];
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw packageProblem('InvalidProject', `${projectFile} is not valid JSON.`, actions);
  }
  const parsed = projectJson.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? issue.path.join('.') : 'the top level';
  throw packageProblem('InvalidProject', `${projectFile} is not valid at ${where}: ${issue?.message ?? ''}.`, actions);
};
