import { PUBLIC_SF_SECRET } from '$env/static/public';

export const finish = (code) =>
  fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_secret: PUBLIC_SF_SECRET }) });
