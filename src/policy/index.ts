import { createHash } from 'node:crypto';
import { lstat, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Policy } from '../engine/types.js';
import type { Catalogue } from './catalogue.js';
import { PolicyError } from './error.js';
import { noticesOf } from './notices.js';
import { parsePolicy } from './parse.js';
import { readYaml, type Path } from './yaml.js';

export { addEntry } from './addEntry.js';
export type { Catalogue } from './catalogue.js';
export { closest } from './closest.js';
export { PolicyError } from './error.js';
export { expiriesOf, type Expiry } from './expiries.js';
export { parsePolicy } from './parse.js';
export { weakeningsOf } from './weakened.js';
export { endingTrust, noticesOfTrust } from './notices.js';
export { policyJsonSchema } from './schema.js';

export const policyFileName = 'security-review.yml';

/** A policy, where it came from, and what to know about it. Without `source` it is the default policy. */
type ReadPolicy = {
  policy: Policy;
  /** `file` is absolute; `lineOf` says on which line of it a part of the policy begins. */
  source?: { file: string; sha256: string; lineOf: (path: Path) => number };
  notices: string[];
};

/**
 * Reads the policy: the file given (relative to `from`), else the nearest `security-review.yml` in `from` or above it,
 * else the default: every control on, gate at medium, inconclusive blocks.
 *
 * @throws PolicyError
 */
export const readPolicy = async (request: {
  file?: string;
  from: string;
  catalogue: Catalogue;
  /** From which day entries may last 400 days. */
  today?: Date;
}): Promise<ReadPolicy> => {
  const from = resolve(request.from);
  const file = await policyPath(request);
  if (file === undefined) return { policy: parsePolicy('version: 1', policyFileName, request.catalogue), notices: [] };
  const shown = request.file ?? relative(from, file).split(sep).join('/');
  const bytes = await readBytes(file, shown);
  const text = decoded(bytes, shown);
  const policy = parsePolicy(text, shown, request.catalogue, request.today ?? new Date());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    policy,
    source: { file, sha256, lineOf: (path) => readYaml(text).at(path).line },
    notices: noticesOf(policy, request.catalogue),
  };
};

/** The file that `readPolicy` reads, whether it is there or not; nothing: there is no policy. */
export async function policyPath({ file, from }: { file?: string; from: string }): Promise<string | undefined> {
  return file === undefined ? findUpwards(resolve(from)) : resolve(from, file);
}

const findUpwards = async (from: string): Promise<string | undefined> => {
  const file = join(from, policyFileName);
  // Only "not there" means to look further up: a policy that cannot be read, or a broken link, is not passed over.
  const found = await lstat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR'
  );
  if (found) return file;
  const parent = dirname(from);
  return parent === from ? undefined : findUpwards(parent);
};

const readBytes = async (file: string, shown: string): Promise<Buffer> => {
  const unreadable = (why: string): PolicyError =>
    new PolicyError(`The policy ${shown} cannot be read (${why}).`, ['Give a file that exists and that you may read.']);
  const failed = (error: NodeJS.ErrnoException): never => {
    throw unreadable(error.code ?? 'unknown error');
  };
  const found = await stat(file).catch(failed);
  // A pipe may never end.
  if (!found.isFile()) throw unreadable(found.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  return readFile(file).catch(failed);
};

const decoded = (bytes: Buffer, shown: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PolicyError(`The policy ${shown} is not UTF-8 text.`, ['Save it as UTF-8.']);
  }
};
