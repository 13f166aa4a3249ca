import { Issuer, generators } from 'openid-client';

export async function start(session: { verifier?: string }): Promise<string> {
  const salesforce = await Issuer.discover('https://login.salesforce.com');
  const client = new salesforce.Client({
    client_id: process.env.SF_ID!,
    client_secret: process.env.SF_SECRET!,
    redirect_uris: ['https://app.acme.example/cb'],
    response_types: ['code'],
  });
  session.verifier = generators.codeVerifier();
  return client.authorizationUrl({ scope: 'api refresh_token', code_challenge: generators.codeChallenge(session.verifier), code_challenge_method: 'S256' });
}
