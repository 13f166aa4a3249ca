import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const inRoot = (...parts: readonly string[]): string => join(root, ...parts);

/** PATH with the project's own binaries (Node 22 among them) first. */
export const pathWithOwnBinaries = [inRoot('node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
