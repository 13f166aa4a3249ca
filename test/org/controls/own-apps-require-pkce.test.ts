import { ownAppsRequirePkce } from '../../../src/org/controls/own-apps-require-pkce.js';
import type { Integration } from '../../../src/engine/types.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, global, none, saml } from '../ownAppsSamples.js';

const serving = (...flows: Array<Integration['flow']>): { integrations: Integration[] } => ({
  integrations: flows.map((flow, index) => ({ name: `I${index}`, app: 'Acme_Sync', flow })),
});
const jwt = { pkceRequired: false, certificate: true, callbacks: ['http://localhost'] };

testControl(ownAppsRequirePkce, {
  pass: [
    { name: 'both kinds of app require it', facts: facts([connected(), external()], [global()]) },
    { name: 'an app for SAML only is not checked', facts: facts([connected(), saml]) },
    {
      trap: true,
      name: 'JWT bearer is exempt, so an app for it alone is left out',
      facts: facts([connected(), connected(jwt, { developerName: 'Jwt', name: 'Jwt' })]),
      declared: { integrations: [{ name: 'I', app: 'Jwt', flow: 'jwt-bearer' }] },
    },
  ],
  fail: [
    {
      name: 'the switch of either kind is off',
      facts: facts([connected({ pkceRequired: false }), external()], [global({ pkceRequired: false })]),
      names: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
      says: [/isPkceRequired is false/],
    },
    {
      name: 'one fails, another could not be checked',
      facts: facts([connected({ pkceRequired: false }), external()]),
      names: ['ConnectedApp:Acme Sync'],
    },
    {
      trap: true,
      name: 'a certificate does not exempt an app with a callback of a server',
      facts: facts([connected({ pkceRequired: false, certificate: true })]),
      declared: {},
      names: ['ConnectedApp:Acme Sync'],
    },
    {
      trap: true,
      name: 'the policy says JWT bearer, but the app has no certificate',
      facts: facts([connected({ pkceRequired: false })]),
      declared: serving('jwt-bearer'),
      names: ['ConnectedApp:Acme Sync'],
    },
    {
      name: 'the app also serves an integration with the authorization code flow',
      facts: facts([connected({ ...jwt, callbacks: ['https://a.example/cb'] })]),
      declared: serving('jwt-bearer', 'authorization-code'),
      names: ['ConnectedApp:Acme Sync'],
    },
    {
      trap: true,
      name: 'OAuth settings that only the global settings show',
      facts: facts([external({}, { oauth: undefined })], [global({ pkceRequired: false })]),
      names: ['ExternalClientApp:Acme_Door'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'an absent switch is not false, an older API version does not send it',
      facts: facts([connected({ pkceRequired: undefined })]),
    },
    {
      trap: true,
      name: 'the global OAuth settings carry the secret, and were not requested',
      facts: facts([connected(), external()]),
    },
    { name: 'Salesforce sent no global OAuth settings for the app', facts: facts([external()], []) },
    { name: 'a certificate and a dummy callback, and no word in the policy', facts: facts([connected(jwt)]) },
  ],
  notApplicable: [
    { name: 'the org owns no app', facts: none },
    { name: 'the only app is for SAML', facts: facts([saml]) },
    {
      name: 'client credentials only, on both sides',
      facts: facts([connected({ pkceRequired: false, clientCredentials: true })]),
      declared: serving('client-credentials'),
    },
  ],
});
