import { defined } from '../../common/defined.js';
import { mapEvidence, valueOf } from '../../engine/evidence.js';
import { sameId } from '../../common/ids.js';
import type { InstalledExternalClientApp } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { apiAccessControl } from './apiAccessControl.js';
import {
  externalClientAppPolicyRows,
  externalClientAppRows,
  type ExternalClientAppRow,
} from './shared/externalClientApps.js';
import { orgCollector, seeExternalClientApps } from './shared/orgCollector.js';
import { publishedBySalesforce } from './shared/publishers.js';
import { isoTime } from './shared/soql.js';

export const externalClientApps = orgCollector<readonly InstalledExternalClientApp[]>({
  reads: [
    'ExternalClientApplication',
    'ExtlClntAppOauthPlcyCnfg',
    'ExternalClientApplication (Metadata API)',
    'ConnectedAppSettings (Tooling)',
    'Publisher',
  ],
  requires: [seeExternalClientApps],
  collect: async (org, context) => {
    const apps = await externalClientAppRows(org);
    if (apps.status === 'unavailable' || apps.value.length === 0) return mapEvidence(apps, () => []);
    const [policies, control, publishers] = await Promise.all([
      externalClientAppPolicyRows(org),
      apiAccessControl.collect(org, context),
      publishedBySalesforce(org),
    ]);
    const approvedOnly = valueOf(control)?.adminApprovedAppsOnly === true;
    const known = valueOf(policies);
    return mapEvidence(apps, (rows) =>
      rows.map((app) => {
        const own = known?.filter((one) => one.ExternalClientApplicationId === app.Id) ?? [];
        return defined<InstalledExternalClientApp>({
          id: app.Id,
          name: app.DeveloperName,
          label: app.MasterLabel,
          namespace: app.NamespacePrefix,
          orgScopedName: app.OrgScopedExternalApp,
          created: isoTime(app.CreatedDate),
          own: isOwn(app, org),
          publishedBySalesforce: publishers.get(app.NamespacePrefix?.toLowerCase() ?? ''),
          selfAuthorized:
            own.length > 0
              ? own.some((one) => one.PermittedUsersPolicyType === 'AllSelfAuthorized') && !approvedOnly
              : undefined,
        });
      })
    );
  },
});

/** A namespace belongs to one org; a local app says which org it was made in. */
const isOwn = (
  { NamespacePrefix, OrgScopedExternalApp }: ExternalClientAppRow,
  { orgId, namespace }: OrgReader
): boolean | undefined => {
  if (NamespacePrefix) return NamespacePrefix.toLowerCase() === namespace?.toLowerCase();
  const [madeIn] = OrgScopedExternalApp?.split(':') ?? [];
  return madeIn === undefined ? undefined : sameId(madeIn, orgId);
};
