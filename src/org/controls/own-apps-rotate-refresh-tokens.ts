import { each, type SubjectOutcome } from '../../engine/control.js';
import { isRefreshScope, refreshTokenRotation } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import {
  noOwnOauthApp,
  ownOauthApps,
  unseenScopes,
  unseenSwitch,
  violation,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsRotateRefreshTokens = orgControl({
  id: 'org/own-apps-rotate-refresh-tokens',
  title: 'Every app of this org that gets refresh tokens rotates them',
  severity: 'high',
  topic: 'rotation',
  problem: { one: 'app does not rotate refresh tokens', many: 'apps do not rotate refresh tokens' },
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  requirement: 'Make sure to onboard your CA/ECA to the security controls: refresh token rotation.',
  checks: [
    'Looks at every app of this org that uses OAuth. isRefreshTokenRotationEnabled off beside a refresh scope (RefreshToken or OfflineAccess; Full alone is none) is a violation.',
  ],
  fails: [
    'Looks at every app of this org that uses OAuth. isRefreshTokenRotationEnabled off beside a refresh scope (RefreshToken or OfflineAccess; Full alone is none) is a violation.',
  ],
  inconclusive: [
    'It is inconclusive where the scopes or the switch were not sent, and, unless `readGlobalOauthSettings` is on, for every External Client App with a refresh scope.',
  ],
  notes: ['Without a refresh scope a switch that is off, or was not seen, is latent.'],
  why: 'A refresh token that is never replaced works for whoever copied it; with rotation the copy dies at its next use.',
  fix: [
    'Setup > App Manager > the app > OAuth settings: turn on Enable Refresh Token Rotation, after the client stores the new refresh token of every answer: it cannot be turned off again.',
    'Where the client needs none, drop the refresh scope.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false },
  // An app offends by a scope and a switch that were both seen.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail', ownGlobalOauthSettings: 'fail' },
  judge: (facts) =>
    each(ownOauthApps(facts), noOwnOauthApp(), evaluateApp, 'Every app that gets refresh tokens rotates them.'),
});

const evaluateApp = (app: OwnOauthApp): SubjectOutcome => {
  const rotation = app.settings?.refreshTokenRotation;
  const { element } = refreshTokenRotation;
  if (rotation) return undefined;
  if (!app.scopes) return unseenScopes(app);
  const refresh = app.scopes.find(isRefreshScope);
  if (refresh === undefined) {
    // Salesforce writes "all" apps; one that gets no refresh token has none to rotate.
    const message = `${element} is ${rotation === false ? 'false' : 'not to be seen'}; no scope asks for refresh tokens.`;
    return { kind: 'latent', subject: app.subject, message };
  }
  if (rotation === undefined) return unseenSwitch(app, refreshTokenRotation);
  return violation(app, `${element} is false, and the scope ${refresh} gives the app refresh tokens.`);
};
