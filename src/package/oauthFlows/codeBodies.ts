import { oncePer } from '../../common/oncePer.js';
import type { Gap } from '../../engine/types.js';
import type { CodePlace } from '../facts.js';
import { fileGap } from '../parsing/gaps.js';
import type { PackageTree } from '../source/folderTree.js';
import type { IntegrationFolder } from '../source/integrationFolders.js';
import type { PackageSource } from '../source/packageSource.js';
import { integrationFile, isIntegrationCode, leftOutOf, packageFiles, type Candidate } from './classifyFile.js';
import type { Addresses } from './destination.js';
import { recordedAddresses } from './loginUrlsInCustomMetadata.js';
import { namedCredentials } from './namedCredentials.js';
import { clientsIn } from './publicClients.js';

/** A body of code to read: the package, or the folder of an integration. */
export type CodeBody = Pick<CodePlace, 'in' | 'folder'> & {
  tree: PackageTree;
  candidates: readonly Candidate[];
  addresses: Addresses;
};

/** The code of the package, with the addresses that its metadata gives to names. */
export async function packageBody(source: PackageSource): Promise<CodeBody> {
  const { read } = await namedCredentials(source);
  const { fields: recorded } = await recordedAddresses(source);
  const named = new Map(read.map(({ name, endpoint }) => [name, endpoint]));
  const candidates = packageFiles(source.packaged);
  return { in: 'package', folder: '.', tree: source.tree, candidates, addresses: { named, recorded } };
}

/** The code in the folder of an integration. */
export async function integrationBody({ tree, folder }: IntegrationFolder): Promise<CodeBody> {
  const candidates = await integrationFiles(tree);
  return { in: 'integration', folder, tree, candidates, addresses: { named: new Map(), recorded: new Map() } };
}

/** The files of an integration; classified once for all collectors. */
export const integrationFiles = oncePer(async (tree: PackageTree): Promise<Candidate[]> => {
  const clientAt = await clientsIn(tree);
  return tree.paths.map((path) => integrationFile(path, clientAt, leftOutIn(tree)));
});

/** Why files of an integration are left out. */
export const leftOutIn = oncePer(({ paths }: PackageTree) => leftOutOf(paths));

/** Code of an integration that is there and could not be listed. */
export function unseenCode({ unseen }: PackageTree): Gap[] {
  const hidden = unseen.filter(({ path }) => path.endsWith('/') || isIntegrationCode(path));
  return hidden.map(({ path, reason }) => fileGap(path, `${reason}.`));
}

/** How the coverage names a file of a body: with its folder. */
export function fileIn(body: Pick<CodeBody, 'in' | 'folder'>, path: string): string {
  if (body.in === 'package') return path;
  return `${body.folder.replace(/(?<![\\/])[\\/]+$/, '').replaceAll('\\', '/')}/${path}`;
}

/** The last part of a folder, which tells the same place in two integrations apart. */
export function lastFolder(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}
