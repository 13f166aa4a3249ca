import { expect } from 'chai';
import { localhostCallbackAlone } from '../../../src/package/controls/localhost-callback-alone.js';
import { openCallbacks } from '../../support/callbackCases.js';
import { testControl } from '../../support/controlTester.js';
import { found, oneConnectedApp, oneExternalClientApp, packageFacts, type Said } from '../../support/packageFacts.js';

const local = 'http://localhost:1717/OauthRedirect';
const web = 'https://app.acme.example/callback';

testControl(localhostCallbackAlone, {
  pass: [
    { name: 'no localhost', facts: oneConnectedApp({ callbacks: [web] }) },
    {
      trap: true,
      name: 'a mix without localhost is for another control',
      facts: oneConnectedApp({ callbacks: [web, 'acme://x'] }),
    },
    {
      trap: true,
      name: 'a host that only begins with localhost',
      facts: oneConnectedApp({ callbacks: ['https://localhost.acme.example/'] }),
    },
    { name: 'global settings without localhost', facts: oneExternalClientApp({ global: { callbacks: [web] } }) },
  ],
  fail: [
    {
      name: 'with a web callback',
      facts: oneConnectedApp({ callbacks: [web, local] }),
      names: ['ConnectedApp:Acme'],
      says: [/combines the localhost callback .* with https:/],
    },
    {
      name: 'with an own scheme',
      facts: oneConnectedApp({ callbacks: [local, 'acme://x'] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'with a page of Salesforce',
      facts: oneConnectedApp({ callbacks: [local, 'https://login.salesforce.com/services/oauth2/success'] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'with a placeholder and another',
      facts: oneConnectedApp({ callbacks: [local, '__X__', web] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: '127.0.0.1 and ::1 are localhost',
      facts: oneConnectedApp({ callbacks: ['http://127.0.0.1/', 'http://[::1]/', web] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'only localhost',
      facts: oneConnectedApp({ callbacks: [local] }),
      names: ['ConnectedApp:Acme'],
      says: [/^The only callback of Acme is localhost: /],
    },
    {
      name: 'only localhost, on several ports',
      facts: oneConnectedApp({ callbacks: [local, 'http://localhost:8080/'] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'names the dummy callback of an app with a certificate',
      facts: oneConnectedApp({ callbacks: [local], certificate: true }),
      names: ['ConnectedApp:Acme'],
      says: [/dummy callback of JWT bearer/],
    },
    {
      name: 'global settings in the tree',
      facts: oneExternalClientApp({ global: { callbacks: [local, web] } }),
      names: ['ExternalClientApp:Acme'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'a placeholder may be localhost', facts: oneConnectedApp({ callbacks: [web, '${CALLBACK}'] }) },
    {
      trap: true,
      name: 'a placeholder with localhost may also be localhost',
      facts: oneConnectedApp({ callbacks: [local, '%%CALLBACK%%'] }),
    },
    ...openCallbacks,
  ],
  notApplicable: [{ name: 'no app', facts: packageFacts() }],
});

describe('package/localhost-callback-alone', () => {
  it('trap: localhost alone can be justified, localhost with another callback cannot', () => {
    const kinds = (said: Said): string[] => found(localhostCallbackAlone, oneConnectedApp(said));
    const place = 'ConnectedApp:Acme force-app/main/default/connectedApps/Acme.connectedApp-meta.xml:5';
    expect(kinds({ callbacks: [local] })).to.deep.equal([`justification ${place}`]);
    expect(kinds({ callbacks: [local], certificate: true })).to.deep.equal([`justification ${place}`]);
    expect(kinds({ callbacks: [local, web] })).to.deep.equal([`violation ${place}`]);
  });
});
