import * as z from 'zod';
import { unavailable } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import { DAY, daysBefore } from '../../../common/dates.js';
import { groupsOf } from '../../../common/lists.js';
import { loginSucceeded } from '../../../salesforce/loginStatus.js';
import type { OrgReader } from '../../client/types.js';
import { joined, text } from './soql.js';
import { orMissingLogins } from './users.js';

/** Logins that a control looks back at; Salesforce keeps six months (Salesforce Help, "Monitor Login History"). */
const loginDays = 90;
/** A shorter period is not halved again, so a question is asked 31 times at most. */
const shortest = 6 * DAY;

/** What logins can be grouped by, under the names that their groups have. */
const loginColumns = {
  user: 'UserId',
  address: 'SourceIp',
  flow: 'LoginSubType',
  api: 'ApiType',
  app: 'Application',
  status: 'Status',
  service: 'AuthenticationServiceId',
  type: 'LoginType',
  amr: 'AuthMethodReference',
  acr: 'AuthContextClassRef',
} as const;

const row = z.object({
  user: text.optional(),
  address: text.optional(),
  flow: text.optional(),
  api: text.optional(),
  app: text.optional(),
  status: text.optional(),
  service: text.optional(),
  type: text.optional(),
  amr: text.optional(),
  acr: text.optional(),
  logins: z.number(),
  latest: z.string(),
});
export type LoginGroup = z.infer<typeof row>;

/** The logins of one description as one: a group may come twice, or differ in what the description leaves out. */
export function mergedLogins<T extends { logins: number; last: string }>(groups: readonly T[]): T[] {
  const alike = groupsOf(groups, (group) => JSON.stringify({ ...group, logins: 0, last: '' }));
  return alike.map((same) =>
    same.reduce((sum, { logins, last }) => ({
      ...sum,
      logins: sum.logins + logins,
      last: last > sum.last ? last : sum.last,
    }))
  );
}

/** What a login says of its result: a word that is not known may mean a success. */
export function loginResult(status: string | null | undefined): { succeeded?: boolean; unknownStatus?: string } {
  const succeeded = loginSucceeded(status);
  return succeeded === undefined ? { unknownStatus: status ?? 'no word' } : { succeeded };
}

/** Where the period begins that controls look back at. */
export const loginsSince = (asOf: Date): Date => daysBefore(asOf, loginDays);

type Wanted = {
  by: ReadonlyArray<keyof typeof loginColumns>;
  asOf: Date;
  /** More of WHERE: LoginTime, LoginType and UserId can be used there (Object Reference, LoginHistory, Usage). */
  where?: string;
};

/**
 * Logins counted by the org. An answer contains 2,000 groups, and a query that has more is refused (SOQL Reference, GROUP
 * BY); with `halve` it is then asked again for each half of the time, and one group may come twice.
 */
export const loginGroups = async (
  org: OrgReader,
  { by, asOf, where }: Wanted,
  halve = true
): Promise<Evidence<readonly LoginGroup[]>> => {
  const whole = row.refine((group) => by.every((name) => name in group));
  const ask = async (from: number, to: number): Promise<Evidence<readonly LoginGroup[]>> => {
    const rows = await org.query(question(by, from, to, where), whole);
    const tooMany = rows.status === 'unavailable' && rows.gap.kind === 'limit';
    if (!tooMany || !halve || to - from < 2 * shortest) return rows;
    const middle = Math.round((from + to) / 2);
    return joined([await ask(from, middle), await ask(middle, to)]);
  };
  const found = await ask(...stretch(asOf));
  return where === undefined ? orMissingLogins(org, found) : found;
};

/**
 * Logins with what identity providers report: AuthMethodReference from API 51 on, AuthContextClassRef from 67 on. The
 * documentation lacks the second, and an org may lack either: a login that reports less proves less.
 */
export const reportedLogins = async (
  org: OrgReader,
  wanted: Wanted,
  halve = true
): Promise<Evidence<readonly LoginGroup[]>> => {
  const version = Number(org.version);
  const tries: ReadonlyArray<ReadonlyArray<'amr' | 'acr'>> = [
    ...(version >= 67 ? [['amr', 'acr'] as const] : []),
    ...(version >= 51 ? [['amr'] as const] : []),
    [],
  ];
  let groups: Evidence<readonly LoginGroup[]> | undefined;
  for (const reported of tries) {
    // eslint-disable-next-line no-await-in-loop -- each only after the one before was refused
    groups = await loginGroups(org, { ...wanted, by: [...wanted.by, ...reported] }, halve);
    if (groups.status !== 'unavailable' || groups.gap.kind !== 'not-supported') return groups;
  }
  return groups ?? unavailable({ kind: 'unreadable', detail: 'LoginHistory was not read.' });
};

/** Asks several groupings ahead, in few calls. */
export const loginGroupsAhead = (org: OrgReader, wanted: readonly Wanted[]): void =>
  org.ahead(
    'query',
    wanted.map(({ by, asOf, where }) => question(by, ...stretch(asOf), where))
  );

/** A day more, because the clocks of the org and of this machine differ. */
const stretch = (asOf: Date): [from: number, to: number] => [loginsSince(asOf).getTime(), asOf.getTime() + DAY];

const question = (by: Wanted['by'], from: number, to: number, where: string | undefined): string => {
  const selected = by.map((name) => `${loginColumns[name]} ${name}`).join(', ');
  const grouped = by.map((name) => loginColumns[name]).join(', ');
  const time = `LoginTime >= ${new Date(from).toISOString()} AND LoginTime < ${new Date(to).toISOString()}`;
  return `SELECT ${selected}, COUNT(Id) logins, MAX(LoginTime) latest FROM LoginHistory WHERE ${time}${where ? ` AND ${where}` : ''} GROUP BY ${grouped}`;
};
