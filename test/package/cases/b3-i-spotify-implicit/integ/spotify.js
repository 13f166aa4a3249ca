export function connect(clientId) {
  const query = new URLSearchParams({ response_type: 'token', client_id: clientId, redirect_uri: window.location.origin });
  window.location.assign(`https://accounts.spotify.com/authorize?${query}`);
}
