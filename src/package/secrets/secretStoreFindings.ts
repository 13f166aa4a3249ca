import type { SubjectOutcome } from '../../engine/control.js';
import type { Latent, Violation, Subject } from '../../engine/types.js';
import type { Project, SecretStore } from '../facts.js';
import { gapOf } from '../apps/oauthApps.js';

type Field = SecretStore['fields'][number];

const types = { 'metadata-type': 'CustomMetadataType', setting: 'CustomSetting', object: 'CustomObject' } as const;

/** Protected for a type, setting or object of a managed package; PackageProtected for a type of a 2GP. */
const isProtected = ({ visibility }: SecretStore): boolean => /^(?:Package)?Protected$/i.test(visibility ?? '');

/** What a store does to the secrets that it has a place for. `concerns`: the fields that a control asks about. */
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
  // A standard object has no definition in a package, and nothing protects it.
  if (visibility === undefined && /__(?:mdt|c)$/.test(name)) {
    return gapOf(subject, `The definition of ${name} is not in the package; whether it is protected cannot be seen.`);
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
 * Salesforce hides a protected record of a Public type from everybody but the code of its package. The guidance and Code
 * Analyzer want the type protected all the same, so somebody has to say why it is not.
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
      message: `The type is Public, so everybody in the org can read ${field.name}, which is named like a ${field.use}.`,
      at: field.name,
    })),
  ...records.map((record): Violation => ({
    kind: record.protected ? 'justification' : 'violation',
    subject: { ...subject, file: record.file, line: record.line },
    message: record.protected
      ? `The record ${record.name} protects its secret in ${record.field}, but the type is Public.`
      : `The type is Public and the record ${record.name} is not protected: everybody in the org can read its secret in ${record.field}.`,
    at: `${record.field} ${record.name}`,
  })),
];

/**
 * Protection holds against subscribers of a managed package. Whether a package is managed is not in its source; one
 * without a namespace is not.
 * https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_protection.htm&type=5
 */
const unlessManaged = ({ namespace }: Project, subject: Subject): Latent | undefined =>
  namespace === undefined
    ? {
        kind: 'latent',
        subject,
        message: 'It is protected in a managed package only, and the project names no namespace.',
      }
    : undefined;
