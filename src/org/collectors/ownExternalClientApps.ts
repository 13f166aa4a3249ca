import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, complete, mapEvidence, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { IpRange, OwnExternalClientApp } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import {
  externalClientAppPolicyRows,
  externalClientAppRows,
  isOwnExternalClientAppRow,
  type ExternalClientAppPolicyRow,
  type ExternalClientAppRow,
} from './shared/externalClientApps.js';
import { orgCollector, seeExternalClientApps } from './shared/orgCollector.js';
import { isoTime, text } from './shared/soql.js';

type Settings = Pick<Oauth, 'scopes'> & { app: string };

export const ownExternalClientApps = orgCollector<readonly OwnExternalClientApp[]>({
  reads: [
    'ExternalClientApplication',
    'ExtlClntAppOauthSettings',
    'ExtlClntAppOauthPlcyCnfg',
    'ExtlClntAppOauthSecurityTokenIpRange',
    'ExtlClntAppOauthConsumer',
    'ExternalClientApplication (Metadata API)',
  ],
  requires: [seeExternalClientApps],
  collect: async (org) => {
    const found = await externalClientAppRows(org);
    if (found.status === 'unavailable') return found;
    const own = found.value.filter((row) => isOwnExternalClientAppRow(org, row));
    if (own.length === 0) return mapEvidence(found, () => []);
    const [settings, policies, ranges] = await Promise.all([settingsOf(org), policiesOf(org), rangesOf(org)]);
    const [oauth, policy] = [valueOf(settings) ?? [], valueOf(policies)];
    const isShown = ({ Id }: ExternalClientAppRow): boolean =>
      oauth.some(({ app }) => app === Id) || policy?.has(Id) === true;
    const consumers = own.every(isShown) ? complete([]) : await consumersOf(org);
    return combine([found, settings, policies, ranges, consumers], (_found, scopes, known, allowed, keys) =>
      own.map((row) => appOf(row, scopes, known, allowed, keys.includes(row.Id)))
    );
  },
});

const decisiveColumns = ['FULL', 'WEB', 'REFRESH_TOKEN'].map((scope) => `OauthScopes${scope}`);

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
      // An org that does not describe these columns would not show the scopes that controls look for.
      ...(decisiveColumns.every((column) => columns.includes(column))
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
  mapEvidence(await externalClientAppPolicyRows(org), (rows) => {
    const policies = new Map<string, Oauth>();
    for (const row of rows) {
      const app = row.ExternalClientApplicationId;
      const known = policies.get(app ?? '');
      if (app) policies.set(app, known ? agreed(known, policyOf(row)) : policyOf(row));
    }
    return policies;
  });

const policyOf = (row: ExternalClientAppPolicyRow): Oauth => {
  const { RefreshTokenPolicyType: type, RefreshTokenValidityPeriod: period } = row;
  const isSpecific = type?.startsWith('Specific') === true;
  return defined<Oauth>({
    refreshTokenPolicy: isSpecific ? `${type}:${period ?? '?'}:${row.RefreshTokenValidityUnit ?? '?'}` : type,
    ipRelaxation: row.IpRelaxationPolicyType,
    clientCredentials: row.IsClientCredentialsFlowEnabled,
  });
};

/** Which of several policies of one app applies is not documented: what they do not agree on is unknown. */
const agreed = (one: Oauth, other: Oauth): Oauth =>
  Object.fromEntries(Object.entries(one).filter(([key, value]) => other[key as keyof Oauth] === value));

/** The apps that have a consumer key: Salesforce may show no row of the settings of an app that uses OAuth. */
const consumersOf = async (org: OrgReader): Promise<Evidence<readonly string[]>> => {
  const rows = await org.query(
    'SELECT ExternalClientApplicationId FROM ExtlClntAppOauthConsumer',
    z.object({ ExternalClientApplicationId: text })
  );
  return mapEvidence(rows, (all) => all.flatMap(({ ExternalClientApplicationId: app }) => app ?? []));
};

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
  ranges: Ranges | undefined,
  hasConsumer: boolean
): OwnExternalClientApp => {
  const oauth = settings.filter(({ app }) => app === Id).map(({ scopes }) => scopes);
  return defined<OwnExternalClientApp>({
    id: Id,
    developerName: DeveloperName,
    created: isoTime(CreatedDate),
    packaged: DistributionState === 'Packaged' ? true : DistributionState === 'Local' ? false : undefined,
    // An app with a policy or a consumer key uses OAuth, also where Salesforce shows no row of its settings.
    oauth:
      oauth.length > 0 || policies.has(Id) || hasConsumer
        ? defined<Oauth>({
            scopes:
              oauth.length === 0 || oauth.includes(undefined)
                ? undefined
                : [...new Set(oauth.flatMap((scopes) => scopes ?? []))],
            ...policies.get(Id),
            tokenRanges: ranges?.filter(({ app }) => app === Id).map(({ start, end }) => ({ start, end })),
          })
        : undefined,
  });
};
