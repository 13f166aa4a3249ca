import { google } from 'googleapis';
import { pool } from './pool.mjs';

export async function finish(code) {
  const client = new google.auth.OAuth2(process.env.G_ID, process.env.G_SECRET, 'https://app.acme.example/google');
  const { tokens } = await client.getToken(code);
  await pool.query('UPDATE tenants SET google_label = $1', [tokens.scope]);
}
