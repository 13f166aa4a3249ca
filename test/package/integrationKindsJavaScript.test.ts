import { canary, consumerKey } from '../support/secrets.js';
import {
  APPS_PACKAGED,
  BROAD_SCOPES,
  DEVICE_FLOW,
  FRONTDOOR,
  IMPLICIT_FLOW,
  PUBLIC_CLIENTS,
  PASSWORD_FLOW,
  SECRETS,
  bad,
  checkKinds,
  gap,
  ok,
  type Kind,
} from './integrationKind.js';

const SECRET = canary.consumerSecret;

const CODE_EXCHANGE = `const express = require('express');
const { OAuth2, Connection } = require('jsforce');
const oauth2 = new OAuth2({ clientId: process.env.ID, clientSecret: process.env.S, redirectUri: process.env.R });
const app = express();
app.get('/login', (req, res) => res.redirect(oauth2.getAuthorizationUrl({ scope: 'api refresh_token' })));
app.get('/cb', async (req, res) => {
  const conn = new Connection({ oauth2 });
  await conn.authorize(req.query.code);
  res.json(await conn.identity());
});
`;

const JWT_LOGIN = `import { AuthInfo, Connection } from '@salesforce/core';
export async function connect(username: string): Promise<Connection> {
  const authInfo = await AuthInfo.create({
    username,
    oauth2Options: { clientId: process.env.ID, privateKeyFile: process.env.KEY_FILE, loginUrl: 'https://login.salesforce.com' },
  });
  return Connection.create({ authInfo });
}
`;

const passwordGrantAt = (host: string): string => `const { Issuer } = require('openid-client');
async function token(username, password) {
  const issuer = await Issuer.discover('https://${host}');
  const client = new issuer.Client({ client_id: process.env.ID, client_secret: process.env.S });
  return client.grant({ grant_type: 'password', username, password });
}
module.exports = token;
`;

const authorizeAt = (page: string): string => `const AUTHORIZE = 'https://${page}';
export function url(clientId: string): string {
  const query = new URLSearchParams({ response_type: 'token', client_id: clientId, redirect_uri: location.origin });
  return \`\${AUTHORIZE}?\${query}\`;
}
`;

