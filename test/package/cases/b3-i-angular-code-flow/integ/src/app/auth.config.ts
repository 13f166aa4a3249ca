import { AuthConfig } from 'angular-oauth2-oidc';
import { environment } from '../environments/environment';

export const authConfig: AuthConfig = {
  issuer: 'https://login.salesforce.com',
  redirectUri: window.location.origin + '/index.html',
  clientId: environment.salesforceClientId,
  responseType: 'code',
  scope: 'openid api',
};
