const env = import.meta.env;
export async function redeem(code: string, verifier: string): Promise<{ access_token: string }> {
  const form = new FormData();
  form.append('grant_type', 'authorization_code');
  form.append('code', code);
  form.append('code_verifier', verifier);
  form.append('client_id', env.VITE_SF_CLIENT_ID);
  form.append('client_secret', env.VITE_SF_CLIENT_SECRET);
  const answer = await fetch(`${env.VITE_SF_HOST}/services/oauth2/token`, { method: 'POST', body: form });
  return answer.json();
}