const logins: Kind[] = [
  {
    title: 'a connection that the constructor takes',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'loader.ts:5',
    files: {
      'loader.ts': `import type { Connection } from 'jsforce';
export class Loader {
  constructor(private readonly db: Connection, private readonly settings: Settings) {}
  async start(): Promise<void> {
    await this.db.login(this.settings.user, this.settings.pass);
  }
}
`,
    },
  },
  {
    title: 'a factory in the same file',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'a.js:6',
    files: {
      'a.js': `const jsforce = require('jsforce');
function make() {
  return new jsforce.Connection({ loginUrl: process.env.HOST });
}
const org = make();
org.login(process.env.U, process.env.P, (error) => { if (error) throw error; });
`,
    },
  },
  {
    title: 'a factory in another CommonJS file',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'job.js:3',
    files: {
      'sf.js': `const jsforce = require('jsforce');
exports.open = () => new jsforce.Connection({ version: '60.0' });
`,
      'job.js': `const { open } = require('./sf');
async function main() {
  const it = open(); await it.login(process.env.A, process.env.B);
}
main();
`,
    },
  },
  {
    title: 'a connection through a re-exporting index',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'job.ts:2',
    files: {
      'conn.ts': `import { Connection } from 'jsforce';
export const org = new Connection({ loginUrl: 'https://test.salesforce.com' });
`,
      'index.ts': `export { org } from './conn.js';
export * from './other.js';
`,
      'other.ts': 'export const LIMIT = 5;\n',
      'job.ts': `import { org } from './index.js';
await org.login(process.env.U!, process.env.P!);
`,
    },
  },
  {
    title: 'a default export in another file',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'run.mjs:3',
    files: {
      'sf.mjs': `import jsforce from 'jsforce';
export default new jsforce.Connection({ instanceUrl: process.env.URL });
`,
      'run.mjs': `import client from './sf.mjs';
const { U, P } = process.env;
client.login(U, P).then(() => client.query('SELECT Id FROM Account'));
`,
    },
  },
  {
    title: 'a directory client of another file beside jsforce with a token',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'ldap.js': `const { Client } = require('ldapts');
exports.directory = new Client({ url: 'ldaps://ldap.acme.example' });
`,
      'job.js': `const jsforce = require('jsforce');
const { directory } = require('./ldap');
async function run(accessToken, instanceUrl) {
  await directory.login('cn=sync', process.env.LDAP);
  const conn = new jsforce.Connection({ accessToken, instanceUrl });
  return conn.query('SELECT Id FROM Contact');
}
module.exports = { run };
`,
    },
  },
  {
    title: 'OAuth2.authenticate of jsforce',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'auth.js:3',
    files: {
      'auth.js': `const { OAuth2 } = require('jsforce');
const oauth = new OAuth2({ clientId: process.env.ID, clientSecret: process.env.S, redirectUri: process.env.R });
module.exports = (user, word) => oauth.authenticate(user, word);
`,
    },
  },
  {
    title: 'a code exchange with jsforce',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'server.js': CODE_EXCHANGE,
    },
  },
  {
    title: 'a code exchange with jsforce and no app in the package',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: {
      'server.js': CODE_EXCHANGE,
    },
  },
  {
    title: 'a JWT login with the sf libraries',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'jwt.ts': JWT_LOGIN,
    },
  },
  {
    title: 'a JWT login with the sf libraries and no app in the package',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: {
      'jwt.ts': JWT_LOGIN,
    },
  },
  {
    title: 'the password grant of openid-client',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'oidc.js:5',
    files: {
      'oidc.js': passwordGrantAt('login.salesforce.com'),
    },
  },
  {
    title: 'the password grant of openid-client toward another issuer',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'oidc.js': passwordGrantAt('id.acme.example/realms/main'),
    },
  },
  {
    title: 'an axios instance with a base address',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'http.ts': `import axios from 'axios';
import qs from 'qs';
const http = axios.create({ baseURL: 'https://login.salesforce.com' });
export const signIn = (username: string, password: string) =>
  http.post('/services/oauth2/token', qs.stringify({ grant_type: 'password', client_id: ID, username, password }));
`,
    },
  },
  {
    title: 'an axios instance of another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'http.ts': `import axios from 'axios';
import qs from 'qs';
const http = axios.create({ baseURL: 'https://auth.acme.example' });
export const signIn = (username: string, password: string) =>
  http.post('/oauth2/token', qs.stringify({ grant_type: 'password', client_id: ID, username, password }));
`,
    },
  },
  {
    title: 'undici behind a helper, with the grant in an enumeration',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'grants.ts': `export enum Grant { Code = 'authorization_code', Owner = 'password' }\n`,
      'token.ts': `import { request } from 'undici';
export async function token(host: string, form: Record<string, string>) {
  const { body } = await request(\`\${host}/services/oauth2/token\`, { method: 'POST', body: new URLSearchParams(form).toString() });
  return body.json();
}
`,
      'job.ts': `import { token } from './token.js';
import { Grant } from './grants.js';
export const open = () => token('https://login.salesforce.com', { grant_type: Grant.Owner, username: U, password: P });
`,
    },
  },
  {
    title: 'got with an address from the environment',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'a.mjs': `import got from 'got';
const TOKEN_URL = process.env.SF_LOGIN_URL + '/services/oauth2/token';
export const login = () => got.post(TOKEN_URL, { form: { grant_type: 'password', username: process.env.U, password: process.env.P } }).json();
`,
    },
  },
  {
    title: 'a SOAP login in a template string',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'soap.js': `const body = (u, p) => \`<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Body>
<login xmlns="urn:partner.soap.sforce.com"><username>\${u}</username><password>\${p}</password></login></se:Body></se:Envelope>\`;
module.exports = (host, u, p) => fetch(host + '/services/Soap/u/58.0', { method: 'POST', headers: { SOAPAction: 'login' }, body: body(u, p) });
`,
    },
  },
  {
    title: 'a login in a test of the integration',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'test/login.test.js': `const jsforce = require('jsforce');
describe('login', () => { it('works', () => new jsforce.Connection().login('u@x.example', 'p')); });
`,
      'src/index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
  {
    title: 'a login in the readme',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'README.md':
        '# Sync\n\n```sh\ncurl https://login.salesforce.com/services/oauth2/token -d grant_type=password -d username=u\n```\n',
      'index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
  {
    title: 'a login in a comment',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'index.js': `// Earlier: fetch('https://login.salesforce.com/services/oauth2/token', { body: 'grant_type=password&username=' + u })
/* conn.login(user, password) of jsforce was removed */
exports.sum = (a, b) => a + b;
`,
    },
  },
  {
    title: 'a refreshing connection of a server',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'package.json': '{"name":"sync","dependencies":{"jsforce":"^3.2.0"}}',
      'sync.js': `const jsforce = require('jsforce');
module.exports = (account) => new jsforce.Connection({
  oauth2: { clientId: process.env.ID, clientSecret: process.env.S, redirectUri: process.env.R },
  instanceUrl: account.instanceUrl, accessToken: account.access, refreshToken: account.refresh,
});
`,
    },
  },
  {
    title: 'a dependency that no given file uses',
    control: PASSWORD_FLOW,
    verdicts: ['inconclusive'],
    files: {
      'package.json': '{"name":"sync","dependencies":{"jsforce":"^3.2.0","express":"^4.0.0"}}',
      'index.js': `const express = require('express');\nexpress().listen(3000);\n`,
    },
  },
  {
    title: 'a connection that a Nest provider makes',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'sf.module.ts': `import { Module } from '@nestjs/common';
import { Connection } from 'jsforce';
@Module({ providers: [{ provide: 'SF', useFactory: () => new Connection({ loginUrl: process.env.SF_URL }) }], exports: ['SF'] })
export class SfModule {}
`,
      'sync.service.ts': `import { Inject, Injectable } from '@nestjs/common';
@Injectable()
export class SyncService {
  constructor(@Inject('SF') private readonly sf: any) {}
  async onModuleInit() { await this.sf.login(process.env.SF_USER, process.env.SF_PASSWORD); }
}
`,
    },
  },
];

