import { ownAppsCallbacksSeparate } from '../../../src/org/controls/own-apps-callbacks-separate.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, global, none, saml } from '../ownAppsSamples.js';

const web = 'https://a.example/callback';
const local = 'http://localhost:1717/OauthRedirect';
const device = 'acme://callback';
const page = 'https://login.salesforce.com/services/oauth2/success';
const calling = (...callbacks: string[]): ReturnType<typeof connected> => connected({ callbacks });

testControl(ownAppsCallbacksSeparate, {
  pass: [
    {
      name: 'one kind each',
      facts: facts([calling(web, 'https://b.example/cb'), calling(device, page), external(), saml], [global()]),
    },
  ],
  fail: [
    {
      trap: true,
      name: 'localhost alone is no http callback, and needs a reason',
      facts: facts([
        calling(local, 'http://127.0.0.1/cb'),
        connected({ callbacks: [local], certificate: true }, { name: 'Job' }),
      ]),
      names: ['ConnectedApp:Acme Sync', 'ConnectedApp:Job'],
      says: [/only callback of Acme Sync is localhost: /, /perhaps a placeholder for JWT bearer/],
    },
    {
      name: 'a wildcard, and a testing service',
      facts: facts([calling('https://*.a.example/cb', 'https://oauth.pstmn.io/v1/callback')]),
      names: ['ConnectedApp:Acme Sync', 'ConnectedApp:Acme Sync'],
      says: [/has a wildcard/, /leads to a testing service/],
    },
    {
      name: 'server and device in one app',
      facts: facts([calling(web, device)]),
      names: ['ConnectedApp:Acme Sync'],
      says: [/mixes/],
    },
    {
      trap: true,
      name: 'localhost combined with anything, a page of Salesforce too',
      facts: facts([calling(local, page), external()], [global({ callbacks: [web, local] })]),
      names: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
      says: [/combines/, /combines/],
    },
    {
      name: 'http, mixed and combined are findings of their own',
      facts: facts([calling('http://a.example/cb', 'http://b.example/cb', device, local)]),
      names: Array.from({ length: 4 }, () => 'ConnectedApp:Acme Sync'),
      says: [/a\.example.* uses http/, /b\.example.* uses http/, /mixes/, /combines/],
    },
    {
      name: 'a finding, and a callback that could not be determined',
      facts: facts([calling('http://a.example/cb', '${HOST}')]),
      names: ['ConnectedApp:Acme Sync'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'no callback was sent, which every app with OAuth has', facts: facts([calling()]) },
    {
      trap: true,
      name: 'the callbacks of an External Client App were not asked for',
      facts: facts([calling(web), external()]),
    },
    { name: 'the target of the callback could not be determined', facts: facts([calling('${HOST}', device)]) },
    { name: 'the only callback could not be determined', facts: facts([calling('${HOST}')]) },
  ],
  notApplicable: [{ name: 'the org owns no app', facts: none }],
});
