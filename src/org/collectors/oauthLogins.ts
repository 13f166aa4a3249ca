import { mapEvidence, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { userAgentFlows, usernamePasswordFlows } from '../../salesforce/oauthFlows.js';
import type { OauthLogin } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { loginGroups, loginResult, mergedLogins, type LoginGroup } from './shared/loginGroups.js';
import { orgCollector, seeLogins } from './shared/orgCollector.js';
import { isoTime, queryByIds, userColumns, userRow } from './shared/soql.js';

const unwanted: readonly string[] = [...userAgentFlows, ...usernamePasswordFlows];
/** As many users as a finding about tokens names. */
const mostUsers = 200;

/**
 * Whether LoginSubType may be used in WHERE is documented both ways (Object Reference, LoginHistory), so logins are counted
 * by it; the answer follows the number of apps, not of logins. Who used an unwanted flow is asked only where one was used.
 */
export const oauthLogins = orgCollector<readonly OauthLogin[]>({
  reads: ['LoginHistory', 'User'],
  requires: [seeLogins],
  collect: async (org, { asOf }) => {
    const groups = await loginGroups(org, { by: ['flow', 'app', 'status'], asOf });
    const logins = mapEvidence(groups, counted);
    const used = valueOf(logins)?.some(({ flow, succeeded }) => unwanted.includes(flow) && succeeded !== false);
    return used === true ? withUsers(org, logins, asOf) : logins;
  },
});

function counted(groups: readonly LoginGroup[]): OauthLogin[] {
  return mergedLogins(groups.filter(({ flow }) => flow?.startsWith('Oauth')).map(loginOf));
}

function loginOf({ flow, app, status, logins, latest }: LoginGroup): OauthLogin {
  const description = { flow: flow ?? '', app: app ?? 'an app without a name', ...loginResult(status) };
  return { ...description, logins, last: isoTime(latest) };
}

function keyOf({ flow, app, succeeded, unknownStatus }: OauthLogin): string {
  return JSON.stringify([flow, app, succeeded, unknownStatus]);
}

/** Names the users; where they cannot be read, the finding has none. */
async function withUsers(
  org: OrgReader,
  logins: Evidence<readonly OauthLogin[]>,
  asOf: Date
): Promise<Evidence<readonly OauthLogin[]>> {
  const groups = valueOf(await loginGroups(org, { by: ['flow', 'app', 'status', 'user'], asOf })) ?? [];
  const ids = new Map<string, Set<string>>();
  for (const group of groups) {
    if (!unwanted.includes(group.flow ?? '') || !group.user) continue;
    const key = keyOf(loginOf(group));
    ids.set(key, (ids.get(key) ?? new Set()).add(group.user));
  }
  const named = [...new Set([...ids.values()].flatMap((users) => [...users].sort().slice(0, mostUsers)))];
  const rows = await queryByIds(org, named, (list) => `SELECT ${userColumns} FROM User WHERE Id IN ${list}`, userRow);
  const names = new Map((valueOf(rows) ?? []).map(({ Id, Username }) => [Id, Username]));
  return mapEvidence(logins, (all) =>
    all.map((login) => {
      const users = ids.get(keyOf(login));
      if (users === undefined) return login;
      const usernames = [...users]
        .sort()
        .slice(0, mostUsers)
        .map((id) => names.get(id) ?? id);
      return { ...login, users: usernames.sort(), userCount: users.size };
    })
  );
}
