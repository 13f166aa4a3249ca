import type { PackageFacts } from '../../../src/package/facts.js';
import { publicClientsWithoutSecret } from '../../../src/package/controls/public-clients-without-secret.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  stub,
  use,
  withCode,
} from '../../support/packageFacts.js';

const device = ['acme://login'];
const web = ['https://app.acme.example/callback'];
const jwt = { integrations: [{ name: 'Sync', app: 'Acme', flow: 'jwt-bearer' as const }] };

/** The code of an integration was read, and its server adds the secret. */
const withServer = (facts: PackageFacts): PackageFacts => {
  const { code, ...rest } = withCode(facts);
  const places = code.places.map((one) => (one.in === 'integration' ? { ...one, serverSecret: true } : one));
  return { ...rest, code: { ...code, places } };
};

testControl(publicClientsWithoutSecret, {
  pass: [
    {
      name: 'no app, no integration',
      facts: packageFacts(),
    },
    {
      name: 'a secret is required, and a server that was read adds it',
      facts: withServer(oneConnectedApp({ callbacks: device, consumerSecretOptional: false, pkceRequired: true })),
      reason: /in the settings of apps and in/,
    },
    {
      name: 'no secret is asked for, and PKCE is',
      facts: withCode(oneConnectedApp({ callbacks: device, consumerSecretOptional: true, pkceRequired: true })),
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
    {
      name: 'a secret in code that its user can read',
      facts: withCode(oneConnectedApp({ callbacks: web }), use('client-secret', 'client_secret')),
      names: ['File:src/login.js'],
      says: [/client secret that its user can read/],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'PKCE that the file does not name is neither on nor off',
      facts: withCode(oneConnectedApp({ callbacks: device, consumerSecretOptional: true })),
      reason: /^Could not determine whether Acme requires PKCE/,
    },
    {
      name: 'a secret is asked for, and the callback is an own scheme',
      facts: oneConnectedApp({ callbacks: device, consumerSecretOptional: false, pkceRequired: true }),
      reason: /client secret that Acme requires: .*acme:\/\/login.*no code that was read shows the server/,
    },
    {
      trap: true,
      name: 'code that was read and sends no secret does not show who adds it',
      facts: withCode(oneConnectedApp({ callbacks: device, consumerSecretOptional: false, pkceRequired: true })),
      reason: /no code that was read shows the server/,
    },
    {
      name: 'a secret is asked for with the refresh token',
      facts: oneConnectedApp({
        callbacks: ['http://localhost'],
        consumerSecretOptional: true,
        pkceRequired: true,
        secretRequiredForRefresh: true,
      }),
      reason: /client secret that Acme requires/,
    },
    {
      trap: true,
      name: 'the localhost callback of an app with a certificate is a dummy',
      facts: oneConnectedApp({ callbacks: ['http://localhost'], certificate: true, consumerSecretOptional: false }),
      reason: /^The code that uses Acme was not read/,
    },
    {
      trap: true,
      name: 'whether the code of a client contains the secret is not in the settings',
      facts: oneConnectedApp({ callbacks: web, consumerSecretOptional: false, pkceRequired: true }),
      reason: /was not read/,
    },
    {
      trap: true,
      name: 'a packaged External Client App does not show its switches',
      facts: withCode(oneExternalClientApp()),
    },
    { name: 'a reference to the app of a 1GP', facts: withCode(packageFacts({ connectedApps: [stub] })) },
    {
      name: 'an integration that only the policy names',
      facts: packageFacts(),
      declared: { integrations: [{ name: 'Mobile', flow: 'authorization-code' }] },
    },
    {
      name: 'one member could not be checked',
      facts: withCode(
        packageFacts({
          connectedApps: [connectedApp({ callbacks: ['http://localhost'], certificate: true })],
          externalClientApps: [externalClientApp({ name: 'Other' })],
        })
      ),
      declared: jwt,
    },
  ],
});
