const TOKEN_URL = 'https://login.salesforce.com/services/oauth2/token';

export async function finish(code, verifier) {
  const answer = await fetch(TOKEN_URL, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: CLIENT_ID, redirect_uri: chrome.identity.getRedirectURL() }),
  });
  const { refresh_token: refreshToken, access_token: accessToken } = await answer.json();
  await chrome.storage.sync.set({ refreshToken, accessToken });
}
