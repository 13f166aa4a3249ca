import type { Gap } from '../../engine/types.js';
import { secretUse } from '../../salesforce/secretNames.js';
import type { SecretStore } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { fileGap } from '../reading/readAppFiles.js';
import { withPlaceholders } from '../source/replacements.js';
import { readSource } from '../reading/readTextFiles.js';
import { child, childrenNamed, parseXml, type XmlElement } from '../parsing/xml.js';
import { findSecrets } from './findSecrets.js';

type Definition = { file: string; line: number; visibility: string; isSetting: boolean };
type Field = { store: string; field: SecretStore['fields'][number] };
type RecordValue = { store: string; record: SecretStore['records'][number] };

/** Only these types of a field hold text that somebody chooses: no flag, number, address, list or relation is a secret. */
const textTypes: ReadonlySet<string> = new Set(['Text', 'TextArea', 'LongTextArea', 'Html', 'EncryptedText']);

/** The objects, and those of their fields that are named like a secret, in both formats. */
export const readDefinitions = async (
  source: PackageSource
): Promise<{ objects: ReadonlyMap<string, Definition>; fields: readonly Field[]; gaps: readonly Gap[] }> => {
  const objects = new Map<string, Definition>();
  const fields: Field[] = [];
  const gaps: Gap[] = [];
  const field = (store: string, element: XmlElement, file: string): Field[] => {
    const name = child(element, 'fullName')?.text ?? '';
    const [use, type] = [secretUse(name), child(element, 'type')?.text ?? ''];
    // A standard field holds what Salesforce says; data of an external object is stored elsewhere.
    if (use === undefined || !name.endsWith('__c') || store.endsWith('__x') || !textTypes.has(type)) return [];
    return [{ store, field: { name, use, encrypted: type === 'EncryptedText', file, line: element.line } }];
  };
  for (const path of source.packaged) {
    const [, object, own] = /(?:^|\/)([^/]+)\/fields\/([^/]+)\.field-meta\.xml$/.exec(path) ?? [];
    const [, defined] = /([^/]+)\.object(?:-meta\.xml)?$/.exec(path) ?? [];
    // The name of its file decides whether the field is worth reading.
    if (object !== undefined && secretUse(own ?? '') === undefined) continue;
    const store = object ?? defined;
    if (store === undefined) continue;
    // eslint-disable-next-line no-await-in-loop
    const root = await readRoot(source, path);
    if ('detail' in root) gaps.push(root);
    else if (object !== undefined) fields.push(...field(store, root, path));
    else {
      objects.set(store, { file: path, line: root.line, ...protection(root) });
      fields.push(...childrenNamed(root, 'fields').flatMap((element) => field(store, element, path)));
    }
  }
  return { objects, fields, gaps };
};

/**
 * `visibility` is Public where it is left out. Until API 33 custom settings had an element of their own instead.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm
 */
const protection = (root: XmlElement): Pick<Definition, 'visibility' | 'isSetting'> => {
  const said = child(root, 'visibility') ?? child(root, 'customSettingsVisibility');
  return {
    visibility: said === undefined || said.text === '' ? 'Public' : said.text,
    isSetting: child(root, 'customSettingsType') !== undefined,
  };
};

/** The records of metadata types that hold a secret: the field is named so, or the value is one. */
export const readRecords = async (
  source: PackageSource
): Promise<{ values: readonly RecordValue[]; gaps: readonly Gap[] }> => {
  const values: RecordValue[] = [];
  const gaps: Gap[] = [];
  for (const path of source.packaged) {
    const [, type, name] = /(?:^|\/)customMetadata\/([^/.]+)\.([^/]+?)\.md(?:-meta\.xml)?$/.exec(path) ?? [];
    if (type === undefined || name === undefined) continue;
    // eslint-disable-next-line no-await-in-loop
    const root = await readRoot(source, path);
    if ('detail' in root) {
      gaps.push(root);
      continue;
    }
    const isProtected = child(root, 'protected')?.text === 'true';
    for (const element of childrenNamed(root, 'values')) {
      const field = child(element, 'field')?.text ?? '';
      // eslint-disable-next-line no-await-in-loop
      if (!(await isSecret(field, child(element, 'value')?.text ?? ''))) continue;
      const record = { name, field, protected: isProtected, file: path, line: element.line };
      values.push({ store: `${localName(source, type)}__mdt`, record });
    }
  }
  return { values, gaps };
};

/** A record may name its type with the namespace of the package, and the type itself goes without. */
const localName = ({ project: { namespace = '' } }: PackageSource, type: string): string =>
  namespace !== '' && type.startsWith(`${namespace}__`) ? type.slice(namespace.length + 2) : type;

/** An empty value, a flag, a number, an address and a sentence are none; a placeholder stands for the value. */
const isSecret = async (field: string, value: string): Promise<boolean> => {
  if (value === '') return false;
  if (
    secretUse(field) !== undefined &&
    !/^(?:true|false|[\d.,-]+|https?:\/\/.*)$/i.test(value) &&
    !/\s\w+\s/.test(value)
  ) {
    return true;
  }
  return (await findSecrets('value', value, '')).found.length > 0;
};

const readRoot = async ({ tree, replacements }: PackageSource, path: string): Promise<XmlElement | Gap> => {
  const read = await readSource(tree, path);
  if (!('text' in read)) return read;
  const text = withPlaceholders(replacements, path, read.text);
  if (text === undefined) {
    return fileGap(path, 'could not be read: sfdx-project.json replaces elements in it when a version is created.');
  }
  const parsed = parseXml(text);
  return 'root' in parsed ? parsed.root : fileGap(path, `could not be read: ${parsed.problem}`, parsed.line);
};
