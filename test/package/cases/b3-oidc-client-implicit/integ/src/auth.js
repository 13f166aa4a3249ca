import { UserManager, WebStorageStateStore } from 'oidc-client';

export const manager = new UserManager({
  authority: 'https://login.salesforce.com',
  client_id: import.meta.env.VITE_SF_CLIENT_ID,
  redirect_uri: `${window.location.origin}/callback`,
  response_type: 'id_token token',
  scope: 'openid api',
  userStore: new WebStorageStateStore({ store: window.sessionStorage }),
});
