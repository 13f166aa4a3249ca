import { expect } from 'chai';
import { pkceRequired } from '../../../src/package/controls/pkce-required.js';
import type { Integration } from '../../../src/engine/types.js';
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

const web = ['https://app.acme.example/callback'];
const local = ['http://localhost:1717/OauthRedirect'];
const declaring = (...flows: Array<Integration['flow']>): { integrations: Integration[] } => ({
  integrations: flows.map((flow, index) => ({ name: `Integration ${index}`, app: 'Acme', flow })),
});

testControl(pkceRequired, {
  pass: [
    { name: 'required', facts: oneConnectedApp({ callbacks: web, pkceRequired: true }) },
    { name: 'required in the global settings', facts: oneExternalClientApp({ global: { pkceRequired: true } }) },
    {
      name: 'required of an app with a certificate',
      facts: oneConnectedApp({ certificate: true, pkceRequired: true }),
    },
  ],
  fail: [
    {
      name: 'not required',
      facts: oneConnectedApp({ callbacks: web, pkceRequired: false }),
      names: ['ConnectedApp:Acme'],
      says: [/isPkceRequired is false/],
    },
    {
      name: 'not required of a desktop client',
      facts: oneConnectedApp({ callbacks: local, pkceRequired: false }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'not required in the global settings',
      facts: oneExternalClientApp({ global: { callbacks: web, pkceRequired: false } }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      trap: true,
      name: 'a certificate with a callback of a server exempts no app',
      facts: oneConnectedApp({ callbacks: web, certificate: true, pkceRequired: false }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'client credentials with a custom scheme exempt no app',
      facts: oneConnectedApp({ callbacks: ['acme://x'], clientCredentials: true, pkceRequired: false }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'the policy names JWT bearer, but the app has no certificate',
      facts: oneConnectedApp({ callbacks: web, pkceRequired: false }),
      declared: declaring('jwt-bearer'),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'the policy names the authorization code flow, too',
      facts: oneConnectedApp({ callbacks: web, certificate: true, pkceRequired: false }),
      declared: declaring('jwt-bearer', 'authorization-code'),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'an integration of which the policy names no flow',
      facts: oneConnectedApp({ callbacks: web, certificate: true, pkceRequired: false }),
      declared: declaring('jwt-bearer', undefined),
      names: ['ConnectedApp:Acme'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'an older API version does not name the switch', facts: oneConnectedApp({ callbacks: web }) },
    { trap: true, name: 'a packaged External Client App does not show its switches', facts: oneExternalClientApp() },
    {
      trap: true,
      name: 'a certificate and a dummy callback are neither a pass nor a finding',
      facts: oneConnectedApp({ callbacks: local, certificate: true, pkceRequired: false }),
    },
    {
      name: 'client credentials and a page of Salesforce as the callback',
      facts: oneConnectedApp({
        callbacks: ['https://login.salesforce.com/services/oauth2/success'],
        clientCredentials: true,
        pkceRequired: false,
      }),
    },
    {
      trap: true,
      name: 'a certificate that is named and empty is no certificate, an older file says nothing of PKCE',
      facts: oneConnectedApp({ callbacks: local, certificate: false }),
    },
    {
      name: 'the policy names a flow, but the app does not show that it is on',
      facts: oneExternalClientApp(),
      declared: declaring('jwt-bearer'),
    },
    { name: 'a reference to the app of a 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        connectedApps: [connectedApp({ pkceRequired: true })],
        externalClientApps: [externalClientApp()],
      }),
    },
  ],
  notApplicable: [
    { name: 'no app', facts: packageFacts() },
    {
      name: 'the policy names only JWT bearer, and the app has a certificate',
      facts: oneConnectedApp({ callbacks: web, certificate: true, pkceRequired: false }),
      declared: declaring('jwt-bearer'),
    },
    {
      name: 'the policy names both flows between servers, and the app has both',
      facts: oneExternalClientApp({ global: { certificate: true, clientCredentials: true, pkceRequired: false } }),
      declared: declaring('jwt-bearer', 'client-credentials'),
    },
  ],
});

describe('package/pkce-required', () => {
  it('trap: no finding can be justified', () => {
    const facts = oneConnectedApp({ callbacks: web, certificate: true, pkceRequired: false });
    expect(found(pkceRequired, facts)).to.deep.equal([
      'violation ConnectedApp:Acme force-app/main/default/connectedApps/Acme.connectedApp-meta.xml:7',
    ]);
  });
});
