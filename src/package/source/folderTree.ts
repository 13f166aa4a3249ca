import { hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, posix, sep } from 'node:path';
import { isPackageProblem, packageProblem, unreadableProject } from '../errors.js';

/** A folder of source, on disk, in git or in an archive. Listed once; a file is read only on request. */
export type PackageTree = {
  /** Every file, relative to the root, with forward slashes, sorted. */
  paths: readonly string[];
  /** What is there and was not listed, with the reason; the path of a folder ends in `/`. */
  unseen: ReadonlyArray<{ path: string; reason: string }>;
  read(path: string): Promise<string>;
};

/** Folders that never contain source: libraries, and the records of git and the Salesforce CLI. */
const skipped: ReadonlySet<string> = new Set(['node_modules', '.git', '.sfdx', '.sf']);
/** A static resource is packaged with every folder in it. */
const inStaticResource = /(?:^|\/)staticresources\/[^/]+\//;

/**
 * The largest file that is read, in bytes. Salesforce accepts only much smaller ones: a static resource has at most 5
 * MB.
 */
export const largestFile = 16 * 2 ** 20;
/** Links can show the same files many times; no source comes near. */
const mostFiles = 500_000;

/**
 * Lists a folder of the disk, synchronously like everything that is read of it. `root` is a real path; a link that leads
 * out of it is not followed.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- a folder with too many files is a rejection
export const folderTree = async (root: string): Promise<PackageTree & { bytes(path: string): Promise<Buffer> }> => {
  const { paths, unseen } = new Listing(root).all();
  /* eslint-disable @typescript-eslint/require-await -- a file that cannot be read is a rejection */
  const bytes = async (path: string): Promise<Buffer> => bytesOf(join(root, path));
  const read = async (path: string): Promise<string> => textOf(join(root, path));
  /* eslint-enable @typescript-eslint/require-await */
  return { paths, unseen, bytes, read };
};

class Listing {
  readonly #root: string;
  readonly #paths: string[] = [];
  readonly #unseen: Array<{ path: string; reason: string }> = [];

  public constructor(root: string) {
    this.#root = root;
  }

  public all(): Pick<PackageTree, 'paths' | 'unseen'> {
    this.#list('', false);
    return {
      paths: this.#paths.sort(),
      unseen: this.#unseen.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0)),
    };
  }

  #list(folder: string, linked: boolean): void {
    try {
      for (const entry of readdirSync(join(this.#root, folder), { withFileTypes: true })) {
        const path = `${folder}${entry.name}`;
        if (skipped.has(entry.name) && !(entry.name === 'node_modules' && inStaticResource.test(path))) continue;
        if (entry.isDirectory()) this.#list(`${path}/`, linked);
        else if (entry.isFile()) this.#found(path);
        else if (entry.isSymbolicLink()) this.#follow(path, linked);
        else this.#unseen.push({ path, reason: noFile });
      }
    } catch (error) {
      if (isPackageProblem(error)) throw error;
      this.#unseen.push({ path: folder, reason: `could not be listed (${codeOf(error)})` });
    }
  }

  #found(path: string): void {
    this.#paths.push(path);
    if (this.#paths.length > mostFiles) {
      throw packageProblem('TooManyFiles', `The folder contains more than ${mostFiles} files.`, [
        'Pass the folder of the package.',
      ]);
    }
  }

