import * as z from 'zod';
import { valueOf } from '../../../engine/evidence.js';
import type { OrgReader } from '../../client/types.js';
import { flag, text } from './soql.js';

/** Whether Salesforce itself publishes a namespace, by namespace in lower case; empty when that is not readable. */
export const publishedBySalesforce = async (org: OrgReader): Promise<ReadonlyMap<string, boolean>> => {
  const rows = await org.query(
    'SELECT NamespacePrefix, IsSalesforce FROM Publisher',
    z.object({ NamespacePrefix: text, IsSalesforce: flag })
  );
  return new Map(
    (valueOf(rows) ?? []).flatMap(({ NamespacePrefix, IsSalesforce }) =>
      NamespacePrefix && typeof IsSalesforce === 'boolean' ? [[NamespacePrefix.toLowerCase(), IsSalesforce]] : []
    )
  );
};
