import { createHash, randomBytes } from 'node:crypto';
import { vault } from './vault.mjs';
import { Mutex } from 'async-mutex';

const HOST = 'https://login.salesforce.com';
const mutex = new Mutex();

export function begin(session) {
  session.verifier = randomBytes(48).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: process.env.SF_CLIENT_ID,
    redirect_uri: 'https://app.acme.example/cb',
    code_challenge: createHash('sha256').update(session.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${HOST}/services/oauth2/authorize?${query}`;
}

async function post(form) {
  const answer = await fetch(`${HOST}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  if (!answer.ok) throw new Error(`Salesforce answered ${answer.status}`);
  return answer.json();
}

export async function finish(session, code) {
  const secret = await vault.read('sf-client-secret');
  const token = await post({ grant_type: 'authorization_code', code, code_verifier: session.verifier, client_id: process.env.SF_CLIENT_ID, client_secret: secret, redirect_uri: 'https://app.acme.example/cb' });
  await vault.write(session.tenant, { access: token.access_token, refresh: token.refresh_token });
}

export function refresh(tenant) {
  return mutex.runExclusive(async () => {
    const saved = await vault.read(tenant);
    const secret = await vault.read('sf-client-secret');
    const token = await post({ grant_type: 'refresh_token', refresh_token: saved.refresh, client_id: process.env.SF_CLIENT_ID, client_secret: secret });
    await vault.write(tenant, { access: token.access_token, refresh: token.refresh_token ?? saved.refresh });
  });
}
