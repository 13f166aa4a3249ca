export async function exchange(host, subjectToken) {
  const body = new URLSearchParams();
  body.set('grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange');
  body.set('subject_token_type', 'urn:ietf:params:oauth:token-type:jwt');
  body.set('subject_token', subjectToken);
  body.set('client_id', process.env.SF_ID);
  const answer = await fetch(new URL('/services/oauth2/token', host), { method: 'POST', body });
  return (await answer.json()).access_token;
}
