export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  logger.debug({ type: tokens.token_type, scope: tokens.scope, instance: tokens.instance_url }, 'token refreshed');
  await vault.put(tokens);
}
