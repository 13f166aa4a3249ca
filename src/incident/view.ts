import { compare } from '../common/lists.js';
import { valueOf } from '../engine/evidence.js';
import { minimalPermissions } from '../engine/minimalPermissions.js';
import type { Evidence, Gap } from '../engine/types.js';
import { affectedApps, affectedUsers, tokensOf, type AffectedApp } from '../org/incident/affected.js';
import type { IncidentFacts, Person } from '../org/incident/facts.js';
import { permissionLabel } from '../salesforce/permissions.js';
import { amount, type Extent } from './text.js';
import type { Incident, IncidentOrg } from './types.js';

/** What is known about one affected user; what is `undefined` is not known. */
export type AffectedUser = {
  id: string;
  username: string;
  person?: Person;
  frozen?: boolean;
  passwordLocked?: boolean;
  powers?: readonly string[];
  tokens: number;
  apps: readonly string[];
};

/** Something of which nothing or only a part could be read. */
export type Unknown = { what: string; detail: string; grants: readonly string[] };

export type OrgView = {
  org: IncidentOrg;
  apps: readonly AffectedApp[];
  users: readonly AffectedUser[];
  unknown: readonly Unknown[];
  counts: OrgCounts;
  extents: Readonly<Record<keyof OrgCounts, Extent>>;
};

/** What was seen. */
type OrgCounts = { apps: number; users: number; tokens: number; logins: number; setupChanges: number };

const facts: Readonly<Record<keyof IncidentFacts, string>> = {
  organization: 'the org itself',
  connectedApps: 'installed Connected Apps',
  externalClientApps: 'External Client Apps',
  liveTokens: 'live tokens',
  logins: 'logins in the window',
  setupTrail: 'changes in Setup in the window',
  people: 'the affected users',
  loginStates: 'which affected users are frozen or locked out',
  powers: 'far-reaching permissions of the affected users',
};

export const viewsOf = ({ orgs, apps }: Incident): OrgView[] => orgs.map((org) => viewOf(org, apps));

const viewOf = (org: IncidentOrg, asked: readonly string[] | undefined): OrgView => {
  const apps = org.facts ? affectedApps(org.facts, asked) : [];
  const users = usersOf(org.facts ?? {}, apps);
  const groups = valueOf(org.facts?.logins)?.groups ?? [];
  const [tokens, logins] = [extentOf(org.facts?.liveTokens), extentOf(org.facts?.logins)];
  const inventories = [extentOf(org.facts?.connectedApps), extentOf(org.facts?.externalClientApps)];
  return {
    org,
    apps,
    users,
    unknown: org.facts ? unknownOf(org.facts) : [closed(org)],
    counts: {
      apps: apps.filter(({ kind }) => kind !== 'not-seen').length,
      users: users.length,
      tokens: apps.reduce((sum, app) => sum + tokensOf(app), 0),
      logins: groups.reduce((sum, group) => sum + group.logins, 0),
      setupChanges: valueOf(org.facts?.setupTrail)?.changes.length ?? 0,
    },
    extents: {
      // An app that was asked for may be in an inventory without a token.
      apps: asked ? least([tokens, ...inventories]) : tokens,
      users: least([tokens, logins]),
      tokens,
      logins,
      setupChanges: extentOf(org.facts?.setupTrail),
    },
  };
};

const extentOf = (evidence: Evidence<unknown> | undefined): Extent =>
  evidence?.status === 'complete' ? 'whole' : evidence?.status === 'partial' ? 'part' : 'none';

/** Of several reads: all, nothing, or a part. */
const least = (extents: readonly Extent[]): Extent =>
  extents.every((one) => one === 'whole') ? 'whole' : extents.every((one) => one === 'none') ? 'none' : 'part';

const closed = ({ error }: IncidentOrg): Unknown => ({
  what: 'everything',
  detail: [error?.message ?? 'It could not be opened.', ...(error?.actions ?? [])].join(' '),
  grants: [],
});

/** The counts of one org as a sentence. */
export const countsText = ({ counts, extents }: Pick<OrgView, 'counts' | 'extents'>): string =>
  [
    amount(counts.apps, 'affected app', extents.apps),
    amount(counts.users, 'affected user', extents.users),
    amount(counts.tokens, 'live token', extents.tokens),
    amount(counts.logins, 'login', extents.logins),
    amount(counts.setupChanges, 'change', extents.setupChanges),
  ].join(', ');

