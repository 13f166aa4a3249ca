import { canary, consumerKey } from '../support/secrets.js';
import { AP, B, D, F, I, PC, U, X, bad, checkKinds, gap, ok, type Kind } from './integrationKind.js';

const SECRET = canary.consumerSecret;

const logins: Kind[] = [
  {
    n: 'a connection that the constructor takes',
    c: U,
    v: bad,
    k: 'violation',
    at: 'loader.ts:5',
    i: {
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
    n: 'a factory in the same file',
    c: U,
    v: bad,
    k: 'violation',
    at: 'a.js:6',
    i: {
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
    n: 'a factory in another CommonJS file',
    c: U,
    v: bad,
    k: 'violation',
    at: 'job.js:3',
    i: {
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
    n: 'a connection through a re-exporting index',
    c: U,
    v: bad,
    k: 'violation',
    at: 'job.ts:2',
    i: {
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
    n: 'a default export in another file',
    c: U,
    v: bad,
    k: 'violation',
    at: 'run.mjs:3',
    i: {
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
    n: 'a directory client of another file beside jsforce with a token',
    c: U,
    v: ok,
    i: {
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
    n: 'OAuth2.authenticate of jsforce',
    c: U,
    v: bad,
    k: 'violation',
    at: 'auth.js:3',
    i: {
      'auth.js': `const { OAuth2 } = require('jsforce');
const oauth = new OAuth2({ clientId: process.env.ID, clientSecret: process.env.S, redirectUri: process.env.R });
module.exports = (user, word) => oauth.authenticate(user, word);
`,
    },
  },
  {
    n: 'a code exchange with jsforce',
    c: U,
    v: ok,
    i: {
      'server.js': `const express = require('express');
const { OAuth2, Connection } = require('jsforce');
const oauth2 = new OAuth2({ clientId: process.env.ID, clientSecret: process.env.S, redirectUri: process.env.R });
const app = express();
app.get('/login', (req, res) => res.redirect(oauth2.getAuthorizationUrl({ scope: 'api refresh_token' })));
app.get('/cb', async (req, res) => {
  const conn = new Connection({ oauth2 });
  await conn.authorize(req.query.code);
  res.json(await conn.identity());
});
`,
    },
  },
  {
    n: 'a code exchange with jsforce and no app in the package',
    c: AP,
    v: bad,
    k: 'justification',
    i: {
      'server.js': `const express = require('express');
const { OAuth2, Connection } = require('jsforce');
const oauth2 = new OAuth2({ clientId: process.env.ID, clientSecret: process.env.S, redirectUri: process.env.R });
const app = express();
app.get('/login', (req, res) => res.redirect(oauth2.getAuthorizationUrl({ scope: 'api refresh_token' })));
app.get('/cb', async (req, res) => {
  const conn = new Connection({ oauth2 });
  await conn.authorize(req.query.code);
  res.json(await conn.identity());
});
`,
    },
  },
  {
    n: 'a JWT login with the sf libraries',
    c: U,
    v: ok,
    i: {
      'jwt.ts': `import { AuthInfo, Connection } from '@salesforce/core';
export async function connect(username: string): Promise<Connection> {
  const authInfo = await AuthInfo.create({
    username,
    oauth2Options: { clientId: process.env.ID, privateKeyFile: process.env.KEY_FILE, loginUrl: 'https://login.salesforce.com' },
  });
  return Connection.create({ authInfo });
}
`,
    },
  },
  {
    n: 'a JWT login with the sf libraries and no app in the package',
    c: AP,
    v: bad,
    k: 'justification',
    i: {
      'jwt.ts': `import { AuthInfo, Connection } from '@salesforce/core';
export async function connect(username: string): Promise<Connection> {
  const authInfo = await AuthInfo.create({
    username,
    oauth2Options: { clientId: process.env.ID, privateKeyFile: process.env.KEY_FILE, loginUrl: 'https://login.salesforce.com' },
  });
  return Connection.create({ authInfo });
}
`,
    },
  },
  {
    n: 'the password grant of openid-client',
    c: U,
    v: bad,
    k: 'violation',
    at: 'oidc.js:5',
    i: {
      'oidc.js': `const { Issuer } = require('openid-client');
async function token(username, password) {
  const issuer = await Issuer.discover('https://login.salesforce.com');
  const client = new issuer.Client({ client_id: process.env.ID, client_secret: process.env.S });
  return client.grant({ grant_type: 'password', username, password });
}
module.exports = token;
`,
    },
  },
  {
    n: 'the password grant of openid-client toward another issuer',
    c: U,
    v: ok,
    i: {
      'oidc.js': `const { Issuer } = require('openid-client');
async function token(username, password) {
  const issuer = await Issuer.discover('https://id.acme.example/realms/main');
  const client = new issuer.Client({ client_id: process.env.ID, client_secret: process.env.S });
  return client.grant({ grant_type: 'password', username, password });
}
module.exports = token;
`,
    },
  },
  {
    n: 'an axios instance with a base address',
    c: U,
    v: bad,
    k: 'violation',
    i: {
      'http.ts': `import axios from 'axios';
import qs from 'qs';
const http = axios.create({ baseURL: 'https://login.salesforce.com' });
export const signIn = (username: string, password: string) =>
  http.post('/services/oauth2/token', qs.stringify({ grant_type: 'password', client_id: ID, username, password }));
`,
    },
  },
  {
    n: 'an axios instance of another vendor',
    c: U,
    v: ok,
    i: {
      'http.ts': `import axios from 'axios';
import qs from 'qs';
const http = axios.create({ baseURL: 'https://auth.acme.example' });
export const signIn = (username: string, password: string) =>
  http.post('/oauth2/token', qs.stringify({ grant_type: 'password', client_id: ID, username, password }));
`,
    },
  },
  {
    n: 'undici behind a helper, with the grant in an enumeration',
    c: U,
    v: gap,
    i: {
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
    n: 'got with an address from the environment',
    c: U,
    v: bad,
    i: {
      'a.mjs': `import got from 'got';
const TOKEN_URL = process.env.SF_LOGIN_URL + '/services/oauth2/token';
export const login = () => got.post(TOKEN_URL, { form: { grant_type: 'password', username: process.env.U, password: process.env.P } }).json();
`,
    },
  },
  {
    n: 'a SOAP login in a template string',
    c: U,
    v: bad,
    k: 'violation',
    i: {
      'soap.js': `const body = (u, p) => \`<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Body>
<login xmlns="urn:partner.soap.sforce.com"><username>\${u}</username><password>\${p}</password></login></se:Body></se:Envelope>\`;
module.exports = (host, u, p) => fetch(host + '/services/Soap/u/58.0', { method: 'POST', headers: { SOAPAction: 'login' }, body: body(u, p) });
`,
    },
  },
  {
    n: 'a login in a test of the integration',
    c: U,
    v: ok,
    i: {
      'test/login.test.js': `const jsforce = require('jsforce');
describe('login', () => { it('works', () => new jsforce.Connection().login('u@x.example', 'p')); });
`,
      'src/index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
  {
    n: 'a login in the readme',
    c: U,
    v: ok,
    i: {
      'README.md':
        '# Sync\n\n```sh\ncurl https://login.salesforce.com/services/oauth2/token -d grant_type=password -d username=u\n```\n',
      'index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
  {
    n: 'a login in a comment',
    c: U,
    v: ok,
    i: {
      'index.js': `// Earlier: fetch('https://login.salesforce.com/services/oauth2/token', { body: 'grant_type=password&username=' + u })
/* conn.login(user, password) of jsforce was removed */
exports.sum = (a, b) => a + b;
`,
    },
  },
  {
    n: 'a refreshing connection of a server',
    c: U,
    v: ok,
    i: {
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
    n: 'a dependency that no given file uses',
    c: U,
    v: ['inconclusive'],
    i: {
      'package.json': '{"name":"sync","dependencies":{"jsforce":"^3.2.0","express":"^4.0.0"}}',
      'index.js': `const express = require('express');\nexpress().listen(3000);\n`,
    },
  },
  {
    n: 'a connection that a Nest provider makes',
    c: U,
    v: gap,
    i: {
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
    n: 'a page that redirects to the implicit flow',
    c: I,
    v: bad,
    k: 'violation',
    at: 'src/auth.js:2',
    i: {
      'src/auth.js': `export function signIn(id, back) {
  location.href = 'https://login.salesforce.com/services/oauth2/authorize?response_type=token&client_id=' + id + '&redirect_uri=' + encodeURIComponent(back);
}
`,
    },
  },
  {
    n: 'the implicit flow built from parameters',
    c: I,
    v: bad,
    k: 'violation',
    i: {
      'auth.ts': `const AUTHORIZE = 'https://login.salesforce.com/services/oauth2/authorize';
export function url(clientId: string): string {
  const query = new URLSearchParams({ response_type: 'token', client_id: clientId, redirect_uri: location.origin });
  return \`\${AUTHORIZE}?\${query}\`;
}
`,
    },
  },
  {
    n: 'the implicit flow of another vendor',
    c: I,
    v: ok,
    i: {
      'auth.ts': `const AUTHORIZE = 'https://accounts.google.com/o/oauth2/v2/auth';
export function url(clientId: string): string {
  const query = new URLSearchParams({ response_type: 'token', client_id: clientId, redirect_uri: location.origin });
  return \`\${AUTHORIZE}?\${query}\`;
}
`,
    },
  },
  {
    n: 'an authorization code request',
    c: I,
    v: ok,
    i: {
      'auth.ts': `const AUTHORIZE = 'https://login.salesforce.com/services/oauth2/authorize';
export function url(clientId: string, challenge: string): string {
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, code_challenge: challenge, code_challenge_method: 'S256' });
  return \`\${AUTHORIZE}?\${query}\`;
}
`,
    },
  },
  {
    n: 'the implicit flow of oidc-client-ts',
    c: I,
    v: bad,
    i: {
      'oidc.ts': `import { UserManager } from 'oidc-client-ts';
export const users = new UserManager({
  authority: 'https://login.salesforce.com',
  client_id: 'x', redirect_uri: window.location.origin, response_type: 'token id_token',
});
`,
    },
  },
  {
    n: 'the implicit flow in an extension',
    c: I,
    v: bad,
    k: 'violation',
    i: {
      'manifest.json':
        '{"manifest_version":3,"name":"x","permissions":["identity"],"background":{"service_worker":"bg.js"}}',
      'bg.js': `const host = 'https://login.salesforce.com';
chrome.identity.launchWebAuthFlow({ url: host + '/services/oauth2/authorize?client_id=' + ID + '&response_type=token&redirect_uri=' + chrome.identity.getRedirectURL(), interactive: true });
`,
    },
  },
  {
    n: 'the device flow',
    c: D,
    v: bad,
    k: 'violation',
    at: 'cli.js:1',
    i: {
      'cli.js': `const start = () => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ response_type: 'device_code', client_id: ID, scope: 'api' }) });
module.exports = start;
`,
    },
  },
  {
    n: 'the device flow of another vendor',
    c: D,
    v: ok,
    i: {
      'cli.js': `const poll = (device_code) => fetch('https://github.com/login/oauth/access_token', { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code, client_id: ID }) });
module.exports = poll;
`,
    },
  },
  {
    n: 'a passport strategy with the full scope',
    c: B,
    v: bad,
    k: 'justification',
    i: {
      'passport.js': `const passport = require('passport');
const { Strategy } = require('passport-salesforce');
passport.use(new Strategy({ clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/auth/sf/cb', scope: ['full', 'refresh_token'] }, (token, refresh, profile, done) => done(null, profile)));
`,
    },
  },
  {
    n: 'a passport strategy is a code flow',
    c: U,
    v: ok,
    i: {
      'passport.js': `const passport = require('passport');
const { Strategy } = require('passport-salesforce');
passport.use(new Strategy({ clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/auth/sf/cb', scope: ['api', 'refresh_token'] }, (token, refresh, profile, done) => done(null, profile)));
`,
    },
  },
  {
    n: 'the full scope toward another vendor',
    c: B,
    v: ok,
    i: {
      'passport.js': `const passport = require('passport');
const { Strategy } = require('passport-oauth2');
passport.use(new Strategy({ authorizationURL: 'https://id.acme.example/authorize', tokenURL: 'https://id.acme.example/token', clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/cb', scope: ['full'] }, (token, refresh, profile, done) => done(null, profile)));
`,
    },
  },
  {
    n: 'sid from the parameters of the frontdoor address',
    c: F,
    v: bad,
    k: 'violation',
    i: {
      'bridge.ts': `export async function session(instance: string, token: string): Promise<string | null> {
  const answer = await fetch(\`\${instance}/services/oauth2/singleaccess\`, { method: 'POST', headers: { Authorization: \`Bearer \${token}\` } });
  const { frontdoor_uri: door } = await answer.json();
  return new URL(door).searchParams.get('sid');
}
`,
    },
  },
  {
    n: 'a frontdoor address that is opened',
    c: F,
    v: ok,
    i: {
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
    n: 'the sid cookie of the own server',
    c: F,
    v: ok,
    i: {
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
    n: 'an Electron app that sends the secret with axios',
    c: PC,
    v: bad,
    k: 'violation',
    i: {
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
    n: 'an Electron app with a verifier and no secret',
    c: PC,
    v: ok,
    i: {
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
    n: 'a server beside an Electron app',
    c: PC,
    v: ok,
    i: {
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
    n: 'a command line that sends a secret',
    c: PC,
    v: gap,
    i: {
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
    n: 'a single-page app with a secret of Vite',
    c: PC,
    v: bad,
    k: 'violation',
    i: {
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
    n: 'a route of a Next server with a secret',
    c: PC,
    v: ok,
    i: {
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
    n: 'a public variable of Next with the secret',
    c: PC,
    v: bad,
    i: {
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
    n: 'an extension with a verifier',
    c: PC,
    v: ok,
    i: {
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
    n: 'a Cordova app with a secret',
    c: PC,
    v: gap,
    i: {
      'config.xml':
        '<?xml version="1.0"?><widget id="com.acme.app" xmlns="http://www.w3.org/ns/widgets" xmlns:cdv="http://cordova.apache.org/ns/1.0"><name>Acme</name><content src="index.html"/></widget>',
      'www/js/index.js': `document.addEventListener('deviceready', () => {
  fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: 'grant_type=authorization_code&code=' + code + '&client_id=' + id + '&client_secret=' + secret });
});
`,
    },
  },
  {
    n: 'an extension that sends a secret to another vendor',
    c: PC,
    v: ok,
    i: {
      'manifest.json': '{"manifest_version":3,"name":"x","background":{"service_worker":"bg.js"}}',
      'bg.js': `fetch('https://oauth2.googleapis.com/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_secret: CONFIG.secret }) });\n`,
    },
  },
];

const secrets: Kind[] = [
  {
    n: 'a client secret in a configuration of a server',
    c: X,
    v: bad,
    k: 'violation',
    at: 'config/default.json:4',
    i: {
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
    n: 'a sample of the environment',
    c: X,
    v: ok,
    i: {
      '.env.example': 'SF_CLIENT_ID=your-client-id\nSF_CLIENT_SECRET=your-client-secret\nSF_PASSWORD=changeme\n',
      'index.js': 'exports.secret = process.env.SF_CLIENT_SECRET;\n',
    },
  },
  {
    n: 'the client key alone',
    c: X,
    v: ok,
    i: {
      'config.js': `module.exports = { clientId: '${consumerKey}' };\n`,
    },
  },
  {
    n: 'checksums of a lock file',
    c: X,
    v: ok,
    i: {
      'tools.lock.json': `{"salesforce-cli":{"version":"2.60.0","sha256":"${SECRET.toLowerCase()}"}}\n`,
      'index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
  {
    n: 'a made-up secret in a test',
    c: X,
    v: ok,
    i: {
      'test/auth.test.js': `const config = { clientSecret: '${SECRET}' };\nit('signs', () => sign(config));\n`,
      'index.js': 'exports.sum = (a, b) => a + b;\n',
    },
  },
];

checkKinds('integrations in JavaScript: logins', logins);
checkKinds('integrations in JavaScript: flows', flows);
checkKinds('integrations in JavaScript: public clients', clients);
checkKinds('integrations in JavaScript: secrets', secrets);