  #follow(path: string, linked: boolean): void {
    try {
      const target = realpathSync(join(this.#root, path));
      const kind = statSync(target);
      const folder = kind.isDirectory();
      const leaveOut = (reason: string): number => this.#unseen.push({ path: folder ? `${path}/` : path, reason });
      if (!`${target}${sep}`.startsWith(`${this.#root}${sep}`)) leaveOut('is a link to a place outside the folder');
      else if (kind.isFile()) this.#found(path);
      else if (!folder) leaveOut(noFile);
      else if (linked) leaveOut('is a link inside a linked folder');
      // A link to a folder above itself would list the same files for ever.
      else if (!join(this.#root, path).startsWith(`${target}${sep}`)) this.#list(`${path}/`, true);
    } catch (error) {
      if (isPackageProblem(error)) throw error;
      // A folder by its name: the content that a link leads to is not known.
      const file = path.lastIndexOf('.') > path.lastIndexOf('/');
      this.#unseen.push({ path: file ? path : `${path}/`, reason: `is a broken link (${codeOf(error)})` });
    }
  }
}

const noFile = 'is a pipe, a socket or a device';

/**
 * The content of a file on disk, read synchronously: with thousands of small files, waiting for each takes several
 * times longer than reading it. Throws an error whose code gives the reason, in words or as the system's code.
 */
export const bytesOf = (path: string, largest = largestFile): Buffer =>
  opened(path, largest, (file) => readFileSync(file));

/** Most files are smaller, and their bytes are not needed once they are a text. */
const place = Buffer.allocUnsafe(2 ** 18);

/** The same as a text. */
const textOf = (path: string): string =>
  opened(path, largestFile, (file, size) => {
    if (size === 0 || size > place.length) return decoded(readFileSync(file));
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(file, place, length, size - length, null);
    return decoded(place.subarray(0, length));
  });

const opened = <T>(path: string, largest: number, read: (file: number, size: number) => T): T => {
  // Reading a pipe without a writer would wait forever; Windows has neither such pipes nor the constant.
  // eslint-disable-next-line no-bitwise
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    if (found.isDirectory()) throw errorWithCode('EISDIR');
    if (!found.isFile()) throw errorWithCode(noFile);
    if (found.size > largest) throw errorWithCode(`larger than ${largest / 2 ** 20} MB`);
    return read(file, found.size);
  } finally {
    closeSync(file);
  }
};

/** An error of which only the code is shown. */
export const errorWithCode = (code: string): Error => Object.assign(new Error(code), { code });

/** The text of a file: UTF-8, or UTF-16 if it starts with that byte order mark, without the mark. */
export const decoded = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return utf8.decode(bytes);
};

const utf8 = new TextDecoder();

/** The code of a system error; its message would name a path of this machine. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

/**
 * The same tree, with its unreadable files among the paths: reading one gives the reason, as for any file that cannot
 * be opened. Unreadable folders stay left out, because their content is not known.
 */
export const withUnreadable = (tree: PackageTree): PackageTree => {
  const isFolder = ({ path }: { path: string }): boolean => path === '' || path.endsWith('/');
  const reasons = new Map(tree.unseen.flatMap((one) => (isFolder(one) ? [] : [[one.path, one.reason] as const])));
  if (reasons.size === 0) return tree;
  return {
    paths: [...new Set([...tree.paths, ...reasons.keys()])].sort(),
    unseen: tree.unseen.filter(isFolder),
    read: (path) => {
      const reason = reasons.get(path);
      return reason === undefined ? tree.read(path) : Promise.reject(errorWithCode(reason));
    },
  };
};

/** What an org shows in place of code that a managed package hides. */
const hiddenBody = /^\s{0,9}\(hidden\)\s{0,9}$/;
const hasBody = /\.(?:cls|trigger|page|component)$/i;

/** The same tree, in which code with a hidden body is a file that cannot be read. */
export const withoutHiddenBodies = (tree: PackageTree): PackageTree => ({
  ...tree,
  read: async (path) => {
    const text = await tree.read(path);
    if (hasBody.test(path) && hiddenBody.test(text)) throw errorWithCode('a managed package hides its body');
    return text;
  },
});

/** Characters that are kept of one tree: most packages whole, and of none more than a machine has room for. */
const mostKept = 128 * 2 ** 20;

/** The files of a tree that were asked for so far: those that gave a text, with its SHA-256, and those that gave none. */
export type ReadLog = {
  read: ReadonlyMap<string, string>;
  unread: ReadonlySet<string>;
  /** The SHA-256 of a text that is neither kept nor counts as asked for; `undefined`: the file gives none. */
  check(path: string): Promise<string | undefined>;
  /** Counts a file as asked for, with what `check` gave. */
  note(path: string, sha256: string | undefined): void;
};

/** The same tree, whose texts are read once: every collector asks for nearly all of them. */
export const withTextCache = (tree: PackageTree): { tree: PackageTree; reads: ReadLog } => {
  const read = new Map<string, string>();
  const unread = new Set<string>();
  const texts = new Map<string, string>();
  /** Texts whose digest nothing has asked for; a run without the cache never does. */
  const undigested = new Set<string>();
  let kept = 0;
  const reading = async (path: string): Promise<string> => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    try {
      const text = await tree.read(path);
      if (kept + text.length <= mostKept) {
        kept += text.length;
        texts.set(path, text);
        undigested.add(path);
      } else if (!read.has(path)) read.set(path, sha256Of(text));
      return text;
    } catch (error) {
      unread.add(path);
      throw error;
    }
  };
  const check: ReadLog['check'] = (path) => tree.read(path).then(sha256Of, () => undefined);
  const note: ReadLog['note'] = (path, sha256) => {
    if (sha256 === undefined) unread.add(path);
    else read.set(path, sha256);
  };
  const reads: ReadLog = {
    get read() {
      for (const path of undigested) if (!read.has(path)) read.set(path, sha256Of(texts.get(path) ?? ''));
      undigested.clear();
      return read;
    },
    unread,
    check,
    note,
  };
  return { tree: { ...tree, read: reading }, reads };
};

const sha256Of = (text: string): string => hash('sha256', text);

/** Reads a file without which nothing can be judged. */
export const readText = async (tree: PackageTree, path: string): Promise<string> => {
  try {
    return await tree.read(path);
  } catch (error) {
    throw unreadableProject(path, `could not be opened (${codeOf(error)})`);
  }
};

/** Whether a path is the folder or lies in it; everything lies in `''`, the root. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '' ? !path.startsWith('../') && path !== '..' : path === folder || path.startsWith(`${folder}/`);

/** A path as people write it in a project file: `./force-app/`, `force-app\main`. */
export const normalised = (path: string): string =>
  posix
    .normalize(`./${path.replaceAll('\\', '/')}`)
    .replace(/\/$/, '')
    .replace(/^\.$/, '');
