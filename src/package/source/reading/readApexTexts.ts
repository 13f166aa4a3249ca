import type { Gap } from '../../../engine/types.js';
import { child, childrenNamed, parseXml } from '../../parsing/xml.js';
import { codeOf } from '../folderTree.js';
import type { PackageSource } from '../packageSource.js';
import { fileGap } from '../../parsing/gaps.js';

/** Texts of the package that Apex refers to by name. Keys are in lower case. */
export type ApexTexts = {
  /** The texts of custom labels. */
  labels: ReadonlyMap<string, string>;
  /** Values of the records of custom metadata: `type__mdt.field__c`. */
  records: ReadonlyMap<string, readonly string[]>;
  gaps: readonly Gap[];
};

const labelFile = /\.labels(?:-meta\.xml)?$/i;
const recordFile = /(?:^|\/)(?:\w{1,15}?__)?(\w+)\.[^/]+\.md(?:-meta\.xml)?$/i;

const byPackage = new WeakMap<PackageSource, Promise<ApexTexts>>();

/** The custom labels and the records of custom metadata of the package, read once. */
export function readApexTexts(source: PackageSource): Promise<ApexTexts> {
  const texts = byPackage.get(source) ?? read(source);
  byPackage.set(source, texts);
  return texts;
}

async function read({ packaged, tree }: PackageSource): Promise<ApexTexts> {
  const labels = new Map<string, string>();
  const records = new Map<string, string[]>();
  const gaps: Gap[] = [];
  for (const path of packaged) {
    const [, type] = recordFile.exec(path) ?? [];
    if (type === undefined && !labelFile.test(path)) continue;
    try {
      // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
      const parsed = parseXml(await tree.read(path));
      if ('problem' in parsed) {
        gaps.push(fileGap(path, `could not be read: ${parsed.problem}`, parsed.line));
        continue;
      }
      for (const one of childrenNamed(parsed.root, type === undefined ? 'labels' : 'values')) {
        const value = child(one, 'value')?.text ?? '';
        const name = child(one, type === undefined ? 'fullName' : 'field')?.text.toLowerCase() ?? '';
        if (type === undefined) labels.set(name, value);
        else if (value !== '') add(records, `${type}__mdt.${name}`.toLowerCase(), value);
      }
    } catch (error) {
      gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
    }
  }
  return { labels, records, gaps };
}

function add(records: Map<string, string[]>, key: string, value: string): void {
  const known = records.get(key);
  if (known) known.push(value);
  else records.set(key, [value]);
}
