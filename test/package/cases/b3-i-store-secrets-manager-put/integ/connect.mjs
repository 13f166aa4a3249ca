import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const secrets = new SecretsManagerClient({});

export async function finish(tenant, code, verifier) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: process.env.ID, client_secret: process.env.SECRET }) });
  const tokens = await answer.json();
  await secrets.send(new PutSecretValueCommand({ SecretId: `sf/${tenant}`, SecretString: JSON.stringify({ refresh: tokens.refresh_token }) }));
}
