import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { complete, mapEvidence, partial } from '../../engine/evidence.js';
import type { Collector, Evidence, Gap } from '../../engine/types.js';
import { maskFreeText } from '../../salesforce/secretText.js';
import { orgCollector, seeLogins } from '../collectors/shared/orgCollector.js';
import { existing, isoTime, queryByIds, text } from '../collectors/shared/soql.js';
import type { OrgReader } from '../client/types.js';
import { shortTime } from '../../common/dates.js';
import type { IncidentLogins, Logins, Window } from './facts.js';
import { endOf, kept } from './window.js';

const columns = {
  user: 'UserId',
  app: 'Application',
  type: 'LoginType',
  flow: 'LoginSubType',
  address: 'SourceIp',
  country: 'CountryIso',
  status: 'Status',
} as const;

const row = z.object({
  user: text,
  app: text,
  type: text,
  flow: text,
  address: text,
  country: text,
  status: text,
  logins: z.number(),
  earliest: z.string(),
  latest: z.string(),
});
type Row = z.infer<typeof row>;

/** An answer that would contain more than 2,000 groups is refused (SOQL Reference, GROUP BY); then less time is asked for. */
const mostQuestions = 100;
const shortest = 60_000;

export const logins = (window: Window): Collector<OrgReader, Logins> =>
  orgCollector<Logins>({
    reads: ['LoginHistory', 'User'],
    requires: [seeLogins],
    collect: async (org, { asOf }) => {
      const names = await existing(org, 'LoginHistory', Object.values(columns));
      if (names.status === 'unavailable') return names;
      const counted = await countedIn(org, names.value, window);
      if (counted.status === 'unavailable') return counted;
      const named = await withNames(org, counted);
      const value = mapEvidence(named, (groups) => ({ since: window.since, until: window.until, groups }));
      return kept(value, window, asOf, 'LoginHistory', 'six months');
    },
  });

/** Counted by the org. a period with too many groups is asked again in halves. */
const countedIn = async (
  org: OrgReader,
  names: readonly string[],
  window: Window
): Promise<Evidence<readonly Row[]>> => {
  const rows: Row[] = [];
  let gap: Gap | undefined;
  let asked = 0;
  let answered = 0;
  const open: Array<[number, number]> = [[Date.parse(window.since), endOf(window)]];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [from, to] = next;
    asked += 1;
    // eslint-disable-next-line no-await-in-loop -- what to ask next depends on the answer
    const answer = await org.query(question(names, from, to), row);
    if (answer.status !== 'unavailable') {
      answered += 1;
      rows.push(...answer.value);
      if (answer.status === 'partial') gap ??= answer.gap;
    } else if (answer.gap.kind === 'limit' && to - from > shortest && asked < mostQuestions) {
      const middle = Math.round((from + to) / 2);
      open.unshift([from, middle], [middle, to]);
    } else {
      // Stretches are asked in the order of time: where one ends the work, nothing after it was seen.
      const isLast = answer.gap.kind !== 'limit' || asked >= mostQuestions;
      const end = isLast ? endOf(window) : to;
      const detail = `Not read from ${shortTime(new Date(from))} to ${shortTime(new Date(end))}: ${answer.gap.detail}`;
      gap ??= { ...answer.gap, detail };
      if (isLast) break;
    }
  }
  if (answered === 0 && gap) return { status: 'unavailable', gap };
  return gap ? partial(rows, gap) : complete(rows);
};

const question = (names: readonly string[], from: number, to: number): string => {
  const grouped = Object.entries(columns).filter(([, name]) => names.includes(name));
  return [
    `SELECT ${grouped.map(([alias, name]) => `${name} ${alias}`).join(', ')},`,
    'COUNT(Id) logins, MIN(LoginTime) earliest, MAX(LoginTime) latest FROM LoginHistory',
    `WHERE LoginTime >= ${new Date(from).toISOString()} AND LoginTime < ${new Date(to).toISOString()}`,
    `GROUP BY ${grouped.map(([, name]) => name).join(', ')}`,
  ].join(' ');
};

const withNames = async (
  org: OrgReader,
  counted: { status: 'complete' | 'partial'; value: readonly Row[] } & Evidence<readonly Row[]>
): Promise<Evidence<readonly IncidentLogins[]>> => {
  const ids = [...new Set(counted.value.flatMap(({ user }) => user ?? []))];
  const users = await queryByIds(
    org,
    ids,
    (list) => `SELECT Id, Username FROM User WHERE Id IN ${list}`,
    z.object({ Id: z.string(), Username: z.string() })
  );
  const known = new Map(users.status === 'unavailable' ? [] : users.value.map((one) => [one.Id, one.Username]));
  const groups = merged(counted.value, known);
  // A user who is not shown is listed by Id; the fact about people reports that.
  return counted.status === 'partial' ? partial(groups, counted.gap) : complete(groups);
};

/** One group may come from several stretches of time. */
const merged = (rows: readonly Row[], known: ReadonlyMap<string, string>): IncidentLogins[] => {
  const groups = new Map<string, IncidentLogins>();
  for (const { user, app, type, flow, address, country, status, logins: number, earliest, latest } of rows) {
    const key = JSON.stringify([user, app, type, flow, address, country, status]);
    const [first, last] = [isoTime(earliest), isoTime(latest)];
    const seen = groups.get(key);
    groups.set(
      key,
      seen
        ? {
            ...seen,
            logins: seen.logins + number,
            first: first < seen.first ? first : seen.first,
            last: last > seen.last ? last : seen.last,
          }
        : defined<IncidentLogins>({
            user: { id: user ?? '', username: known.get(user ?? '') ?? user ?? 'a user who is not shown' },
            app: maskFreeText(app ?? 'an app without a name'),
            type: maskFreeText(type ?? 'unknown'),
            flow: flow ? maskFreeText(flow) : undefined,
            address: maskFreeText(address ?? ''),
            country,
            status: maskFreeText(status ?? 'unknown'),
            logins: number,
            first,
            last,
          })
    );
  }
  return [...groups.values()];
};
