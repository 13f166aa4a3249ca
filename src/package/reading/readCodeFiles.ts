import type { Gap } from '../../engine/types.js';
import { appFile } from '../parsing/appFiles.js';
import { componentOf, type Component } from '../parsing/component.js';
import type { PackageSource } from '../source/packageSource.js';
import { withPlaceholders } from '../source/replacements.js';
import { codeOf } from '../source/folderTree.js';
import { fileGap } from './readAppFiles.js';

/** Suffixes of files that can hold code or formulas. */
const suffixes =
  /\.(?:cls|trigger|page|component|weblink|custompageweblink|field|object|validationrule|flow|workflow|homepagecomponent|quickaction|email)$/i;
/** In the folder of a component. */
const inBundle = /(?:^|\/)(?:aura|lwc|staticresources)\/[^/]/;
const bundled = /\.(?:cmp|app|js|mjs|html?|resource)$/i;
/** Of these the `-meta.xml` says nothing of what they hold. */
const withMeta = /\.(cls|trigger|page|component|email|cmp|app|js|resource)-meta\.xml$/i;

const holdsCode = (path: string): boolean => {
  if (withMeta.test(path) || /(^|\/)__tests__\//.test(path)) return false;
  return inBundle.test(path) ? bundled.test(path) : suffixes.test(path.replace(/-meta\.xml$/i, ''));
};

export type CodeFile = { path: string; component: Component; text: string };

/** Reads what of the package a pattern finds anything in. Every file is looked at, and none is kept without need. */
export const readCode = async (
  { packaged, tree, replacements, unseen }: PackageSource,
  wanted: (path: string) => boolean,
  holds: (text: string, path: string) => boolean
): Promise<{ files: readonly CodeFile[]; gaps: readonly Gap[] }> => {
  const files: CodeFile[] = [];
  // Folders that were not listed, and package directories that are not there; not what is missing of an app.
  const gaps = unseen.packaged.filter(({ subject }) => subject?.file !== undefined && !appFile(subject.file));
  for (const path of packaged) {
    if (!wanted(path) || !holdsCode(path)) continue;
    try {
      // One after the other: a package can be larger than the memory.
      // The text of a file in UTF-16 without its mark stays readable without its zeros.
      // eslint-disable-next-line no-await-in-loop
      const read = (await tree.read(path)).replaceAll('\0', '');
      const text = replacements.length > 0 ? withPlaceholders(replacements, path, read) : read;
      if (text === undefined) {
        gaps.push(fileGap(path, 'could not be read: sfdx-project.json replaces parts of it.'));
      } else if (holds(text, path)) files.push({ path, component: componentOf(path), text });
    } catch (error) {
      gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
    }
  }
  return { files, gaps };
};

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
