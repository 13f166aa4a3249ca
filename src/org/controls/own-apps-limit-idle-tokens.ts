import { note, type SubjectOutcome } from '../../engine/control.js';
import type { Declared } from '../../engine/types.js';
import { isRefreshScope, limitsIdleTokens, refreshTokenTtl } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import {
  eachOwnOauthApp,
  orPackageCheck,
  ownAppSettings,
  unseenScopes,
  switchGap,
  violation,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsLimitIdleTokens = orgControl({
  id: 'org/own-apps-limit-idle-tokens',
  title: 'Every app of this org expires refresh tokens that are idle for 30 days',
  severity: 'high',
  topic: 'idle limit',
  problem: {
    one: 'app keeps idle refresh tokens longer than 30 days',
    many: 'apps keep idle refresh tokens longer than 30 days',
  },
  requirement: 'Make sure to onboard your CA/ECA to the security controls: the 30-day limit for idle refresh tokens.',
  why: 'The owner of an unused refresh token does not notice when it is stolen.',
  checks: [
    'Each app of this org that uses OAuth has isEnforceRefreshTokenTTL on, or a refresh token policy of zero or of at most 30 days of inactivity.',
  ],
  fails: [
    'An app with a refresh scope has the switch off, and its refresh token policy allows more than 30 days of inactivity.',
  ],
  inconclusive: [
    'Salesforce did not send the scopes, the switch or a known policy of an app.',
    '`readGlobalOauthSettings` is off, and the policy of an External Client App with a refresh scope does not limit idle tokens.',
    'The org hides consumer secrets from the Metadata API, as Salesforce recommends: attest the External Client App.',
  ],
  notes: ['An app without a refresh scope and without a limit is informational.'],
  fix: [
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: turn on the 30-day limit for idle refresh tokens, or set the refresh token policy to expire tokens that are not used for 30 days or less.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=xcloud.eca_limit_idle_refresh_token_ttl.htm&type=5',
  ],
  // A violation needs a scope, a switch and a policy that were all read.
  ...ownAppSettings,
  judge: (facts, { declared }) =>
    eachOwnOauthApp(
      facts,
      (app) => evaluateApp(app, declared),
      'Every app expires refresh tokens that are idle for 30 days.'
    ),
});

const evaluateApp = (app: OwnOauthApp, declared: Declared): SubjectOutcome => {
  const { settings, refreshTokenPolicy: policy, scopes, subject } = app;
  const limited = settings?.refreshTokenTtl;
  const { element } = refreshTokenTtl;
  // The switch decides first: where it is on, Salesforce leaves a stale `infinite` in the policy.
  if (limited) return undefined;
  const byPolicy = policy === undefined ? undefined : limitsIdleTokens(policy);
  if (byPolicy) return undefined;
  if (!scopes) return unseenScopes(app);
  if (!scopes.some(isRefreshScope)) {
    return note(subject, `${subject.name} shows no idle limit, but no scope requests refresh tokens.`);
  }
  if (limited === undefined) return orPackageCheck(app, 'idle-limit', switchGap(app, refreshTokenTtl), declared);
  if (byPolicy === undefined) {
    const detail = `${element} of this app is false, and its refresh token policy is not a known value: ${policy ?? 'none was sent'}.`;
    return { kind: 'not-supported', detail, subject };
  }
  return violation(
    app,
    `${subject.name} does not limit idle refresh tokens: ${element} is false, and the refresh token policy is ${policy ?? ''}.`
  );
};
