import type { Collector, Gap } from '../../engine/types.js';
import type { CanvasUse } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { fileGap, population } from '../reading/readAppFiles.js';
import { withPlaceholders } from '../source/replacements.js';
import { codeOf } from '../source/folderTree.js';
import { child, parseXml } from '../parsing/xml.js';

type Use = Omit<CanvasUse, 'type' | 'name' | 'file'>;
type Kind = { type: string; file: RegExp; find: (text: string) => Use[] };

/** A tag of a page need not be well-formed XML around it. */
const tag = /<(?:apex|force):canvasApp\b((?:"[^"]*"|'[^']*'|[^>"'])*)/gi;
const comment = /<!--[^]*?(?:-->|$)/g;

const inMarkup = (text: string): Use[] => {
  const shown = text.replace(comment, (all) => all.replace(/[^\n]/g, ' '));
  return [...shown.matchAll(tag)].map(({ index, 1: attributes = '' }) => ({
    line: shown.slice(0, index).split('\n').length,
    ...literal(attributes, 'developerName', 'app'),
    ...literal(attributes, 'namespacePrefix', 'namespace'),
  }));
};

/** The value of an attribute, unless it is computed when the page is shown: `{!name}`. */
const literal = (attributes: string, name: string, key: 'app' | 'namespace'): Partial<Use> => {
  const all = [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const found = all.find(([, written = '']) => written.toLowerCase() === name.toLowerCase());
  const value = found?.[2] ?? found?.[3] ?? '';
  return /^\w+$/.test(value) ? { [key]: value } : {};
};

const inAction = (text: string): Use[] => {
  const parsed = parseXml(text);
  if ('problem' in parsed) throw Object.assign(new Error(), { code: parsed.problem });
  const type = child(parsed.root, 'type');
  if (type?.text !== 'Canvas') return [];
  const [, namespace, app] = /^(?:(\w+?)__)?(\w+)$/.exec(child(parsed.root, 'canvas')?.text ?? '') ?? [];
  return [
    { line: type.line, ...(app === undefined ? {} : { app }), ...(namespace === undefined ? {} : { namespace }) },
  ];
};

const kinds: readonly Kind[] = [
  { type: 'VisualforcePage', file: /([^/]+)\.page$/i, find: inMarkup },
  { type: 'VisualforceComponent', file: /([^/]+)\.component$/i, find: inMarkup },
  { type: 'AuraDefinitionBundle', file: /([^/]+)\.(?:cmp|app)$/i, find: inMarkup },
  { type: 'QuickAction', file: /([^/]+)\.quickAction(?:-meta\.xml)?$/i, find: inAction },
];

/** Where the package shows a canvas app. Settings of canvas apps belong to apps, and are no use. */
export const canvasUses: Collector<PackageSource, readonly CanvasUse[]> = {
  reads: ['Visualforce pages and components', 'Aura components', 'QuickAction (.quickAction)'],
  requires: [],
  collect: async ({ packaged, tree, unseen, replacements }) => {
    const uses: CanvasUse[] = [];
    const gaps: Gap[] = [...unseen.packaged];
    for (const file of packaged) {
      for (const { type, file: pattern, find } of kinds) {
        const [, name] = pattern.exec(file) ?? [];
        if (name === undefined) continue;
        try {
          // eslint-disable-next-line no-await-in-loop -- one page in memory at a time
          const text = await tree.read(file);
          if (!/canvas/i.test(text)) continue;
          const packagedText = withPlaceholders(replacements, file, text);
          if (packagedText === undefined) gaps.push(fileGap(file, 'is changed when a package version is created.'));
          else uses.push(...find(packagedText).map((use) => ({ type, name, file, ...use })));
        } catch (error) {
          gaps.push(fileGap(file, `could not be read (${codeOf(error)}).`));
        }
      }
    }
    return population(uses, gaps);
  },
};
