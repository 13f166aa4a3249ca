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
  /** The values that records of a type of custom metadata give to a field; both names in lower case, of the type with or without a namespace. */
  recorded: (type: string, field: string) => readonly string[];
  /** The types, as `type__mdt` in lower case, a value of whose records a pattern finds. */
  typesWith: (pattern: RegExp) => readonly string[];
  /** What could not be read: of labels and of the records of a type only once one was asked for. */
  readonly gaps: readonly Gap[];
};

type TextFile = { path: string; text: string };
/** Texts by name. */
type Texts = { values: ReadonlyMap<string, readonly string[]>; gaps: readonly Gap[] };
type Files = { labels: () => Texts; types: ReadonlyMap<string, RecordType>; gaps: readonly Gap[] };
type RecordType = { files: readonly TextFile[]; texts: () => Texts };

const labelFile = /\.labels(?:-meta\.xml)?$/i;
const recordFile = /(?:^|\/)(?:\w{1,15}?__)?(\w+)\.[^/]+\.md(?:-meta\.xml)?$/i;
/** In a text with these, what a pattern finds in a value may be written in another way. */
const encoded = /[&\0\uFFFD]/;

const readOnce = oncePer(read);

/** The custom labels and the records of custom metadata of the package, read once, and parsed when they are asked for. */
export async function readApexTexts(source: PackageSource): Promise<ApexTexts> {
  const { labels, types, gaps } = await readOnce(source);
  const asked = new Set<Texts>();
  const ask = (texts: Texts): Texts => {
    asked.add(texts);
    return texts;
  };
  return {
    label: (name) => ask(labels()).values.get(name.toLowerCase())?.at(-1),
    recorded: (type, field) => {
      const known = types.get(type.replace(/^\w{0,15}?__(?=\w+__mdt$)/, ''));
      return known ? (ask(known.texts()).values.get(field) ?? []) : [];
    },
    typesWith: (pattern) =>
      [...types].flatMap(([name, { files, texts }]) => {
        const mayHave = files.some(({ text }) => pattern.test(text) || encoded.test(text));
        return mayHave && [...ask(texts()).values.values()].flat().some((value) => pattern.test(value)) ? [name] : [];
      }),
    get gaps() {
      return [...gaps, ...[...asked].flatMap((one) => one.gaps)];
    },
  };
}

async function read({ packaged, tree }: PackageSource): Promise<Files> {
  const labels: TextFile[] = [];
  const records: Array<TextFile & { type: string }> = [];
  const gaps: Gap[] = [];
  for (const path of packaged) {
    const [, type] = recordFile.exec(path) ?? [];
    if (type === undefined && !labelFile.test(path)) continue;
    try {
      // eslint-disable-next-line no-await-in-loop -- one file after the other keeps memory small
      const text = await tree.read(path);
      if (type === undefined) labels.push({ path, text });
      else records.push({ path, text, type: `${type}__mdt`.toLowerCase() });
    } catch (error) {
      gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
    }
  }
  const types = [...Map.groupBy(records, ({ type }) => type)].map(([type, files]): [string, RecordType] => [
    type,
    { files, texts: once(() => textsIn(files, 'values', 'field')) },
  ]);
  return { labels: once(() => textsIn(labels, 'labels', 'fullName')), types: new Map(types), gaps };
}

/** A package has thousands of labels and records, and few are a part of an address or name a flow. */
function once(parse: () => Texts): () => Texts {
  let texts: Texts | undefined;
  return () => (texts ??= parse());
}

/** The values of each element, by the name that another of its elements gives. */
function textsIn(files: readonly TextFile[], element: string, name: string): Texts {
  const values = new Map<string, string[]>();
  const gaps: Gap[] = [];
  for (const { path, text } of files) {
    const parsed = parseXml(text);
    if ('problem' in parsed) {
      gaps.push(fileGap(path, `could not be read: ${parsed.problem}`, parsed.line));
      continue;
    }
    for (const one of childrenNamed(parsed.root, element)) {
      const key = child(one, name)?.text.toLowerCase() ?? '';
      const value = child(one, 'value')?.text ?? '';
      if (value !== '' || element === 'labels') values.set(key, [...(values.get(key) ?? []), value]);
    }
  }
  return { values, gaps };
}
