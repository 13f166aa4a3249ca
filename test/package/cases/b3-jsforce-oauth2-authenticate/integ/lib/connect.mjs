import { Connection, OAuth2 } from 'jsforce';

const oauth2 = new OAuth2({
  clientId: process.env.SF_CLIENT_ID,
  clientSecret: process.env.SF_CLIENT_SECRET,
  loginUrl: 'https://login.salesforce.com',
});

export async function connect() {
  const answer = await oauth2.authenticate(process.env.SF_USER, process.env.SF_PASSWORD);
  return new Connection({ instanceUrl: answer.instance_url, accessToken: answer.access_token });
}
