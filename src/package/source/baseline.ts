import { realpath, stat } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { firstOfEach } from '../../common/firstOfEach.js';
import { complete, mapEvidence, partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { appFile, headerSuffix, isConnectedAppFile } from '../parsing/appFiles.js';
import type { Baseline, Project } from '../facts.js';
import { isPackageProblem, packageProblem } from '../errors.js';
import { localName } from '../parsing/localName.js';
import { hasRepository } from './git.js';
import { gitTree, newestTagWith, tagsOf, type Tags } from './gitTree.js';
import { openTree, type PackageSource } from './packageSource.js';
import { folderTree, isWithin, type PackageTree } from './folderTree.js';
import { zipTree } from './zipTree.js';

/** What is judged, and where it lies: `folder` is relative to `root`, which git is asked about. */
type BaselinePlace = { root: string; folder: string; project: Project };

type ReleasedTree = { source: Baseline['source']; name: string; tree: PackageTree };

/** Opens what `--baseline` names; throws a problem when it is no released source. */
export const openBaseline = async (given: string, place: BaselinePlace): Promise<Evidence<Baseline>> => {
  const invalid = (why: string, ...actions: readonly string[]): Error =>
    packageProblem('InvalidBaseline', `The baseline ${given} cannot be used: ${why}`, [
      'Pass a git ref, a folder or a package zip with the released source.',
      ...actions,
    ]);
  const found = await find(given, place).catch((error: Error) => {
    throw isPackageProblem(error) ? invalid(error.message) : error;
  });
  if (!found) {
    throw invalid(
      'it is not a folder, a zip file or a git ref of this repository.',
      'If it is a tag, fetch the tags first, because pipelines often clone without them: git fetch --tags'
    );
  }
  return read(found, place).catch((error: Error) => {
    throw invalid(error.message);
  });
};

/** Without the flag: the newest tag with the same package directory, of an earlier commit than the one that is checked. */
export const newestRelease = async (place: BaselinePlace): Promise<Evidence<Baseline>> => {
  const { root, project } = place;
  if (!(await hasRepository(root))) return complete(noBaseline('there is no git repository', project, true));
  const tags = await tagsOf(root);
  if ('why' in tags) return complete(noBaseline(tags.why, project, false));
  const skipped = tags.atHead.map(shortTag);
  const found = await releaseIn(tags, place);
  return skipped.length === 0 ? found : mapEvidence(found, (baseline) => ({ ...baseline, skipped }));
};

async function releaseIn({ earlier, atHead }: Tags, place: BaselinePlace): Promise<Evidence<Baseline>> {
  const { root, folder, project } = place;
  const tag = await newestTagWith(root, earlier, folder === '' ? project.directories : [folder]);
  if (tag === undefined) {
    const why = 'no git tag of an earlier commit has the package directory';
    return complete(noBaseline(why, project, earlier.length + atHead.length === 0));
  }
  const name = shortTag(tag);
  const tree = await gitTree(root, tag);
  const released = tree && (await read({ source: 'git-tag', name, tree }, place).catch(() => undefined));
  return released ?? complete(noBaseline(`the git tag ${name} has no readable package`, project, false));
}

const shortTag = (ref: string): string => ref.replace('refs/tags/', '');

/** Nothing to compare with. Every version that was created leaves its id, and a release names its ancestor. */
export const noBaseline = (why: string, project: Project, withoutTag: boolean): Baseline => {
  // Only the project of a 2GP keeps such a record.
  const recorded = project.generation !== 'second' || hasOwnVersion(project) || project.ancestor !== undefined;
  return { source: 'none', name: why, apps: [], neverReleased: withoutTag && !recorded };
};

/** Whether an alias names a version (`04t`) of a package of this project. A version of a dependency is no release of it. */
function hasOwnVersion({ aliases = {}, dependencies = [] }: Project): boolean {
  const isDependency = (alias: string, id: string): boolean =>
    dependencies.some((name) => name === alias || name === id || alias.startsWith(`${name}@`));
  return Object.entries(aliases).some(([alias, id]) => id.startsWith('04t') && !isDependency(alias, id));
}

const find = async (given: string, { root }: BaselinePlace): Promise<ReleasedTree | undefined> => {
  const path = await realpath(resolve(given)).catch(() => undefined);
  const name = path === undefined ? given : relative(process.cwd(), path).split(sep).join('/') || '.';
  if (path === undefined) {
    // git takes what begins with a dash for an option.
    const tree = given.startsWith('-') ? undefined : await gitTree(root, given);
    return tree && { source: 'git-ref', name, tree };
  }
  return (await stat(path)).isDirectory()
    ? { source: 'folder', name, tree: await folderTree(path) }
    : { source: 'zip', name, tree: await zipTree(path, given) };
};

const read = async (
  { source, name, tree }: ReleasedTree,
  { folder, project }: BaselinePlace
): Promise<Evidence<Baseline>> => {
  const same = tree.paths.some((path) => isWithin(path, folder)) ? folder : '';
  const nothingTracked = (): Promise<ReadonlySet<string>> => Promise.resolve(new Set());
  const opened = await openTree(tree, same, basename(name), nothingTracked);
  const baseline: Baseline = {
    source,
    name,
    apps: appsOf(opened, opened.project.namespace ?? project.namespace),
    neverReleased: false,
  };
  const [gap] = opened.unseen.packaged;
  return gap ? partial(baseline, gap) : complete(baseline);
};

/** An app is there by its file; what the file says does not matter. */
const appsOf = ({ packaged }: PackageSource, namespace: string | undefined): Baseline['apps'] => {
  const apps = packaged.flatMap((path) => {
    const file = appFile(path);
    if (!file || !(isConnectedAppFile(file) || file.suffix === headerSuffix)) return [];
    const type = isConnectedAppFile(file) ? ('ConnectedApp' as const) : ('ExternalClientApp' as const);
    return [{ type, name: localName(file.name, namespace) }];
  });
  return firstOfEach(apps, ({ type, name }) => `${type} ${name}`);
};
