import { firstOfEach } from '../../common/firstOfEach.js';
import type { Collector, Gap } from '../../engine/types.js';
import { secretUse } from '../../salesforce/secretNames.js';
import { secretsWrittenByApex } from '../secrets/apexWrites.js';
import type { SecretStore } from '../facts.js';
import { population } from '../source/reading/readAppFiles.js';
import type { PackageSource } from '../source/packageSource.js';
import { readDefinitions, readRecords } from '../secrets/readSecretStores.js';

/** Places for secrets among the types, settings and objects of the package, and which records fill them. */
export const secretStores: Collector<PackageSource, readonly SecretStore[]> = {
  reads: ['CustomObject (.object, .field)', 'CustomMetadata (.md)', 'Apex that writes into custom fields'],
  requires: [],
  collect: async (source) => {
    const definitions = await readDefinitions(source);
    const records = await readRecords(source);
    const written = await secretsWrittenByApex(source);
    const named = <T extends { store: string }>(one: T): T => ({ ...one, store: definitions.nameOf(one.store) });
    const known = [...definitions.fields, ...written.fields].map(named);
    const values = records.values.map(named);
    const names = [...new Set([...known, ...values].map(({ store }) => store))].sort();
    const stores = names.flatMap((name): SecretStore[] => {
      const definition = definitions.objects.get(name);
      const own = values.flatMap(({ store, record }) => (store === name ? [record] : []));
      const kind = storeKind(name, definition);
      const all = known.flatMap(({ store, field }) => (store === name ? [field] : []));
      // A field counts once: by its definition, else by the first place in code.
      const fields = firstOfEach(all, (field) => field.name.toLowerCase()).filter(
        // An object may be about sessions of any kind; a setting that has one keeps it to log in.
        (field) => kind !== 'object' || field.byCode === true || secretUse(field.name) !== undefined
      );
      if (fields.length + own.length === 0) return [];
      const [first] = [...fields, ...own];
      return [
        {
          name,
          kind,
          file: definition?.file ?? first?.file ?? '',
          ...(definition ? { line: definition.line, visibility: definition.visibility } : {}),
          fields,
          records: own,
        },
      ];
    });
    const gaps: Gap[] = [...source.unseen.packaged, ...definitions.gaps, ...records.gaps, ...written.gaps];
    return population(stores, gaps);
  },
};

const storeKind = (name: string, definition: { isSetting: boolean } | undefined): SecretStore['kind'] => {
  if (name.endsWith('__mdt')) return 'metadata-type';
  return definition?.isSetting === true ? 'setting' : 'object';
};
