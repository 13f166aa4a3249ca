import { z } from 'zod';
import type { Evidence } from '../../engine/types.js';
import type { OrgReader } from '../reader.js';
import { joined, text } from './soql.js';

const day = 86_400_000;
/** Logins that a control looks back at; Salesforce keeps six months (Salesforce Help, "Monitor Login History"). */
export const loginDays = 90;
/** A shorter stretch of time is not halved again, so a question is asked 31 times at most. */
const shortest = 6 * day;

/** What logins can be grouped by, under the names that their groups have. */
export const loginColumns = {
  user: 'UserId',
  address: 'SourceIp',
  flow: 'LoginSubType',
  app: 'Application',
  status: 'Status',
} as const;

const row = z.object({
  user: text,
  address: text,
  flow: text,
  app: text,
  status: text,
  logins: z.number(),
  latest: z.string(),
});
export type LoginGroup = z.infer<typeof row>;

export const loginsSince = (asOf: Date): Date => new Date(asOf.getTime() - loginDays * day);

type Wanted = {
  by: ReadonlyArray<keyof typeof loginColumns>;
  asOf: Date;
  /** More of WHERE: LoginTime, LoginType and UserId can stand there (Object Reference, LoginHistory, Usage). */
  where?: string;
};

/**
 * Logins counted by the org. An answer holds 2,000 groups, and a query that has more is refused (SOQL Reference, GROUP
 * BY); with `halve` it is then asked again for each half of the time, and one group may come twice.
 */
export const loginGroups = async (
  org: OrgReader,
  { by, asOf, where }: Wanted,
  halve = true
): Promise<Evidence<readonly LoginGroup[]>> => {
  const selected = by.map((name) => `${loginColumns[name]} ${name}`).join(', ');
  const grouped = by.map((name) => loginColumns[name]).join(', ');
  const ask = async (from: number, to: number): Promise<Evidence<readonly LoginGroup[]>> => {
    const time = `LoginTime >= ${new Date(from).toISOString()} AND LoginTime < ${new Date(to).toISOString()}`;
    const rows = await org.query(
      `SELECT ${selected}, COUNT(Id) logins, MAX(LoginTime) latest FROM LoginHistory WHERE ${time}${where ? ` AND ${where}` : ''} GROUP BY ${grouped}`,
      row
    );
    const tooMany = rows.status === 'unavailable' && rows.gap.kind === 'limit';
    if (!tooMany || !halve || to - from < 2 * shortest) return rows;
    const middle = Math.round((from + to) / 2);
    return joined([await ask(from, middle), await ask(middle, to)]);
  };
  // A day more, because the clocks of the org and of this machine differ.
  return ask(loginsSince(asOf).getTime(), asOf.getTime() + day);
};
