import { oncePer } from '../../common/oncePer.js';
import type { Gap } from '../../engine/types.js';
import { recordName } from '../parsing/component.js';
import type { PackageSource } from '../source/packageSource.js';
import { packageIndex } from '../source/packageIndex.js';
import { child, childrenNamed } from '../parsing/xml.js';
import { isSalesforceAddress } from './destination.js';

type RecordedAddresses = { fields: ReadonlyMap<string, ReadonlySet<string>>; gaps: readonly Gap[] };

/** Fields of custom metadata whose value is an address of a Salesforce login in every record, by type. */
export const recordedAddresses = oncePer(async (source: PackageSource): Promise<RecordedAddresses> => {
  const fields = new Map<string, Set<string>>();
  const mixed = new Set<string>();
  const { read, gaps } = await packageIndex(source).documents({
    file: ({ path }) => recordName(path) !== undefined,
    looks: ['webAddress'],
    mentions: /https?:\/\//i,
  });
  for (const { path, root } of read) {
    const type = recordName(path)?.type.replace(/^\w+?__/, '') ?? '';
    for (const values of childrenNamed(root, 'values')) {
      const leads = isSalesforceAddress(child(values, 'value')?.text ?? '');
      const name = child(values, 'field')?.text ?? '';
      if (leads === undefined || !/^\w+$/.test(name)) continue;
      if (leads) fields.set(type, (fields.get(type) ?? new Set()).add(name));
      else mixed.add(`${type}.${name}`);
    }
  }
  const sure = [...fields].map(
    ([type, names]) => [`${type}__mdt`, new Set([...names].filter((name) => !mixed.has(`${type}.${name}`)))] as const
  );
  return { fields: new Map(sure), gaps };
});
