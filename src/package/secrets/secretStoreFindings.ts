import type { SubjectOutcome } from '../../engine/control.js';
import type { Latent, Violation, Subject } from '../../engine/types.js';
import type { Project, SecretStore } from '../facts.js';
import { settingGap } from '../apps/oauthApps.js';

type Field = SecretStore['fields'][number];

const types = { 'metadata-type': 'CustomMetadataType', setting: 'CustomSetting', object: 'CustomObject' } as const;

/** Protected for a type, setting or object of a managed package; PackageProtected for a type of a 2GP. */
const isProtected = ({ visibility }: SecretStore): boolean => /^(?:Package)?Protected$/i.test(visibility ?? '');

/** The findings about the secrets of a store. `concerns`: the fields that a control checks. */
export const lookAtStore = (
  project: Project,
  store: SecretStore,
  concerns: (field: Pick<Field, 'name' | 'use'>) => boolean = () => true
): SubjectOutcome => {
  const { name, kind, file, line, visibility } = store;
  const subject: Subject = { type: types[kind], name, file, ...(line === undefined ? {} : { line }) };
  const fields = store.fields.filter(concerns);
  const records = store.records.filter(
    ({ field }) => fields.some((one) => one.name === field) || !store.fields.some((one) => one.name === field)
  );
  if (fields.length === 0 && records.length === 0) return undefined;
  if (isProtected(store)) return unlessManaged(project, subject);
  // A standard object has no definition in a package and cannot be protected.
  if (visibility === undefined && /__(?:mdt|c)$/.test(name)) {
    return settingGap(
      subject,
      `Could not determine whether ${name} is protected: its definition is not in the package.`
    );
  }
  if (kind === 'metadata-type') return openType(subject, fields, records);
  const at = (field: Field): Subject => ({ ...subject, file: field.file, line: field.line });
  return fields.map((field): Violation =>
    kind === 'setting'
      ? {
          kind: 'violation',
          subject: at(field),
          message: field.byCode
            ? `Code keeps a ${field.use} in ${field.name}, and the setting is Public: every user can read it.`
            : `${field.name} looks like a ${field.use}, and the setting is Public: every user can read it.`,
          at: field.name,
        }
      : {
          kind: 'justification',
          subject: at(field),
          message: `${field.byCode ? `Code keeps a ${field.use} in ${field.name}` : `${field.name} looks like a ${field.use}`}, and users with access to the object can read it${
            field.encrypted ? ', although its type is EncryptedText' : ''
          }.`,
          at: field.name,
        }
  );
};

/**
 * Only code of the package can read a protected record of a Public type. The guidance and Code Analyzer still require
 * a protected type, so it needs a justification.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm
 */
const openType = (
  subject: Subject,
  fields: readonly Field[],
  records: SecretStore['records']
): readonly Violation[] => [
  ...fields
    .filter(({ name }) => !records.some(({ field }) => field === name))
    .map((field): Violation => ({
      kind: 'violation',
      subject: { ...subject, file: field.file, line: field.line },
      message: `${field.name} looks like a ${field.use}, and its custom metadata type is Public: every user can read it.`,
      at: field.name,
    })),
  ...records.map((record): Violation => ({
    kind: record.protected ? 'justification' : 'violation',
    subject: { ...subject, file: record.file, line: record.line },
    message: record.protected
      ? `The record ${record.name} has a secret in ${record.field} and is protected, but its custom metadata type is Public.`
      : `The record ${record.name} has a secret in ${record.field} and is not protected, and its custom metadata type is Public: every user can read it.`,
    at: `${record.field} ${record.name}`,
  })),
];

/**
 * Protection works only in a managed package. Source does not show whether a package is managed; a package without a
 * namespace is not.
 * https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_protection.htm&type=5
 */
const unlessManaged = ({ namespace }: Project, subject: Subject): Latent | undefined =>
  namespace === undefined
    ? {
        kind: 'latent',
        subject,
        message: `${subject.name} is protected only in a managed package, and the project names no namespace.`,
      }
    : undefined;
