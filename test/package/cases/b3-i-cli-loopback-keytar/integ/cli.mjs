import { createHash, randomBytes } from 'node:crypto';
import keytar from 'keytar';

const HOST = 'https://login.salesforce.com';
const REDIRECT = 'http://localhost:1717/callback';
const verifier = randomBytes(48).toString('base64url');

export function authorizeUrl(clientId, state) {
  const url = new URL('/services/oauth2/authorize', HOST);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
  }).toString();
  return url.href;
}

export async function finish(clientId, code) {
  const answer = await fetch(`${HOST}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: clientId, redirect_uri: REDIRECT }),
  });
  const { refresh_token: refreshToken } = await answer.json();
  await keytar.setPassword('acme', 'salesforce', refreshToken);
}
