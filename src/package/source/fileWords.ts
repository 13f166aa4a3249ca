import { TextWords, type Look } from '../parsing/textWords.js';
import type { PackageTree } from './folderTree.js';

const byTree = new WeakMap<PackageTree, Map<string, TextWords>>();

/**
 * The words of a file, by its text; looked for once, whichever collector comes first. A file in UTF-16 without its mark
 * stays readable without its zeros.
 */
export function wordsOfFile(tree: PackageTree, path: string, text: string): TextWords {
  const files = byTree.get(tree) ?? new Map<string, TextWords>();
  byTree.set(tree, files);
  const known = files.get(path) ?? new TextWords(text.replaceAll('\0', ''));
  files.set(path, known);
  return known;
}

/** Whether a file was read before and has no word for any of the looks, so that it need not be read again. */
export function isWithout(tree: PackageTree, path: string, looks: readonly Look[]): boolean {
  const known = byTree.get(tree)?.get(path);
  return known !== undefined && !looks.some((look) => known.has(look));
}
