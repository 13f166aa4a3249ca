import { each } from '../../engine/control.js';
import { broadScope } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import { noOwnOauthApp, ownOauthApps, unseenScopes } from '../findings/ownApps.js';

export const ownAppsBroadScopesJustified = orgControl({
  id: 'org/own-apps-broad-scopes-justified',
  title: 'Every app of this org that asks for the scope Full or Web has a justification',
  severity: 'high',
  topic: 'broad scope',
  problem: {
    one: 'app has a broad scope without justification',
    many: 'apps have a broad scope without justification',
  },
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  requirement:
    'CAs/ECAs should apply the principle of least privilege in using scopes; if the app requires web or full scopes, ' +
    'a comprehensive justification must be submitted.',
  checks: ['Looks at the scopes of every app of this org that uses OAuth.'],
  fails: ['Full and Web each need a justification; any other scope, known or not, is nothing.'],
  inconclusive: ['An app whose scopes Salesforce did not show makes it inconclusive.'],
  why:
    'A token with the scope Full can do everything that its user can, and one with the scope Web opens a browser ' +
    'session; whoever steals it is that user.',
  fix: [
    'Setup > App Manager > the app > OAuth settings: replace the scope by the narrow ones that the integration uses, such as Api.',
    'Where it is required, say under `justifications` in the policy why, and what supplements it.',
    'Subscribers may have to authorize the app anew.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps'],
  // A scope that was seen is asked for, whatever else could not be read.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail' },
  judge: (facts) =>
    each(
      ownOauthApps(facts),
      noOwnOauthApp(),
      (app) => {
        if (!app.scopes) return unseenScopes(app);
        const broad = new Set(app.scopes.flatMap((scope) => broadScope(scope) ?? []));
        return [...broad].map((scope) => ({
          kind: 'justification',
          subject: app.subject,
          message: `The app asks for the scope ${scope}.`,
          at: scope,
        }));
      },
      'No app asks for the scope Full or Web.'
    ),
});
