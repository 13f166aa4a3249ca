import type { Collector, Gap } from '../../engine/types.js';
import type { SecretStore } from '../facts.js';
import { population } from '../reading/readAppFiles.js';
import type { PackageSource } from '../source/packageSource.js';
import { readDefinitions, readRecords } from '../secrets/readSecretStores.js';

/** Places for secrets among the types, settings and objects of the package, and which records fill them. */
export const secretStores: Collector<PackageSource, readonly SecretStore[]> = {
  reads: ['CustomObject (.object, .field)', 'CustomMetadata (.md)'],
  requires: [],
  collect: async (source) => {
    const definitions = await readDefinitions(source);
    const records = await readRecords(source);
    const names = [...new Set([...definitions.fields, ...records.values].map(({ store }) => store))].sort();
    const stores = names.map((name): SecretStore => {
      const definition = definitions.objects.get(name);
      const own = records.values.flatMap(({ store, record }) => (store === name ? [record] : []));
      const fields = definitions.fields.flatMap(({ store, field }) => (store === name ? [field] : []));
      const [first] = [...fields, ...own];
      return {
        name,
        kind: kindOf(name, definition),
        file: definition?.file ?? first?.file ?? '',
        ...(definition ? { line: definition.line, visibility: definition.visibility } : {}),
        fields,
        records: own,
      };
    });
    const gaps: Gap[] = [...source.unseen.packaged, ...definitions.gaps, ...records.gaps];
    return population(stores, gaps);
  },
};

const kindOf = (name: string, definition: { isSetting: boolean } | undefined): SecretStore['kind'] => {
  if (name.endsWith('__mdt')) return 'metadata-type';
  return definition?.isSetting === true ? 'setting' : 'object';
};
