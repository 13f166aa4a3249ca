import * as oidc from 'openid-client';
const config = await oidc.discovery(new URL('https://login.salesforce.com'), process.env.ID!);
const device = await oidc.initiateDeviceAuthorization(config, { scope: 'api' });
console.log(device.user_code);
