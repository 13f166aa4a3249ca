import { expect } from 'chai';
import { callbacksHttps } from '../../../src/package/controls/callbacks-https.js';
import { openCallbacks } from '../../support/callbackCases.js';
import { testControl } from '../../support/controlTester.js';
import { found, oneConnectedApp, oneExternalClientApp, packageFacts } from '../../support/packageFacts.js';

const web = 'https://app.acme.example/callback';

testControl(callbacksHttps, {
  pass: [
    { name: 'https', facts: oneConnectedApp({ callbacks: [web] }) },
    { name: 'an own scheme', facts: oneConnectedApp({ callbacks: ['acme://login', 'com.acme.app:/login'] }) },
    {
      trap: true,
      name: 'http to localhost, which Code Analyzer reports',
      facts: oneConnectedApp({
        callbacks: ['http://localhost:1717/OauthRedirect', 'http://127.0.0.1/', 'http://[::1]:3000/'],
      }),
    },
    {
      trap: true,
      name: 'a page of Salesforce',
      facts: oneConnectedApp({ callbacks: ['https://login.salesforce.com/services/oauth2/success'] }),
    },
    { name: 'global settings in the tree', facts: oneExternalClientApp({ global: { callbacks: [web] } }) },
  ],
  fail: [
    {
      name: 'http',
      facts: oneConnectedApp({ callbacks: [web, 'http://app.acme.example/callback'] }),
      names: ['ConnectedApp:Acme'],
      says: [/http:\/\/app\.acme\.example\/callback of Acme uses http\.$/],
    },
    {
      trap: true,
      name: 'HTTP in capitals',
      facts: oneConnectedApp({ callbacks: ['HTTP://acme.example/'] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'a host that only looks like localhost',
      facts: oneConnectedApp({ callbacks: ['http://localhost.acme.example/', 'http://localhost@acme.example/'] }),
      names: ['ConnectedApp:Acme', 'ConnectedApp:Acme'],
    },
    {
      name: 'the same callback twice is one finding',
      facts: oneConnectedApp({ callbacks: ['http://acme.example/', 'http://acme.example/'] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'testing services',
      facts: oneConnectedApp({
        callbacks: ['https://oauth.pstmn.io/v1/callback', 'https://a1.ngrok-free.app/cb', 'https://www.google.com'],
      }),
      names: ['ConnectedApp:Acme', 'ConnectedApp:Acme', 'ConnectedApp:Acme'],
      says: [/testing service/, /testing service/, /testing service/],
    },
    {
      trap: true,
      name: 'a wildcard',
      facts: oneConnectedApp({ callbacks: ['https://*.acme.example/cb'] }),
      names: ['ConnectedApp:Acme'],
      says: [/wildcard/],
    },
    {
      name: 'global settings in the tree',
      facts: oneExternalClientApp({ global: { callbacks: ['http://acme.example/'] } }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      name: 'one callback fails, another is filled in later',
      facts: oneConnectedApp({ callbacks: ['__X__', 'http://acme.example/'] }),
      names: ['ConnectedApp:Acme'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'a placeholder', facts: oneConnectedApp({ callbacks: [web, 'https://__HOST__/callback'] }) },
    { name: 'no URL at all', facts: oneConnectedApp({ callbacks: ['acme.example/callback'] }) },
    ...openCallbacks,
  ],
  notApplicable: [{ name: 'no app', facts: packageFacts() }],
});

describe('package/callbacks-https', () => {
  it('trap: http is a violation, a testing service and a wildcard can be justified', () => {
    const callbacks = ['http://a.example/', 'https://getpostman.com/cb', 'https://b.example/*', 'http://c.ngrok.io/*'];
    const place = 'ConnectedApp:Acme force-app/main/default/connectedApps/Acme.connectedApp-meta.xml:5';
    expect(found(callbacksHttps, oneConnectedApp({ callbacks }))).to.deep.equal([
      `violation ${place} http://a.example/`,
      `justification ${place} https://getpostman.com/cb`,
      `justification ${place} https://b.example/*`,
      `violation ${place} http://c.ngrok.io/*`,
    ]);
  });
});
