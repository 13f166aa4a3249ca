import * as z from 'zod';
import { complete, firstGap, mapEvidence, orGap, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { reportedMethod } from '../../salesforce/authenticationMethods.js';
import { sameId } from '../../common/ids.js';
import { loginSucceeded } from '../../salesforce/loginStatus.js';
import { externalUserTypes } from '../../salesforce/userPopulations.js';
import type { SsoPath } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { reportedLogins, type LoginGroup } from './shared/loginGroups.js';
import { orgCollector, seeAuthProviders, seeLogins, seeSetup, seeUsers } from './shared/orgCollector.js';
import { existing, inList, joined } from './shared/soql.js';
import { orMissingLogins } from './shared/users.js';

type Kind = Exclude<SsoPath['kind'], 'unknown'>;
type Configuration = { kind: Kind; id: string; name: string; requiresMfa?: boolean };

/** Key prefixes of what AuthenticationServiceId leads to, and the column for MFA of each. */
const kinds: ReadonlyArray<{ kind: Kind; prefix: string; mfa: string }> = [
  { kind: 'SamlSsoConfig', prefix: '0LE', mfa: 'OptionsRequireMfaSaml' },
  { kind: 'AuthProvider', prefix: '0SO', mfa: 'OptionsRequireMfa' },
];

/** The control is about internal users, and a portal may have a single sign-on of its own. */
const internal = `UserId IN (SELECT Id FROM User WHERE UserType NOT IN ${inList(externalUserTypes)})`;

/** The size of the answer follows the number of identity providers, not of logins. */
export const ssoInUse = orgCollector<readonly SsoPath[]>({
  reads: ['LoginHistory', 'User', 'SamlSsoConfig', 'AuthProvider'],
  requires: [seeLogins, seeSetup, seeUsers, ...seeAuthProviders],
  restsOn: (paths) => [
    seeLogins,
    seeSetup,
    seeUsers,
    ...(paths.some(({ kind }) => kind === 'AuthProvider') ? seeAuthProviders : []),
  ],
  collect: async (org, { asOf }) => {
    const wanted = { by: ['service', 'type', 'status'], asOf, where: internal } as const;
    const groups = await orMissingLogins(org, await reportedLogins(org, wanted));
    if (groups.status === 'unavailable') return groups;
    const paths = pathsOf(groups.value);
    if (paths.length === 0) return mapEvidence(groups, () => []);
    const used = kinds.filter(({ prefix }) => paths.some(({ id }) => id.startsWith(prefix)));
    const configurations = joined(await Promise.all(used.map((one) => configurationsOf(org, one))));
    const known = valueOf(configurations) ?? [];
    const named = paths.map((path) => ({ ...path, ...known.find(({ id }) => sameId(id, path.id)) }));
    return orGap(complete(named), firstGap(groups, configurations));
  },
});

/** A word for the result that is not known may mean a success. */
function pathsOf(groups: readonly LoginGroup[]): SsoPath[] {
  const paths = new Map<string, SsoPath>();
  for (const { service, type, status, amr, acr, logins } of groups) {
    const isSso = service ?? /saml|third.?party|sso/i.test(type ?? '');
    if (loginSucceeded(status) === false || !isSso) continue;
    const name = service ?? type ?? '';
    const kind = kinds.find(({ prefix }) => service?.startsWith(prefix))?.kind ?? 'unknown';
    const path = paths.get(name) ?? { kind, id: service ?? '', name, logins: 0, withMfa: 0, reported: [] };
    const method = reportedMethod(amr, acr);
    const proven = method === 'phishing-resistant' || method === 'mfa';
    const words = proven ? [] : [amr, acr].flatMap((word) => word ?? []);
    paths.set(name, {
      ...path,
      logins: path.logins + logins,
      withMfa: path.withMfa + (proven ? logins : 0),
      reported: [...new Set([...path.reported, ...words])].sort(),
    });
  }
  return [...paths.values()];
}

/** The columns for MFA came late (documented for API 60 on); the secret of an AuthProvider is never asked for. */
async function configurationsOf(
  org: OrgReader,
  { kind, mfa }: (typeof kinds)[number]
): Promise<Evidence<readonly Configuration[]>> {
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
}
