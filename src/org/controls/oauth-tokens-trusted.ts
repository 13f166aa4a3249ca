import { decide, note, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap, Violation, Subject } from '../../engine/types.js';
import { orgControl, type OauthTokens } from '../facts.js';
import { shortDay } from '../../common/dates.js';
import { counted, some } from '../../common/text.js';
import { isOrg } from '../../engine/applyPolicy.js';
import { trustOf, untrusted } from '../findings/trust.js';

type Uninstalled = OauthTokens['uninstalled'][number];

const usage = ({ tokens, users, uses, lastUsed }: Uninstalled): string =>
  `${counted(tokens, 'live token')} of ${counted(users.length, 'user')} (${some(users)}), used ${counted(uses, 'time')}, ${
    lastUsed === undefined ? 'the last time unknown' : `last on ${shortDay(lastUsed)}`
  }`;

/** Names under which tokens of the installed apps appear, in lower case. */
type Installed = { connected: ReadonlySet<string>; external: ReadonlySet<string> };

/** Any app can take the name of an installed one, and only its menu entry tells them apart. */
const evaluateNamesake = (app: Uninstalled, subject: Subject, installed: Installed, why: string): SubjectOutcome => {
  const { tokens, ofAnotherApp } = app;
  const without = counted(tokens - ofAnotherApp, 'live token');
  const message =
    `${app.appName} ${why} and has only the name of an installed app: the menu entry of ` +
    `${counted(ofAnotherApp, 'live token')} leads to another app. In total ${usage(app)}.`;
  // Tokens of External Client Apps often have no menu entry, and show the label or the name of the app.
  const byNameOnly = note(
    subject,
    `${app.appName} matches an installed External Client App by name only: ${without} without a menu entry. In total ${usage(app)}.`,
    'by name only'
  );
  const whose: Gap = {
    kind: 'unreadable',
    detail:
      `${app.appName} has the name of an installed app and ${without} without a menu entry, so they may belong to ` +
      'another app. Revoke them, or list the name under trust.tokens.',
    subject,
  };
  return [
    ...(ofAnotherApp > 0 ? [{ kind: 'violation', subject, message, count: ofAnotherApp } satisfies Violation] : []),
    ...(ofAnotherApp < tokens ? [installed.external.has(app.appName.toLowerCase()) ? byNameOnly : whose] : []),
  ];
};

const evaluateTokens = (app: Uninstalled, installed: Installed, trust: ReturnType<typeof trustOf>): SubjectOutcome => {
  const subject: Subject = { type: 'OauthToken', name: app.appName };
  if (app.salesforceUsers) {
    const message = `${app.appName} has tokens of Salesforce's own users only: ${usage(app)}.`;
    return note(subject, message, 'Salesforce users');
  }
  if (trust.trusted) {
    return note(subject, `${app.appName} is trusted by its name only, which any app can use: ${usage(app)}.`);
  }
  const name = app.appName.toLowerCase();
  if (installed.connected.has(name) || installed.external.has(name)) {
    return evaluateNamesake(app, subject, installed, untrusted(trust));
  }
  return {
    kind: 'violation',
    subject,
    message: `${app.appName} is not installed and ${untrusted(trust)}: ${usage(app)}.`,
    count: Math.max(1, app.users.length),
  };
};

export const oauthTokensTrusted = orgControl({
  id: 'org/oauth-tokens-trusted',
  title: 'No app that is not installed has live tokens',
  severity: 'high',
  topic: 'live tokens',
  problem: { one: 'app that is not installed has live tokens', many: 'apps that are not installed have live tokens' },
  area: 'Installed apps and packages',
  setup: '/lightning/setup/ConnectedAppsUsage/home',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  why: 'An app that a user once authorized keeps its refresh token although no administrator installed it, and using that token leaves no row in the login history. Blocking uninstalled apps stops new users, not existing tokens.',
  checks: [
    'Every live OAuth token belongs to an installed app, by the app menu entry of the token.',
    'Other tokens are matched by the name of their app. The tokens themselves are never read.',
    '`trust.tokens` in the policy can list a name for this org; its `reviewBy` date must not have passed.',
  ],
  fails: [
    'An app that is not installed and not listed in `trust.tokens` has live tokens.',
    'Tokens have the name of an installed app, but their menu entry leads to another app.',
  ],
  inconclusive: [
    'Tokens have the name of an installed Connected App and no menu entry.',
    'Salesforce counted fewer tokens than it listed.',
  ],
  notes: [
    'Names in `trust.tokens`, and tokens of users that Salesforce created, are informational.',
    'Tokens that match an installed External Client App by name or label only are informational.',
  ],
  fix: [
    'Setup > Connected Apps OAuth Usage: revoke the tokens and block the app.',
    'If the app is needed, install it and list it under `trust.apps` in the policy, or list its name under `trust.tokens`.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005132365',
  ],
  attestable: false,
  needs: ['oauthTokens', 'connectedApps', 'externalClientApps', 'organization'],
  compares: ['orgs', 'trust.tokens'],
  judge: ({ oauthTokens, connectedApps, externalClientApps, organization }, { declared, asOf }) => {
    const installed: Installed = {
      connected: new Set(connectedApps.map(({ name }) => name.toLowerCase())),
      external: new Set(
        externalClientApps.flatMap(({ name, label }) => [name, ...(label === undefined ? [] : [label])].map(lower))
      ),
    };
    const { uninstalled, population } = oauthTokens;
    const listed = uninstalled.reduce((sum, { tokens }) => sum + tokens, 0);
    const fine =
      uninstalled.length === 0
        ? 'belongs to an app that is installed'
        : 'belongs to an app that is installed or trusted';
    return decide(
      [
        ...uninstalled.map((app) => evaluateTokens(app, installed, trustIn(app, declared, organization.id, asOf))),
        ...(listed > population ? [contradiction(population, listed)] : []),
      ],
      population === 0 ? 'No app has a live token.' : `Each of the live tokens (${population}) ${fine}.`
    );
  },
});

const lower = (name: string): string => name.toLowerCase();

const trustIn = (app: Uninstalled, declared: Declared, orgId: string, asOf: Date): ReturnType<typeof trustOf> =>
  trustOf(
    declared.trust.tokens.filter(({ org, appName }) => appName === app.appName && isOrg(org, orgId, declared)),
    asOf
  );

const contradiction = (population: number, listed: number): Gap => ({
  kind: 'unreadable',
  detail: `Salesforce counted ${population} live tokens and listed ${listed}: the answers contradict each other.`,
});
