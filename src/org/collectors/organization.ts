import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { complete, unavailable } from '../../engine/evidence.js';
import type { Organization } from '../facts.js';
import { organizationQuery } from '../client/openOrg.js';
import { orgCollector } from './shared/orgCollector.js';
import { text } from './shared/soql.js';

const row = z.object({
  Id: z.string(),
  Name: z.string(),
  NamespacePrefix: text,
  OrganizationType: text,
  IsSandbox: z.boolean(),
  TrialExpirationDate: text,
});

/** Two years before the newest version that this tool was built for. */
const OLD_BELOW = 62;

export const organization = orgCollector<Organization>({
  reads: ['Organization'],
  requires: [],
  collect: async (org) => {
    const rows = await org.query(organizationQuery, row);
    if (rows.status === 'unavailable') return rows;
    const [found] = rows.value;
    if (!found) return unavailable({ kind: 'unreadable', detail: 'Salesforce sent no row of Organization.' });
    return complete(
      defined<Organization>({
        id: found.Id,
        name: found.Name,
        namespace: found.NamespacePrefix,
        edition: found.OrganizationType ?? '',
        sandbox: found.IsSandbox,
        release: org.release,
        trialExpires: found.TrialExpirationDate,
        instanceUrl: org.instanceUrl,
        oldApiVersion: Number(org.version) < OLD_BELOW ? org.version : undefined,
      })
    );
  },
});
