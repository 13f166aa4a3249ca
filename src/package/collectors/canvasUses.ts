import type { Collector } from '../../engine/types.js';
import type { CanvasUse } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { packageIndex, type PackageFile } from '../source/packageIndex.js';
import { unknownKinds } from '../source/unknownKinds.js';
import { lineAt } from '../parsing/lineAt.js';
import { withoutComments } from '../parsing/stripComments.js';
import { population } from '../source/reading/readAppFiles.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { suffixTable } from '../parsing/suffixTable.js';

type Use = Omit<CanvasUse, 'type' | 'name' | 'file'>;

/** A tag of a page need not be well-formed XML around it. */
const tag = /<(?:apex|force):canvasApp\b((?:"[^"]*"|'[^']*'|[^>"'])*)/gi;
const comment = /<!--[^]*?(?:-->|$)/g;

function inMarkup(text: string): Use[] {
  const shown = text.replace(comment, (all) => all.replace(/[^\n]/g, ' '));
  return [...shown.matchAll(tag)].map(({ index, 1: attributes = '' }) => ({
    line: lineAt(shown, index),
    ...literal(attributes, 'developerName', 'app'),
    ...literal(attributes, 'namespacePrefix', 'namespace'),
  }));
}

/** The value of an attribute, unless it is computed when the page is shown: `{!name}`. */
function literal(attributes: string, name: string, key: 'app' | 'namespace'): Partial<Use> {
  const all = [...attributes.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const found = all.find(([, written = '']) => written.toLowerCase() === name.toLowerCase());
  const value = found?.[2] ?? found?.[3] ?? '';
  return /^\w+$/.test(value) ? { [key]: value } : {};
}

/** `Foo` or `acme__Foo`, as metadata names a canvas app; what is no name is computed. */
function named(element: XmlElement | undefined): Pick<Use, 'app' | 'namespace'> {
  const [, namespace, app] = /^(?:(\w{1,15}?)__)?(\w+)$/.exec(element?.text ?? '') ?? [];
  return { ...(app === undefined ? {} : { app }), ...(namespace === undefined ? {} : { namespace }) };
}

function inAction(root: XmlElement): Use[] {
  const type = child(root, 'type');
  return type?.text === 'Canvas' ? [{ line: type.line, ...named(child(root, 'canvas')) }] : [];
}

/** A layout names the app in an item of a section, or of the mobile cards. */
function inLayout(element: XmlElement): Use[] {
  return element.children.flatMap((part) =>
    part.name === 'canvas' && part.text !== '' ? [{ line: part.line, ...named(part) }] : inLayout(part)
  );
}

/** A Lightning page shows it with a component of Salesforce, whose properties name the app. */
function inLightningPage(element: XmlElement): Use[] {
  const component = child(element, 'componentName');
  if (component === undefined || !/^(?:force:)?canvasApp$/i.test(component.text)) {
    return element.children.flatMap(inLightningPage);
  }
  const property = (pattern: RegExp): XmlElement | undefined =>
    childrenNamed(element, 'componentInstanceProperties')
      .filter((one) => pattern.test(child(one, 'name')?.text ?? ''))
      .map((one) => child(one, 'value'))
      .find((value) => value !== undefined);
  const namespace = property(/^namespace(?:Prefix)?$/i)?.text ?? '';
  return [
    {
      line: component.line,
      ...named(property(/^(?:canvasAppName|canvasApp|developerName)$/i)),
      ...(namespace === '' ? {} : { namespace }),
    },
  ];
}

const MARKUP: Readonly<Record<string, string>> = suffixTable({
  page: 'VisualforcePage',
  component: 'VisualforceComponent',
  cmp: 'AuraDefinitionBundle',
  app: 'AuraDefinitionBundle',
});
const METADATA: Readonly<Record<string, (root: XmlElement) => Use[]>> = suffixTable({
  quickaction: inAction,
  layout: inLayout,
  flexipage: inLightningPage,
});
/** A component that a script creates: `$A.createComponent('force:canvasApp', …)`. */
const created = /["'`](?:markup:\/\/)?(?:force|apex):canvasApp["'`]/gi;
const isScript = ({ form, suffix }: PackageFile): boolean => form === 'code' && /^(?:[cm]?[jt]s)$/.test(suffix);

function inScript(text: string): Use[] {
  return [...withoutComments(text).matchAll(created)].map(({ index }) => ({ line: lineAt(text, index) }));
}

const isMarkup = ({ form, suffix }: PackageFile): boolean => form === 'code' && MARKUP[suffix] !== undefined;
const isMetadata = ({ form, suffix }: PackageFile): boolean => form === 'metadata' && METADATA[suffix] !== undefined;

/** Where the package shows a canvas app. Settings of canvas apps belong to apps, and are no use. */
export const canvasUses: Collector<PackageSource, readonly CanvasUse[]> = {
  reads: [
    'Visualforce pages and components',
    'Aura components',
    'scripts of components',
    'QuickAction (.quickAction)',
    'Layout (.layout)',
    'FlexiPage (.flexipage)',
  ],
  requires: [],
  collect: async (source) => {
    const index = packageIndex(source);
    const markup = await index.texts({ file: isMarkup, looks: ['canvas'], mentions: /canvas/i });
    const metadata = await index.documents({ file: isMetadata, looks: ['canvas'], mentions: /canvas/i });
    const scripts = await index.texts({ file: isScript, looks: ['canvas'], mentions: /canvasApp/i });
    const unknown = await unknownKinds(source, 'canvas', /\b(?:force|apex):canvasApp\b/i, 'a canvas app');
    const use = ({ path: file, suffix, component }: PackageFile, found: Use): CanvasUse => ({
      type: MARKUP[suffix] ?? component.type,
      name: component.name,
      file,
      ...found,
    });
    return population(
      [
        ...markup.read.flatMap((file) => inMarkup(file.text).map((found) => use(file, found))),
        ...scripts.read.flatMap((file) => inScript(file.text).map((found) => use(file, found))),
        ...metadata.read.flatMap((file) => (METADATA[file.suffix]?.(file.root) ?? []).map((found) => use(file, found))),
      ],
      [...source.unseen.packaged, ...markup.gaps, ...metadata.gaps, ...scripts.gaps, ...unknown]
    );
  },
};
