import { largestFile, type PackageTree } from './folderTree.js';
import { readZip } from './zipTree.js';

/** A tree that also gives the bytes of a file. */
type ByteTree = PackageTree & { bytes(path: string): Promise<Buffer> };

/** A static resource as one file: `.resource` in a Metadata API folder, and in source where it was not unpacked. */
const resource = /(?:^|\/)staticresources\/[^/]+\.(?:resource|zip)$/i;
/** The unpacked content of static resources. One may have 5 MB packed. */
const limits = { total: 2 ** 28, file: largestFile };

/**
 * The same tree with the files of zipped static resources in place of the archives: `x.resource/inner.js`. An archive
 * that cannot be opened is a file that cannot be read.
 */
export const withArchives = async (tree: ByteTree): Promise<PackageTree> => {
  const opened = new Map<string, Pick<PackageTree, 'paths' | 'unseen'>>();
  const closed = new Set<string>();
  for (const path of tree.paths.filter((one) => resource.test(one))) {
    // eslint-disable-next-line no-await-in-loop -- one archive in memory at a time
    const inner = await open(tree, path);
    // Not the tree itself, which keeps the bytes in memory.
    if (inner === 'closed') closed.add(path);
    else if (inner) opened.set(path, { paths: inner.paths, unseen: inner.unseen });
  }
  if (opened.size + closed.size === 0) return tree;
  const places = new Map<string, { archive: string; path: string }>(
    [...opened].flatMap(([archive, { paths }]) =>
      paths.map((path) => [`${archive}/${path}`, { archive, path }] as const)
    )
  );
  const last: { archive?: string; tree?: ReturnType<typeof open> } = {};
  return {
    paths: tree.paths
      .filter((path) => !closed.has(path))
      .flatMap((path) => opened.get(path)?.paths.map((inner) => `${path}/${inner}`) ?? [path])
      .sort(),
    unseen: [
      ...tree.unseen,
      ...[...closed].map((path) => ({ path, reason: 'is an archive that cannot be opened' })),
      ...[...opened].flatMap(([archive, { unseen }]) =>
        unseen.map(({ path, reason }) => ({ path: `${archive}/${path}`, reason }))
      ),
    ],
    read: async (path) => {
      const place = places.get(path);
      if (!place) return tree.read(path);
      // Files are asked for in order, so the archive that was open last is mostly the right one.
      if (last.archive !== place.archive)
        Object.assign(last, { archive: place.archive, tree: open(tree, place.archive) });
      const inner = await last.tree;
      return typeof inner === 'object' ? inner.read(place.path) : tree.read(place.archive);
    },
  };
};

/** The files in an archive; `closed`: it cannot be opened; `undefined`: not an archive. */
const open = async (tree: ByteTree, path: string): Promise<PackageTree | 'closed' | undefined> => {
  const bytes = await tree.bytes(path).catch(() => undefined);
  if (bytes?.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') return undefined;
  const inner = readZip(bytes, limits);
  return 'why' in inner ? 'closed' : inner;
};
