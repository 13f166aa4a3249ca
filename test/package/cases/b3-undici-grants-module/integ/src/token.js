import { request } from 'undici';
import { stringify } from 'node:querystring';
import { GRANTS } from './grants.js';

export async function token({ user, word }) {
  const { body } = await request('https://login.salesforce.com/services/oauth2/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: stringify({ grant_type: GRANTS.ropc, client_id: process.env.SF_ID, username: user, password: word }),
  });
  return (await body.json()).access_token;
}
