import { tokenIpsAllowlisted } from '../../../src/package/controls/token-ips-allowlisted.js';
import type { ExternalClientApp, PackageFacts } from '../../../src/package/facts.js';
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
const web = ['https://app.acme.example/callback'];
const file = 'policies/Acme.ecaOauthSecurity-meta.xml';
const ranges = (...list: ReadonlyArray<[string, string]>): Pick<ExternalClientApp, 'tokenIpRanges'> => ({
  tokenIpRanges: list.map(([start, end]) => ({ value: { start, end }, file, line: 3 })),
});
/** An External Client App with a callback on a server and these ranges. */
const listed = (...list: ReadonlyArray<[string, string]>): PackageFacts =>
  oneExternalClientApp({ local: { scopes }, global: { callbacks: web }, ...ranges(...list) });
const many = Array.from({ length: 129 }, (_, index): [string, string] => [`192.0.2.${index}`, `192.0.2.${index}`]);

testControl(tokenIpsAllowlisted, {
  pass: [
    { name: 'enforced', facts: oneConnectedApp({ scopes, callbacks: web, tokenIpsEnforced: true }) },
    {
      name: 'enforced, and an app whose callback is a custom scheme',
      facts: packageFacts({
        connectedApps: [
          connectedApp({ scopes, callbacks: web, tokenIpsEnforced: true }),
          connectedApp({ scopes, callbacks: ['acme://login'], tokenIpsEnforced: false }, 'Mobile'),
        ],
      }),
    },
  ],
  fail: [
    {
      name: 'not enforced',
      facts: oneConnectedApp({ scopes, callbacks: web, tokenIpsEnforced: false }),
      names: ['ConnectedApp:Acme'],
      says: [/isIpBindingEnabled of Acme is false/],
    },
    {
      trap: true,
      name: 'one callback on a server is enough',
      facts: oneConnectedApp({ scopes, callbacks: ['http://localhost:1717', ...web], tokenIpsEnforced: false }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'a switch that only a Connected App has says nothing of an External Client App',
      facts: packageFacts({
        externalClientApps: [
          externalClientApp({
            local: { scopes },
            global: { callbacks: web, tokenIpsEnforced: true },
            tokenIpRanges: [],
          }),
        ],
      }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      name: 'more than 256 addresses',
      facts: listed(['192.0.2.0', '192.0.2.255'], ['2001:db8::', '2001:db8::']),
      names: ['ExternalClientApp:Acme'],
      says: [/2 ranges with 257 addresses/],
    },
    { name: 'more than 128 ranges', facts: listed(...many), names: ['ExternalClientApp:Acme'] },
    { name: 'no address', facts: listed(), names: ['ExternalClientApp:Acme'], says: [/Acme lists no address/] },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'ranges of an External Client App do not say that they are enforced',
      facts: listed(['192.0.2.1', '192.0.2.4']),
    },
    {
      trap: true,
      name: 'below API 68 a Connected App does not name the switch',
      facts: oneConnectedApp({ scopes, callbacks: web }),
    },
    {
      name: 'an External Client App whose ranges are elsewhere',
      facts: oneExternalClientApp({ local: { scopes }, global: { callbacks: web } }),
      reason: /ExtlClntAppOauthSecuritySettings/,
    },
    {
      trap: true,
      name: 'ranges without callbacks may belong to an app that is exempt',
      facts: oneExternalClientApp({ local: { scopes }, ...ranges() }),
    },
    {
      name: 'an External Client App whose callbacks are elsewhere',
      facts: oneExternalClientApp({ local: { scopes } }),
    },
    {
      trap: true,
      name: 'not enforced, and the callback is filled in later',
      facts: oneConnectedApp({ scopes, callbacks: ['https://{{HOST}}/callback'], tokenIpsEnforced: false }),
    },
    {
      name: 'not enforced, and a scope is filled in later',
      facts: oneConnectedApp({ scopes: ['${SCOPE}'], callbacks: web, tokenIpsEnforced: false }),
    },
    { name: 'a reference to the app of a 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        connectedApps: [connectedApp({ scopes, callbacks: web, tokenIpsEnforced: true })],
        externalClientApps: [externalClientApp({ local: { scopes } })],
      }),
    },
  ],
  notApplicable: [
    { name: 'no app', facts: packageFacts() },
    {
      trap: true,
      name: 'callbacks to localhost, Salesforce and an own scheme are exempt',
      facts: oneConnectedApp({
        scopes,
        callbacks: ['http://localhost:1717', 'https://login.salesforce.com/services/oauth2/success', 'acme://login'],
        tokenIpsEnforced: false,
      }),
    },
    {
      trap: true,
      name: 'an app without a refresh scope has no tokens to allow',
      facts: oneConnectedApp({ scopes: ['Api', 'Full'], callbacks: web, tokenIpsEnforced: false }),
    },
    {
      name: 'only client credentials, as the policy and the source say',
      facts: oneConnectedApp({ scopes, callbacks: web, clientCredentials: true }),
      declared: { integrations: [{ name: 'Sync', app: 'Acme', flow: 'client-credentials' }] },
    },
  ],
});
