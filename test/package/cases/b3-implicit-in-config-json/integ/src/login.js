import providers from '../config/providers.json';

export function login(name) {
  const p = providers[name];
  window.location = `${p.authorizeUrl}?response_type=${p.responseType}&client_id=${window.CLIENT_ID}&redirect_uri=${encodeURIComponent(window.location.origin)}`;
}
