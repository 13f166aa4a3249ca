import { decide, type Look } from '../../engine/control.js';
import type { Gap, Latent, Offence, Subject } from '../../engine/types.js';
import { orgControl, type OauthTokens } from '../facts.js';
import { dayOf } from '../../common/dates.js';
import { counted, some } from '../../common/text.js';
import { isOrg, trustOf, untrusted } from '../findings/trust.js';

type Uninstalled = OauthTokens['uninstalled'][number];

const usage = ({ tokens, users, uses, lastUsed }: Uninstalled): string =>
  `${counted(tokens, 'live token')} of ${counted(users.length, 'user')} (${some(users)}), used ${counted(uses, 'time')}, ${
    lastUsed === undefined ? 'the last time unknown' : `last on ${dayOf(lastUsed)}`
  }`;

/** Any app can take the name of an installed one, and only its menu entry tells them apart. */
const sameName = (app: Uninstalled, subject: Subject, why: string): Look => {
  const { tokens, ofAnotherApp } = app;
  const whose: Gap = {
    kind: 'unreadable',
    detail:
      `Has the name of an installed app, but ${counted(tokens - ofAnotherApp, 'live token')} without a menu entry that was ` +
      'shown: whether that app holds them could not be told. Revoke them, or list the name under trust.tokens.',
    subject,
  };
  const message =
    `${why} and has only the name of an installed app: the menu entry of ` +
    `${counted(ofAnotherApp, 'live token')} leads to another app. In all ${usage(app)}.`;
  return [
    ...(ofAnotherApp > 0 ? [{ kind: 'violation', subject, message } satisfies Offence] : []),
    ...(ofAnotherApp < tokens ? [whose] : []),
  ];
};

export const oauthTokensTrusted = orgControl({
  id: 'org/oauth-tokens-trusted',
  title: 'No app that is not installed holds live tokens',
  severity: 'high',
  topic: 'live tokens',
  problem: { one: 'app that is not installed has live tokens', many: 'apps that are not installed have live tokens' },
  area: 'Installed apps and packages',
  setup: '/lightning/setup/ConnectedAppsUsage/home',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  decision:
    'Looks at the live OAuth tokens that belong to no app of the app menu that is installed, by the name of their ' +
    'app; the tokens themselves are never read. Such a name is a violation unless `trust.tokens` lists it for this ' +
    'org, and `reviewBy` has not passed. A name that is listed is latent, because any app can take a name. Tokens ' +
    'under the name of an installed app are a violation where their menu entry leads to another app; where they ' +
    'have no entry, or one that was not shown, it is inconclusive whose they are.',
  rationale:
    'An app that a user once authorized keeps its refresh token although nobody installed it, and a use of that token ' +
    'leaves no row in the login history. Blocking uninstalled apps stops new users, not these tokens.',
  remediation:
    'Setup > Connected Apps OAuth Usage: revoke the tokens and block the app, or install it and have it approved. What ' +
    'has to stay is listed under trust.tokens in the policy.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005132365',
  ],
  attestable: false,
  needs: ['oauthTokens', 'connectedApps', 'externalClientApps', 'organization'],
  compares: ['orgs', 'trust.tokens'],
  judge: ({ oauthTokens, connectedApps, externalClientApps, organization }, { declared, asOf }) => {
    const installed = new Set([...connectedApps, ...externalClientApps].map(({ name }) => name.toLowerCase()));
    const look = (app: Uninstalled): Look => {
      const subject: Subject = { type: 'OauthToken', name: app.appName };
      const trust = trustOf(
        declared.trust.tokens.filter(
          ({ org, appName }) => appName === app.appName && isOrg(org, organization.id, declared)
        ),
        asOf
      );
      if (trust.trusted) {
        const message = `Is trusted by its name only, which any app can take: ${usage(app)}.`;
        return { kind: 'latent', subject, message } satisfies Latent;
      }
      if (installed.has(app.appName.toLowerCase())) return sameName(app, subject, untrusted(trust));
      return {
        kind: 'violation',
        subject,
        message: `${untrusted(trust)} and not installed: ${usage(app)}.`,
      } satisfies Offence;
    };
    const { uninstalled, population } = oauthTokens;
    const fine =
      uninstalled.length === 0
        ? 'belongs to an app that is installed'
        : 'belongs to an app that is installed or trusted';
    return decide(
      uninstalled.map(look),
      population === 0 ? 'No app holds a live token.' : `Each of the live tokens (${population}) ${fine}.`
    );
  },
});