const flows: Kind[] = [
  {
    title: 'a page that redirects to the implicit flow',
    control: IMPLICIT_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'src/auth.js:2',
    files: {
      'src/auth.js': `export function signIn(id, back) {
  location.href = 'https://login.salesforce.com/services/oauth2/authorize?response_type=token&client_id=' + id + '&redirect_uri=' + encodeURIComponent(back);
}
`,
    },
  },
  {
    title: 'the implicit flow built from parameters',
    control: IMPLICIT_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'auth.ts': authorizeAt('login.salesforce.com/services/oauth2/authorize'),
    },
  },
  {
    title: 'the implicit flow of another vendor',
    control: IMPLICIT_FLOW,
    verdicts: ok,
    files: {
      'auth.ts': authorizeAt('accounts.google.com/o/oauth2/v2/auth'),
    },
  },
  {
    title: 'an authorization code request',
    control: IMPLICIT_FLOW,
    verdicts: ok,
    files: {
      'auth.ts': `const AUTHORIZE = 'https://login.salesforce.com/services/oauth2/authorize';
export function url(clientId: string, challenge: string): string {
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, code_challenge: challenge, code_challenge_method: 'S256' });
  return \`\${AUTHORIZE}?\${query}\`;
}
`,
    },
  },
  {
    title: 'the implicit flow of oidc-client-ts',
    control: IMPLICIT_FLOW,
    verdicts: bad,
    files: {
      'oidc.ts': `import { UserManager } from 'oidc-client-ts';
export const users = new UserManager({
  authority: 'https://login.salesforce.com',
  client_id: 'x', redirect_uri: window.location.origin, response_type: 'token id_token',
});
`,
    },
  },
  {
    title: 'the implicit flow in an extension',
    control: IMPLICIT_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'manifest.json':
        '{"manifest_version":3,"name":"x","permissions":["identity"],"background":{"service_worker":"bg.js"}}',
      'bg.js': `const host = 'https://login.salesforce.com';
chrome.identity.launchWebAuthFlow({ url: host + '/services/oauth2/authorize?client_id=' + ID + '&response_type=token&redirect_uri=' + chrome.identity.getRedirectURL(), interactive: true });
`,
    },
  },
  {
    title: 'the device flow',
    control: DEVICE_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'cli.js:1',
    files: {
      'cli.js': `const start = () => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ response_type: 'device_code', client_id: ID, scope: 'api' }) });
module.exports = start;
`,
    },
  },
  {
    title: 'the device flow of another vendor',
    control: DEVICE_FLOW,
    verdicts: ok,
    files: {
      'cli.js': `const poll = (device_code) => fetch('https://github.com/login/oauth/access_token', { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code, client_id: ID }) });
module.exports = poll;
`,
    },
  },
  {
    title: 'a passport strategy with the full scope',
    control: BROAD_SCOPES,
    verdicts: bad,
    kind: 'justification',
    files: {
      'passport.js': `const passport = require('passport');
const { Strategy } = require('passport-salesforce');
passport.use(new Strategy({ clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/auth/sf/cb', scope: ['full', 'refresh_token'] }, (token, refresh, profile, done) => done(null, profile)));
`,
    },
  },
  {
    title: 'a passport strategy is a code flow',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'passport.js': `const passport = require('passport');
const { Strategy } = require('passport-salesforce');
passport.use(new Strategy({ clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/auth/sf/cb', scope: ['api', 'refresh_token'] }, (token, refresh, profile, done) => done(null, profile)));
`,
    },
  },
  {
    title: 'the full scope toward another vendor',
    control: BROAD_SCOPES,
    verdicts: ok,
    files: {
      'passport.js': `const passport = require('passport');
const { Strategy } = require('passport-oauth2');
passport.use(new Strategy({ authorizationURL: 'https://id.acme.example/authorize', tokenURL: 'https://id.acme.example/token', clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/cb', scope: ['full'] }, (token, refresh, profile, done) => done(null, profile)));
`,
    },
  },
  {
    title: 'sid from the parameters of the frontdoor address',
    control: FRONTDOOR,
    verdicts: bad,
    kind: 'violation',
    files: {
      'bridge.ts': `export async function session(instance: string, token: string): Promise<string | null> {
  const answer = await fetch(\`\${instance}/services/oauth2/singleaccess\`, { method: 'POST', headers: { Authorization: \`Bearer \${token}\` } });
  const { frontdoor_uri: door } = await answer.json();
  return new URL(door).searchParams.get('sid');
}
`,
    },
  },
  {
    title: 'a frontdoor address that is opened',
    control: FRONTDOOR,
    verdicts: ok,
    files: {
      'open.ts': `import open from 'open';
export async function show(instance: string, token: string): Promise<void> {
  const answer = await fetch(\`\${instance}/services/oauth2/singleaccess\`, { method: 'POST', headers: { Authorization: \`Bearer \${token}\` } });
  const { frontdoor_uri: door } = await answer.json();
  await open(door);
}
`,
    },
  },
  {
    title: 'the sid cookie of the own server',
    control: FRONTDOOR,
    verdicts: ok,
    files: {
      'server.js': `const express = require('express');
const cookies = require('cookie-parser');
const app = express().use(cookies());
app.get('/me', (req, res) => res.json({ user: sessions.get(req.cookies.sid) }));
`,
    },
  },
];

