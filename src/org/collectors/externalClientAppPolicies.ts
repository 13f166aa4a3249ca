import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import type { ExternalClientAppPolicy } from '../facts.js';
import { externalClientAppPolicyRows } from './shared/externalClientApps.js';
import { orgCollector, seeExternalClientApps } from './shared/orgCollector.js';

export const externalClientAppPolicies = orgCollector<readonly ExternalClientAppPolicy[]>({
  reads: ['ExtlClntAppOauthPlcyCnfg', 'ExternalClientApplication (Metadata API)'],
  requires: [seeExternalClientApps],
  collect: async (org) =>
    mapEvidence(await externalClientAppPolicyRows(org), (rows) =>
      rows.flatMap(({ ExternalClientApplicationId: app, IpRelaxationPolicyType: ipRelaxation }) =>
        app ? [defined<ExternalClientAppPolicy>({ app, ipRelaxation })] : []
      )
    ),
});
