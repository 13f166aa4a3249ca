import { NOT_PASSED, itChecks, resource, type Files } from '../support/smallPackages.js';
import { PUBLIC_CLIENTS, PASSWORD_FLOW, bad, checkKinds, gap, ok, quiet } from './integrationKind.js';

const ROTATION = 'token-handling-survives-rotation';
const RESOURCE = 'force-app/main/default/staticresources/app';
const LOGIN = `const jsforce = require('jsforce');
const c = new jsforce.Connection();
c.login(process.env.SF_USER, process.env.SF_PASSWORD, () => {});
`;
const SESSION =
  "fetch('/services/Soap/m/60.0', { method: 'POST', body: '<sessionId>' + sforce.connection.sessionId + '</sessionId><createMetadata>' });\n";
const KEY = `const k = '${['sk', 'live', '51HxyzAbCdEfGhIjKlMnOpQrStUvWx0123456789AbCdEf'].join('_')}';\n`;
const JAVA = (name: string): string =>
  `class ${name} { void go() { post("https://login.salesforce.com/services/oauth2/token?grant_type=password&username=" + u + "&password=" + p); } }\n`;
const PHP =
  '<?php $r = $client->post("https://login.salesforce.com/services/oauth2/token", ["form_params" => ["grant_type" => "password", "username" => $u, "password" => $p]]);\n';
const EXCHANGE =
  "fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: id, client_secret: secret, code }) });\n";
const CONNECTION = `const jsforce = require('jsforce');
const b = new jsforce.Connection({ oauth2, accessToken, refreshToken });
module.exports = b;
`;
const KEEPS = ".on('refresh', (accessToken, answer) => store(answer.refresh_token));\n";

function manyManifests(count: number): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`a${String(index).padStart(4, '0')}/package.json`, '{"name":"x"}'])
  );
}

checkKinds('files of an integration that only look like tests', [
  { title: 'Submit.java', files: { 'src/Submit.java': JAVA('Submit') }, control: PASSWORD_FLOW, verdicts: bad },
  { title: 'Latest.java', files: { 'src/Latest.java': JAVA('Latest') }, control: PASSWORD_FLOW, verdicts: bad },
  { title: 'SalesforceInit.php', files: { 'src/SalesforceInit.php': PHP }, control: PASSWORD_FLOW, verdicts: bad },
  { title: 'a folder of contests', files: { 'contests/login.js': LOGIN }, control: PASSWORD_FLOW, verdicts: bad },
  {
    title: 'LoginIT.java is one',
    files: { 'src/LoginIT.java': JAVA('LoginIT') },
    control: PASSWORD_FLOW,
    verdicts: quiet,
  },
]);

checkKinds('a client after more manifests than are read', [
  {
    title: 'Electron',
    files: { ...manyManifests(501), 'z/package.json': '{"devDependencies":{"electron":"30"}}', 'z/main.js': EXCHANGE },
    control: PUBLIC_CLIENTS,
    verdicts: gap,
  },
]);

checkKinds('a handler of new refresh tokens', [
  {
    title: 'of another connection',
    files: { 'a.js': `${CONNECTION}b${KEEPS}`, 'b.js': CONNECTION },
    control: ROTATION,
    verdicts: gap,
  },
  {
    title: 'of a cache',
    files: { 'a.js': "cache.on('refresh', (x) => log('refresh_token', x));\n", 'b.js': CONNECTION },
    control: ROTATION,
    verdicts: gap,
  },
  {
    title: 'of the only connection, in another file',
    files: { 'a.js': `const b = require('./b');\nb${KEEPS}`, 'b.js': CONNECTION },
    control: ROTATION,
    verdicts: ok,
  },
]);

describe('a file of a static resource', () => {
  itChecks([
    {
      title: 'counts in a folder of tests with the name of components',
      control: PASSWORD_FLOW,
      files: { [`${RESOURCE}/lwc/mod/__tests__/login.js`]: LOGIN },
      verdict: NOT_PASSED,
    },
    {
      title: 'counts with the name of a test',
      control: PASSWORD_FLOW,
      files: { [`${RESOURCE}/aura/mod/x.spec.js`]: LOGIN },
      verdict: NOT_PASSED,
    },
    {
      title: 'is searched for session ids in a folder of tests',
      control: 'no-session-id-for-metadata-api',
      files: { [`${RESOURCE}/lwc/m/__tests__/x.js`]: SESSION },
      verdict: NOT_PASSED,
    },
    {
      title: 'is searched for secrets in a folder of tests',
      control: 'no-secrets-in-source',
      files: { [`${RESOURCE}/__tests__/x.js`]: KEY },
      verdict: NOT_PASSED,
    },
    {
      title: 'is searched for secrets with the name of a test',
      control: 'no-secrets-in-source',
      files: { [`${RESOURCE}/x.spec.js`]: KEY },
      verdict: NOT_PASSED,
    },
    {
      title: 'is no copy of a library if it uses JSforce',
      control: PASSWORD_FLOW,
      files: resource('jq.js', `/*! jQuery v3.6.0 | (c) OpenJS Foundation */\nnew jsforce.Connection().login(u, p);\n`),
      verdict: NOT_PASSED,
    },
  ]);
});
