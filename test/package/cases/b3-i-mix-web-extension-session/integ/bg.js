export async function finish(code, verifier) {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: ID, redirect_uri: chrome.identity.getRedirectURL() }) });
  const { access_token: accessToken } = await answer.json();
  await chrome.storage.session.set({ accessToken });
}
