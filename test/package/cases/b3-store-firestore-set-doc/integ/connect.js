import { doc, setDoc } from 'firebase/firestore';

export async function finish(db, user, code) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code }) });
  const tokens = await answer.json();
  await setDoc(doc(db, 'users', user), { refreshToken: tokens.refresh_token }, { merge: true });
}
