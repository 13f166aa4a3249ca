import { expect } from 'chai';
import { callbacksNotMixed } from '../../../src/package/controls/callbacks-not-mixed.js';
import { openCallbacks } from '../../support/callbackCases.js';
import { testControl } from '../../support/controlTester.js';
import { found, oneConnectedApp, oneExternalClientApp, packageFacts } from '../../support/packageFacts.js';

const web = 'https://app.acme.example/callback';
const app = 'acme://login';

testControl(callbacksNotMixed, {
  pass: [
    {
      trap: true,
      name: 'several web callbacks',
      facts: oneConnectedApp({ callbacks: [web, 'https://eu.acme.example/callback'] }),
    },
    { name: 'several own schemes', facts: oneConnectedApp({ callbacks: [app, 'com.acme.app:/login'] }) },
    {
      trap: true,
      name: 'localhost with another callback is for another control',
      facts: oneConnectedApp({ callbacks: [web, 'http://localhost:1717/'] }),
    },
    {
      trap: true,
      name: 'a page of Salesforce with a custom scheme is one kind of client',
      facts: oneConnectedApp({ callbacks: [app, 'https://login.salesforce.com/services/oauth2/success'] }),
    },
    { name: 'no callback', facts: oneConnectedApp({ callbacks: [] }) },
    {
      trap: true,
      name: 'until API 57 the .ecaOauth file held the callbacks',
      facts: oneExternalClientApp({ local: { scopes: [], callbacks: [web] } }),
    },
  ],
  fail: [
    {
      name: 'web and own scheme',
      facts: oneConnectedApp({ callbacks: [web, app] }),
      names: ['ConnectedApp:Acme'],
      says: [/https:\/\/app\.acme\.example\/callback .*acme:\/\/login/],
    },
    {
      trap: true,
      name: 'the case of a scheme',
      facts: oneConnectedApp({ callbacks: ['HTTPS://acme.example/', 'Acme://x'] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'http and own scheme',
      facts: oneConnectedApp({ callbacks: ['http://acme.example/', app] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'global settings in the tree',
      facts: oneExternalClientApp({ global: { callbacks: [app, web] } }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      name: 'a placeholder with a mix that was read',
      facts: oneConnectedApp({ callbacks: ['__OTHER__', web, app] }),
      names: ['ConnectedApp:Acme'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a placeholder may be of the other kind',
      facts: oneConnectedApp({ callbacks: [web, '{{CALLBACK}}'] }),
    },
    {
      trap: true,
      name: 'one placeholder may become several callbacks',
      facts: oneConnectedApp({ callbacks: ['__CALLBACKS__'] }),
    },
    ...openCallbacks,
  ],
  notApplicable: [{ name: 'no app', facts: packageFacts() }],
});

describe('package/callbacks-not-mixed', () => {
  it('is one violation for an app', () => {
    expect(found(callbacksNotMixed, oneConnectedApp({ callbacks: [web, app, 'acme2://x'] }))).to.deep.equal([
      'violation ConnectedApp:Acme force-app/main/default/connectedApps/Acme.connectedApp-meta.xml:5',
    ]);
  });
});
