import * as z from 'zod';
import { combine, mapEvidence, orGap, partial, valueOf } from '../../../engine/evidence.js';
import type { Evidence, Gap } from '../../../engine/types.js';
import { externalUserTypes, guestUserType, populationOf } from '../../../salesforce/userPopulations.js';
import { defined } from '../../../common/defined.js';
import { DAY, shortTime } from '../../../common/dates.js';
import type { OrgReader } from '../../client/types.js';
import type { UserCounts, UserRef } from '../../facts.js';
import { inList, text, timesOf, userColumns, userRefOf, userRow } from './soql.js';

/** Columns by which `populationOf` tells whose a user is; `prefix` leads to the user. */
export const populationColumns = (prefix = ''): string =>
  ['UserType', 'LastLoginDate', 'Profile.UserLicense.Name', 'Profile.UserLicense.LicenseDefinitionKey']
    .map((column) => `${prefix}${column}`)
    .join(', ');

const license = z.object({ Name: text, LicenseDefinitionKey: text }).nullish();

/** What these columns give, with the profile's name where it is also selected. */
export const populationRow = z.object({
  Username: z.string(),
  UserType: text,
  LastLoginDate: text,
  Profile: z.object({ Name: z.string(), UserLicense: license }).nullable(),
});

export function populationOfRow(row: z.infer<typeof populationRow>): ReturnType<typeof populationOf> {
  return populationOf({
    username: row.Username,
    userType: row.UserType,
    profile: row.Profile?.Name,
    licenses: [row.Profile?.UserLicense?.Name, row.Profile?.UserLicense?.LicenseDefinitionKey],
    hasLoggedIn: row.LastLoginDate !== null,
  });
}

type SalesforceUser = UserRef & { profileId?: string };

/** Those who never logged in: every user of Salesforce is among them. */
const candidates = `SELECT ${userColumns}, ProfileId, ${populationColumns()} FROM User WHERE IsActive = true AND LastLoginDate = null AND UserType NOT IN ${inList(externalUserTypes)}`;

const byType =
  'SELECT UserType userType, COUNT(Id) users, MAX(LastLoginDate) latest FROM User WHERE IsActive = true GROUP BY UserType';

/** Guests do not log in. */
const byProfile = `SELECT ProfileId profileId, Profile.Name profileName, COUNT(Id) users FROM User WHERE IsActive = true AND UserType != '${guestUserType}' GROUP BY ProfileId, Profile.Name`;

/** More Ids than this in WHERE would come near the limit of an address. */
const mostExcluded = 300;

/** The active users that Salesforce put into the org, and that never logged in. */
export async function salesforceUsers(org: OrgReader): Promise<Evidence<readonly SalesforceUser[]>> {
  org.ahead('query', [candidates, byType, byProfile]);
  const rows = await org.query(candidates, userRow.extend({ ProfileId: text }).and(populationRow));
  return mapEvidence(rows, (users) =>
    users
      .filter((user) => populationOfRow(user) === 'salesforce')
      .map((user) => defined<SalesforceUser>({ ...userRefOf(user), profileId: user.ProfileId }))
  );
}

/** WHERE for the active internal users: every type that is not external, without Salesforce's users. */
export async function internalUsers(org: OrgReader): Promise<Evidence<string>> {
  const own = await salesforceUsers(org);
  if (own.status === 'unavailable') return own;
  const excluded = own.value.slice(0, mostExcluded).map(({ id }) => id);
  const where = `IsActive = true AND UserType NOT IN ${inList(externalUserTypes)}${excluded.length > 0 ? ` AND Id NOT IN ${inList(excluded)}` : ''}`;
  if (own.value.length <= mostExcluded) return mapEvidence(own, () => where);
  const detail = `The org has ${own.value.length} users of Salesforce's own, more than one query can leave out.`;
  return partial(where, { kind: 'limit', detail });
}

/** Active users by population, and the newest login of any of them. */
type Counted = Pick<UserCounts, 'internal' | 'external' | 'latestLogin'>;

