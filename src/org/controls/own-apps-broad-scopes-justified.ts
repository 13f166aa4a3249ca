import { broadScope } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import { eachOwnOauthApp, toJustify, unseenScopes } from '../findings/ownApps.js';

export const ownAppsBroadScopesJustified = orgControl({
  id: 'org/own-apps-broad-scopes-justified',
  title: 'Every app of this org that requests the scope Full or Web has a justification',
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
  why: 'A token with the scope Full can do everything that its user can, and one with the scope Web opens a browser session. An attacker who steals the token acts as that user.',
  checks: [
    'Each app of this org that uses OAuth requests neither the scope Full nor the scope Web, or has a justification for it.',
  ],
  fails: ['An app requests the scope Full or Web and has no justification for it.'],
  inconclusive: ['Salesforce did not show the scopes of an app.'],
  notes: ['Other scopes, known or not, are not findings.'],
  fix: [
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: replace the scope with the narrow scopes that the integration uses, such as Api.',
    'If the scope is required, explain why under `justifications` in the policy, with the controls that supplement it.',
    'Tell subscribers that they may have to authorize the app again.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps'],
  // A scope that was read is requested, whatever else could not be read.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail' },
  judge: (facts) =>
    eachOwnOauthApp(
      facts,
      (app) => {
        if (!app.scopes) return unseenScopes(app);
        const broad = new Set(app.scopes.flatMap((scope) => broadScope(scope) ?? []));
        return [...broad].map((scope) => toJustify(app, `${app.subject.name} requests the scope ${scope}.`, scope));
      },
      'No app requests the scope Full or Web.'
    ),
});
