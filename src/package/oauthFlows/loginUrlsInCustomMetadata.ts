import type { Gap } from '../../engine/types.js';
import { isLoginPath, isSalesforceHost } from '../../salesforce/endpoints.js';
import type { PackageSource } from '../source/packageSource.js';
import { fileGap } from '../reading/readAppFiles.js';
import { codeOf } from '../source/folderTree.js';
import { child, childrenNamed, parseXml } from '../parsing/xml.js';

/** Fields of custom metadata that hold the address of a login to Salesforce, and no other, in every record; by type. */
export const recordedAddresses = async ({
  packaged,
  tree,
}: PackageSource): Promise<{ fields: ReadonlyMap<string, ReadonlySet<string>>; gaps: readonly Gap[] }> => {
  const fields = new Map<string, Set<string>>();
  const mixed = new Set<string>();
  const gaps: Gap[] = [];
  for (const path of packaged) {
    const [, type] = /(?:^|\/)customMetadata\/(?:\w+?__)?(\w+)\.[^/]+?\.md(?:-meta\.xml)?$/.exec(path) ?? [];
    if (type === undefined) continue;
    try {
      // eslint-disable-next-line no-await-in-loop -- one record after the other keeps memory small
      const text = await tree.read(path);
      if (!/https?:\/\//i.test(text)) continue;
      const parsed = parseXml(text);
      if ('problem' in parsed) {
        gaps.push(fileGap(path, `could not be read: ${parsed.problem}`, parsed.line));
        continue;
      }
      for (const one of childrenNamed(parsed.root, 'values')) {
        const [, host, rest = ''] = /^https?:\/\/([^/]+)(.*)$/i.exec(child(one, 'value')?.text ?? '') ?? [];
        const name = child(one, 'field')?.text ?? '';
        if (host === undefined || !/^\w+$/.test(name)) continue;
        if (isSalesforceHost(host) || isLoginPath(rest)) fields.set(type, (fields.get(type) ?? new Set()).add(name));
        else mixed.add(`${type}.${name}`);
      }
    } catch (error) {
      gaps.push(fileGap(path, `could not be opened (${codeOf(error)}).`));
    }
  }
  const sure = [...fields].map(
    ([type, names]) => [`${type}__mdt`, new Set([...names].filter((name) => !mixed.has(`${type}.${name}`)))] as const
  );
  return { fields: new Map(sure), gaps };
};
