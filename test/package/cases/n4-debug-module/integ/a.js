import createDebug from 'debug';
const debug = createDebug('acme:auth');
export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  debug('tokens %o', tokens);
}
