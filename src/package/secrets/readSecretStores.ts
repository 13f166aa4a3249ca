import type { Gap } from '../../engine/types.js';
import { isSessionIdName, secretUse, type SecretUse } from '../../salesforce/secretNames.js';
import type { SecretStore } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { packageIndex, type PackageFile } from '../source/packageIndex.js';
import { recordName } from '../parsing/component.js';
import { fileGap } from '../parsing/gaps.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { credentialKind } from './hardCodedCredentials.js';
import { keyOfRecord } from './metadataSecrets.js';
import { findSecrets } from './findSecrets.js';

type Definition = { file: string; line: number; visibility: string; isSetting: boolean };
type Field = { store: string; field: SecretStore['fields'][number] };
type RecordValue = { store: string; record: SecretStore['records'][number] };

/** Only these types of field contain free text: no flag, number, address, list or relation is a secret. */
const textTypes: ReadonlySet<string> = new Set(['Text', 'TextArea', 'LongTextArea', 'Html', 'EncryptedText']);

/** `nameOf`: the name of an object as its definition spells it. */
type Definitions = {
  objects: ReadonlyMap<string, Definition>;
  fields: readonly Field[];
  nameOf: (store: string) => string;
  gaps: readonly Gap[];
};

/** The objects, and those of their fields that are named like a secret, in both formats. */
export const readDefinitions = async (source: PackageSource): Promise<Definitions> => {
  const objects = new Map<string, Definition>();
  const fields: Field[] = [];
  const field = (store: string, element: XmlElement, file: string): Field[] => {
    const name = child(element, 'fullName')?.text ?? '';
    const [use, type] = [storedUse(name), child(element, 'type')?.text ?? ''];
    // Salesforce defines the content of a standard field; data of an external object is stored elsewhere.
    if (use === undefined || !name.endsWith('__c') || store.endsWith('__x') || !textTypes.has(type)) return [];
    return [{ store, field: { name, use, encrypted: type === 'EncryptedText', file, line: element.line } }];
  };
  const { read, gaps } = await packageIndex(source).documents({ file: (file) => definedObject(file) !== undefined });
  for (const file of read) {
    const { path, root } = file;
    const { store, isField } = definedObject(file) ?? { store: '', isField: false };
    if (isField) fields.push(...field(store, root, path));
    else {
      objects.set(store, { file: path, line: root.line, ...protection(root) });
      fields.push(...childrenNamed(root, 'fields').flatMap((element) => field(store, element, path)));
    }
  }
  // Names of the API are the same in any case.
  const names = new Map([...objects.keys()].map((name) => [name.toLowerCase(), name]));
  return { objects, fields, nameOf: (store) => names.get(store.toLowerCase()) ?? store, gaps };
};

/** Whether a type of custom metadata, as a record names it, is protected by its definition. */
export async function protectedTypes(source: PackageSource): Promise<(type: string) => boolean> {
  const { read } = await packageIndex(source).documents({
    file: ({ path, suffix, form }) => form === 'metadata' && suffix === 'object' && /__mdt\.object/i.test(path),
  });
  const names = new Set(
    read.flatMap((file) => {
      const { visibility = '' } = protection(file.root);
      const store = definedObject(file)?.store ?? '';
      return /^(?:Package)?Protected$/i.test(visibility) ? [store.toLowerCase()] : [];
    })
  );
  return (type) => names.has(`${localName(source, type)}__mdt`.toLowerCase());
}

/** The object that a file defines, or a field of; the name of its file decides whether a field is worth reading. */
function definedObject({ path, suffix, form }: PackageFile): { store: string; isField: boolean } | undefined {
  if (form !== 'metadata') return undefined;
  if (suffix === 'object')
    return { store: /(?<![^/])([^/]+)\.object(?:-meta\.xml)?$/i.exec(path)?.[1] ?? '', isField: false };
  const [, store, name = ''] = /(?:^|\/)([^/]+)\/fields\/([^/]+)\.field-meta\.xml$/i.exec(path) ?? [];
  return store === undefined || storedUse(name) === undefined ? undefined : { store, isField: true };
}

/**
 * `visibility` is Public where it is left out. Until API 33 custom settings had an element of their own instead.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm
 */
const protection = (root: XmlElement): Pick<Definition, 'visibility' | 'isSetting'> => {
  const visibility = child(root, 'visibility') ?? child(root, 'customSettingsVisibility');
  return {
    visibility: visibility === undefined || visibility.text === '' ? 'Public' : visibility.text,
    isSetting: child(root, 'customSettingsType') !== undefined,
  };
};

/** The records of metadata types that contain a secret, by the name of the field or by the value. */
export const readRecords = async (
  source: PackageSource
): Promise<{ values: readonly RecordValue[]; gaps: readonly Gap[] }> => {
  const values: RecordValue[] = [];
  const cut: Gap[] = [];
  const { read, gaps } = await packageIndex(source).documents({ file: ({ path }) => recordName(path) !== undefined });
  for (const { path, root } of read) {
    const { type, name } = recordName(path) ?? { type: '', name: '' };
    const isProtected = child(root, 'protected')?.text === 'true';
    for (const element of childrenNamed(root, 'values')) {
      const field = child(element, 'field')?.text ?? '';
      // eslint-disable-next-line no-await-in-loop
      const looked = await isSecret(field, child(element, 'value')?.text ?? '', keyOfRecord(root, element));
      if (looked === 'too much')
        cut.push({
          ...fileGap(path, 'has a value with more places that look like a secret than are tried.'),
          kind: 'limit',
        });
      if (looked !== true) continue;
      const record = { name, field, protected: isProtected, file: path, line: element.line };
      values.push({ store: `${localName(source, type)}__mdt`, record });
    }
  }
  return { values, gaps: [...gaps, ...cut] };
};

/** A record may name its type with the namespace of the package, and the type itself goes without. */
const localName = ({ project: { namespace = '' } }: PackageSource, type: string): string =>
  namespace !== '' && type.startsWith(`${namespace}__`) ? type.slice(namespace.length + 2) : type;

/** An empty value, a flag, a number, an address and a sentence are not secrets; a placeholder replaces the value. */
const isSecret = async (field: string, value: string, key: string): Promise<boolean | 'too much'> => {
  if (value === '') return false;
  if (
    storedUse(field) !== undefined &&
    !/^(?:true|false|[\d.,-]{1,14}|https?:\/\/.*)$/i.test(value) &&
    !/\s\w+\s/.test(value)
  ) {
    return true;
  }
  if (key !== '' && credentialKind(key, value) !== undefined) return true;
  const { found, isCut } = await findSecrets('value', value, '');
  if (found.length > 0) return true;
  return isCut ? 'too much' : false;
};

/** What the field of a store is for, by its name. A session id is a token while the session lives. */
const storedUse = (field: string): SecretUse | undefined =>
  secretUse(field) ?? (isSessionIdName(field) ? 'token' : undefined);
