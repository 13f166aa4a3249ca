import { code, listOf } from '../render/markdown.js';
import { capitalized } from '../render/reportText.js';
import { compare, groupsOf } from '../common/lists.js';
import { counted } from '../common/text.js';
import {
  revokeConnectedApp,
  revokeExternalClientApp,
  rotate,
  stopUser,
  type SetupStep,
} from '../salesforce/incident.js';
import { tokensOf, type AffectedApp } from '../org/incident/affected.js';
import { amount, noneSeen, shown } from './text.js';
import { tokenUsers, tokensText, type AffectedUser, type OrgView } from './view.js';

/** The steps to revoke, for each org and app, with the numbers to compare with. */
export const revokeTokens = (views: readonly OrgView[]): string =>
  `${[
    '# Revoke the tokens',
    'Steps for a person: this tool revokes nothing. Make sure that this folder is kept first; a revoked token is no longer listed.',
    ...views.flatMap(orgOf),
    '## Rotate the secrets',
    'Once every app is blocked and every token revoked, in the org that created the app:',
    numbered(rotate),
  ].join('\n\n')}\n`;

const orgOf = (view: OrgView): string[] => {
  const { org, apps, users, extents } = view;
  return [
    `## Org ${code(org.name)}${org.orgId === undefined ? '' : `, ${code(org.orgId)}`}`,
    ...(org.facts
      ? []
      : [
          '**It could not be opened, so its live tokens are not known.** Follow the steps for the suspected apps in Setup, by hand: the pages OAuth Usage list every app.',
          numbered(revokeConnectedApp({ name: 'each suspected app', installed: true })),
          numbered(revokeExternalClientApp({ name: 'each suspected app', installed: true })),
        ]),
    ...(org.facts && extents.tokens !== 'whole'
      ? [
          '**Not all of its live tokens could be read.** The pages OAuth Usage in Setup list every app: compare them with this page.',
        ]
      : []),
    ...(org.facts && apps.length === 0 ? [noneSeen(extents.tokens)] : []),
    ...apps.flatMap((app) => appOf(app, view)),
    ...(users.length > 0 ? usersOf(users) : []),
  ];
};

const appOf = (app: AffectedApp, view: OrgView): string[] => {
  const users = tokenUsers(app);
  const about = {
    'connected-app': 'Connected App.',
    'external-client-app': 'External Client App.',
    'not-installed': 'Not installed here: users authorized it themselves.',
    'unknown-kind': 'Whether it is a Connected App or an External Client App could not be read: look at both pages.',
    'not-seen': `${view.extents.apps === 'whole' ? 'No app and no live token of this org has the name' : 'No app and no live token that could be read has the name, and not all of them could'}${app.logins.length > 0 ? '; logins have it' : ''}. That is no proof that it was never used: some flows leave no token.`,
  }[app.kind];
  const name = code(app.name);
  const isCounted = view.extents.tokens !== 'none';
  const named = {
    name,
    ...(isCounted ? { users: amount(users, 'user', view.extents.tokens) } : {}),
    installed: app.kind !== 'not-installed',
  };
  const [connected, external] = [revokeConnectedApp(named), revokeExternalClientApp(named)];
  const steps =
    app.kind === 'external-client-app' ? [external] : app.kind === 'unknown-kind' ? [connected, external] : [connected];
  return [
    `### ${name}${app.id === undefined ? '' : `, ${code(app.id)}`}`,
    `${about} ${app.kind === 'not-seen' ? '' : `${capitalized(tokensText(app, view))}.`}`.trim(),
    ...(app.kind === 'not-seen' ? [] : steps.map(numbered)),
    ...(users > 0 ? ['Users with a live token:', ...capped(tokensByUser(app))] : []),
  ];
};

const tokensByUser = ({ holders }: AffectedApp): string[] =>
  groupsOf(holders, ({ user }) => user.username)
    .toSorted(([one], [other]) => compare(one.user.username, other.user.username))
    .map((own) => `${code(own[0].user.username)}: ${counted(tokensOf({ holders: own }), 'token')}`);

const usersOf = (users: readonly AffectedUser[]): string[] => [
  '### Stop the affected users',
  'For each user who may be compromised; it also stops their other work. Begin with far-reaching permissions.',
  numbered(stopUser),
  ...capped(
    [...users]
      .sort((one, other) => (other.powers?.length ?? 0) - (one.powers?.length ?? 0))
      .map(({ username, powers, frozen, person }) =>
        [
          code(username),
          ...(person === undefined ? [] : [person.active ? 'active' : 'not active']),
          frozen === undefined ? 'whether frozen is not known' : frozen ? 'frozen already' : 'not frozen',
          powers === undefined
            ? 'permissions not known'
            : powers.length === 0
              ? 'none of the far-reaching permissions'
              : powers.join(', '),
        ].join('; ')
      )
  ),
];

const numbered = (steps: readonly SetupStep[]): string =>
  steps
    .map(({ text, source }, index) => `${index + 1}. ${text}${source ? ` ([source](${source.link}))` : ''}`)
    .join('\n');

const capped = (items: readonly string[]): string[] => {
  const more = items.length - shown;
  return [...listOf(items.slice(0, shown)), ...(more > 0 ? [`And ${more} more; \`evidence.json\` contains all.`] : [])];
};
