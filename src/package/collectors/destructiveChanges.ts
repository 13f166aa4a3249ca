import type { Collector, Gap } from '../../engine/types.js';
import { appTypes } from '../parsing/appFiles.js';
import type { DestructiveChange } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { population } from '../source/reading/readAppFiles.js';
import { codeOf, type PackageTree } from '../source/folderTree.js';
import { childrenNamed, parseXml } from '../parsing/xml.js';
import { fileGap } from '../parsing/gaps.js';

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm */
const fileName = /(^|\/)destructiveChanges(Pre|Post)?\.xml$/i;
const types = new Set(Object.values(appTypes));

/**
 * The app components that destructiveChanges files remove. They are outside the package directories, so the whole
 * folder counts.
 */
export const destructiveChanges: Collector<PackageSource, readonly DestructiveChange[]> = {
  reads: ['destructiveChanges.xml', 'destructiveChangesPre.xml', 'destructiveChangesPost.xml'],
  requires: [],
  collect: async ({ files, tree, unseen }) => {
    const results = await Promise.all(files.filter((path) => fileName.test(path)).map((path) => readOne(tree, path)));
    return population(
      results.flatMap((result) => ('detail' in result ? [] : result)),
      [...unseen.files, ...results.flatMap((result) => ('detail' in result ? [result] : []))]
    );
  },
};

const readOne = async (tree: PackageTree, file: string): Promise<DestructiveChange[] | Gap> => {
  try {
    const parsed = parseXml(await tree.read(file));
    if ('problem' in parsed) return fileGap(file, `could not be read: ${parsed.problem}`, parsed.line);
    return childrenNamed(parsed.root, 'types').flatMap((list) =>
      childrenNamed(list, 'name')
        .filter(({ text }) => types.has(text))
        .flatMap(({ text: type }) =>
          childrenNamed(list, 'members').map(({ text: name, line }) => ({ type, name, file, line }))
        )
    );
  } catch (error) {
    return fileGap(file, `could not be opened (${codeOf(error)}).`);
  }
};
