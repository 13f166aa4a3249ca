import { cls, itChecks, NOT_PASSED, OK, xml, type Files } from '../support/smallPackages.js';
import { BROAD_SCOPES, checkKinds, gap, ok } from './integrationKind.js';

const SESSION = 'no-session-id-for-metadata-api';
const IMPLICIT = 'no-implicit-flow';
const AUTHORIZE = 'https://login.salesforce.com/services/oauth2/authorize?client_id=x';
const tab = (url: string): Files =>
  xml('tabs/Portal.tab-meta.xml', 'CustomTab', `<label>Portal</label><motif>Custom1: Heart</motif><url>${url}</url>`);
const scontrol = (body: string): Files => ({
  'force-app/main/default/scontrols/Frame.scf': body,
  ...xml('scontrols/Frame.scf-meta.xml', 'Scontrol', '<contentSource>HTML</contentSource><name>Frame</name>'),
});
const button = (script: string): Files =>
  xml(
    'objects/Account/webLinks/Go.webLink-meta.xml',
    'WebLink',
    `<fullName>Go</fullName><linkType>javascript</linkType><openType>onClickJavaScript</openType><url>${script}</url>`
  );
const canvasPage = (properties: string): Files =>
  xml(
    'flexipages/Home.flexipage-meta.xml',
    'FlexiPage',
    `<flexiPageRegions><itemInstances><componentInstance>${properties}<componentName>force:canvasApp</componentName></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions><masterLabel>Home</masterLabel><type>HomePage</type>`
  );
const named = (name: string): string =>
  `<componentInstanceProperties><name>developerName</name><value>${name}</value></componentInstanceProperties>`;
const app: Files = {
  ...xml(
    'externalClientApps/Acme.eca-meta.xml',
    'ExternalClientApplication',
    '<contactEmail>a@acme.example</contactEmail><distributionState>Packaged</distributionState><isProtected>false</isProtected><label>Acme</label>'
  ),
  ...xml(
    'extlClntAppCanvasSets/Acme.ecaCanvas-meta.xml',
    'ExtlClntAppCanvasSettings',
    '<externalClientApplication>Acme</externalClientApplication><label>Acme</label>'
  ),
};
const provider = (body: string): Files =>
  xml('authproviders/Login.authprovider-meta.xml', 'AuthProvider', `<friendlyName>Login</friendlyName>${body}`);
const record = (body: string): Files =>
  xml(
    'customMetadata/Door.Main.md-meta.xml',
    'CustomMetadata',
    `<label>Main</label><protected>false</protected>${body}`
  );
const value = (field: string, text: string): string =>
  `<values><field>${field}</field><value xsi:type="xsd:string">${text}</value></values>`;
const connect = (body: string): Files =>
  cls('Connect', `public class Connect { public static void go(String x) { ${body} } }`);

