const cache = new Map();

export async function token(tenant) {
  if (cache.has(tenant)) return cache.get(tenant);
  const answer = await fetch('https://acme.my.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.ID, client_secret: process.env.SECRET }) });
  const { access_token: accessToken } = await answer.json();
  cache.set(tenant, accessToken);
  return accessToken;
}
