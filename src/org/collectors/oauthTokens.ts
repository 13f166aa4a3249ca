import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { andThen, combine, complete, mapEvidence, partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { OauthTokens } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { connectedAppsQuery, menuQuery } from './connectedApps.js';
import { externalClientAppRows } from './shared/externalClientApps.js';
import { orgCollector, seeApps } from './shared/orgCollector.js';
import { idsOf, inList, queryByIds, text, timesOf } from './shared/soql.js';
import { populationColumns, populationOfRow, populationRow } from './shared/users.js';

// Never AccessToken, DeleteToken or RequestToken: they contain secrets. Id is always null (Object Reference, OauthToken).
const row = z.object({
  AppName: text,
  AppMenuItemId: text,
  UserId: text,
  User: populationRow.nullable(),
  UseCount: z.number().nullable(),
  LastUsedDate: text,
});
type Row = z.infer<typeof row>;

const columns =
  'SELECT AppName, AppMenuItemId, UserId, User.Username, User.Profile.Name, ' +
  `${populationColumns('User.')}, UseCount, LastUsedDate`;

/**
 * `FROM` and `WHERE` for the tokens of no installed app. `rest`: entries of the menu that lead to an installed app and
 * had no room in WHERE; `elsewhere`: those that lead to another app.
 */
type Selection = { from: string; rest: ReadonlySet<string>; elsewhere: ReadonlySet<string> };

/** With 300 Ids of users as well, so many Ids of menu entries stay below 16,000 bytes of address. */
const mostEntries = 200;

/**
 * The token of an app that is installed names the app's entry in the menu, so the org can leave those out. An entry
 * whose app is in neither inventory exonerates no token.
 */
const uninstalled = async (org: OrgReader): Promise<Evidence<Selection>> => {
  const [items, connected, external] = await Promise.all([
    org.query(menuQuery, z.object({ Id: z.string(), ApplicationId: text })),
    idsOf(org, connectedAppsQuery),
    externalClientAppRows(org),
  ]);
  // Where the object is not available no entry leads to such an app; more tokens are asked for then, never fewer.
  const none = external.status === 'unavailable' && external.gap.kind === 'not-supported';
  return combine([items, connected, none ? complete([]) : external], (entries, apps, externalApps) => {
    const installed = new Set([...apps, ...externalApps.map(({ Id }) => Id)]);
    const known = entries.filter(({ ApplicationId }) => installed.has(ApplicationId ?? '')).map(({ Id }) => Id);
    const others = known.length > 0 ? `NOT IN ${inList(known.slice(0, mostEntries))}` : '!= null';
    return {
      from: `FROM OauthToken WHERE (AppMenuItemId = null OR AppMenuItemId ${others})`,
      rest: new Set(known.slice(mostEntries)),
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
    const { from, rest } = selection.value;
    const [population, expected] = await Promise.all([
      org.count('SELECT COUNT() FROM OauthToken'),
      org.count(`SELECT COUNT() ${from}`),
    ]);
    if (expected.status === 'unavailable') return expected;
    const rows = mapEvidence(await rowsOf(org, `${columns} ${from}`, expected.value), (tokens) =>
      tokens.filter(({ AppMenuItemId }) => !rest.has(AppMenuItemId ?? ''))
    );
    return combine([rows, population, expected, selection], (tokens, number, _expected, { elsewhere }) => ({
      uninstalled: byApp(tokens, elsewhere),
      population: number,
    }));
  },
});

const rowsOf = async (org: OrgReader, select: string, expected: number): Promise<Evidence<readonly Row[]>> => {
  // Rows with a count of zero contradict each other, so they are asked for all the same.
  const rows = expected > mostRows ? await byUser(org, select) : await org.query(select, row);
  if (rows.status !== 'complete' || rows.value.length === expected) return rows;
  const detail =
    rows.value.length < expected
      ? `OauthToken was cut off: ${rows.value.length} of ${expected} rows were sent.`
      : `Salesforce counted ${expected} live tokens and sent ${rows.value.length}: the answers contradict each other.`;
  return partial(rows.value, { kind: rows.value.length < expected ? 'limit' : 'unreadable', detail });
};

const byUser = async (org: OrgReader, select: string): Promise<Evidence<readonly Row[]>> =>
  andThen(await idsOf(org, 'SELECT Id FROM User'), (ids) =>
    queryByIds(org, ids, (list) => `${select} AND UserId IN ${list}`, row)
  );

/** A user that is not shown may be anyone's. */
const isSalesforceUser = ({ User: user }: Row): boolean => user !== null && populationOfRow(user) === 'salesforce';

const byApp = (tokens: readonly Row[], elsewhere: Selection['elsewhere']): OauthTokens['uninstalled'] => {
  const apps = Map.groupBy(tokens, (token) =>
    JSON.stringify([token.AppName ?? 'an app without a name', isSalesforceUser(token)])
  );
  return [...apps].map(([key, held]) => {
    const [appName, salesforceUsers] = JSON.parse(key) as [string, boolean];
    return defined<OauthTokens['uninstalled'][number]>({
      appName,
      salesforceUsers: salesforceUsers || undefined,
      tokens: held.length,
      ofAnotherApp: held.filter(({ AppMenuItemId }) => elsewhere.has(AppMenuItemId ?? '')).length,
      users: [...new Set(held.map(({ User, UserId }) => User?.Username ?? UserId ?? 'unknown'))].sort(),
      uses: held.reduce((sum, { UseCount }) => sum + (UseCount ?? 0), 0),
      lastUsed: timesOf(held.map(({ LastUsedDate }) => LastUsedDate)).at(-1),
    });
  });
};
