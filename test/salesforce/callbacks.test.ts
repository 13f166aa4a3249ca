import { expect } from 'chai';
import { classifyCallback, isServerOrApp, type CallbackKind } from '../../src/salesforce/callbacks.js';

const cases: Record<CallbackKind, readonly string[]> = {
  web: [
    'https://app.acme.example/callback',
    'HTTPS://APP.ACME.EXAMPLE/',
    'https://app.acme.example:8443/callback?state=1',
    'https://intranet/callback',
    'https://bücher.example/',
    'https://acme.firebaseapp.com/__/auth/handler',
    'https://acme.example/apex/acme__Callback__c',
    'https://localhost.acme.example/',
    'https://localhost@acme.example/',
    'https://127.acme.example/',
    'https://login.salesforce.com.acme.example/services/oauth2/success',
    'https://notsalesforce.com/services/oauth2/success',
    'https://www.salesforce.com/blog',
    'https://acme.my.site.com/callback',
    'https://claude.ai/api/mcp/auth_callback',
  ],
  http: [
    'http://app.acme.example/callback',
    'HTTP://acme.example',
    'http:/acme.example',
    'http://[::ffff:10.0.0.1]/',
    'http://10.0.0.1/',
    'http://login.salesforce.com/services/x',
  ],
  loopback: [
    'http://localhost:1717/OauthRedirect',
    'http://localhost',
    'https://localhost/callback',
    'http://LOCALHOST:8080/',
    'http://app.localhost:3000/',
    'http://127.0.0.1:8080/',
    'http://127.0.0.2/',
    'http://127.1/',
    'http://[::1]:8080/',
    'ionic://localhost',
    'ionic://localhost/callback',
    'http://localhost:*/callback',
    'https://localhost./callback',
    'https://localhost%2e/callback',
    'http://0.0.0.0:8080/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]:8080/',
    'acme://[::1]/login',
    'acme://[::1]:8080/login',
    'acme://localhost./login',
  ],
  'custom-scheme': [
    'acme://login',
    'acme:/login',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'com.acme.app:/oauth2redirect',
    'sfdc://oauth/jsp',
    'testsfdc:///mobilesdk/done',
  ],
  salesforce: [
    'https://login.salesforce.com/services/oauth2/success',
    'https://acme--uat.sandbox.my.salesforce.com/services/authcallback/Acme',
    'https://login.salesforce.com./services/oauth2/success',
    'https://acme.my.salesforce.com/environmenthub/soma-callback.apexp',
  ],
  placeholder: [
    '__CALLBACK__',
    'https://__HOST__/callback',
    'https://{{HOST}}/callback',
    '{{',
    '${CALLBACK}',
    'https://${HOST}/callback',
    '%%CALLBACK%%',
    'https://%%HOST%%/callback',
    'https://$HOST/callback',
    'https://%HOST%/callback',
    '<your-callback>',
    'acme.example/callback',
    'acme.example:443/callback',
    'localhost:8080/callback',
    'https://',
    '*',
  ],
};

describe('salesforce/callbacks', () => {
  for (const [kind, callbacks] of Object.entries(cases)) {
    for (const callback of callbacks) {
      it(`${kind}: ${callback}`, () => expect(classifyCallback(callback).kind).to.equal(kind));
    }
  }

  it('sees wildcards', () => {
    const wild = ['https://*.acme.example/cb', 'https://acme.example/*', 'http://localhost:*/', '*'];
    expect(wild.every((callback) => classifyCallback(callback).wildcard)).to.equal(true);
    expect(classifyCallback('https://acme.example/cb').wildcard).to.equal(false);
    expect(classifyCallback('https://*.acme.example/cb').kind).to.equal('web');
  });

  it('sees testing services by their host', () => {
    const test = [
      'https://oauth.pstmn.io/v1/callback',
      'https://getpostman.com/',
      'https://www.google.com',
      'https://a.ngrok.io/cb',
    ];
    expect(test.every((callback) => classifyCallback(callback).testHost)).to.equal(true);
    const other = [
      'https://mypstmn.io/',
      'https://acme.example/?next=https://oauth.pstmn.io',
      'https://cloud.google.com/',
      'acme://ngrok.io/',
    ];
    expect(other.some((callback) => classifyCallback(callback).testHost)).to.equal(false);
  });

  it('tells the callback of a server or an app from a dummy', () => {
    const real = ['https://acme.example/', 'http://acme.example/', 'acme://x'].map(classifyCallback);
    expect(real.every(isServerOrApp)).to.equal(true);
    const dummy = ['http://localhost/', 'https://login.salesforce.com/services/oauth2/success', '__X__'].map(
      classifyCallback
    );
    expect(dummy.some(isServerOrApp)).to.equal(false);
  });
});

describe('callbacks of hosted MCP clients', () => {
  // https://developer.salesforce.com/docs/platform/hosted-mcp-servers/guide/create-external-client-app.html
  for (const callback of ['https://claude.ai/api/mcp/auth_callback', 'cursor://anysphere.cursor-mcp/oauth/callback']) {
    it(`takes ${callback} for a client, not for a test host`, () => {
      expect(classifyCallback(callback)).to.include({ testHost: false, wildcard: false });
    });
  }
});
