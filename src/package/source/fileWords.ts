import { oncePer } from '../../common/oncePer.js';
import { TextWords } from '../parsing/textWords.js';
import type { PackageTree } from './folderTree.js';

/** The words of the files of a tree that were read so far. */
export const knownWords = oncePer<PackageTree, Map<string, TextWords>>(() => new Map());

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
