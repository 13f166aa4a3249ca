import { hash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Texts that are kept; the one that was used least recently goes first. */
const MOST_KEPT = 40;
/** Characters of one text. A longer one would cost more than it saves. */
const LONGEST = 32 * 2 ** 20;

/**
 * Texts of earlier runs by a key of hexadecimal digits, in a folder of this user. What cannot be read or written there
 * costs time and nothing else. A text that was cut off or changed by accident is not returned.
 */
export type TextCache = { read(key: string): string | undefined; write(key: string, text: string): void };

/** Knows nothing and keeps nothing. */
export const noCache: TextCache = { read: () => undefined, write: () => undefined };

/**
 * A cache for one build of the tool: other code may find other facts in the same files. `build` is what identifies it;
 * without one, where the tool runs from its sources, nothing is kept.
 */
export function textCache(folder: string, build = process.env.SECURITY_REVIEW_BUILD): TextCache {
  if (build === undefined) return noCache;
  const fileOf = (key: string): string => join(folder, `${hash('sha256', `${build}:${key}`)}.txt`);
  return {
    read: (key) => attempt(() => readKept(fileOf(key))),
    write: (key, text) => {
      if (text.length > LONGEST) return;
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        chmodSync(folder, 0o700);
        write(fileOf(key), `${hash('sha256', text)}\n${text}`);
        removeOldest(folder);
      });
    },
  };
}

function readKept(file: string): string | undefined {
  // Characters can take four bytes each.
  if (statSync(file).size > 4 * LONGEST) return undefined;
  const content = readFileSync(file, 'utf8');
  const end = content.indexOf('\n');
  const text = content.slice(end + 1);
  if (content.slice(0, end) !== hash('sha256', text)) return undefined;
  attempt(() => utimesSync(file, new Date(), new Date()));
  return text;
}

function write(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { path, used: statSync(path).mtimeMs };
  });
  for (const { path } of files.sort((one, other) => other.used - one.used).slice(MOST_KEPT))
    rmSync(path, { force: true });
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
