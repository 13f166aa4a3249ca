import { publicClientsWithoutSecret } from '../../../src/package/controls/public-clients-without-secret.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  oneConnectedApp,
  oneExternalClientApp,
  orgDump,
  packageFacts,
  stub,
} from '../../support/packageFacts.js';

const device = ['acme://login'];
const web = ['https://app.acme.example/callback'];
const jwt = { integrations: [{ name: 'Sync', app: 'Acme', flow: 'jwt-bearer' as const }] };

testControl(publicClientsWithoutSecret, {
  pass: [
    {
      name: 'only JWT bearer, as the policy and the source say',
      facts: oneConnectedApp({
        callbacks: ['http://localhost:1717'],
        certificate: true,
        consumerSecretOptional: false,
      }),
      declared: jwt,
    },
  ],
  fail: [
    {
      name: 'neither a secret nor PKCE',
      facts: oneConnectedApp({ callbacks: device, consumerSecretOptional: true, pkceRequired: false }),
      names: ['ConnectedApp:Acme'],
      says: [/neither a client secret nor PKCE/],
    },
    {
      name: 'neither of them in the global settings, whatever the callback is',
      facts: oneExternalClientApp({ global: { callbacks: web, consumerSecretOptional: true, pkceRequired: false } }),
      names: ['ExternalClientApp:Acme'],
    },
  ],
  inconclusive: [
    {
      name: 'trap: PKCE that the file does not name is not off',
      facts: oneConnectedApp({ callbacks: device, consumerSecretOptional: true }),
    },
    {
      name: 'a secret is asked for, and the callback is an own scheme',
      facts: oneConnectedApp({ callbacks: device, consumerSecretOptional: false, pkceRequired: true }),
      reason: /asks for the client secret, .*acme:\/\/login/,
    },
    {
      name: 'a secret is asked for with the refresh token',
      facts: oneConnectedApp({
        callbacks: ['http://localhost'],
        consumerSecretOptional: true,
        secretRequiredForRefresh: true,
      }),
      reason: /asks for the client secret/,
    },
    {
      name: 'trap: the localhost callback of an app with a certificate is a dummy',
      facts: oneConnectedApp({ callbacks: ['http://localhost'], certificate: true, consumerSecretOptional: false }),
      reason: /is in its code/,
    },
    {
      name: 'trap: whether the code of a client holds the secret is not in the settings',
      facts: oneConnectedApp({ callbacks: web, consumerSecretOptional: false, pkceRequired: true }),
      reason: /is in its code/,
    },
    {
      name: 'trap: a packaged External Client App does not show its switches',
      facts: oneExternalClientApp(),
    },
    { name: 'a reference to the app of a 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'an integration that only the policy names',
      facts: packageFacts(),
      declared: { integrations: [{ name: 'Mobile', flow: 'authorization-code' }] },
    },
    {
      name: 'one member unseen',
      facts: packageFacts({
        connectedApps: [connectedApp({ callbacks: ['http://localhost'], certificate: true })],
        externalClientApps: [externalClientApp({ name: 'Other' })],
      }),
      declared: jwt,
    },
  ],
  notApplicable: [
    { name: 'no app', facts: packageFacts() },
    {
      name: 'no app, and an integration between servers',
      facts: packageFacts(),
      declared: { integrations: [{ name: 'Sync', flow: 'client-credentials' }] },
    },
    {
      name: 'not a package',
      facts: orgDump({ connectedApps: [connectedApp({ consumerSecretOptional: true, pkceRequired: false })] }),
      declared: { integrations: [{ name: 'Mobile' }] },
    },
  ],
});
