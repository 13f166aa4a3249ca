import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, complete, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { IpRange, OwnExternalClientApp } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import {
  externalClientAppPolicyRows,
  externalClientAppRows,
  isOwnExternalClientAppRow,
  type ExternalClientAppRow,
} from './shared/externalClientApps.js';
import { orgCollector, seeExternalClientApps } from './shared/orgCollector.js';
import { isoTime } from './shared/soql.js';

type Settings = Pick<Oauth, 'scopes'> & { app: string };

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
    const found = await externalClientAppRows(org);
    if (found.status === 'unavailable') return found;
    const own = found.value.filter((row) => isOwnExternalClientAppRow(org, row));
    if (own.length === 0) return mapEvidence(found, () => []);
    const [settings, policies, ranges] = await Promise.all([settingsOf(org), policiesOf(org), rangesOf(org)]);
    return combine([found, settings, policies, ranges], (_found, oauth, policy, allowed) =>
      own.map((row) => appOf(row, oauth, policy, allowed))
    );
  },
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

type Oauth = NonNullable<OwnExternalClientApp['oauth']>;
/** What the policy of the org sets, for each app that has a row. */
type Policies = ReadonlyMap<string, Omit<Oauth, 'scopes' | 'tokenRanges'>>;

const policiesOf = async (org: OrgReader): Promise<Evidence<Policies>> =>
  mapEvidence(
    await externalClientAppPolicyRows(org),
    (rows) =>
      new Map(
        rows.flatMap((row) => {
          const { RefreshTokenPolicyType: type, RefreshTokenValidityPeriod: period } = row;
          const isSpecific = type?.startsWith('Specific') === true;
          const policy = defined<Oauth>({
            refreshTokenPolicy: isSpecific ? `${type}:${period ?? '?'}:${row.RefreshTokenValidityUnit ?? '?'}` : type,
            ipRelaxation: row.IpRelaxationPolicyType,
            clientCredentials: row.IsClientCredentialsFlowEnabled,
          });
          return row.ExternalClientApplicationId ? [[row.ExternalClientApplicationId, policy] as const] : [];
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
  { Id, DeveloperName, CreatedDate, DistributionState }: ExternalClientAppRow,
  settings: readonly Settings[],
  policies: Policies,
  ranges: Ranges | undefined
): OwnExternalClientApp => {
  const oauth = settings.find(({ app }) => app === Id);
  return defined<OwnExternalClientApp>({
    id: Id,
    developerName: DeveloperName,
    created: isoTime(CreatedDate),
    packaged: DistributionState === 'Packaged' ? true : DistributionState === 'Local' ? false : undefined,
    // An app with a policy uses OAuth, also where Salesforce shows no row of its settings.
    oauth:
      oauth !== undefined || policies.has(Id)
        ? defined<Oauth>({
            scopes: oauth?.scopes,
            ...policies.get(Id),
            tokenRanges: ranges?.filter(({ app }) => app === Id).map(({ start, end }) => ({ start, end })),
          })
        : undefined,
  });
};
