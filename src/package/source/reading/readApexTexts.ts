import { oncePer } from '../../../common/oncePer.js';
import type { Gap } from '../../../engine/types.js';
import { child, childrenNamed, parseXml } from '../../parsing/xml.js';
import { codeOf } from '../folderTree.js';
import type { PackageSource } from '../packageSource.js';
import { fileGap } from '../../parsing/gaps.js';

/** Texts of the package that Apex refers to by name. */
export type ApexTexts = {
  /** The text of a custom label. */
  label: (name: string) => string | undefined;
  /** Values of the records of custom metadata, by `type__mdt.field__c` in lower case. */
  records: ReadonlyMap<string, readonly string[]>;
  /** The values that records of a type give to a field; both names in lower case. */
  recorded: (type: string, field: string) => readonly string[];
  /** What could not be read; of the labels only once one was asked for. */
  readonly gaps: readonly Gap[];
};

type TextFile = { path: string; text: string };
type Labels = { texts: ReadonlyMap<string, string>; gaps: readonly Gap[] };
type Files = Pick<ApexTexts, 'records' | 'gaps'> & { labels: () => Labels };

const labelFile = /\.labels(?:-meta\.xml)?$/i;
const recordFile = /(?:^|\/)(?:\w{1,15}?__)?(\w+)\.[^/]+\.md(?:-meta\.xml)?$/i;

const readOnce = oncePer(read);

/** The custom labels and the records of custom metadata of the package, read once. */
export async function readApexTexts(source: PackageSource): Promise<ApexTexts> {
  const { records, gaps, labels } = await readOnce(source);
  let isAsked = false;
  return {
    label: (name) => {
      isAsked = true;
      return labels().texts.get(name.toLowerCase());
    },
    records,
    recorded: (type, field) => records.get(`${type}.${field}`) ?? [],
    get gaps() {
      return isAsked ? [...gaps, ...labels().gaps] : gaps;
    },
  };
}

async function read({ packaged, tree }: PackageSource): Promise<Files> {
  const labelTexts: TextFile[] = [];
  const records = new Map<string, string[]>();
  const gaps: Gap[] = [];
  for (const path of packaged) {
    const [, type] = recordFile.exec(path) ?? [];
    if (type === undefined && !labelFile.test(path)) continue;
    try {
      // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
      const text = await tree.read(path);
      if (type === undefined) labelTexts.push({ path, text });
      else gaps.push(...addRecord(records, type, { path, text }));
    } catch (error) {
      gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
    }
  }
  // A package has thousands of labels, and few name an address or a flow.
  let labels: Labels | undefined;
  return { records, gaps, labels: () => (labels ??= labelsIn(labelTexts)) };
}

function addRecord(records: Map<string, string[]>, type: string, { path, text }: TextFile): Gap[] {
  const parsed = parseXml(text);
  if ('problem' in parsed) return [fileGap(path, `could not be read: ${parsed.problem}`, parsed.line)];
  for (const one of childrenNamed(parsed.root, 'values')) {
    const value = child(one, 'value')?.text ?? '';
    const name = child(one, 'field')?.text.toLowerCase() ?? '';
    if (value !== '') add(records, `${type}__mdt.${name}`.toLowerCase(), value);
  }
  return [];
}

function labelsIn(files: readonly TextFile[]): Labels {
  const texts = new Map<string, string>();
  const gaps: Gap[] = [];
  for (const { path, text } of files) {
    const parsed = parseXml(text);
    if ('problem' in parsed) gaps.push(fileGap(path, `could not be read: ${parsed.problem}`, parsed.line));
    else
      for (const one of childrenNamed(parsed.root, 'labels'))
        texts.set(child(one, 'fullName')?.text.toLowerCase() ?? '', child(one, 'value')?.text ?? '');
  }
  return { texts, gaps };
}

function add(records: Map<string, string[]>, key: string, value: string): void {
  const known = records.get(key);
  if (known) known.push(value);
  else records.set(key, [value]);
}