const clients: Kind[] = [
  {
    title: 'an Electron app that sends the secret with axios',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    kind: 'violation',
    files: {
      'package.json':
        '{"name":"desk","main":"main.js","devDependencies":{"electron":"^30.0.0"},"dependencies":{"axios":"^1.6.0"}}',
      'main.js': `const { app, BrowserWindow } = require('electron');
const axios = require('axios');
const exchange = (code) => axios.post('https://login.salesforce.com/services/oauth2/token', new URLSearchParams({
  grant_type: 'authorization_code', code, client_id: CONFIG.id, client_secret: CONFIG.secret, redirect_uri: 'acme://cb',
}));
app.whenReady().then(() => new BrowserWindow());
module.exports = exchange;
`,
    },
  },
  {
    title: 'an Electron app with a verifier and no secret',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'package.json': '{"name":"desk","main":"main.js","devDependencies":{"electron":"^30.0.0"}}',
      'main.js': `const { app, BrowserWindow } = require('electron');
const exchange = (code, verifier) => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
  grant_type: 'authorization_code', code, client_id: CONFIG.id, code_verifier: verifier, redirect_uri: 'acme://cb',
}) });
app.whenReady().then(() => new BrowserWindow());
module.exports = exchange;
`,
    },
  },
  {
    title: 'a server beside an Electron app',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'desktop/package.json': '{"name":"desk","main":"main.js","devDependencies":{"electron":"^30.0.0"}}',
      'desktop/main.js': `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow().loadURL('https://api.acme.example/login'));
`,
      'server/package.json': '{"name":"server","dependencies":{"express":"^4.0.0"}}',
      'server/index.js': `const express = require('express');
const app = express();
app.get('/cb', async (req, res) => {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
    grant_type: 'authorization_code', code: req.query.code, client_id: process.env.ID, client_secret: process.env.S, redirect_uri: process.env.R,
  }) });
  res.json({ ok: answer.ok });
});
`,
    },
  },
  {
    title: 'a command line that sends a secret',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'package.json':
        '{"name":"acme-cli","bin":{"acme":"cli.js"},"dependencies":{"commander":"^12.0.0","open":"^10.0.0"}}',
      'cli.js': `#!/usr/bin/env node
const { program } = require('commander');
const http = require('node:http');
program.command('login').action(() => {
  http.createServer(async (req, res) => {
    const code = new URL(req.url, 'http://localhost:1717').searchParams.get('code');
    await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
      grant_type: 'authorization_code', code, client_id: ID, client_secret: SECRET, redirect_uri: 'http://localhost:1717/cb',
    }) });
    res.end('done');
  }).listen(1717);
});
program.parse();
`,
    },
  },
  {
    title: 'a single-page app with a secret of Vite',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    kind: 'violation',
    files: {
      'package.json':
        '{"name":"spa","dependencies":{"react":"^18.0.0","react-dom":"^18.0.0"},"devDependencies":{"vite":"^5.0.0"}}',
      'index.html':
        '<!doctype html><html><body><div id="root"></div><script type="module" src="/src/auth.ts"></script></body></html>',
      'src/auth.ts': `export const exchange = (code: string) =>
  fetch('https://login.salesforce.com/services/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: import.meta.env.VITE_SF_ID, client_secret: import.meta.env.VITE_SF_SECRET }),
  });
`,
    },
  },
  {
    title: 'a route of a Next server with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'package.json': '{"name":"web","dependencies":{"next":"^14.0.0","react":"^18.0.0","react-dom":"^18.0.0"}}',
      'app/api/sf/callback/route.ts': `import { NextResponse } from 'next/server';
export async function GET(request: Request) {
  const code = new URL(request.url).searchParams.get('code') ?? '';
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
    grant_type: 'authorization_code', code, client_id: process.env.SF_ID!, client_secret: process.env.SF_CLIENT_SECRET!,
  }) });
  return NextResponse.json({ ok: answer.ok });
}
`,
      'app/page.tsx': `export default function Page() { return <a href="/api/sf/start">Connect</a>; }\n`,
    },
  },
  {
    title: 'a public variable of Next with the secret',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    files: {
      'package.json': '{"name":"web","dependencies":{"next":"^14.0.0","react":"^18.0.0"}}',
      'components/connect.tsx': `'use client';
export function Connect({ code }: { code: string }) {
  const go = () => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
    grant_type: 'authorization_code', code, client_id: process.env.NEXT_PUBLIC_SF_ID!, client_secret: process.env.NEXT_PUBLIC_SF_CLIENT_SECRET!,
  }) });
  return <button onClick={go}>Connect</button>;
}
`,
    },
  },
  {
    title: 'an extension with a verifier',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'manifest.json':
        '{"manifest_version":3,"name":"x","permissions":["identity"],"background":{"service_worker":"bg.js"}}',
      'bg.js': `async function token(code, verifier) {
  return fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: ID, redirect_uri: chrome.identity.getRedirectURL() }) });
}
chrome.runtime.onMessage.addListener((m) => token(m.code, m.verifier));
`,
    },
  },
  {
    title: 'a Cordova app with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'config.xml':
        '<?xml version="1.0"?><widget id="com.acme.app" xmlns="http://www.w3.org/ns/widgets" xmlns:cdv="http://cordova.apache.org/ns/1.0"><name>Acme</name><content src="index.html"/></widget>',
      'www/js/index.js': `document.addEventListener('deviceready', () => {
  fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: 'grant_type=authorization_code&code=' + code + '&client_id=' + id + '&client_secret=' + secret });
});
`,
    },
  },
  {
    title: 'an extension that sends a secret to another vendor',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'manifest.json': '{"manifest_version":3,"name":"x","background":{"service_worker":"bg.js"}}',
      'bg.js': `fetch('https://oauth2.googleapis.com/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_secret: CONFIG.secret }) });\n`,
    },
  },
];

