import { ownAppsAllowlistTokenIps } from '../../../src/org/controls/own-apps-allowlist-token-ips.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, global, none, saml } from '../ownAppsSamples.js';

const range = { start: '203.0.113.0', end: '203.0.113.63' };
const exempt = [
  'http://localhost:1717/OauthRedirect',
  'https://login.salesforce.com/services/oauth2/success',
  'acme://callback',
];

testControl(ownAppsAllowlistTokenIps, {
  pass: [
    { name: 'the switch of the Connected App is on', facts: facts([connected(), saml]) },
    {
      trap: true,
      name: 'localhost, own-scheme and Salesforce callbacks are exempt, and another app needs the list',
      facts: facts([connected(), connected({ callbacks: exempt, ipBinding: false })]),
    },
  ],
  fail: [
    {
      name: 'off, and no address listed',
      facts: facts([connected({ ipBinding: false }), external()], [global()]),
      names: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
      says: [/isIpBindingEnabled is false/, /lists no address/],
    },
    {
      name: 'a switch that only a Connected App has says nothing of an External Client App',
      facts: facts([external()], [global({ ipBinding: true })]),
      names: ['ExternalClientApp:Acme_Door'],
    },
    {
      trap: true,
      name: 'one callback of a server among exempt ones needs the list',
      facts: facts([connected({ ipBinding: false, callbacks: [...exempt, 'https://a.example/cb'] })]),
      names: ['ConnectedApp:Acme Sync'],
    },
    {
      trap: true,
      name: 'more than 256 addresses, in one range or in several',
      facts: facts(
        [
          external({ tokenRanges: [{ start: '203.0.112.0', end: '203.0.113.255' }] }),
          external({ tokenRanges: Array.from({ length: 5 }, () => range) }, { developerName: 'Five' }),
          external(
            { tokenRanges: Array.from({ length: 129 }, () => ({ start: '::1', end: '::1' })) },
            { developerName: 'Many' }
          ),
        ],
        [global(), global({ app: 'Five' }), global({ app: 'Many' })]
      ),
      names: ['ExternalClientApp:Acme_Door', 'ExternalClientApp:Five', 'ExternalClientApp:Many'],
      says: [/256/, /256/, /256/],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'ranges exist, and no API shows whether they are enforced: to be attested',
      facts: facts([external({ tokenRanges: [range] })], [global()]),
    },
    {
      trap: true,
      name: 'an absent switch is not false, it came with API 68',
      facts: facts([connected({ ipBinding: undefined })]),
    },
    { name: 'ranges came with API 67', facts: facts([external({ tokenRanges: undefined })], [global()]) },
    { name: 'whether an External Client App is exempt was not asked for', facts: facts([external()]) },
    { name: 'the scopes are not known', facts: facts([external({ scopes: undefined })], [global()]) },
    {
      trap: true,
      name: 'no callback was sent, so none is known to be exempt',
      facts: facts([external()], [global({ callbacks: [] })]),
    },
    { name: 'a callback that is no URL', facts: facts([connected({ ipBinding: false, callbacks: ['${HOST}'] })]) },
  ],
  notApplicable: [
    { name: 'the org owns no app', facts: none },
    {
      name: 'no refresh scope',
      facts: facts([connected({ scopes: ['Api'], ipBinding: false }), external({ scopes: ['API'] })]),
    },
    { name: 'only exempt callbacks', facts: facts([connected({ callbacks: exempt, ipBinding: false })]) },
  ],
});
