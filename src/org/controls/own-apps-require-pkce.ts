import { each, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared } from '../../engine/types.js';
import { classifyCallback, isServerOrApp } from '../../salesforce/callbacks.js';
import { pkceSwitch } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import {
  declaredIntegrations,
  noOwnOauthApp,
  orPackageCheck,
  ownAppSettings,
  ownOauthApps,
  switchGap,
  violation,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsRequirePkce = orgControl({
  id: 'org/own-apps-require-pkce',
  title: 'Every app of this org that uses the authorization code flow requires PKCE',
  severity: 'high',
  topic: 'PKCE',
  problem: { one: 'app does not require PKCE', many: 'apps do not require PKCE' },
  requirement: 'Make sure to onboard your CA/ECA to the security controls: Proof Key for Code Exchange (PKCE).',
  why: 'Without PKCE an intercepted authorization code is as good as a token, for public and confidential clients.',
  checks: [
    'Each app of this org that uses the authorization code flow has isPkceRequired on.',
    'An app is exempt if all its integrations in the policy use JWT bearer or client credentials, and its settings have these flows on.',
  ],
  fails: ['An app that is not exempt has isPkceRequired off.'],
  inconclusive: [
    'An app has isPkceRequired off and JWT bearer or client credentials on, no callback leads to a server or a custom URL scheme, and the policy does not name its flow.',
    'Salesforce did not send the switch of an app.',
    '`readGlobalOauthSettings` is off, and an External Client App is not exempt.',
    'The org hides consumer secrets from the Metadata API, as Salesforce recommends: attest the External Client App.',
  ],
  fix: [
    'Make sure that every client sends a code challenge: the switch cannot be turned off again.',
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: turn on Require Proof Key for Code Exchange (PKCE).',
    'For an app that uses only JWT bearer or client credentials, name its flow under `integrations` in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  compares: ['integrations'],
  // Everything that exempts an app comes together with its switch, or is in the policy.
  ...ownAppSettings,
  judge: (facts, { declared }) => {
    const apps = ownOauthApps(facts);
    return each(
      apps.filter((app) => !usesNoCode(app, declared)),
      apps.length > 0
        ? notApplicable('Every app uses only JWT bearer or client credentials, by the policy and its settings.')
        : noOwnOauthApp(),
      (app) => evaluateApp(app, declared),
      'Every app that uses the authorization code flow requires PKCE.'
    );
  },
});

const evaluateApp = (app: OwnOauthApp, declared: Declared): SubjectOutcome => {
  const required = app.settings?.pkceRequired;
  if (required === undefined) return orPackageCheck(app, 'pkce', switchGap(app, pkceSwitch), declared);
  if (required) return undefined;
  // A certificate does not prove that no client uses the authorization code flow; with only a placeholder callback, the
  // switch is not yet a violation.
  if (serverFlows(app).length > 0 && !hasClientCallback(app)) {
    const detail =
      `${pkceSwitch.element} of this app is false, and no setting shows whether it uses only JWT bearer or client credentials. ` +
      'Name its flow under `integrations` in the policy.';
    return { kind: 'not-given', detail, subject: app.subject };
  }
  return violation(app, `${app.subject.name} does not require PKCE: ${pkceSwitch.element} is false.`);
};

/** The flows between servers that the app's settings have on. */
const serverFlows = ({ settings }: OwnOauthApp): string[] => [
  ...(settings?.certificate ? ['jwt-bearer'] : []),
  ...(settings?.clientCredentials ? ['client-credentials'] : []),
];

const hasClientCallback = ({ settings }: OwnOauthApp): boolean =>
  (settings?.callbacks ?? []).some((callback) => isServerOrApp(classifyCallback(callback)));

/** The policy lists another flow for every integration of the app, and its settings agree. */
const usesNoCode = (app: OwnOauthApp, { integrations }: Declared): boolean => {
  const flows = declaredIntegrations(app, integrations).map(({ flow }) => flow);
  const seen = serverFlows(app);
  return flows.length > 0 && flows.every((flow) => flow !== undefined && seen.includes(flow));
};