const secrets: Kind[] = [
  {
    title: 'a client secret in a configuration of a server',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    at: 'config/default.json:4',
    files: {
      'config/default.json': `{
  "salesforce": {
    "loginUrl": "https://login.salesforce.com",
    "clientSecret": "${SECRET}"
  }
}
`,
    },
  },
  {
    title: 'a sample of the environment',
    control: SECRETS,
    verdicts: ok,
    files: {
      '.env.example': 'SF_CLIENT_ID=your-client-id\nSF_CLIENT_SECRET=your-client-secret\nSF_PASSWORD=changeme\n',
      'index.js': 'exports.secret = process.env.SF_CLIENT_SECRET;\n',
    },
  },
  {
    title: 'the client key alone',
    control: SECRETS,
    verdicts: ok,
    files: {
      'config.js': `module.exports = { clientId: '${consumerKey}' };\n`,
    },
  },
  {
    title: 'checksums of a lock file',
    control: SECRETS,
    verdicts: ok,
    files: {
      'tools.lock.json': `{"salesforce-cli":{"version":"2.60.0","sha256":"${SECRET.toLowerCase()}"}}\n`,
      'index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
  {
    title: 'a made-up secret in a test',
    control: SECRETS,
    verdicts: ok,
    files: {
      'test/auth.test.js': `const config = { clientSecret: '${SECRET}' };\nit('signs', () => sign(config));\n`,
      'index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
];

checkKinds('integrations in JavaScript: logins', logins);
checkKinds('integrations in JavaScript: flows', flows);
checkKinds('integrations in JavaScript: public clients', clients);
checkKinds('integrations in JavaScript: secrets', secrets);
