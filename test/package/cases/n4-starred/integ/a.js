export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  console.log(tokens.access_token.replace(/.(?=.{4})/g, '*'));
}
