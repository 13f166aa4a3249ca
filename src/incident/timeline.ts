import { valueOf } from '../engine/evidence.js';
import { compare } from '../common/lists.js';
import { csvOf } from '../render/csv.js';
import type { OrgView } from './view.js';

/** Every row has all columns; their order is part of what a spreadsheet or a script relies on. */
const columns = [
  'time (UTC)',
  'org',
  'org id',
  'kind',
  'affected app',
  'user',
  'app',
  'section',
  'what',
  'detail',
  'address',
  'country',
  'status',
  'count',
  'first time (UTC)',
] as const;
type Row = { [Column in (typeof columns)[number]]?: string | number | undefined };

/** What happened in the window, in the order of time: logins, changes in Setup, and tokens by their last use. */
export const timeline = (views: readonly OrgView[]): string =>
  csvOf(
    columns,
    views
      .flatMap(rowsOf)
      .sort(
        (one, other) =>
          compare(String(one['time (UTC)'] ?? ''), String(other['time (UTC)'] ?? '')) ||
          compare(JSON.stringify(one), JSON.stringify(other))
      )
  );

const rowsOf = ({ org, apps }: OrgView): Row[] => {
  const about = { org: org.name, 'org id': org.orgId };
  const through = new Set(apps.flatMap(({ logins }) => [...logins]));
  const held = new Set(apps.flatMap(({ holders }) => [...holders]));
  return [
    ...(valueOf(org.facts?.logins)?.groups ?? []).map((group) => ({
      'time (UTC)': group.last,
      ...about,
      kind: 'login',
      'affected app': through.has(group) ? 'yes' : 'no',
      user: group.user.username,
      app: group.app,
      what: group.type,
      detail: group.flow,
      address: group.address,
      country: group.country,
      status: group.status,
      count: group.logins,
      'first time (UTC)': group.first,
    })),
    ...(valueOf(org.facts?.setupTrail)?.changes ?? []).map(({ time, by, delegate, action, section, display }) => ({
      'time (UTC)': time,
      ...about,
      kind: 'change in Setup',
      user: [by ?? 'Salesforce', ...(delegate === undefined ? [] : [`acted for by ${delegate}`])].join(', '),
      section,
      what: action,
      detail: display,
      count: 1,
    })),
    ...(valueOf(org.facts?.liveTokens)?.holders ?? []).map((holder) => ({
      'time (UTC)': holder.lastUsed ?? holder.newest,
      ...about,
      kind: holder.lastUsed === undefined ? 'token authorized, never used' : 'token last used',
      'affected app': held.has(holder) ? 'yes' : 'no',
      user: holder.user.username,
      app: holder.app,
      what: 'live token',
      detail: `${holder.uses} uses in all`,
      count: holder.tokens,
      'first time (UTC)': holder.oldest,
    })),
  ];
};