export async function userCounts(org: OrgReader): Promise<Evidence<Counted>> {
  const own = await salesforceUsers(org);
  const rows = await org.query(byType, z.object({ userType: text, users: z.number(), latest: text }));
  const counts = combine([own, rows], (ownUsers, types) => {
    const numberOf = (is: (type: string) => boolean): number =>
      types.filter(({ userType }) => is((userType ?? '').toLowerCase())).reduce((sum, { users }) => sum + users, 0);
    const external = numberOf(isExternal);
    return defined<Counted>({
      internal: numberOf(() => true) - external - ownUsers.length,
      external,
      latestLogin: timesOf(types.map(({ latest }) => latest)).at(-1),
    });
  });
  const { internal, external } = valueOf(counts) ?? {};
  return orGap(counts, internal === 0 && external === 0 ? noUserGap : undefined);
}

/** The user of this run is active and logged in. */
const noUserGap: Gap = {
  kind: 'unreadable',
  detail: 'Salesforce shows no active user, not even the one of this run: users are hidden.',
};

function isExternal(type: string): boolean {
  return externalUserTypes.some((external) => external.toLowerCase() === type);
}

/** A profile with active users who can log in. Users without a profile are one group, without an Id. */
type ProfileUsers = { id?: string; name: string; users: number };

export async function usersByProfile(org: OrgReader): Promise<Evidence<readonly ProfileUsers[]>> {
  const own = await salesforceUsers(org);
  const rows = await org.query(byProfile, z.object({ profileId: text, profileName: text, users: z.number() }));
  const found = combine([own, rows], (ownUsers, profiles) =>
    profiles
      .map(({ profileId, profileName, users }) =>
        defined<ProfileUsers>({
          id: profileId,
          name: profileName ?? profileId ?? 'no profile',
          users: users - ownUsers.filter((user) => user.profileId === (profileId ?? undefined)).length,
        })
      )
      .filter(({ users }) => users > 0)
  );
  return orGap(found, valueOf(found)?.length === 0 ? noUserGap : undefined);
}

/** Users that were selected from a population: counts of one org that contradict each other prove nothing. */
export function orContradiction<T extends { population: number; users: readonly unknown[] }>(
  found: Evidence<T>
): Evidence<T> {
  if (found.status === 'unavailable' || found.value.population >= found.value.users.length) return found;
  const { population, users } = found.value;
  const detail = `Salesforce counted ${population} active internal users and listed ${users.length} of them: the answers contradict each other.`;
  return orGap(found, { kind: 'unreadable', detail });
}

/** The user of the run has a session, so a newest login that is months old shows a clock that is behind. */
const longestSilence = 90 * DAY;

/** How the clock of an org compares with that of the run, as its newest login shows. */
export function clockOff(latestLogin: string | undefined, asOf: Date): UserCounts['clock'] {
  if (latestLogin === undefined) return undefined;
  const ahead = Date.parse(latestLogin) - asOf.getTime();
  if (ahead > DAY) return 'ahead';
  return ahead < -longestSilence ? 'behind' : undefined;
}

/** A login in the future: the clock of the org, or of this run, is wrong, and ages prove nothing. */
export function clockGap(latestLogin: string | undefined, asOf: Date): Gap | undefined {
  if (latestLogin === undefined || clockOff(latestLogin, asOf) !== 'ahead') return undefined;
  const detail = `The newest login of a user is from ${shortTime(latestLogin)}, later than this run (${shortTime(asOf)}): one of the two clocks is wrong.`;
  return { kind: 'unreadable', detail };
}

/** No login at all, although users logged in: this run's user is logged in now. */
export async function orMissingLogins<T>(
  org: OrgReader,
  logins: Evidence<readonly T[]>
): Promise<Evidence<readonly T[]>> {
  if (logins.status !== 'complete' || logins.value.length > 0) return logins;
  const counts = await userCounts(org);
  if (counts.status === 'unavailable') return partial(logins.value, counts.gap);
  const { latestLogin } = counts.value;
  if (latestLogin === undefined) return logins;
  const detail = `LoginHistory shows no login in the last 90 days, but a user logged in on ${latestLogin}: logins are missing, or a clock is wrong.`;
  return partial(logins.value, { kind: 'unreadable', detail });
}
