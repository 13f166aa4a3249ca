import { each, type SubjectOutcome } from '../../engine/control.js';
import { isRefreshScope, limitsIdleTokens, refreshTokenTtl } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import {
  noOwnOauthApp,
  ownOauthApps,
  unseenScopes,
  unseenSwitch,
  violation,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsLimitIdleTokens = orgControl({
  id: 'org/own-apps-limit-idle-tokens',
  title: 'Every app of this org ends refresh tokens that are idle for 30 days',
  severity: 'high',
  topic: 'idle limit',
  problem: {
    one: 'app keeps idle refresh tokens longer than 30 days',
    many: 'apps keep idle refresh tokens longer than 30 days',
  },
  area: "The org's apps",
  setup: '/lightning/setup/ConnectedApplication/home',
  requirement: 'Make sure to onboard your CA/ECA to the security controls: the 30-day limit for idle refresh tokens.',
  checks: [
    'Looks at every app of this org that uses OAuth.',
    'An app is fine if isEnforceRefreshTokenTTL is on, or if its refresh token policy is zero or an inactivity of at most 30 days.',
  ],
  fails: [
    'Otherwise the switch off beside a refresh scope is a violation, and an app without a refresh scope is latent.',
  ],
  inconclusive: [
    'It is inconclusive where the scopes, the switch or a known policy were not sent, and, unless `readGlobalOauthSettings` is on, for an External Client App with a refresh scope whose policy does not settle it.',
  ],
  why: 'A refresh token that nobody uses any more is missed by nobody when it is stolen.',
  fix: [
    'Setup > App Manager > the app > OAuth settings: turn on the 30-day limit for idle refresh tokens; or let the refresh token policy expire tokens that were not used for 30 days or less.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=xcloud.eca_limit_idle_refresh_token_ttl.htm&type=5',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false },
  // An app offends by a scope, a switch and a policy that were all seen.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail', ownGlobalOauthSettings: 'fail' },
  judge: (facts) =>
    each(ownOauthApps(facts), noOwnOauthApp(), evaluateApp, 'Every app ends refresh tokens that are idle for 30 days.'),
});

const evaluateApp = (app: OwnOauthApp): SubjectOutcome => {
  const { settings, refreshTokenPolicy: policy, scopes, subject } = app;
  const limited = settings?.refreshTokenTtl;
  const { element } = refreshTokenTtl;
  // The switch decides first: where it is on, Salesforce leaves a stale `infinite` in the policy.
  if (limited) return undefined;
  const byPolicy = policy === undefined ? undefined : limitsIdleTokens(policy);
  if (byPolicy) return undefined;
  if (!scopes) return unseenScopes(app);
  if (!scopes.some(isRefreshScope)) {
    return { kind: 'latent', subject, message: 'No idle limit was seen; no scope asks for refresh tokens.' };
  }
  if (limited === undefined) return unseenSwitch(app, refreshTokenTtl);
  if (byPolicy === undefined) {
    const detail = `${element} is false, and its refresh token policy is not known here: ${policy ?? 'none was sent'}.`;
    return { kind: 'not-supported', detail, subject };
  }
  return violation(app, `${element} is false, and the refresh token policy is ${policy ?? ''}.`);
};
