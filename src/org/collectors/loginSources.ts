import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { loginSucceeded } from '../../salesforce/loginStatus.js';
import { guestUserType } from '../../salesforce/userPopulations.js';
import type { LoginSources } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import {
  loginGroups,
  loginGroupsAhead,
  loginResult,
  loginsSince,
  mergedLogins,
  type LoginGroup,
} from './shared/loginGroups.js';
import { orgCollector, seeLogins, seeUsers } from './shared/orgCollector.js';
import { isoTime, joined, queryByIds, text, userColumns, userRefOf, userRow } from './shared/soql.js';

type Source = LoginSources['sources'][number];

export const loginSources = orgCollector<LoginSources>({
  reads: ['LoginHistory', 'User'],
  requires: [seeLogins, seeUsers],
  collect: async (org, { asOf }) => {
    const pairs = await loginGroups(org, { by: ['user', 'address', 'status'], asOf }, false);
    const tooMany = pairs.status === 'unavailable' && pairs.gap.kind === 'limit';
    const sources = tooMany ? await byProfile(org, asOf) : await byUser(org, pairs);
    return mapEvidence(sources, (all) => ({ since: loginsSince(asOf).toISOString(), sources: all }));
  },
});

/**
 * Status is "Success" or a reason for failure; it can be grouped by, not filtered by (Object Reference, LoginHistory). A
 * word that is not known may mean a success.
 */
const successful = (groups: readonly LoginGroup[]): LoginGroup[] =>
  groups.filter(({ status }) => loginSucceeded(status) !== false);

const user = userRow.extend({ ProfileId: text, UserType: text });

const byUser = async (org: OrgReader, pairs: Evidence<readonly LoginGroup[]>): Promise<Evidence<readonly Source[]>> => {
  if (pairs.status === 'unavailable') return pairs;
  const groups = successful(pairs.value);
  const ids = [...new Set(groups.flatMap((group) => group.user ?? []))];
  const users = await queryByIds(
    org,
    ids,
    (list) => `SELECT ${userColumns}, ProfileId, UserType FROM User WHERE Id IN ${list}`,
    user
  );
  if (users.status === 'unavailable') return users;
  const known = new Map(users.value.map((one) => [one.Id, one]));
  const sources = groups.flatMap((group): Source[] => {
    const { user: id } = group;
    const one = known.get(id ?? '');
    if (one?.UserType === guestUserType) return [];
    const profile = { id: one?.ProfileId ?? '', name: one?.Profile?.Name ?? 'a profile that is not shown' };
    const ref = one ? userRefOf(one) : { id: id ?? '', username: id ?? 'a user who is not shown' };
    return [sourceOf(group, profile, ref)];
  });
  return combine([users, pairs], () => sources);
};

/** More pairs of user and address than one answer contains: the calls then follow the profiles, not the users. */
const byProfile = async (org: OrgReader, asOf: Date): Promise<Evidence<readonly Source[]>> => {
  const profiles = await org.query(
    `SELECT ProfileId profileId, Profile.Name profileName FROM User WHERE UserType != '${guestUserType}' GROUP BY ProfileId, Profile.Name`,
    z.object({ profileId: text, profileName: text })
  );
  if (profiles.status === 'unavailable') return profiles;
  const wanted = profiles.value.map(({ profileId, profileName }) => ({
    profile: { id: profileId ?? '', name: profileName ?? profileId ?? 'no profile' },
    by: ['address', 'status'] as const,
    asOf,
    where: `UserId IN (SELECT Id FROM User WHERE ProfileId = ${profileId === null ? 'null' : `'${profileId}'`} AND UserType != '${guestUserType}')`,
  }));
  loginGroupsAhead(org, wanted);
  const found = await Promise.all(
    wanted.map(async ({ profile, ...logins }) =>
      mapEvidence(await loginGroups(org, logins), (all) =>
        mergedLogins(successful(all).map((group) => sourceOf(group, profile)))
      )
    )
  );
  return joined<Source>([mapEvidence(profiles, () => []), ...found]);
};

const sourceOf = (
  { address, status, logins, latest }: LoginGroup,
  profile: Source['profile'],
  ref?: Source['user']
): Source => {
  const { unknownStatus } = loginResult(status);
  return defined<Source>({ profile, user: ref, address: address ?? '', unknownStatus, logins, last: isoTime(latest) });
};
