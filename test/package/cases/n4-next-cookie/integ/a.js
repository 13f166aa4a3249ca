import { cookies } from 'next/headers';
export async function run(body) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body });
  const tokens = await answer.json();
  cookies().set('sf', tokens.access_token, { httpOnly: true, secure: true, sameSite: 'lax' });
}
