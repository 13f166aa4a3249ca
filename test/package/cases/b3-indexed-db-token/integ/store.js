import { openDB } from 'idb';
import { token } from './sf.mjs';

export async function finish(code, verifier) {
  const answer = await token(code, verifier);
  const db = await openDB('acme', 1);
  await db.put('auth', { accessToken: answer.access_token, refreshToken: answer.refresh_token }, 'salesforce');
}
