import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import type { ApiAccessControl } from '../facts.js';
import { orgCollector } from './shared/orgCollector.js';
import { settingsOf, toBoolean } from './shared/soql.js';

/**
 * Metadata API, ConnectedAppSettings: "you must contact Salesforce Customer Support to enable API Access Control"; the
 * element is missing until then.
 */
export const apiAccessControl = orgCollector<ApiAccessControl>({
  reads: ['ConnectedAppSettings (Tooling)'],
  requires: [],
  collect: async (org) =>
    mapEvidence(await settingsOf(org, 'ConnectedAppSettings'), (metadata) =>
      defined<ApiAccessControl>({ adminApprovedAppsOnly: toBoolean(metadata['enableAdminApprovedAppsOnly']) })
    ),
});
