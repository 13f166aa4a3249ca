import { valueOf } from '../engine/evidence.js';
import { compare } from '../common/lists.js';
import type { AffectedApp } from '../org/incident/affected.js';
import type { IncidentLogins, SetupChange } from '../org/incident/facts.js';
import { code, listOf, prose } from '../render/markdown.js';
import { counted } from '../common/text.js';
import { loginSucceeded } from '../salesforce/loginStatus.js';
import { permissionLabel } from '../salesforce/permissions.js';
import type { UserPopulation } from '../salesforce/userPopulations.js';
import { shortTime } from '../common/dates.js';
import { amount, fillIn, noneSeen, shown } from './text.js';
import type { Incident } from './types.js';
import { countsText, neverShown, tokensText, type AffectedUser, type OrgView, type Unknown } from './view.js';

/** What was seen of each org in the window, and what was not. */
export const incidentReport = (incident: Incident, views: readonly OrgView[]): string =>
  `${[
    '# Incident report (draft)',
    ...listOf([
      `As of ${shortTime(incident.asOf)}`,
      `Window: ${shortTime(incident.window.since)} to ${shortTime(incident.window.until)}`,
      incident.apps
        ? `Suspected apps: ${incident.apps.map(code).join(', ')}`
        : 'Suspected apps: none was named, so every app that has live tokens is listed',
      `Contact: ${incident.contact === undefined ? fillIn('name, mail address, phone') : code(incident.contact)}`,
      `Made by ${code(incident.tool.name)} ${code(incident.tool.version)}; it only read`,
    ]),
    '## What happened',
    fillIn('what was noticed, when and by whom; what is suspected; what was done so far, with times in UTC'),
    ...views.flatMap(orgOf),
    '## What no read of an org shows',
    ...listOf(neverShown),
  ].join('\n\n')}\n`;

const orgOf = (view: OrgView): string[] => {
  const { org, apps, users, unknown, extents } = view;
  const organization = valueOf(org.facts?.organization);
  const head = [
    `## Org ${code(org.name)}`,
    ...listOf([
      ...(org.orgId === undefined ? [] : [`Org id ${code(org.orgId)}`]),
      ...(org.namespace === undefined ? [] : [`Namespace ${code(org.namespace)}`]),
      ...(organization
        ? [`${code(organization.name)}, ${code(organization.edition)}${organization.sandbox ? ', sandbox' : ''}`]
        : []),
      ...(org.username === undefined ? [] : [`Read as ${code(org.username)}`]),
      countsText(view),
    ]),
    '### Not known',
    ...(unknown.length > 0 ? listOf(unknown.map(unknownOf)) : ['Everything that was requested was fully read.']),
  ];
  if (!org.facts) return head;
  return [
    ...head,
    '### Affected apps',
    ...listed(
      apps.map((app) => appOf(app, view)),
      noneSeen(extents.apps)
    ),
    '### Affected users',
    ...listed(users.map(userOf), noneSeen(extents.users)),
    '### Logins in the window',
    ...loginsOf(view),
    '### Changes in Setup in the window',
    ...listed((valueOf(org.facts.setupTrail)?.changes ?? []).map(changeOf), noneSeen(extents.setupChanges)),
  ];
};

const unknownOf = ({ what, detail, grants }: Unknown): string =>
  `**${what}**: ${prose(detail)}${grants.length > 0 ? ` To see it: ${grants.map((grant) => prose(permissionLabel(grant))).join(', ')}.` : ''}`;

const kinds: Readonly<Record<AffectedApp['kind'], string>> = {
  'connected-app': 'Connected App',
  'external-client-app': 'External Client App',
  'not-installed': 'not installed',
  'unknown-kind': 'Connected App or External Client App',
  'not-seen': 'not seen in this org',
};

