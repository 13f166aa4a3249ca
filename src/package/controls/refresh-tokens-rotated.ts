import { refreshTokenRotation } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import { eachOauthApp, packagedAppSettings, refreshScopeOf, subjectAt, unseenSwitch } from '../apps/oauthApps.js';

export const refreshTokensRotated = packageControl({
  id: 'package/refresh-tokens-rotated',
  title: 'Every app that gets refresh tokens rotates them',
  severity: 'high',
  topic: 'rotation',
  problem: { one: 'app does not rotate refresh tokens', many: 'apps do not rotate refresh tokens' },
  requirement: 'Apps are onboarded to the security controls: refresh token rotation',
  why: 'A copied refresh token that is never replaced works until it is revoked. With rotation the copy fails at its next use.',
  checks: ['isRefreshTokenRotationEnabled and the scopes of every app of the package that uses OAuth.'],
  fails: ['isRefreshTokenRotationEnabled is off, and the app has the scope RefreshToken or OfflineAccess.'],
  inconclusive: [
    'The source does not show the scopes.',
    'The app has a refresh scope, and the source does not show the switch: pass --owner-org, --owner-evidence or --eca-global-oauth for a packaged External Client App, or attest the app.',
  ],
  notes: [
    'Full alone is not a refresh scope.',
    'Without a refresh scope, a switch that is off or not in the source is reported as information.',
  ],
  fix: [
    'Change the client so that it stores the new refresh token of every response.',
    'Then turn on Enable Refresh Token Rotation in the OAuth settings of the app: isRefreshTokenRotationEnabled in the file of a Connected App, API version 60 or later. It cannot be turned off again.',
    'If the client needs no refresh token, remove the refresh scope.',
  ],
  examples: {
    bad: '<isRefreshTokenRotationEnabled>false</isRefreshTokenRotationEnabled>\n<scopes>RefreshToken</scopes>',
    good: '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>\n<scopes>RefreshToken</scopes>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // A finding needs a scope and a switch that were both read.
  ...packagedAppSettings,
  judge: (facts) =>
    eachOauthApp(
      facts,
      (app) => {
        const rotation = app.settings?.refreshTokenRotation;
        const { element } = refreshTokenRotation;
        if (rotation?.value) return undefined;
        const refresh = refreshScopeOf(app);
        // Without its scopes it is not known whether the app gets refresh tokens.
        if (!app.scopes && !rotation) return unseenSwitch(app, refreshTokenRotation);
        if (refresh === 'none') {
          // Salesforce writes "all" apps, but an app without refresh tokens has none to rotate.
          const message = `${element} of ${app.subject.name} is ${rotation ? 'false' : 'not in the source'}, and no scope requests refresh tokens.`;
          return { kind: 'latent', subject: rotation ? subjectAt(app, rotation) : app.subject, message };
        }
        if ('detail' in refresh) return refresh;
        if (!rotation) return unseenSwitch(app, refreshTokenRotation);
        const message = `${element} of ${app.subject.name} is false, and the scope ${refresh.value} gives the app refresh tokens.`;
        return { kind: 'violation', subject: subjectAt(app, rotation), message };
      },
      'Every app that gets refresh tokens rotates them.'
    ),
});
