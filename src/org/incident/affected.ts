import type { EvidenceOf } from '../../engine/types.js';
import { valueOf } from '../../engine/evidence.js';
import { defined } from '../../common/defined.js';
import { compare } from '../../common/lists.js';
import type { IncidentFacts, IncidentLogins, TokenHolder } from './facts.js';

/** What of the facts decides who is affected. */
export type AffectedEvidence = EvidenceOf<
  Pick<IncidentFacts, 'connectedApps' | 'externalClientApps' | 'liveTokens' | 'logins'>
>;

/**
 * `not-installed`: its tokens lead to no entry of the app menu. `unknown-kind`: they lead to one whose app no list shows.
 * `not-seen`: it is suspected, and nothing in the org has the name.
 */
type AppKind = 'connected-app' | 'external-client-app' | 'not-installed' | 'unknown-kind' | 'not-seen';

export type AffectedApp = {
  name: string;
  kind: AppKind;
  id?: string;
  namespace?: string;
  /** Created in this org. */
  own?: boolean;
  /** Any user may authorize it. */
  selfAuthorized?: boolean;
  holders: readonly TokenHolder[];
  logins: readonly IncidentLogins[];
};

type Inventory = IncidentFacts['connectedApps'] | IncidentFacts['externalClientApps'];
type Draft = Omit<AffectedApp, 'holders' | 'logins'> & { names: Set<string>; holders: TokenHolder[] };

const plain = (name: string): string => name.trim().toLowerCase();

/** The apps that were asked for, else every app that has live tokens. By name, whatever its case. */
export const affectedApps = (seen: AffectedEvidence, asked: readonly string[] | undefined): AffectedApp[] => {
  const logins = valueOf(seen.logins)?.groups ?? [];
  const drafts = [...byApp(seen).values()];
  const chosen = asked
    ? asked.flatMap((name) => {
        const found = drafts.filter(({ names }) => names.has(plain(name)));
        return found.length > 0 ? found : [notSeen(name)];
      })
    : drafts.filter(({ holders }) => holders.length > 0);
  return [...new Set(chosen)]
    .map(({ names, ...app }) => ({ ...app, logins: logins.filter((group) => names.has(plain(group.app))) }))
    .sort(
      (one, other) =>
        tokensOf(other) - tokensOf(one) || compare(one.name, other.name) || compare(one.id ?? '', other.id ?? '')
    );
};

/** Live tokens of an app. */
export const tokensOf = ({ holders }: Pick<AffectedApp, 'holders'>): number =>
  holders.reduce((sum, { tokens }) => sum + tokens, 0);

/** Ids of the users who have a live token of these apps, or logged in through one of them in the window. */
export const affectedUsers = (apps: readonly AffectedApp[]): string[] =>
  [...new Set(apps.flatMap(({ holders, logins }) => [...holders, ...logins].map(({ user }) => user.id)))]
    .filter((id) => id !== '')
    .sort();

const notSeen = (name: string): Draft => ({ name, kind: 'not-seen', names: new Set([plain(name)]), holders: [] });

/** Every app that the org shows, by its Id; an app that is not installed has none, and its name is used. */
const byApp = (seen: AffectedEvidence): Map<string, Draft> => {
  const apps = new Map<string, Draft>();
  for (const [kind, evidence] of [
    ['connected-app', seen.connectedApps],
    ['external-client-app', seen.externalClientApps],
  ] as const) {
    for (const app of valueOf<Inventory>(evidence) ?? []) {
      const { id, name, namespace, own, selfAuthorized } = app;
      const about = { id, name, kind, ...defined({ namespace, own, selfAuthorized }) };
      const names = [name, ...('label' in app && app.label !== undefined ? [app.label] : [])];
      apps.set(id.slice(0, 15), { ...about, names: new Set(names.map(plain)), holders: [] });
    }
  }
  for (const holder of valueOf(seen.liveTokens)?.holders ?? []) {
    const id = holder.item?.applicationId;
    const key =
      id?.slice(0, 15) ??
      byNameOnly(holder, apps) ??
      `${holder.item ? holder.item.id : 'not installed'} ${plain(holder.app)}`;
    const app = apps.get(key) ?? {
      name: holder.app,
      kind: appKind(holder),
      ...(id === undefined ? {} : { id }),
      names: new Set<string>(),
      holders: [],
    };
    app.names.add(plain(holder.app));
    if (holder.item?.name !== undefined) app.names.add(plain(holder.item.name));
    app.holders.push(holder);
    apps.set(key, app);
  }
  return apps;
};

/** Tokens of External Client Apps often have no menu entry, and show the label or the name of the app. */
const byNameOnly = ({ item, app }: TokenHolder, apps: ReadonlyMap<string, Draft>): string | undefined => {
  if (item) return undefined;
  const named = [...apps].filter(([, { kind, names }]) => kind === 'external-client-app' && names.has(plain(app)));
  const [first, ...others] = named;
  return others.length === 0 ? first?.[0] : undefined;
};

/** Key prefixes: 0H4 is a Connected App, 0xI an External Client App. */
const appKind = ({ item }: TokenHolder): AppKind => {
  if (!item) return 'not-installed';
  if (item.applicationId?.startsWith('0H4')) return 'connected-app';
  return item.applicationId?.startsWith('0xI') ? 'external-client-app' : 'unknown-kind';
};
