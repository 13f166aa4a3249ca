import Store from 'electron-store';
const store = new Store();
export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  store.set('refreshToken', tokens.refresh_token);
}
