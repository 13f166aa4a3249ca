import { accounted } from '../../../engine/coverage.js';
import { complete } from '../../../engine/evidence.js';
import type { Evidence, Gap } from '../../../engine/types.js';
import { appTypes, type AppFile, type ReadFile } from '../../parsing/appFiles.js';
import { withPlaceholders, type Replacement } from '../replacements.js';
import { codeOf, type PackageTree } from '../folderTree.js';
import { parseXml } from '../../parsing/xml.js';
import { fileGap } from '../../parsing/gaps.js';

type Readable = { tree: PackageTree; replacements: readonly Replacement[] };

/** The text is kept to compare copies, which does not need the secret. */
const secret = /<([\w.-]+:)?consumerSecret\b[^]*?(?:<\/([\w.-]+:)?consumerSecret\s*>|$)/g;

/** Reads app files: those that are what their name says, and a gap for each of the others. */
export const readAppFiles = async (
  source: Readable,
  files: readonly AppFile[]
): Promise<{ read: readonly ReadFile[]; gaps: readonly Gap[] }> => {
  const results = await Promise.all(files.map((file) => readOne(source, file)));
  return {
    read: results.flatMap((result) => ('root' in result ? [result] : [])),
    gaps: results.flatMap((result) => ('root' in result ? [] : [result])),
  };
};

const readOne = async ({ tree, replacements }: Readable, file: AppFile): Promise<ReadFile | Gap> => {
  const gap = (reason: string, line?: number): Gap => fileGap(file.path, `could not be read: ${reason}`, line);
  try {
    const text = withPlaceholders(replacements, file.path, await tree.read(file.path));
    if (text === undefined) return gap('sfdx-project.json replaces elements in it when a package version is created.');
    const parsed = parseXml(text);
    if ('problem' in parsed) return gap(parsed.problem, parsed.line);
    const type = appTypes[file.suffix];
    if (type !== undefined && parsed.root.name !== type)
      return gap(`The root element is not ${type}.`, parsed.root.line);
    return { ...file, root: parsed.root, text: text.replace(secret, '').replace(/\s+/g, ' ').trim() };
  } catch (error) {
    return gap(`The file could not be opened (${codeOf(error)}).`);
  }
};

/** Evidence of a population: complete, or a part with a gap for each file that could not be read. */
export const population = <T>(members: readonly T[], gaps: readonly Gap[]): Evidence<readonly T[]> =>
  gaps.length === 0 ? complete(members) : accounted(members, {}, gaps);
