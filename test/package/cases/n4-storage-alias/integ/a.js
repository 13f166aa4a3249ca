export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  const storage = window.localStorage;
  storage.setItem('rt', tokens.refresh_token);
}
