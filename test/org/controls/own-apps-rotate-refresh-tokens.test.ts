import { ownAppsRotateRefreshTokens } from '../../../src/org/controls/own-apps-rotate-refresh-tokens.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, global, none, saml } from '../ownAppsSamples.js';

testControl(ownAppsRotateRefreshTokens, {
  pass: [
    { name: 'both kinds of app rotate', facts: facts([connected(), external(), saml], [global()]), latent: [] },
    {
      trap: true,
      name: 'a missing rotation switch without a refresh scope is worth knowing, no more',
      facts: facts([connected({ scopes: ['Api'], refreshTokenRotation: undefined }), external({ scopes: ['API'] })]),
      latent: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
    },
    {
      trap: true,
      name: 'Full alone gives no refresh token',
      facts: facts([connected({ scopes: ['Full'], refreshTokenRotation: false })]),
      latent: ['ConnectedApp:Acme Sync'],
    },
  ],
  fail: [
    {
      name: 'the switch is off',
      facts: facts([connected({ refreshTokenRotation: false }), external()], [global({ refreshTokenRotation: false })]),
      names: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
      says: [/RefreshToken/, /REFRESH_TOKEN/],
    },
    {
      trap: true,
      name: 'OfflineAccess is the same scope',
      facts: facts([connected({ scopes: ['Api', 'OfflineAccess'], refreshTokenRotation: false })]),
      names: ['ConnectedApp:Acme Sync'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'an absent switch is not false',
      facts: facts([connected({ refreshTokenRotation: undefined })]),
    },
    { name: 'the global OAuth settings were not requested', facts: facts([external()]) },
    {
      name: 'the scopes are not known',
      facts: facts([external({ scopes: undefined })], [global({ refreshTokenRotation: false })]),
    },
  ],
  notApplicable: [{ name: 'the org owns no app', facts: none }],
});
