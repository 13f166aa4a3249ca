import { defined } from '../../common/defined.js';
import { andThen, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { isSoapLogin } from '../../salesforce/oauthFlows.js';
import type { SoapLogin } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { loginGroups, mergedLogins, type LoginGroup } from './shared/loginGroups.js';
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
    return andThen(ways, () => andThen(groups, (all) => withUsers(org, all.filter(isCandidate))));
  },
});

const isCandidate = ({ flow, api }: LoginGroup): boolean => isSoapLogin(flow) || (!flow && /^soap/i.test(api ?? ''));

const withUsers = async (org: OrgReader, groups: readonly LoginGroup[]): Promise<Evidence<readonly SoapLogin[]>> => {
  const ids = [...new Set(groups.flatMap(({ user }) => user ?? []))].sort();
  const rows = await queryByIds(org, ids, (list) => `SELECT ${userColumns} FROM User WHERE Id IN ${list}`, userRow);
  return mapEvidence(rows, (found) => {
    const users = new Map(found.map((one) => [one.Id, userRefOf(one)]));
    return mergedLogins(groups.map((group) => loginOf(group, users)));
  });
};

const loginOf = (
  { user, flow, app, status, logins, latest }: LoginGroup,
  users: ReadonlyMap<string, SoapLogin['user']>
): SoapLogin => {
  const id = user ?? 'unknown';
  return defined<SoapLogin>({
    user: users.get(id) ?? { id, username: id },
    app: app ?? 'an app without a name',
    status: status ?? '',
    subType: flow,
    logins,
    last: isoTime(latest),
  });
};