describe('each kind of metadata that can carry a login, a session or an app', () => {
  itChecks([
    { title: 'a web tab: pass', control: IMPLICIT, files: tab('https://help.acme.example'), verdict: OK },
    {
      title: 'a web tab: fail',
      control: IMPLICIT,
      files: tab(`${AUTHORIZE}&amp;response_type=token`),
      verdict: 'fail',
    },
    { title: 'a web tab: unknown', control: IMPLICIT, files: tab(AUTHORIZE), verdict: 'inconclusive' },
    {
      title: 'a web tab with a session ID and a host that a setting names: unknown',
      control: SESSION,
      files: tab('{!$Setup.Door__c.Url__c}?s={!$Api.Session_ID}'),
      verdict: NOT_PASSED,
    },

    { title: 'an S-control: pass', control: SESSION, files: scontrol('<b>{!Account.Name}</b>'), verdict: OK },
    {
      title: 'an S-control: fail',
      control: SESSION,
      files: scontrol("<script>location.href = 'https://acme.example/?s={!API.Session_ID}';</script>"),
      verdict: 'fail',
      kind: 'violation',
    },
    {
      title: 'an S-control: unknown',
      control: SESSION,
      files: scontrol("<script>var s = '{!API.Session_ID}'; go(s;</script>"),
      verdict: 'inconclusive',
    },

    { title: 'a button: pass', control: SESSION, files: button("alert('{!Account.Name}');"), verdict: OK },
    {
      title: 'a button: fail',
      control: SESSION,
      files: button("window.open('https://acme.example/?s={!$Api.Session_ID}');"),
      verdict: 'fail',
      kind: 'violation',
    },
    {
      title: 'a button: unknown',
      control: SESSION,
      files: button("var s = '{!$Api.Session_ID}'; go(s;"),
      verdict: 'inconclusive',
    },
    {
      title: 'a button that opens a login without a response type: unknown',
      control: IMPLICIT,
      files: button(`window.open('${AUTHORIZE}&amp;response_type=' + kind);`),
      verdict: 'inconclusive',
    },

    {
      title: 'a canvas app: pass',
      control: 'apps-packaged',
      files: { ...canvasPage(named('Acme')), ...app },
      verdict: OK,
    },
    { title: 'a canvas app: fail', control: 'apps-packaged', files: canvasPage(named('Acme')), verdict: 'fail' },
    {
      title: 'a canvas app: unknown',
      control: 'apps-packaged',
      files: { ...canvasPage(''), ...app },
      verdict: 'inconclusive',
    },

    {
      title: 'an authentication provider: pass',
      control: 'broad-scopes-justified',
      files: provider('<providerType>Salesforce</providerType><defaultScopes>api refresh_token</defaultScopes>'),
      verdict: OK,
    },
    {
      title: 'an authentication provider: fail',
      control: 'broad-scopes-justified',
      files: provider('<providerType>Salesforce</providerType><defaultScopes>full</defaultScopes>'),
      verdict: 'fail',
    },
    {
      title: 'an authentication provider of OpenID with the addresses of an org: fail',
      control: 'apps-packaged',
      files: provider(
        '<providerType>OpenIdConnect</providerType><authorizeUrl>https://acme.my.salesforce.com/services/oauth2/authorize</authorizeUrl><tokenUrl>https://acme.my.salesforce.com/services/oauth2/token</tokenUrl>'
      ),
      verdict: 'fail',
    },
    {
      title: 'an authentication provider: unknown',
      control: 'broad-scopes-justified',
      files: provider('<providerType>Salesforce<defaultScopes>'),
      verdict: 'inconclusive',
    },

    {
      title: 'a record of custom metadata: pass',
      control: 'no-username-password-flow',
      files: {
        ...record(value('Grant__c', 'password') + value('Url__c', 'https://id.vendor.example/token')),
        ...connect(
          "Door__mdt d = Door__mdt.getInstance('Main'); HttpRequest r = new HttpRequest(); r.setEndpoint('https://id.vendor.example/token'); r.setBody('grant_type=' + d.Grant__c); new Http().send(r);"
        ),
      },
      verdict: OK,
    },
    {
      title: 'a record of custom metadata: fail',
      control: 'no-username-password-flow',
      files: {
        ...record(value('Body__c', 'grant_type=password&amp;username={0}')),
        ...connect(
          "Door__mdt d = Door__mdt.getInstance('Main'); HttpRequest r = new HttpRequest(); r.setEndpoint('https://login.salesforce.com/services/oauth2/token'); r.setBody(d.Body__c); new Http().send(r);"
        ),
      },
      verdict: 'fail',
    },
    {
      title: 'a record of custom metadata: unknown',
      control: 'no-username-password-flow',
      files: {
        ...record(value('Other__c', 'x')),
        ...connect(
          "Door__mdt d = Door__mdt.getInstance(x); HttpRequest r = new HttpRequest(); r.setEndpoint('https://login.salesforce.com/services/oauth2/token'); r.setBody('grant_type=' + d.Grant__c); new Http().send(r);"
        ),
      },
      verdict: 'inconclusive',
    },
    {
      title: 'a body that is handed in, sent to the token endpoint: unknown',
      control: 'no-username-password-flow',
      files: connect(
        "HttpRequest r = new HttpRequest(); r.setEndpoint('https://login.salesforce.com/services/oauth2/token'); r.setBody(x); new Http().send(r);"
      ),
      verdict: 'inconclusive',
    },
  ]);
});

const android = (scopes: string): Record<string, string> => ({
  'app/src/main/AndroidManifest.xml': '<manifest xmlns:android="http://schemas.android.com/apk/res/android"/>',
  'app/src/main/res/values/bootconfig.xml': `<?xml version="1.0" encoding="utf-8"?>
<resources>
  <string name="remoteAccessConsumerKey">x</string>
  <string name="oauthRedirectURI">acme://done</string>
  ${scopes}
</resources>
`,
});
checkKinds('bootconfig of the Mobile SDK', [
  {
    title: 'narrow scopes: pass',
    files: android('<string-array name="oauthScopes"><item>api</item><item>refresh_token</item></string-array>'),
    control: BROAD_SCOPES,
    verdicts: ok,
  },
  {
    title: 'the scope web: fail',
    files: android('<string-array name="oauthScopes"><item>api</item><item>web</item></string-array>'),
    control: BROAD_SCOPES,
    verdicts: ['fail'],
  },
  {
    title: 'a scope of JSON: fail',
    files: { 'www/bootconfig.json': '{ "remoteAccessConsumerKey": "x", "oauthScopes": ["api", "full"] }' },
    control: BROAD_SCOPES,
    verdicts: ['fail'],
  },
  {
    title: 'scopes that another file names: unknown',
    files: android('<string-array name="oauthScopes"><item>@string/scope_one</item></string-array>'),
    control: BROAD_SCOPES,
    verdicts: gap,
  },
]);
