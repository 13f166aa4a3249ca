import type { Gap } from '../engine/types.js';
import { appFile } from './appFiles.js';
import type { PackageSource } from './project.js';
import { fileGap } from './readApps.js';
import { withPlaceholders } from './replacements.js';
import { codeOf, isWithin } from './tree.js';

/** Types of files that can hold code or formulas, by suffix. Source: the registry of source-deploy-retrieve 13.7.0. */
const types: Readonly<Record<string, string>> = {
  cls: 'ApexClass',
  trigger: 'ApexTrigger',
  page: 'VisualforcePage',
  component: 'VisualforceComponent',
  weblink: 'WebLink',
  custompageweblink: 'CustomPageWebLink',
  field: 'CustomField',
  object: 'CustomObject',
  validationrule: 'ValidationRule',
  flow: 'Flow',
  workflow: 'Workflow',
  homepagecomponent: 'HomePageComponent',
  quickaction: 'QuickAction',
  email: 'EmailTemplate',
};
const bundles: Readonly<Record<string, string>> = {
  aura: 'AuraDefinitionBundle',
  lwc: 'LightningComponentBundle',
  staticresources: 'StaticResource',
};
/** Of these the `-meta.xml` says nothing of what they hold. */
const withMeta = /\.(cls|trigger|page|component|email|cmp|app|js|resource)-meta\.xml$/i;

export type Component = { type: string; name: string };

/** The component that a file of code or formulas belongs to; `undefined`: the file is neither. */
export const componentOf = (path: string): Component | undefined => {
  if (withMeta.test(path) || /(^|\/)__tests__\//.test(path)) return undefined;
  const [, folder = '', bundle = ''] = /(?:^|\/)(aura|lwc|staticresources)\/([^/.]+)/.exec(path) ?? [];
  const ofBundle = bundles[folder];
  if (ofBundle !== undefined) {
    return /\.(cmp|app|js|mjs|html?|resource)$/i.test(path) ? { type: ofBundle, name: bundle } : undefined;
  }
  const [, name = '', suffix = ''] = /([^/]+)\.([a-z]+)$/i.exec(path.replace(/-meta\.xml$/i, '')) ?? [];
  const type = types[suffix.toLowerCase()];
  if (type === undefined) return undefined;
  // What is decomposed lies in the folder of its object.
  const [, object] = /(?:^|\/)objects\/([^/]+)\/[^/]+\/[^/]+$/.exec(path) ?? [];
  return { type, name: object === undefined ? name : `${object}.${name}` };
};

export type CodeFile = { path: string; component: Component; text: string };

/** Reads what of the package a pattern finds anything in. Every file is looked at, and none is kept without need. */
export const readCode = async (
  { packaged, project, tree, replacements, unseen }: PackageSource,
  wanted: (path: string) => boolean,
  holds: (text: string, path: string) => boolean
): Promise<{ files: readonly CodeFile[]; gaps: readonly Gap[] }> => {
  const files: CodeFile[] = [];
  // Folders that were not listed, and package directories that are not there; not what is missing of an app.
  const gaps = unseen.packaged.filter(({ subject }) => subject?.file !== undefined && !appFile(subject.file));
  for (const { path, reason } of project.isPackage ? tree.unseen : []) {
    const inside = project.directories.some((folder) => isWithin(path, folder === '.' ? '' : folder));
    if (inside && componentOf(path) && wanted(path)) gaps.push(fileGap(path, `${reason}.`));
  }
  for (const path of packaged) {
    const component = wanted(path) ? componentOf(path) : undefined;
    if (!component) continue;
    try {
      // One after the other: a package can be larger than the memory.
      // eslint-disable-next-line no-await-in-loop
      const read = await tree.read(path);
      const text = replacements.length > 0 ? withPlaceholders(replacements, path, read) : read;
      if (text === undefined) {
        gaps.push(fileGap(path, 'could not be read: sfdx-project.json replaces parts of it.'));
      } else if (holds(text, path)) files.push({ path, component, text: text.replace(/^\uFEFF/, '') });
    } catch (error) {
      gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
    }
  }
  return { files, gaps };
};

/** An Apex class of tests: it is not part of what runs for a subscriber. */
export const isApexTest = (text: string): boolean => {
  const [head = ''] = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').split('{', 1);
  return /@istest\b/i.test(head);
};

/** Code without its comments, line for line; what looks like a comment in a string stays. */
export const withoutComments = (text: string): string =>
  text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*|<!--[\s\S]*?-->/g,
    (found: string, kept: string | undefined) => kept ?? found.replace(/[^\n]/g, ' ')
  );

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
