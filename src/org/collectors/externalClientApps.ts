import { z } from 'zod';
import { complete, mapEvidence, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { sameId } from '../../salesforce/ids.js';
import type { ExternalClientApp } from '../facts.js';
import type { OrgReader } from '../client/openOrg.js';
import { apiAccessControl } from './apiAccessControl.js';
import { orgCollector, seeExternalClientApps } from './shared/orgCollector.js';
import { defined, isoTime, text } from './shared/soql.js';

const appRow = z.object({
  Id: z.string(),
  DeveloperName: z.string(),
  NamespacePrefix: text,
  OrgScopedExternalApp: text,
  CreatedDate: z.string(),
});
const policyRow = z.object({ ExternalClientApplicationId: text, PermittedUsersPolicyType: text });

export const externalClientAppsQuery =
  'SELECT Id, DeveloperName, NamespacePrefix, OrgScopedExternalApp, CreatedDate FROM ExternalClientApplication';

export const externalClientApps = orgCollector<readonly ExternalClientApp[]>({
  reads: [
    'ExternalClientApplication',
    'ExtlClntAppOauthPlcyCnfg',
    'ExternalClientApplication (Metadata API)',
    'ConnectedAppSettings (Tooling)',
  ],
  requires: [seeExternalClientApps],
  collect: async (org, context) => {
    const apps = await org.query(externalClientAppsQuery, appRow);
    if (apps.status === 'unavailable') return provenAbsent(org, externalClientAppsQuery, apps);
    if (apps.value.length === 0) return mapEvidence(apps, () => []);
    const [policies, control] = await Promise.all([
      org.query(
        'SELECT ExternalClientApplicationId, PermittedUsersPolicyType FROM ExtlClntAppOauthPlcyCnfg',
        policyRow
      ),
      apiAccessControl.collect(org, context),
    ]);
    const approvedOnly = valueOf(control)?.adminApprovedAppsOnly === true;
    const known = valueOf(policies);
    return mapEvidence(apps, (rows) =>
      rows.map((app) => {
        const policy = known?.find((one) => one.ExternalClientApplicationId === app.Id);
        return defined<ExternalClientApp>({
          id: app.Id,
          name: app.DeveloperName,
          namespace: app.NamespacePrefix ?? undefined,
          orgScopedName: app.OrgScopedExternalApp ?? undefined,
          created: isoTime(app.CreatedDate),
          own: isOwn(app, org),
          selfAuthorized: policy && policy.PermittedUsersPolicyType === 'AllSelfAuthorized' && !approvedOnly,
        });
      })
    );
  },
});

/** Metadata API, ExternalClientApplication: API version. */
const externalClientAppsSince = 59;

/** An unknown object is an absent feature only if the Metadata API knows the type and lists no app of it. */
export const provenAbsent = async (
  org: OrgReader,
  soql: string,
  refused: Evidence<never>
): Promise<Evidence<readonly never[]>> => {
  if (!(await org.isUnknown(soql, externalClientAppsSince))) return refused;
  const listed = await org.listMetadata('ExternalClientApplication');
  return listed.status === 'complete' && listed.value.length === 0 ? complete([]) : refused;
};

/** A namespace belongs to one org; a local app says which org it was made in. */
const isOwn = (
  { NamespacePrefix, OrgScopedExternalApp }: z.infer<typeof appRow>,
  { orgId, namespace }: OrgReader
): boolean | undefined => {
  if (NamespacePrefix) return NamespacePrefix.toLowerCase() === namespace?.toLowerCase();
  const [madeIn] = OrgScopedExternalApp?.split(':') ?? [];
  return madeIn === undefined ? undefined : sameId(madeIn, orgId);
};
