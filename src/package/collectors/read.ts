import { complete, partial } from '../../engine/evidence.js';
import type { Evidence, Gap } from '../../engine/types.js';
import { appTypes, type AppFile } from '../appFiles.js';
import { codeOf, type PackageTree } from '../tree.js';
import { parseXml, type XmlElement } from '../xml.js';

/** An app file that could be read. */
export type ReadFile = AppFile & { root: XmlElement };

/** Reads app files: those that are what their name says, and a gap for each of the others. */
export const readAppFiles = async (
  tree: PackageTree,
  files: readonly AppFile[]
): Promise<{ read: readonly ReadFile[]; gaps: readonly Gap[] }> => {
  const results = await Promise.all(files.map((file) => readOne(tree, file)));
  const read: Array<ReadFile & { text: string }> = [];
  const gaps: Gap[] = [];
  for (const result of results) {
    if ('detail' in result) gaps.push(result);
    // The same file in both formats, or in two package directories, is one app.
    else if (
      !read.some((one) => one.name === result.name && one.suffix === result.suffix && one.text === result.text)
    ) {
      read.push(result);
    }
  }
  return { read, gaps };
};

const readOne = async (tree: PackageTree, file: AppFile): Promise<(ReadFile & { text: string }) | Gap> => {
  const gap = (reason: string, line?: number): Gap => fileGap(file.path, reason, line);
  try {
    const text = await tree.read(file.path);
    const parsed = parseXml(text);
    if ('problem' in parsed) return gap(parsed.problem, parsed.line);
    const type = appTypes[file.suffix];
    if (type !== undefined && parsed.root.name !== type)
      return gap(`Its root element is not ${type}.`, parsed.root.line);
    return { ...file, root: parsed.root, text: text.replace(/\s+/g, ' ').trim() };
  } catch (error) {
    return gap(`The file could not be opened (${codeOf(error)}).`);
  }
};

/** What could not be understood of a file. `reason` never quotes it. */
export const fileGap = (path: string, reason: string, line?: number): Gap => ({
  kind: 'unreadable',
  detail: `${path} could not be read: ${reason}`,
  subject: { type: 'File', name: path, file: path, ...(line === undefined ? {} : { line }) },
});

/** Evidence of a population: whole, or a part with one gap that names everything unseen. */
export const population = <T>(members: readonly T[], gaps: readonly Gap[]): Evidence<readonly T[]> => {
  const [gap, ...others] = gaps;
  if (!gap) return complete(members);
  return others.length === 0
    ? partial(members, gap)
    : partial(members, { ...gap, detail: gaps.map(({ detail }) => detail).join(' ') });
};
