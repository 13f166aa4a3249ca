export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  const { access_token, refresh_token } = tokens;
  console.log({ refresh_token });
  return access_token;
}
