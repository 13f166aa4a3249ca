import { defined } from '../../common/defined.js';
import { combine, complete, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { isSoapLogin } from '../../salesforce/oauthFlows.js';
import type { SoapLogin } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { loginGroups, type LoginGroup } from './shared/loginGroups.js';
import { orgCollector, seeLogins, seeUsers } from './shared/orgCollector.js';
import { isoTime, queryByIds, userColumns, userRefOf, userRow } from './shared/soql.js';

/**
 * An org without such logins is asked once, by application; one with them a second time, by user. A login that came
 * through the SOAP API and has no sub type may be one.
 */
export const soapLogins = orgCollector<readonly SoapLogin[]>({
  reads: ['LoginHistory', 'User'],
  requires: [seeLogins, seeUsers],
  restsOn: (logins) => (logins.length > 0 ? [seeLogins, seeUsers] : [seeLogins]),
  collect: async (org, { asOf }) => {
    const ways = await loginGroups(org, { by: ['flow', 'api', 'status'], asOf });
    if (ways.status === 'unavailable' || !ways.value.some(isCandidate)) return mapEvidence(ways, () => []);
    const groups = await loginGroups(org, { by: ['user', 'flow', 'api', 'app', 'status'], asOf });
    if (groups.status === 'unavailable') return groups;
    const found = groups.value.filter(isCandidate);
    return combine([ways, groups, await usersOf(org, found)], (_ways, _groups, users) => merged(found, users));
  },
});

const isCandidate = ({ flow, api }: LoginGroup): boolean => isSoapLogin(flow) || (!flow && /^soap/i.test(api ?? ''));

type Users = ReadonlyMap<string, SoapLogin['user']>;

const usersOf = async (org: OrgReader, groups: readonly LoginGroup[]): Promise<Evidence<Users>> => {
  const ids = [...new Set(groups.flatMap(({ user }) => user ?? []))].sort();
  if (ids.length === 0) return complete(new Map());
  const rows = await queryByIds(org, ids, (list) => `SELECT ${userColumns} FROM User WHERE Id IN ${list}`, userRow);
  return mapEvidence(rows, (users) => new Map(users.map((one) => [one.Id, userRefOf(one)])));
};

/** The time is asked for in halves where there are many groups, so one group may come twice. */
const merged = (groups: readonly LoginGroup[], users: Users): SoapLogin[] => {
  const counted = new Map<string, SoapLogin>();
  for (const { user, flow, app, status, logins, latest } of groups) {
    const id = user ?? 'unknown';
    const key = JSON.stringify([id, app, status, flow]);
    const last = isoTime(latest);
    const seen = counted.get(key);
    counted.set(
      key,
      defined<SoapLogin>({
        user: users.get(id) ?? { id, username: id },
        app: app ?? 'an app without a name',
        status: status ?? '',
        subType: flow ?? undefined,
        logins: (seen?.logins ?? 0) + logins,
        last: seen && seen.last > last ? seen.last : last,
      })
    );
  }
  return [...counted.values()];
};
