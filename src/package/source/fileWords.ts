import { TextWords } from '../parsing/textWords.js';
import type { PackageTree } from './folderTree.js';

const byTree = new WeakMap<PackageTree, Map<string, TextWords>>();

/** The words of the files of a tree that were read so far. */
export function knownWords(tree: PackageTree): Map<string, TextWords> {
  const files = byTree.get(tree) ?? new Map<string, TextWords>();
  byTree.set(tree, files);
  return files;
}

/**
 * The words of a file, by its text; found once for all collectors. A file in UTF-16 without its mark
 * stays readable without its zeros.
 */
export function wordsOfFile(tree: PackageTree, path: string, text: string): TextWords {
  const files = knownWords(tree);
  const known = files.get(path) ?? new TextWords(text.replaceAll('\0', ''));
  files.set(path, known);
  return known;
}
