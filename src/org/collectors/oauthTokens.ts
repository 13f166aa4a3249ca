import { z } from 'zod';
import { combine, complete, partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { OauthTokens } from '../facts.js';
import type { OrgReader } from '../client/openOrg.js';
import { connectedAppsQuery, menuQuery } from './connectedApps.js';
import { externalClientAppsQuery } from './externalClientApps.js';
import { orgCollector, seeApps } from './shared/orgCollector.js';
import { inList, isoTime, queryByIds, text } from './shared/soql.js';

// Never AccessToken, DeleteToken or RequestToken: they hold secrets. Id is always null (Object Reference, OauthToken).
const row = z.object({
  AppName: text,
  AppMenuItemId: text,
  UserId: text,
  User: z.object({ Username: z.string() }).nullable(),
  UseCount: z.number().nullable(),
  LastUsedDate: text,
});
type Row = z.infer<typeof row>;

const columns = 'SELECT AppName, AppMenuItemId, UserId, User.Username, UseCount, LastUsedDate';

/** `FROM` and `WHERE` for the tokens of no installed app, and the entries of the menu that lead to another app. */
type Selection = { from: string; elsewhere: ReadonlySet<string> };

/**
 * The token of an app that is installed names the app's entry in the menu, so the org can leave those out. An entry
 * whose app is in neither inventory exonerates nobody.
 */
const uninstalled = async (org: OrgReader): Promise<Evidence<Selection>> => {
  const id = z.object({ Id: z.string() });
  const [items, connected, external] = await Promise.all([
    org.query(menuQuery, z.object({ Id: z.string(), ApplicationId: text })),
    org.query(connectedAppsQuery, id),
    org.query(externalClientAppsQuery, id),
  ]);
  // Where the object is unknown no entry leads to such an app; more tokens are asked for then, never fewer.
  const none = external.status === 'unavailable' && external.gap.kind === 'not-supported';
  return combine([items, connected, none ? complete([]) : external], (entries, apps, externalApps) => {
    const installed = new Set([...apps, ...externalApps].map(({ Id }) => Id));
    const known = entries.filter(({ ApplicationId }) => installed.has(ApplicationId ?? '')).map(({ Id }) => Id);
    const others = known.length > 0 ? `NOT IN ${inList(known)}` : '!= null';
    return {
      from: `FROM OauthToken WHERE (AppMenuItemId = null OR AppMenuItemId ${others})`,
      elsewhere: new Set(
        entries.filter(({ ApplicationId }) => ApplicationId && !installed.has(ApplicationId)).map(({ Id }) => Id)
      ),
    };
  });
};

/** Object Reference, OauthToken, Usage: 500 rows a page, 2,500 in all, then nothing; COUNT() counts all of them. */
const mostRows = 2500;

export const oauthTokens = orgCollector<OauthTokens>({
  reads: ['OauthToken', 'AppMenuItem', 'ConnectedApplication', 'ExternalClientApplication', 'User'],
  requires: [seeApps],
  collect: async (org) => {
    const selection = await uninstalled(org);
    if (selection.status === 'unavailable') return selection;
    const { from } = selection.value;
    const [population, expected] = await Promise.all([
      org.count('SELECT COUNT() FROM OauthToken'),
      org.count(`SELECT COUNT() ${from}`),
    ]);
    if (expected.status === 'unavailable') return expected;
    const rows = await rowsOf(org, `${columns} ${from}`, expected.value);
    return combine([rows, population, expected, selection], (tokens, number, _expected, { elsewhere }) => ({
      uninstalled: byApp(tokens, elsewhere),
      population: number,
    }));
  },
});

const rowsOf = async (org: OrgReader, select: string, expected: number): Promise<Evidence<readonly Row[]>> => {
  if (expected === 0) return complete([]);
  const rows = expected > mostRows ? await byUser(org, select) : await org.query(select, row);
  if (rows.status !== 'complete' || rows.value.length >= expected) return rows;
  const detail = `OauthToken was cut off: ${rows.value.length} of ${expected} rows were sent.`;
  return partial(rows.value, { kind: 'limit', detail });
};

const byUser = async (org: OrgReader, select: string): Promise<Evidence<readonly Row[]>> => {
  const users = await org.query('SELECT Id FROM User', z.object({ Id: z.string() }));
  if (users.status === 'unavailable') return users;
  const ids = users.value.map(({ Id }) => Id);
  return queryByIds(org, ids, (list) => `${select} AND UserId IN ${list}`, row);
};

const byApp = (tokens: readonly Row[], elsewhere: Selection['elsewhere']): OauthTokens['uninstalled'] => {
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
      ofAnotherApp: held.filter(({ AppMenuItemId }) => elsewhere.has(AppMenuItemId ?? '')).length,
      users: [...new Set(held.map(({ User, UserId }) => User?.Username ?? UserId ?? 'unknown'))].sort(),
      uses: held.reduce((sum, { UseCount }) => sum + (UseCount ?? 0), 0),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    };
  });
};
