import * as oidc from 'openid-client';
const config = await oidc.discovery(new URL('https://id.acme.example'), process.env.ID!);
export const url = oidc.buildAuthorizationUrl(config, { redirect_uri: 'https://app.acme.example/cb', scope: 'openid' });
