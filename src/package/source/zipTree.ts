import { crc32, inflateRawSync } from 'node:zlib';
import { packageProblem } from '../errors.js';
import { bytesOf, codeOf, errorWithCode, decoded, largestFile, type PackageTree } from './folderTree.js';

/** Far above what the Metadata API takes or gives: a bomb ends here, and no package does. */
const limits = { zip: 256 * 2 ** 20, total: 2 ** 30 };

/** Whether the text of a file shows an archive that was not opened. */
export const isArchive = (text: string): boolean => text.startsWith('PK\u0003\u0004');

type Entry = { name: string; method: number; crc: number; packed: number; size: number; offset: number; odd?: string };

type ZipTree = PackageTree & { bytes(name: string): Promise<Buffer> };

const signature = { end: 0x06_05_4b_50, entry: 0x02_01_4b_50, local: 0x04_03_4b_50 };
const markers = ['package.xml', 'sfdx-project.json'];
const unixLink = 0xa;

/**
 * A zip file as a tree; nothing is unpacked to the disk. Only the directory at its end counts, and a file is unpacked
 * on request, up to the size in the directory. Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
// eslint-disable-next-line @typescript-eslint/require-await -- what cannot be read is a rejection
export const zipTree = async (path: string, shown: string): Promise<ZipTree> => {
  const broken = (why: string): Error =>
    packageProblem('InvalidZip', `${shown} cannot be read as a zip file: ${why}.`, [
      'Pass an unchanged package zip, such as the output of sf package version retrieve.',
    ]);
  const tree = readZip(held(path, broken), { total: limits.total, file: largestFile });
  if ('why' in tree) throw broken(tree.why);
  return tree;
};

const held = (path: string, broken: (why: string) => Error): Buffer => {
  try {
    return bytesOf(path, limits.zip);
  } catch (error) {
    throw broken(`it cannot be opened (${codeOf(error)})`);
  }
};

/** The same for the bytes of a zip inside of another file, or why they are not a zip. */
export const readZip = (bytes: Buffer, most: { total: number; file: number }): ZipTree | { why: string } => {
  let entries: Entry[];
  try {
    entries = entriesOf(bytes, most);
  } catch (error) {
    return { why: error instanceof RangeError ? 'it is cut off or damaged' : (error as Error).message };
  }
  const files = withoutRoot(entries.filter(({ name }) => !name.endsWith('/')));
  const known = new Map(files.map((entry) => [entry.name, entry]));
  if (known.size < files.length) return { why: 'it contains two files with the same name' };
  // Async, so that a damaged file rejects.
  // eslint-disable-next-line @typescript-eslint/require-await
  const bytesIn = async (name: string): Promise<Buffer> => {
    const entry = known.get(name);
    if (!entry) throw errorWithCode('ENOENT');
    return unpacked(bytes, entry);
  };
  const unseen = files.flatMap(({ name, odd }) => (odd === undefined ? [] : [{ path: name, reason: odd }]));
  return {
    paths: files.flatMap(({ name, odd }) => (odd === undefined ? [name] : [])).sort(),
    unseen,
    bytes: bytesIn,
    read: async (name) => decoded(await bytesIn(name)),
  };
};

/** Throws an error that says what is wrong, a RangeError where the bytes end too early. */
const entriesOf = (bytes: Buffer, most: { total: number; file: number }): Entry[] => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('it is not a zip file, or is cut off');
  if (end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length) throw new RangeError();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xff_ff || at === 0xff_ff_ff_ff) throw new Error('it has the zip64 format, which packages do not use');
  const entries: Entry[] = [];
  for (let left = count; left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== signature.entry) throw new RangeError();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + 46 + (nameLength ?? 0);
    if (nameEnd > end) throw new RangeError();
    entries.push({
      name: nameIn(bytes, at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
      ...unreadableReason(bytes, at, most.file),
    });
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  // A count that is too small would hide files without a word.
  if (at !== end) throw new RangeError();
  if (entries.some(({ name }) => leadsOut(name))) throw new Error('it names a file outside the zip');
  if (entries.some(({ name }) => name.length > longestPath)) {
    throw new Error(`it names a path that is longer than ${longestPath} characters`);
  }
  if (entries.reduce((sum, { size }) => sum + size, 0) > most.total) {
    throw new Error(`it would be larger than ${most.total / 2 ** 20} MB unpacked`);
  }
  return checkLayout(bytes, entries);
};

/**
 * Some readers go from file to file instead of believing the directory. So that they see the same, each file has the
 * same name in both places, no two share their bytes, as those of a bomb do, and nothing lies between them.
 */
const checkLayout = (bytes: Buffer, entries: readonly Entry[]): Entry[] => {
  let end = 0;
  return entries
    .toSorted((one, other) => one.offset - other.offset)
    .map((entry) => {
      const { offset, name, packed } = entry;
      if (bytes.readUInt32LE(offset) !== signature.local) throw new RangeError();
      const start = offset + 30 + bytes.readUInt16LE(offset + 26);
      if (offset < end) throw new Error('two of its files overlap');
      if (offset > end + longestDescriptor) throw new Error('it contains bytes that its directory does not list');
      end = start + bytes.readUInt16LE(offset + 28) + packed;
      const local = nameIn(bytes, offset + 30, start);
      return local === name || entry.odd !== undefined ? entry : { ...entry, odd: 'has two names in the zip' };
    });
};

/** No system takes a longer one, and what walks up a path of thousands of folders runs out of its stack. */
const longestPath = 4096;
/** What may follow a file: its checksum and sizes once more, with a signature. */
const longestDescriptor = 24;

const nameIn = (bytes: Buffer, start: number, end: number): string =>
  bytes.toString('utf8', start, end).replaceAll('\\', '/');

/** Why a file of the zip can be listed and not read. */
const unreadableReason = (bytes: Buffer, at: number, largest: number): { odd?: string } => {
  const [flags, method, size] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 24)];
  if (flags % 2 === 1) return { odd: 'is encrypted' };
  if (bytes.readUInt32LE(at + 38) >>> 28 === unixLink) return { odd: 'is a link' };
  if (method !== 0 && method !== 8) return { odd: 'has an unknown compression method' };
  return size > largest ? { odd: `is larger than ${largest / 2 ** 20} MB` } : {};
};

const leadsOut = (name: string): boolean =>
  name === '' || /^\/|^[a-z]:|\0/i.test(name) || name.split('/').includes('..');

const unpacked = (bytes: Buffer, { offset, method, packed, size, crc }: Entry): Buffer => {
  try {
    if (bytes.readUInt32LE(offset) !== signature.local) throw new RangeError();
    // The lengths of the local header may differ from those of the directory.
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const content = bytes.subarray(start, start + packed);
    // More than the directory names is refused while it is unpacked, so a bomb never fills the memory.
    const text = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(size, 1) });
    if (text.length !== size || crc32(text) !== crc) throw new RangeError();
    return text;
  } catch {
    throw errorWithCode('damaged in the zip');
  }
};

/** A retrieved package may be in a subfolder: the one with `package.xml` or `sfdx-project.json`. */
const withoutRoot = (files: Entry[]): Entry[] => {
  const depth = ({ name }: Entry): number => name.split('/').length;
  const marked = files.filter(({ name }) => markers.includes(name.slice(name.lastIndexOf('/') + 1)));
  const [first] = marked.sort((one, other) => depth(one) - depth(other));
  const root = first?.name.slice(0, first.name.lastIndexOf('/') + 1) ?? '';
  return files.every(({ name }) => name.startsWith(root))
    ? files.map((entry) => ({ ...entry, name: entry.name.slice(root.length) }))
    : files;
};
