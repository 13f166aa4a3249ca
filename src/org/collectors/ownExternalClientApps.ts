import { z } from 'zod';
import { combine, complete, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { isOwnExternalClientApp } from '../../salesforce/ownApps.js';
import type { IpRange, OwnExternalClientApp } from '../facts.js';
import type { OrgReader } from '../client/openOrg.js';
import { provenAbsent } from './externalClientApps.js';
import { orgCollector, seeExternalClientApps } from './shared/orgCollector.js';
import { defined, text } from './shared/soql.js';

const appRow = z.object({
  Id: z.string(),
  DeveloperName: z.string(),
  NamespacePrefix: text,
  DistributionState: text,
  OrgScopedExternalApp: text,
});
type AppRow = z.infer<typeof appRow>;
type Settings = { app: string; scopes?: readonly string[] };

export const ownExternalClientApps = orgCollector<readonly OwnExternalClientApp[]>({
  reads: [
    'ExternalClientApplication',
    'ExtlClntAppOauthSettings',
    'ExtlClntAppOauthPlcyCnfg',
    'ExtlClntAppOauthSecurityTokenIpRange',
    'ExternalClientApplication (Metadata API)',
  ],
  requires: [seeExternalClientApps],
  collect: async (org) => {
    const soql = `SELECT ${Object.keys(appRow.shape).join(', ')} FROM ExternalClientApplication`;
    const found = await org.query(soql, appRow);
    if (found.status === 'unavailable') return provenAbsent(org, soql, found);
    const own = found.value.filter((row) => isOwn(org, row));
    if (own.length === 0) return mapEvidence(found, () => []);
    const [settings, policies, ranges] = await Promise.all([settingsOf(org), policiesOf(org), rangesOf(org)]);
    return combine([found, settings, policies, ranges], (_found, oauth, policy, allowed) =>
      own.map((row) => appOf(row, oauth, policy, allowed))
    );
  },
});

const isOwn = (org: OrgReader, { OrgScopedExternalApp, DistributionState, NamespacePrefix }: AppRow): boolean =>
  isOwnExternalClientApp(org, {
    orgScopedName: OrgScopedExternalApp ?? undefined,
    distributionState: DistributionState ?? undefined,
    namespace: NamespacePrefix ?? undefined,
  });

/** One boolean column for each scope, and each release may bring more. */
const settingsOf = async (org: OrgReader): Promise<Evidence<readonly Settings[]>> => {
  const described = await org.describe('ExtlClntAppOauthSettings');
  if (described.status === 'unavailable') return described;
  const columns = [...described.value].filter((name) => name.startsWith('OauthScopes'));
  const rows = await org.query(
    `SELECT ${['ExternalClientApplicationId', ...columns].join(', ')} FROM ExtlClntAppOauthSettings`,
    z.looseObject({ ExternalClientApplicationId: z.string() })
  );
  return mapEvidence(rows, (all) =>
    all.map((row) => ({
      app: row.ExternalClientApplicationId,
      ...(columns.includes('OauthScopesFULL')
        ? {
            scopes: columns
              .filter((column) => row[column] === true)
              .map((column) => column.slice('OauthScopes'.length)),
          }
        : {}),
    }))
  );
};

const policyRow = z.object({
  ExternalClientApplicationId: z.string(),
  RefreshTokenPolicyType: text,
  RefreshTokenValidityPeriod: z.number().nullable(),
  RefreshTokenValidityUnit: text,
});

const policiesOf = async (org: OrgReader): Promise<Evidence<ReadonlyMap<string, string>>> =>
  mapEvidence(
    await org.query(`SELECT ${Object.keys(policyRow.shape).join(', ')} FROM ExtlClntAppOauthPlcyCnfg`, policyRow),
    (rows) =>
      new Map(
        rows.flatMap((row) => {
          const {
            RefreshTokenPolicyType: type,
            RefreshTokenValidityPeriod: period,
            RefreshTokenValidityUnit: unit,
          } = row;
          const words = type?.startsWith('Specific') ? `${type}:${period ?? '?'}:${unit ?? '?'}` : type;
          return words ? [[row.ExternalClientApplicationId, words] as const] : [];
        })
      )
  );

type Ranges = ReadonlyArray<IpRange & { app: string }>;

/** The object came with API 67: before, nothing is known of an allowlist. */
const rangesOf = async (org: OrgReader): Promise<Evidence<Ranges | undefined>> => {
  const rows = await org.query(
    'SELECT StartIpAddress, EndIpAddress, ExtlClntAppOauthSecurity.ExternalClientApplicationId FROM ExtlClntAppOauthSecurityTokenIpRange',
    z.object({
      StartIpAddress: z.string(),
      EndIpAddress: z.string(),
      ExtlClntAppOauthSecurity: z.object({ ExternalClientApplicationId: z.string() }),
    })
  );
  if (rows.status === 'unavailable') return rows.gap.kind === 'not-supported' ? complete(undefined) : rows;
  return mapEvidence(rows, (all) =>
    all.map(({ StartIpAddress, EndIpAddress, ExtlClntAppOauthSecurity }) => ({
      app: ExtlClntAppOauthSecurity.ExternalClientApplicationId,
      start: StartIpAddress,
      end: EndIpAddress,
    }))
  );
};

const appOf = (
  { Id, DeveloperName, DistributionState }: AppRow,
  settings: readonly Settings[],
  policies: ReadonlyMap<string, string>,
  ranges: Ranges | undefined
): OwnExternalClientApp => {
  const oauth = settings.find(({ app }) => app === Id);
  return defined<OwnExternalClientApp>({
    id: Id,
    developerName: DeveloperName,
    packaged: DistributionState === 'Packaged' ? true : DistributionState === 'Local' ? false : undefined,
    oauth: oauth
      ? defined({
          scopes: oauth.scopes,
          refreshTokenPolicy: policies.get(Id),
          tokenRanges: ranges?.filter(({ app }) => app === Id).map(({ start, end }) => ({ start, end })),
        })
      : undefined,
  });
};
