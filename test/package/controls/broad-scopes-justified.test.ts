import { expect } from 'chai';
import { broadScopesJustified } from '../../../src/package/controls/broad-scopes-justified.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  found,
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  samlApp,
  stub,
  use,
  withCode,
} from '../../support/packageFacts.js';

testControl(broadScopesJustified, {
  pass: [
    {
      name: 'the scopes of a client of hosted MCP servers',
      facts: oneConnectedApp({ scopes: ['mcp_api', 'McpApi', 'RefreshToken'] }),
    },
    {
      name: 'narrow scopes of both kinds of app',
      facts: packageFacts({
        connectedApps: [connectedApp({ scopes: ['Api', 'RefreshToken'] })],
        externalClientApps: [externalClientApp({ local: { scopes: ['Api', 'OpenID'] } })],
      }),
    },
    { name: 'an app without a scope', facts: oneConnectedApp({ scopes: [] }) },
    {
      trap: true,
      name: 'a scope that this tool does not know is nothing',
      facts: oneConnectedApp({ scopes: ['ChatterApi'] }),
    },
    {
      trap: true,
      name: 'Web in the name of another scope is not Web',
      facts: oneConnectedApp({ scopes: ['WebLite', 'Fuller'] }),
    },
    {
      trap: true,
      name: 'the global settings of the app are not needed for its scopes',
      facts: oneExternalClientApp({ local: { scopes: ['Api'] } }),
    },
  ],
  fail: [
    {
      name: 'Full',
      facts: oneConnectedApp({ scopes: ['Api', 'Full'] }),
      names: ['ConnectedApp:Acme'],
      says: [/scope Full\.$/],
    },
    {
      trap: true,
      name: 'Web without Full, which Code Analyzer does not report',
      facts: oneConnectedApp({ scopes: ['Web'] }),
      names: ['ConnectedApp:Acme'],
      says: [/scope Web\.$/],
    },
    {
      name: 'a finding for each scope',
      facts: oneConnectedApp({ scopes: ['Full', 'Web'] }),
      names: ['ConnectedApp:Acme', 'ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'any case, and the same scope twice is one finding',
      facts: oneConnectedApp({ scopes: ['full', 'FULL'] }),
      names: ['ConnectedApp:Acme'],
      says: [/scope Full\.$/],
    },
    {
      trap: true,
      name: 'an External Client App, which Code Analyzer does not read',
      facts: oneExternalClientApp({ local: { scopes: ['Api', 'Web', 'OpenID'] } }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      name: 'code that asks for it, in a package without an app',
      facts: withCode(packageFacts(), use('broad-scope', 'scope=web')),
      names: ['File:src/login.js'],
      says: [/ requests scope=web\.$/],
    },
    {
      name: 'one app fails, the other could not be checked',
      facts: packageFacts({ connectedApps: [connectedApp({ scopes: ['Full'] }), stub] }),
      names: ['ConnectedApp:Acme'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'code that puts its scopes together',
      facts: withCode(packageFacts(), use('broad-scope', 'scope', 'the code does not show which scopes it requests')),
      reason: /^src\/login\.js: Line 3 contains scope, and the code does not show which scopes it requests\.$/,
    },
    { trap: true, name: 'a 2GP only refers to the app of its 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      trap: true,
      name: 'the .ecaOauth file may be missing, or in two versions',
      facts: oneExternalClientApp({}),
      reason: /^The scopes of Acme are in its \.ecaOauth file, and the package does not contain exactly one\.$/,
    },
    {
      trap: true,
      name: 'a scope that is filled in later',
      facts: oneConnectedApp({ scopes: ['Api', '__SCOPE__'] }),
      reason: /The scope __SCOPE__ is a placeholder/,
    },
    {
      trap: true,
      name: 'scopes that are filled in later',
      facts: oneExternalClientApp({ local: { scopes: ['{{SCOPES}}'] } }),
    },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        connectedApps: [connectedApp({ scopes: ['Api'] })],
        externalClientApps: [externalClientApp({})],
      }),
    },
  ],
  notApplicable: [
    { name: 'no app', facts: packageFacts() },
    { trap: true, name: 'an app for SAML only has no scopes', facts: packageFacts({ connectedApps: [samlApp] }) },
  ],
});

describe('package/broad-scopes-justified', () => {
  it('names the scope in `at`, and the line where it stands', () => {
    const local = { scopes: ['Api', 'web', 'FULL'] };
    expect(found(broadScopesJustified, oneExternalClientApp({ local }))).to.deep.equal([
      'justification ExternalClientApp:Acme force-app/main/default/extlClntAppOauthSettings/Acme_oauth.ecaOauth-meta.xml:11 Web',
      'justification ExternalClientApp:Acme force-app/main/default/extlClntAppOauthSettings/Acme_oauth.ecaOauth-meta.xml:12 Full',
    ]);
  });
});
