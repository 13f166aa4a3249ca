import { codeFacts } from '../../src/package/collectors/code.js';
import type { CodeUse, PackageFacts } from '../../src/package/facts.js';
import type { Evidence } from '../../src/engine/types.js';
import { memoryTree } from './memoryTree.js';
import { packageProject, sourceOf } from './packageSource.js';

type Files = Readonly<Record<string, string>>;
const context = { asOf: new Date(0), params: {}, required: [] };
const some = {
  'sfdx-project.json': packageProject,
  'force-app/tabs/Empty.tab-meta.xml': '',
};

/** The code fact of a package with these files, and of folders of integrations with these. */
export const codeOf = async (
  files: Files,
  integrations: Readonly<Record<string, Files>> = {}
): Promise<Evidence<PackageFacts['code']>> => {
  const folders = Object.entries(integrations).map(([folder, content]) => ({ folder, tree: memoryTree(content) }));
  return codeFacts.collect({ ...(await sourceOf({ ...some, ...files })), integrations: folders }, context);
};

/** What is seen in one file of an integration, in short: what, form, line, and `?` where it is not sure. */
export const seenIn = async (file: string, text: string): Promise<string[]> => {
  const evidence = await codeOf({}, { backend: { [file]: text } });
  return evidence.status === 'unavailable' ? [evidence.gap.detail] : evidence.value.uses.map(short);
};

export const short = ({ what, form, subject, unsure }: CodeUse): string =>
  `${what}${unsure === undefined ? '' : '?'} ${form} ${subject.line ?? ''}`.trim();
