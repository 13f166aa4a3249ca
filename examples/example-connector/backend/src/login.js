import { createHash, randomBytes } from 'node:crypto';
import { Router } from 'express';
import { saveTokens } from './tokens.js';

const AUTHORIZE = 'https://login.salesforce.com/services/oauth2/authorize';
const TOKEN = 'https://login.salesforce.com/services/oauth2/token';
const CALLBACK = 'https://connector.example.com/oauth/callback';

export const login = Router();

login.get('/login', (request, response) => {
  const verifier = randomBytes(48).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  request.session.verifier = verifier;
  request.session.state = state;
  const url = new URL(AUTHORIZE);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: process.env.CLIENT_ID,
    redirect_uri: CALLBACK,
    scope: 'api refresh_token',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  response.redirect(url.toString());
});

login.get('/oauth/callback', async (request, response) => {
  const { verifier, state, tenant } = request.session;
  if (state === undefined || request.query.state !== state) return response.sendStatus(400);
  const answer = await fetch(TOKEN, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: request.query.code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
    }),
  });
  if (!answer.ok) return response.sendStatus(502);
  await saveTokens(tenant, await answer.json());
  return response.redirect('/connected');
});
