import { z } from 'zod';
import { combine, complete, partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { OauthTokens } from '../facts.js';
import type { OrgReader } from '../reader.js';
import { orgCollector, seeApps } from './orgCollector.js';
import { isoTime, queryByIds, text } from './soql.js';

// Never AccessToken, DeleteToken or RequestToken: they hold secrets. Id is always null (Object Reference, OauthToken).
const row = z.object({
  AppName: text,
  UserId: text,
  User: z.object({ Username: z.string() }).nullish(),
  UseCount: z.number().nullish(),
  LastUsedDate: text,
});
type Row = z.infer<typeof row>;

/** The token of an app that is installed names the app's entry in the menu, so the org can leave those out. */
const uninstalled = 'FROM OauthToken WHERE AppMenuItemId = null';
const select = `SELECT AppName, UserId, User.Username, UseCount, LastUsedDate ${uninstalled}`;

/** Object Reference, OauthToken, Usage: 500 rows a page, 2,500 in all, then nothing; COUNT() counts all of them. */
const mostRows = 2500;

export const oauthTokens = orgCollector<OauthTokens>({
  reads: ['OauthToken', 'User'],
  requires: [seeApps],
  collect: async (org) => {
    const [population, expected] = await Promise.all([
      org.count('SELECT COUNT() FROM OauthToken'),
      org.count(`SELECT COUNT() ${uninstalled}`),
    ]);
    if (expected.status === 'unavailable') return expected;
    const rows = await rowsOf(org, expected.value);
    return combine([rows, population, expected], (tokens, number) => ({
      uninstalled: byApp(tokens),
      population: number,
    }));
  },
});

const rowsOf = async (org: OrgReader, expected: number): Promise<Evidence<readonly Row[]>> => {
  if (expected === 0) return complete([]);
  const rows = expected > mostRows ? await byUser(org) : await org.query(select, row);
  if (rows.status !== 'complete' || rows.value.length >= expected) return rows;
  const detail = `OauthToken was cut off: ${rows.value.length} of ${expected} rows were sent.`;
  return partial(rows.value, { kind: 'limit', detail });
};

const byUser = async (org: OrgReader): Promise<Evidence<readonly Row[]>> => {
  const users = await org.query('SELECT Id FROM User', z.object({ Id: z.string() }));
  if (users.status === 'unavailable') return users;
  const ids = users.value.map(({ Id }) => Id);
  return queryByIds(org, ids, (list) => `${select} AND UserId IN ${list}`, row);
};

const byApp = (tokens: readonly Row[]): OauthTokens['uninstalled'] => {
  const apps = new Map<string, Row[]>();
  for (const token of tokens) {
    const name = token.AppName ?? 'an app without a name';
    apps.set(name, [...(apps.get(name) ?? []), token]);
  }
  return [...apps].map(([appName, held]) => {
    const lastUsed = held
      .flatMap(({ LastUsedDate }) => (LastUsedDate ? isoTime(LastUsedDate) : []))
      .sort()
      .at(-1);
    return {
      appName,
      tokens: held.length,
      users: [...new Set(held.map(({ User, UserId }) => User?.Username ?? UserId ?? 'unknown'))].sort(),
      uses: held.reduce((sum, { UseCount }) => sum + (UseCount ?? 0), 0),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    };
  });
};
