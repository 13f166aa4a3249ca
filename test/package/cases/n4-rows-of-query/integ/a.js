export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  const client = connect(tokens);
  const rows = await client.query('SELECT Id FROM Account');
  console.log(rows);
}
