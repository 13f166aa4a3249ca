import * as z from 'zod';
import { complete } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import { isOwnExternalClientApp } from '../../../salesforce/ownApps.js';
import type { OrgReader } from '../../client/openOrg.js';
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
  RefreshTokenPolicyType: text,
  RefreshTokenValidityPeriod: z.number().nullable(),
  RefreshTokenValidityUnit: text,
});
export type ExternalClientAppPolicyRow = z.infer<typeof policyRow>;

/** Metadata API, ExternalClientApplication: API version. */
const since = 59;

/** Every External Client App of the org. Several facts rest on it, in the same words, so the org is asked once. */
export const externalClientAppRows = (org: OrgReader): Promise<Evidence<readonly ExternalClientAppRow[]>> =>
  orProvenAbsent(org, `SELECT ${Object.keys(appRow.shape).join(', ')} FROM ExternalClientApplication`, appRow);

/** What the administrator of this org set for each External Client App. */
export const externalClientAppPolicyRows = (org: OrgReader): Promise<Evidence<readonly ExternalClientAppPolicyRow[]>> =>
  orProvenAbsent(org, `SELECT ${Object.keys(policyRow.shape).join(', ')} FROM ExtlClntAppOauthPlcyCnfg`, policyRow);

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

/** An unknown object is an absent feature only if the Metadata API knows the type and lists no app of it. */
const orProvenAbsent = async <T>(org: OrgReader, soql: string, row: z.ZodType<T>): Promise<Evidence<readonly T[]>> => {
  const rows = await org.query(soql, row);
  if (rows.status !== 'unavailable' || !(await org.isUnknown(soql, since))) return rows;
  const listed = await org.listMetadata('ExternalClientApplication');
  return listed.status === 'complete' && listed.value.length === 0 ? complete([]) : rows;
};
