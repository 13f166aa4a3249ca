import { each, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared } from '../../engine/types.js';
import { classifyCallback, isServerOrApp } from '../../salesforce/callbacks.js';
import { pkceRequired } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import {
  integrationsOf,
  noOwnOauthApp,
  ownOauthApps,
  unseenSwitch,
  violation,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsRequirePkce = orgControl({
  id: 'org/own-apps-require-pkce',
  title: 'Every app of this org that uses the authorization code flow requires PKCE',
  severity: 'high',
  topic: 'PKCE',
  problem: { one: 'app does not require PKCE', many: 'apps do not require PKCE' },
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  requirement: 'Make sure to onboard your CA/ECA to the security controls: Proof Key for Code Exchange (PKCE).',
  checks: [
    'Looks at every app of this org that uses OAuth; left out is one whose integrations in the policy all use JWT bearer or client credentials, if its settings have these on. isPkceRequired off is a violation.',
  ],
  fails: [
    'Looks at every app of this org that uses OAuth; left out is one whose integrations in the policy all use JWT bearer or client credentials, if its settings have these on. isPkceRequired off is a violation.',
  ],
  inconclusive: [
    'It is inconclusive instead where the settings have one of the two flows on and no callback leads to a server or an own scheme, until the policy names the flow.',
    'So it is where the switch was not sent, and, unless `readGlobalOauthSettings` is on, for every External Client App that is not left out.',
  ],
  why:
    'Without PKCE an authorization code that was intercepted is as good as a token, for public and confidential ' +
    'clients alike.',
  fix: [
    'Setup > App Manager > the app > OAuth settings: turn on Require Proof Key for Code Exchange (PKCE), after every client sends a code challenge: it cannot be turned off again.',
    'For an app that uses only JWT bearer or client credentials, name its flow under `integrations` in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false },
  compares: ['integrations'],
  // Everything that exempts an app comes together with its switch, or stands in the policy.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail', ownGlobalOauthSettings: 'fail' },
  judge: (facts, { declared }) => {
    const apps = ownOauthApps(facts);
    return each(
      apps.filter((app) => !usesNoCode(app, declared)),
      apps.length > 0
        ? notApplicable('Every app uses only JWT bearer or client credentials: the policy says so, its settings agree.')
        : noOwnOauthApp(),
      evaluateApp,
      'Every app that uses the authorization code flow requires PKCE.'
    );
  },
});

const evaluateApp = (app: OwnOauthApp): SubjectOutcome => {
  const required = app.settings?.pkceRequired;
  if (required === undefined) return unseenSwitch(app, pkceRequired);
  if (required) return undefined;
  // A certificate does not prove that nobody uses the authorization code flow too; with nothing but a dummy callback, the
  // switch is no offence yet either.
  if (serverFlows(app).length > 0 && !hasClientCallback(app)) {
    const detail =
      `${pkceRequired.element} is false, and no setting says whether it uses only JWT bearer or client credentials; ` +
      'name its flow under `integrations` in the policy.';
    return { kind: 'not-given', detail, subject: app.subject };
  }
  return violation(app, `PKCE is not required: ${pkceRequired.element} is false.`);
};

/** The flows between servers that the app's settings have on. */
const serverFlows = ({ settings }: OwnOauthApp): string[] => [
  ...(settings?.certificate ? ['jwt-bearer'] : []),
  ...(settings?.clientCredentials ? ['client-credentials'] : []),
];

const hasClientCallback = ({ settings }: OwnOauthApp): boolean =>
  (settings?.callbacks ?? []).some((callback) => isServerOrApp(classifyCallback(callback)));

/** The policy says so for every integration of the app, and its settings agree. */
const usesNoCode = (app: OwnOauthApp, { integrations }: Declared): boolean => {
  const flows = integrationsOf(app, integrations).map(({ flow }) => flow);
  const seen = serverFlows(app);
  return flows.length > 0 && flows.every((flow) => flow !== undefined && seen.includes(flow));
};