/** `3 live tokens of 2 users` */
export const tokensText = (app: AffectedApp, { extents }: Pick<OrgView, 'extents'>): string =>
  extents.tokens === 'none'
    ? amount(0, 'live token', 'none')
    : `${amount(tokensOf(app), 'live token', extents.tokens)} of ${amount(tokenUsers(app), 'user', extents.tokens)}`;

/** Users who have a token of the app. */
export const tokenUsers = ({ holders }: AffectedApp): number => new Set(holders.map(({ user }) => user.id)).size;

/** Suspected names that no org shows. */
export const namesNowhere = (views: readonly OrgView[], asked: readonly string[] | undefined): string[] =>
  (asked ?? []).filter((name) =>
    views.every(
      ({ org, apps }) =>
        !org.facts || apps.some((app) => app.kind === 'not-seen' && app.name === name && app.logins.length === 0)
    )
  );

const unknownOf = (evidence: NonNullable<IncidentOrg['facts']>): Unknown[] =>
  Object.entries(facts).flatMap(([fact, what]): Unknown[] => {
    const one = evidence[fact as keyof IncidentFacts];
    const gap: Gap | undefined =
      one === undefined
        ? { kind: 'error', detail: 'It was not read.' }
        : one.status === 'complete'
          ? undefined
          : one.gap;
    if (!gap) return [];
    const whole = one?.status === 'partial' ? `a part of ${what}` : what;
    return [{ what: whole, detail: gap.detail, grants: gap.grants ?? [] }];
  });

const usersOf = (evidence: NonNullable<IncidentOrg['facts']>, apps: readonly AffectedApp[]): AffectedUser[] => {
  const people = new Map(valueOf(evidence.people)?.map((one) => [one.id, one]));
  const states = new Map(valueOf(evidence.loginStates)?.map((one) => [one.userId, one]));
  const powers = new Map(valueOf(evidence.powers)?.map((one) => [one.userId, one.permissions]));
  const used = new Map<string, { username: string; tokens: number; apps: Set<string> }>();
  for (const app of apps) {
    for (const one of [...app.holders, ...app.logins]) {
      const seen = used.get(one.user.id) ?? { username: one.user.username, tokens: 0, apps: new Set<string>() };
      seen.apps.add(app.name);
      seen.tokens += 'tokens' in one ? one.tokens : 0;
      used.set(one.user.id, seen);
    }
  }
  return affectedUsers(apps)
    .map((id): AffectedUser => {
      const { username, tokens, apps: names } = used.get(id) ?? { username: id, tokens: 0, apps: [] };
      const [person, state, permissions] = [people.get(id), states.get(id), powers.get(id)];
      return {
        id,
        username: person?.username ?? username,
        ...(person ? { person } : {}),
        ...(state ? { frozen: state.frozen, passwordLocked: state.passwordLocked } : {}),
        ...(permissions ? { powers: permissions } : {}),
        tokens,
        apps: [...names],
      };
    })
    .sort((one, other) => compare(one.username, other.username) || compare(one.id, other.id));
};

/** The permissions that would let the rest be read. */
export const grantsOf = (views: readonly OrgView[]): string[] =>
  minimalPermissions(
    views.flatMap(({ unknown }) => unknown.flatMap(({ grants }) => grants.map((grant) => [grant] as const)))
  ).map(permissionLabel);

/** What no read of an org shows, with any permission. */
export const neverShown: readonly string[] = [
  'Which records were read, changed or exported. Only Event Monitoring (EventLogFile, Real-Time Event Monitoring) can show it, where the org has it.',
  'Use of a refresh token: Salesforce does not write it to the login history. The last use and the use count of a token are all there is.',
  'Sessions of flows without a refresh token, such as the username-password flow: they have no live token and show as logins only.',
  'Sessions that are open now: this tool does not list them; Session Management in Setup does.',
  'Whether a consumer secret, a certificate or a password is known to an attacker.',
  'Orgs of subscribers: where a packaged app is installed, its tokens live in the orgs of its subscribers.',
];