const appOf = (app: AffectedApp, view: OrgView): string => {
  const { name, kind, id, namespace, own, selfAuthorized, holders, logins } = app;
  const times = (key: 'newest' | 'lastUsed'): string | undefined =>
    holders
      .flatMap((holder) => holder[key] ?? [])
      .sort()
      .at(-1);
  const [authorized, used] = [times('newest'), times('lastUsed')];
  // A word that is not known, as in another language, may mean a success.
  const failed = logins.filter(({ status }) => loginSucceeded(status) === false);
  return [
    code(name),
    kinds[kind],
    ...(id === undefined ? [] : [code(id)]),
    ...(namespace === undefined ? [] : [`namespace ${code(namespace)}`]),
    ...(own === undefined ? [] : [own ? 'created in this org' : 'created elsewhere']),
    ...(selfAuthorized === true ? ['any user can authorize it'] : []),
    tokensText(app, view),
    ...(authorized === undefined ? [] : [`last authorized ${shortTime(authorized)}`]),
    ...(used === undefined ? [] : [`last used ${shortTime(used)}`]),
    ...(holders.length > 0 ? [`${counted(sum(holders.map(({ uses }) => uses)), 'use')} in all`] : []),
    `${amount(sum(logins.map(({ logins: number }) => number)), 'login', view.extents.logins)} in the window${failed.length > 0 ? `, ${sum(failed.map(({ logins: number }) => number))} of them failed` : ''}`,
  ].join('; ');
};

/** An internal user needs no word. */
const populationText: Readonly<Record<UserPopulation, readonly string[]>> = {
  internal: [],
  external: ['external user'],
  salesforce: ["a user of Salesforce's own"],
};

const userOf = ({ username, id, person, frozen, passwordLocked, powers, tokens, apps }: AffectedUser): string =>
  [
    code(username),
    ...(username === id ? [] : [code(id)]),
    ...(person === undefined
      ? ['profile and state not known']
      : [
          ...(person.profile === undefined ? [] : [`profile ${code(person.profile)}`]),
          ...populationText[person.population],
          person.active ? 'active' : 'not active',
          `last login ${person.lastLogin === undefined ? 'never' : shortTime(person.lastLogin)}`,
          ...(person.passwordChanged === undefined ? [] : [`password changed ${shortTime(person.passwordChanged)}`]),
        ]),
    frozen === undefined ? 'whether frozen not known' : frozen ? 'frozen' : 'not frozen',
    ...(passwordLocked === true ? ['password locked'] : []),
    powers === undefined ? 'permissions not known' : `far-reaching permissions: ${powers.join(', ') || 'none'}`,
    `${counted(tokens, 'live token')}: ${apps.map(code).join(', ')}`,
  ].join('; ');

const loginsOf = ({ org, apps, extents }: OrgView): string[] => {
  const groups = valueOf(org.facts?.logins)?.groups;
  if (!groups) return [noneSeen('none')];
  const affected = new Set(apps.flatMap(({ logins }) => [...logins]));
  const others = groups.filter((group) => !affected.has(group));
  const withoutToken = [...new Set(others.filter(({ flow }) => flow?.startsWith('Oauth')).map(({ app }) => app))].sort(
    compare
  );
  return [
    'Through the affected apps:',
    ...listed([...affected].sort(latest).map(loginOf), noneSeen(extents.logins)),
    'All others:',
    ...(withoutToken.length > 0
      ? [`Logins through an OAuth flow of other apps: ${withoutToken.map(code).join(', ')}.`]
      : []),
    ...listed([...others].sort(latest).map(loginOf), noneSeen(extents.logins)),
  ];
};

const latest = (one: IncidentLogins, other: IncidentLogins): number =>
  compare(other.last, one.last) || compare(JSON.stringify(one), JSON.stringify(other));

const loginOf = ({ user, app, type, flow, address, country, status, logins, first, last }: IncidentLogins): string =>
  [
    `${logins === 1 ? shortTime(last) : `${shortTime(first)} to ${shortTime(last)}, ${logins} times`}`,
    code(user.username),
    code(app),
    `${code(type)}${flow === undefined ? '' : ` (${code(flow)})`}`,
    `from ${code(address)}${country === undefined ? '' : ` (${code(country)})`}`,
    code(status),
  ].join('; ');

const changeOf = ({ time, by, delegate, action, section, display }: SetupChange): string =>
  [
    shortTime(time),
    `${by === undefined ? 'Salesforce' : code(by)}${delegate === undefined ? '' : `, acted for by ${code(delegate)}`}`,
    ...(section === undefined ? [] : [code(section)]),
    code(action),
    code(display.length > 300 ? `${display.slice(0, 299)}…` : display),
  ].join('; ');

const listed = (items: readonly string[], otherwise: string): string[] => {
  const more = items.length - shown;
  return items.length === 0
    ? [otherwise]
    : [
        ...listOf(items.slice(0, shown)),
        ...(more > 0 ? [`And ${more} more; \`timeline.csv\` and \`evidence.json\` contain all.`] : []),
      ];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
