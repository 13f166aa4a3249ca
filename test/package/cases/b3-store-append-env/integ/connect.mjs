import { appendFileSync } from 'node:fs';

const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: process.argv[2] }) });
const tokens = await answer.json();
appendFileSync('.env', `SF_REFRESH=${tokens.refresh_token}\n`);
