const { app, BrowserWindow, shell } = require('electron');
const { createHash, randomBytes } = require('node:crypto');
const keytar = require('keytar');
const HOST = 'https://login.salesforce.com';
const KEY = '{CONSUMER_KEY}';
let verifier;

function start() {
  verifier = randomBytes(48).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({ response_type: 'code', client_id: KEY, redirect_uri: 'acme-desktop://cb', scope: 'api refresh_token', code_challenge: challenge, code_challenge_method: 'S256' });
  shell.openExternal(`${HOST}/services/oauth2/authorize?${query}`);
}

async function redeem(code) {
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: KEY, redirect_uri: 'acme-desktop://cb', code_verifier: verifier });
  const answer = await fetch(`${HOST}/services/oauth2/token`, { method: 'POST', body });
  const tokens = await answer.json();
  await keytar.setPassword('acme', 'refresh', tokens.refresh_token);
  return tokens.access_token;
}
app.setAsDefaultProtocolClient('acme-desktop');
app.whenReady().then(() => { new BrowserWindow(); start(); });
app.on('open-url', (event, url) => redeem(new URL(url).searchParams.get('code')));
