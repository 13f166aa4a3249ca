export async function token() {
  const answer = await fetch('https://acme.my.salesforce.com/services/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.SF_ID, client_secret: process.env.SF_SECRET }),
  });
  return (await answer.json()).access_token;
}
