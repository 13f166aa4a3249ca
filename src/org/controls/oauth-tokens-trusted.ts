import { decide, type Look } from '../../engine/control.js';
import type { Latent, Offence, Subject } from '../../engine/types.js';
import { orgControl, type OauthTokens } from '../facts.js';
import { counted, dayOf, isOrg, some, trustOf, untrusted } from '../trust.js';

type Uninstalled = OauthTokens['uninstalled'][number];

const usage = ({ tokens, users, uses, lastUsed }: Uninstalled): string =>
  `${counted(tokens, 'live token')} of ${counted(users.length, 'user')} (${some(users)}), used ${counted(uses, 'time')}, ${
    lastUsed === undefined ? 'the last time unknown' : `last on ${dayOf(lastUsed)}`
  }`;

export const oauthTokensTrusted = orgControl({
  id: 'org/oauth-tokens-trusted',
  title: 'No app that is not installed holds live tokens',
  severity: 'high',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  decision:
    'Looks at the live OAuth tokens that belong to no app of the app menu that is installed, by the name of their ' +
    'app; the tokens themselves are never read. Such a name is a violation unless `trust.tokens` lists it for this ' +
    'org, and `reviewBy` has not passed. A name that is listed is latent, because any app can take a name; so is a ' +
    'name that an installed app has.',
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
      if (installed.has(app.appName.toLowerCase())) {
        const message = `Has the name of an installed app, but its tokens do not belong to that app's menu entry: ${usage(app)}.`;
        return { kind: 'latent', subject, message } satisfies Latent;
      }
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
