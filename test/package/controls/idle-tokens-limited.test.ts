import { idleTokensLimited } from '../../../src/package/controls/idle-tokens-limited.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  stub,
} from '../../support/packageFacts.js';

const scopes = ['Api', 'RefreshToken'];
const policy = (value: string): { refreshTokenPolicy: { value: string; file: string } } => ({
  refreshTokenPolicy: { value, file: 'policies/Acme.ecaOauthPlcy-meta.xml' },
});

testControl(idleTokensLimited, {
  pass: [
    {
      trap: true,
      name: 'with the limit on, the old policy infinite stays in the metadata',
      facts: oneConnectedApp({ scopes, idleTokensLimited: true, refreshTokenPolicy: 'infinite' }),
      latent: [],
    },
    { name: 'on in the global settings', facts: oneExternalClientApp({ global: { idleTokensLimited: true } }) },
    {
      name: 'no switch, and the policy zero',
      facts: oneConnectedApp({ scopes, refreshTokenPolicy: 'zero' }),
    },
    {
      name: 'the switch is off, and an inactivity of 30 days ends tokens',
      facts: oneConnectedApp({ scopes, idleTokensLimited: false, refreshTokenPolicy: 'specific_inactivity:30:DAYS' }),
    },
    {
      name: 'an inactivity of 720 hours',
      facts: oneConnectedApp({ scopes, refreshTokenPolicy: 'specific_inactivity:720:HOURS' }),
    },
    {
      name: 'the policy of an External Client App, in its own words',
      facts: oneExternalClientApp({ local: { scopes }, ...policy('SpecificInactivity:14:Days') }),
    },
    {
      trap: true,
      name: 'an app without a refresh scope is latent',
      facts: oneConnectedApp({ scopes: ['Api'], idleTokensLimited: false }),
      latent: ['ConnectedApp:Acme'],
    },
  ],
  fail: [
    {
      name: 'off, with the policy infinite',
      facts: oneConnectedApp({ scopes, idleTokensLimited: false, refreshTokenPolicy: 'infinite' }),
      names: ['ConnectedApp:Acme'],
      says: [/isEnforceRefreshTokenTTL of Acme is false, .* RefreshToken /],
    },
    {
      name: 'off in the global settings, with the policy infinite',
      facts: oneExternalClientApp({
        local: { scopes },
        global: { idleTokensLimited: false },
        ...policy('Infinite'),
      }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      trap: true,
      name: 'off in a Connected App, whose one file names no policy, which then is infinite',
      facts: oneConnectedApp({ scopes, idleTokensLimited: false }),
      names: ['ConnectedApp:Acme'],
    },
    ...['specific_inactivity:31:DAYS', 'specific_inactivity:1:MONTHS', 'specific_lifetime:10:DAYS'].map((value) => ({
      name: `off, and trap: ${value} does not end idle tokens after 30 days`,
      facts: oneConnectedApp({ scopes, idleTokensLimited: false, refreshTokenPolicy: value }),
      names: ['ConnectedApp:Acme'],
    })),
  ],
  inconclusive: [
    {
      trap: true,
      name: 'off in the global settings, and the policy of an External Client App is never packaged',
      facts: oneExternalClientApp({ local: { scopes }, global: { idleTokensLimited: false } }),
      reason:
        /^isEnforceRefreshTokenTTL of Acme is false, and its refresh token policy, which can also limit idle tokens/,
    },
    {
      trap: true,
      name: 'infinite alone proves nothing where an older API version does not name the switch',
      facts: oneConnectedApp({ scopes, refreshTokenPolicy: 'infinite' }),
    },
    {
      trap: true,
      name: 'a lifetime says nothing about idle tokens',
      facts: oneConnectedApp({ scopes, refreshTokenPolicy: 'specific_lifetime:90:DAYS' }),
    },
    {
      trap: true,
      name: 'a packaged External Client App does not show its switches',
      facts: oneExternalClientApp({ local: { scopes } }),
    },
    {
      name: 'off, and whether there is a refresh scope is not known',
      facts: oneExternalClientApp({ global: { idleTokensLimited: false } }),
    },
    {
      name: 'off, and the policy is filled in later',
      facts: oneConnectedApp({ scopes, idleTokensLimited: false, refreshTokenPolicy: '{{POLICY}}' }),
    },
    { name: 'a reference to the app of a 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        connectedApps: [connectedApp({ scopes, idleTokensLimited: true })],
        externalClientApps: [externalClientApp({ local: { scopes } })],
      }),
    },
  ],
  notApplicable: [
    { name: 'no app', facts: packageFacts() },
    {
      name: 'only JWT bearer, as the policy and the source say',
      facts: oneConnectedApp({ scopes, certificate: true, idleTokensLimited: false }),
      declared: { integrations: [{ name: 'Sync', app: 'Acme', flow: 'jwt-bearer' }] },
    },
  ],
});
