export async function accounts() {
  const answer = await fetch('https://acme.my.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.ID, client_secret: process.env.SECRET }) });
  const { access_token: accessToken, instance_url: instanceUrl } = await answer.json();
  const headers = new Headers();
  headers.set('Authorization', `Bearer ${accessToken}`);
  const url = new URL('/services/data/v60.0/query', instanceUrl);
  url.searchParams.set('q', 'SELECT Id FROM Account');
  return (await fetch(url, { headers })).json();
}
