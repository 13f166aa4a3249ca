import fs from 'node:fs';
export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  const rows = await (await fetch(tokens.instance_url + '/services/data/v62.0/query', { headers: { Authorization: `Bearer ${tokens.access_token}` } })).json();
  fs.writeFileSync('rows.json', JSON.stringify(rows));
}
