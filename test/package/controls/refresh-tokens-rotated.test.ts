import { expect } from 'chai';
import { refreshTokensRotated } from '../../../src/package/controls/refresh-tokens-rotated.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  found,
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  stub,
} from '../../support/packageFacts.js';

const refresh = ['Api', 'RefreshToken'];

testControl(refreshTokensRotated, {
  pass: [
    { name: 'rotated', facts: oneConnectedApp({ scopes: refresh, refreshTokenRotation: true }), latent: [] },
    {
      name: 'rotated in the global settings',
      facts: oneExternalClientApp({ local: { scopes: refresh }, global: { refreshTokenRotation: true } }),
    },
    {
      name: 'rotated, whatever the scopes are',
      facts: oneExternalClientApp({ global: { refreshTokenRotation: true } }),
    },
    {
      trap: true,
      name: 'a missing switch without a refresh scope is latent',
      facts: oneConnectedApp({ scopes: ['Api'] }),
      latent: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'a switch that is off without a refresh scope is latent',
      facts: oneConnectedApp({ scopes: ['Api'], refreshTokenRotation: false }),
      latent: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'Full alone gives no refresh token',
      facts: oneConnectedApp({ scopes: ['Full'], refreshTokenRotation: false }),
      latent: ['ConnectedApp:Acme'],
    },
    {
      name: 'a packaged External Client App without a refresh scope',
      facts: oneExternalClientApp({ local: { scopes: ['Api'] } }),
      latent: ['ExternalClientApp:Acme'],
    },
  ],
  fail: [
    {
      name: 'not rotated',
      facts: oneConnectedApp({ scopes: refresh, refreshTokenRotation: false }),
      names: ['ConnectedApp:Acme'],
      says: [/isRefreshTokenRotationEnabled of Acme is false, .* RefreshToken /],
    },
    {
      trap: true,
      name: 'OfflineAccess is the same scope, in any case',
      facts: oneConnectedApp({ scopes: ['offlineaccess'], refreshTokenRotation: false }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'not rotated in the global settings',
      facts: oneExternalClientApp({ local: { scopes: refresh }, global: { refreshTokenRotation: false } }),
      names: ['ExternalClientApp:Acme'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'an older API version does not name the switch', facts: oneConnectedApp({ scopes: refresh }) },
    {
      trap: true,
      name: 'a packaged External Client App does not show its switches',
      facts: oneExternalClientApp({ local: { scopes: refresh } }),
    },
    {
      trap: true,
      name: 'not rotated, but whether there is a refresh scope is not known',
      facts: oneExternalClientApp({ global: { refreshTokenRotation: false } }),
    },
    { name: 'neither scopes nor switches', facts: oneExternalClientApp({}) },
    {
      trap: true,
      name: 'a scope that is filled in later may ask for refresh tokens',
      facts: oneConnectedApp({ scopes: ['Api', '${SCOPE}'], refreshTokenRotation: false }),
    },
    { name: 'a reference to the app of a 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        connectedApps: [connectedApp({ scopes: refresh, refreshTokenRotation: true })],
        externalClientApps: [externalClientApp({ local: { scopes: refresh } })],
      }),
    },
  ],
  notApplicable: [{ name: 'no app', facts: packageFacts() }],
});

describe('package/refresh-tokens-rotated', () => {
  it('names the file where the switch stands', () => {
    const facts = oneExternalClientApp({ local: { scopes: refresh }, global: { refreshTokenRotation: false } });
    expect(found(refreshTokensRotated, facts)).to.deep.equal([
      'violation ExternalClientApp:Acme secret/Acme_glbloauth.ecaGlblOauth-meta.xml:7',
    ]);
  });
});
