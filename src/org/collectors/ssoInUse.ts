import { z } from 'zod';
import { complete, mapEvidence, partial, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { sameId } from '../../salesforce/ids.js';
import type { SsoPath } from '../facts.js';
import type { OrgReader } from '../client/openOrg.js';
import { orgCollector, seeLogins, seeSetup, seeUsers } from './shared/orgCollector.js';
import { existing, joined, text } from './shared/soql.js';

type Kind = Exclude<SsoPath['kind'], 'unknown'>;
type Configuration = { kind: Kind; id: string; name: string; requiresMfa?: boolean };

/**
 * Status can be grouped but not filtered by (Object Reference, LoginHistory), so one query counts everything and the rest
 * is done here; its size follows the number of configurations, not of logins. UserId can be filtered by: the control is
 * about internal users, and a portal may have a single sign-on of its own.
 */
const logins =
  "SELECT AuthenticationServiceId service, LoginType loginType, Status status, COUNT(Id) logins FROM LoginHistory WHERE LoginTime = LAST_N_DAYS:90 AND UserId IN (SELECT Id FROM User WHERE UserType = 'Standard') GROUP BY AuthenticationServiceId, LoginType, Status";

export const ssoInUse = orgCollector<readonly SsoPath[]>({
  reads: ['LoginHistory', 'User', 'SamlSsoConfig', 'AuthProvider'],
  requires: [seeLogins, seeSetup, seeUsers],
  collect: async (org) => {
    const rows = await org.query(
      logins,
      z.object({ service: text, loginType: text, status: text, logins: z.number() })
    );
    if (rows.status === 'unavailable') return rows;
    const counts = new Map<string, { service?: string; name: string; logins: number }>();
    for (const { service, loginType, status, logins: number } of rows.value) {
      const isSso = service ?? /saml|third.?party|sso/i.test(loginType ?? '');
      if (status !== 'Success' || !isSso) continue;
      const key = service ?? loginType ?? '';
      const counted = counts.get(key) ?? { ...(service ? { service } : {}), name: key, logins: 0 };
      counts.set(key, { ...counted, logins: counted.logins + number });
    }
    if (counts.size === 0) return mapEvidence(rows, () => []);
    const configurations = await configurationsOf(org);
    const known = valueOf(configurations) ?? [];
    const paths = [...counts.values()].map(({ service, name, logins: number }): SsoPath => {
      const found = known.find(({ id }) => sameId(id, service ?? ''));
      return { ...(found ?? { kind: 'unknown', id: service ?? '', name }), logins: number };
    });
    if (rows.status === 'partial') return partial(paths, rows.gap);
    return configurations.status === 'complete' ? complete(paths) : partial(paths, configurations.gap);
  },
});

const configurationsOf = async (org: OrgReader): Promise<Evidence<readonly Configuration[]>> =>
  joined(
    await Promise.all([
      configurations(org, 'SamlSsoConfig', 'OptionsRequireMfaSaml'),
      configurations(org, 'AuthProvider', 'OptionsRequireMfa'),
    ])
  );

/** The columns for MFA came late (documented for API 60 on); the secret of an AuthProvider is never asked for. */
const configurations = async (org: OrgReader, kind: Kind, mfa: string): Promise<Evidence<readonly Configuration[]>> => {
  const found = await existing(org, kind, [mfa]);
  if (found.status === 'unavailable') return found;
  const rows = await org.query(
    `SELECT ${['Id', 'DeveloperName', ...found.value].join(', ')} FROM ${kind}`,
    z.looseObject({ Id: z.string(), DeveloperName: z.string() })
  );
  return mapEvidence(rows, (all) =>
    all.map((row) => {
      const requiresMfa = row[mfa];
      return {
        kind,
        id: row.Id,
        name: row.DeveloperName,
        ...(typeof requiresMfa === 'boolean' ? { requiresMfa } : {}),
      };
    })
  );
};
