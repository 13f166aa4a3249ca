import { pool } from './database.js';
import { decrypt, encrypt } from './encryption.js';

const TOKEN = 'https://login.salesforce.com/services/oauth2/token';

/** Both tokens in one statement: a new refresh token is never lost between two writes. */
export async function saveTokens(tenant, answer, client = pool) {
  await client.query('UPDATE connection SET access_token = $2, refresh_token = $3 WHERE tenant = $1', [
    tenant,
    encrypt(answer.access_token),
    encrypt(answer.refresh_token),
  ]);
}

/** One refresh at a time for each tenant: the row stays locked until the new token is stored. */
export async function refresh(tenant) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('SELECT refresh_token FROM connection WHERE tenant = $1 FOR UPDATE', [tenant]);
    const old = decrypt(rows[0].refresh_token);
    const response = await fetch(TOKEN, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: old,
        client_id: process.env.CLIENT_ID,
        client_secret: process.env.CLIENT_SECRET,
      }),
    });
    const answer = await response.json();
    await saveTokens(tenant, { ...answer, refresh_token: answer.refresh_token ?? old }, client);
    await client.query('COMMIT');
    return answer.access_token;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
