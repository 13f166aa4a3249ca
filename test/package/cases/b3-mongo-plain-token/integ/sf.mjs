export async function token(code, verifier) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: process.env.SF_ID, redirect_uri: 'acme://cb' }),
  });
  return answer.json();
}
