export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  logger.info(`Refresh token rotated for ${account.id}`);
  await vault.put(tokens);
}
