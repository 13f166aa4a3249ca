import type { Form } from './form.js';

/** Recognised flows of PHP. */
export const phpForms: readonly Form[] = [
  {
    name: 'SforceBaseClient->login',
    flow: 'soap-login',
    languages: ['PHP'],
    with: /\bSforce(?:Base|Partner|Enterprise)Client\b/,
    pattern: /->\s*login\s*(?=\()/g,
    takes: /,/,
  },
  {
    name: 'SoapClient->login',
    flow: 'soap-login',
    languages: ['PHP'],
    with: [/\bSoapClient\b/, /salesforce|sforce|(?:partner|enterprise)\.wsdl/i],
    pattern: /->\s*(?:login\s*(?=\()|__soapCall\s*\(\s*['"]login['"])/g,
  },
  {
    name: 'SOAP client with a session',
    flow: 'session',
    languages: ['PHP'],
    with: /\bSforce\w*Client\b|\bSoapClient\b/,
    pattern: /->\s*setSessionHeader\s*\(|\bSessionHeader\b/g,
  },
  {
    name: 'Forrest authentication UserPassword',
    flow: 'username-password',
    languages: ['PHP'],
    with: /['"]authentication['"]|Forrest/,
    pattern: /['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]UserPassword['"]/g,
  },
  {
    name: 'Forrest authentication UserPasswordSoap',
    flow: 'soap-login',
    languages: ['PHP'],
    with: /['"]authentication['"]|Forrest/,
    pattern: /['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]UserPasswordSoap['"]/g,
  },
  {
    name: 'Forrest authentication WebServer',
    flow: 'authorization-code',
    languages: ['PHP'],
    with: /['"]authentication['"]|Forrest/,
    pattern: /['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]WebServer['"]/g,
  },
  {
    name: 'Forrest authentication UserAgent',
    flow: 'implicit',
    languages: ['PHP'],
    with: /['"]authentication['"]|Forrest/,
    pattern: /['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]UserAgent['"]/g,
  },
  {
    name: 'Forrest authentication with a key or credentials',
    flow: 'jwt-bearer',
    languages: ['PHP'],
    with: /['"]authentication['"]|Forrest/,
    pattern: /['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]OAuthJWT['"]/g,
  },
  {
    name: 'Forrest authentication ClientCredentials',
    flow: 'client-credentials',
    languages: ['PHP'],
    with: /['"]authentication['"]|Forrest/,
    pattern: /['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]ClientCredentials['"]/g,
  },
  {
    name: 'league/oauth2-client password',
    flow: 'username-password',
    languages: ['PHP'],
    with: /OAuth2\\Client|GenericProvider/,
    pattern: /->\s*getAccessToken\s*\(\s*['"]password['"]/g,
    anyVendor: true,
  },
  {
    name: 'league/oauth2-client authorization code',
    flow: 'authorization-code',
    languages: ['PHP'],
    with: /OAuth2\\Client|GenericProvider|Socialite/,
    pattern:
      /->\s*getAccessToken\s*\(\s*['"]authorization_code['"]|->\s*getAuthorizationUrl\s*\(|Socialite::driver\s*\(\s*['"]salesforce/g,
    anyVendor: true,
  },
];
