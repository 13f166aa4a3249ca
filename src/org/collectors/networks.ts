import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { complete, mapEvidence } from '../../engine/evidence.js';
import type { Networks } from '../facts.js';
import { orgCollector } from './shared/orgCollector.js';
import { existing, flag, text } from './shared/soql.js';

const row = z.object({
  Id: z.string(),
  Name: z.string(),
  Status: text,
  UrlPathPrefix: text,
  OptionsGuestFileAccessEnabled: flag.optional(),
  OptionsGuestChatterEnabled: flag.optional(),
  OptionsGuestMemberVisibility: flag.optional(),
  OptionsSelfRegistrationEnabled: flag.optional(),
});

const options = [
  'OptionsGuestFileAccessEnabled',
  'OptionsGuestChatterEnabled',
  'OptionsGuestMemberVisibility',
  'OptionsSelfRegistrationEnabled',
];

/** Object Reference, Network: API version. */
const networkSince = 26;

/**
 * Object Reference, Network: all rows are shown with Create and Set Up Experiences (`ManageNetworks`, Salesforce Field
 * Reference), View All Data or Modify All Data; and the object exists only where digital experiences are enabled.
 */
export const networks = orgCollector<Networks>({
  reads: ['Network'],
  requires: [['ManageNetworks', 'ViewAllData', 'ModifyAllData']],
  collect: async (org) => {
    const found = await existing(org, 'Network', options);
    if (found.status === 'unavailable' && found.gap.kind !== 'not-supported') return found;
    const columns = ['Id', 'Name', 'Status', 'UrlPathPrefix', ...(found.status === 'unavailable' ? [] : found.value)];
    const soql = `SELECT ${columns.join(', ')} FROM Network`;
    const rows = await org.query(soql, row);
    if (rows.status !== 'unavailable' && found.status === 'unavailable') return found;
    if (rows.status === 'unavailable' && (await org.isUnknown(soql, networkSince))) {
      return complete({ featureOn: false, networks: [] });
    }
    return mapEvidence(rows, (all) => ({ featureOn: true, networks: all.map(networkOf) }));
  },
});

const networkOf = (network: z.infer<typeof row>): Networks['networks'][number] =>
  defined<Networks['networks'][number]>({
    id: network.Id,
    name: network.Name,
    status: network.Status ?? 'unknown',
    path: network.UrlPathPrefix,
    guestFileAccess: network.OptionsGuestFileAccessEnabled,
    guestChatter: network.OptionsGuestChatterEnabled,
    guestMemberVisibility: network.OptionsGuestMemberVisibility,
    selfRegistration: network.OptionsSelfRegistrationEnabled,
  });
