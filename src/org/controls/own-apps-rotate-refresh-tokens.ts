import { note, type SubjectOutcome } from '../../engine/control.js';
import type { Declared } from '../../engine/types.js';
import { isRefreshScope, refreshTokenRotation } from '../../salesforce/oauth.js';
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

export const ownAppsRotateRefreshTokens = orgControl({
  id: 'org/own-apps-rotate-refresh-tokens',
  title: 'Every app of this org that gets refresh tokens rotates them',
  severity: 'high',
  topic: 'rotation',
  problem: { one: 'app does not rotate refresh tokens', many: 'apps do not rotate refresh tokens' },
  requirement: 'Make sure to onboard your CA/ECA to the security controls: refresh token rotation.',
  why: 'A refresh token that never changes works for every attacker who copied it. With rotation the copy stops working at its next use.',
  checks: [
    'Each app of this org with a refresh scope (RefreshToken or OfflineAccess; Full alone does not count) has isRefreshTokenRotationEnabled on.',
  ],
  fails: ['An app with a refresh scope has isRefreshTokenRotationEnabled off.'],
  inconclusive: [
    'Salesforce did not send the scopes or the switch of an app.',
    '`readGlobalOauthSettings` is off, and an External Client App has a refresh scope.',
    'The org hides consumer secrets from the Metadata API, as Salesforce recommends: attest the External Client App.',
  ],
  notes: ['A switch that is off or could not be read is informational if the app has no refresh scope.'],
  fix: [
    'Make sure that the client stores the new refresh token of every response: the switch cannot be turned off again.',
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: turn on Enable Refresh Token Rotation.',
    'If the client needs no refresh tokens, remove the refresh scope instead.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // A violation needs a scope and a switch that were both read.
  ...ownAppSettings,
  judge: (facts, { declared }) =>
    eachOwnOauthApp(facts, (app) => evaluateApp(app, declared), 'Every app that gets refresh tokens rotates them.'),
});

const evaluateApp = (app: OwnOauthApp, declared: Declared): SubjectOutcome => {
  const rotation = app.settings?.refreshTokenRotation;
  const { element } = refreshTokenRotation;
  if (rotation) return undefined;
  if (!app.scopes) return unseenScopes(app);
  const refresh = app.scopes.find(isRefreshScope);
  if (refresh === undefined) {
    // Salesforce writes "all" apps; one that gets no refresh token has none to rotate.
    const message = `${element} of ${app.subject.name} ${rotation === false ? 'is false' : 'could not be read'}, but no scope requests refresh tokens.`;
    return note(app.subject, message);
  }
  if (rotation === undefined) {
    return orPackageCheck(app, 'rotation', switchGap(app, refreshTokenRotation), declared);
  }
  return violation(
    app,
    `${app.subject.name} does not rotate refresh tokens: ${element} is false, and the scope ${refresh} gives it refresh tokens.`
  );
};
