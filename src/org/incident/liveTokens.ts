import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { firstGap, partial, valueOf } from '../../engine/evidence.js';
import type { Collector, Evidence } from '../../engine/types.js';
import { maskFreeText } from '../../salesforce/secretText.js';
import { menuQuery } from '../collectors/connectedApps.js';
import { orgCollector, seeApps } from '../collectors/shared/orgCollector.js';
import { idsOf, queryByIds, text, timesOf } from '../collectors/shared/soql.js';
import type { OrgReader } from '../client/types.js';
import type { LiveTokens, TokenHolder } from './facts.js';

// Never AccessToken, DeleteToken or RequestToken: they contain secrets. Id is always null (Object Reference, OauthToken).
const row = z.object({
  AppName: text,
  AppMenuItemId: text,
  UserId: text,
  User: z.object({ Username: z.string() }).nullish(),
  UseCount: z.number().nullish(),
  CreatedDate: text,
  LastUsedDate: text,
});
type Row = z.infer<typeof row>;

const select =
  'SELECT AppName, AppMenuItemId, UserId, User.Username, UseCount, CreatedDate, LastUsedDate FROM OauthToken';

const itemRow = z.object({ Id: z.string(), ApplicationId: text, Name: text });
type Item = z.infer<typeof itemRow>;

export const liveTokens: Collector<OrgReader, LiveTokens> = orgCollector<LiveTokens>({
  reads: ['OauthToken', 'AppMenuItem', 'User'],
  requires: [seeApps],
  collect: async (org) => {
    const [counted, rows, menu] = await Promise.all([
      org.count('SELECT COUNT() FROM OauthToken'),
      org.query(select, row),
      org.query(menuQuery, itemRow),
    ]);
    if (rows.status === 'unavailable') return rows;
    const population = valueOf(counted);
    const all = population !== undefined && rows.value.length < population ? await byUser(org, rows.value) : rows.value;
    const value = defined<LiveTokens>({ population, holders: holdersOf(all, new Map(listOf(menu))) });
    if (population !== undefined && all.length > population) {
      const detail = `Salesforce counted ${population} live tokens and sent ${all.length}: the answers contradict each other.`;
      return partial(value, { kind: 'unreadable', detail });
    }
    if (population !== undefined && all.length < population) {
      const detail = `OauthToken was cut off: ${all.length} of ${population} rows were sent.`;
      return partial(value, { kind: 'limit', detail });
    }
    const gap = firstGap(counted, menu);
    if (gap) return partial(value, gap);
    // A part that turned out to be whole: the org's own count shows it.
    return population === undefined ? { ...rows, value } : { status: 'complete', value };
  },
});

const listOf = (menu: Evidence<readonly Item[]>): Array<[string, Item]> =>
  (valueOf(menu) ?? []).map((item) => [item.Id, item]);

/** Object Reference, OauthToken, Usage: 2,500 rows, then silently nothing; so they are asked for by user. */
const byUser = async (org: OrgReader, first: readonly Row[]): Promise<readonly Row[]> => {
  const ids = valueOf(await idsOf(org, 'SELECT Id FROM User')) ?? [];
  const more = valueOf(await queryByIds(org, ids, (list) => `${select} WHERE UserId IN ${list}`, row)) ?? [];
  return more.length > first.length ? more : first;
};

const holdersOf = (tokens: readonly Row[], menu: ReadonlyMap<string, Item>): TokenHolder[] => {
  const held = Map.groupBy(tokens, ({ AppName, AppMenuItemId, UserId }) =>
    JSON.stringify([AppName, AppMenuItemId, UserId])
  );
  return [...held.values()].map((rows): TokenHolder => {
    const [{ AppName, AppMenuItemId, UserId, User } = rows[0] as Row] = rows;
    const item = AppMenuItemId ? menu.get(AppMenuItemId) : undefined;
    const created = timesOf(rows.map(({ CreatedDate }) => CreatedDate));
    return defined<TokenHolder>({
      app: maskFreeText(AppName ?? 'an app without a name'),
      item: AppMenuItemId
        ? defined<NonNullable<TokenHolder['item']>>({
            id: AppMenuItemId,
            applicationId: item?.ApplicationId,
            name: item?.Name ? maskFreeText(item.Name) : undefined,
          })
        : undefined,
      user: { id: UserId ?? '', username: User?.Username ?? UserId ?? 'a user who is not shown' },
      tokens: rows.length,
      uses: rows.reduce((sum, { UseCount }) => sum + (UseCount ?? 0), 0),
      oldest: created.at(0),
      newest: created.at(-1),
      lastUsed: timesOf(rows.map(({ LastUsedDate }) => LastUsedDate)).at(-1),
    });
  });
};
