import { PutCommand } from '@aws-sdk/lib-dynamodb';

export async function finish(tenant, code) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code }) });
  const { refresh_token } = await answer.json();
  await ddb.send(new PutCommand({ TableName: 'tenants', Item: { tenant, refresh_token } }));
}
