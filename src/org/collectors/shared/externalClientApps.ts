import * as z from 'zod';
import { combine, complete, mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import { isOwnExternalClientApp } from '../../../salesforce/ownApps.js';
import type { OrgReader } from '../../client/types.js';
import { text } from './soql.js';

const appRow = z.object({
  Id: z.string(),
  DeveloperName: z.string(),
  MasterLabel: text,
  NamespacePrefix: text,
  DistributionState: text,
  OrgScopedExternalApp: text,
  CreatedDate: z.string(),
});
export type ExternalClientAppRow = z.infer<typeof appRow>;

const policyRow = z.object({
  ExternalClientApplicationId: text,
  PermittedUsersPolicyType: text,
  IpRelaxationPolicyType: text,
  IsClientCredentialsFlowEnabled: z.boolean().nullable(),
  RefreshTokenPolicyType: text,
  RefreshTokenValidityPeriod: z.number().nullable(),
  RefreshTokenValidityUnit: text,
});
export type ExternalClientAppPolicyRow = z.infer<typeof policyRow>;

/** Metadata API, ExternalClientApplication: API version. */
const since = 59;

/**
 * Every External Client App of the org. Several facts rest on it, in the same words, so the org is asked once. An unknown
 * object is an absent feature only if the Metadata API knows the type and lists no app of it.
 */
export const externalClientAppRows = async (org: OrgReader): Promise<Evidence<readonly ExternalClientAppRow[]>> => {
  const soql = `SELECT ${Object.keys(appRow.shape).join(', ')} FROM ExternalClientApplication`;
  const rows = await org.query(soql, appRow);
  if (rows.status !== 'unavailable' || !(await org.isUnknown(soql, since))) return rows;
  const listed = await org.listMetadata('ExternalClientApplication');
  return listed.status === 'complete' && listed.value.length === 0 ? complete([]) : rows;
};

/** What the administrator of this org set for each External Client App; an org without such an app has no policy. */
export const externalClientAppPolicyRows = async (
  org: OrgReader
): Promise<Evidence<readonly ExternalClientAppPolicyRow[]>> => {
  const apps = await externalClientAppRows(org);
  if (apps.status === 'unavailable' || (apps.status === 'complete' && apps.value.length === 0)) {
    return mapEvidence(apps, () => []);
  }
  const soql = `SELECT ${Object.keys(policyRow.shape).join(', ')} FROM ExtlClntAppOauthPlcyCnfg`;
  // Policies of apps that were cut off may be missing too.
  return combine([await org.query(soql, policyRow), apps], (rows) => rows);
};

/** Whether the app was made in this org, or under its namespace. */
export const isOwnExternalClientAppRow = (
  org: OrgReader,
  { OrgScopedExternalApp, DistributionState, NamespacePrefix }: ExternalClientAppRow
): boolean =>
  isOwnExternalClientApp(org, {
    orgScopedName: OrgScopedExternalApp ?? undefined,
    distributionState: DistributionState ?? undefined,
    namespace: NamespacePrefix ?? undefined,
  });
