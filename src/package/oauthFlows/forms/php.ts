import { formsOf, type Form, type Row } from './form.js';

/** Recognised flows of PHP. */
export const phpForms = formsOf('PHP', [
  {
    name: 'SforceBaseClient->login',
    flow: 'soap-login',
    with: /\bSforce(?:Base|Partner|Enterprise)Client\b/,
    pattern: /->\s*login\s*(?=\()/g,
    takes: /,/,
  },
  {
    name: 'SoapClient->login',
    flow: 'soap-login',
    with: [/\bSoapClient\b/, /salesforce|sforce|(?:partner|enterprise)\.wsdl/i],
    pattern: /->\s*(?:login\s*(?=\()|__soapCall\s*\(\s*['"]login['"])/g,
  },
  {
    name: 'SOAP client with a session',
    flow: 'session',
    with: /\bSforce\w*Client\b|\bSoapClient\b/,
    pattern: /->\s*setSessionHeader\s*\(|\bSessionHeader\b/g,
  },
  forrest('username-password', 'UserPassword'),
  forrest('soap-login', 'UserPasswordSoap'),
  forrest('authorization-code', 'WebServer'),
  forrest('implicit', 'UserAgent'),
  forrest('jwt-bearer', 'OAuthJWT', 'a key or credentials'),
  forrest('client-credentials', 'ClientCredentials'),
  {
    name: 'league/oauth2-client password',
    flow: 'username-password',
    with: /OAuth2\\Client|GenericProvider/,
    pattern: /->\s*getAccessToken\s*\(\s*['"]password['"]/g,
    anyVendor: true,
  },
  {
    name: 'league/oauth2-client authorization code',
    flow: 'authorization-code',
    with: /OAuth2\\Client|GenericProvider|Socialite/,
    pattern:
      /->\s*getAccessToken\s*\(\s*['"]authorization_code['"]|->\s*getAuthorizationUrl\s*\(|Socialite::driver\s*\(\s*['"]salesforce/g,
    anyVendor: true,
  },
]);

/** A setting of Forrest, the Salesforce library of Laravel. */
function forrest(flow: Form['flow'], value: string, name = value): Row {
  return {
    name: `Forrest authentication ${name === value ? value : `with ${name}`}`,
    flow,
    with: /['"]authentication['"]|Forrest/,
    pattern: new RegExp(`${/['"]authentication['"]\s*=>\s*(?:env\s*\([^)]{0,80},\s*)?['"]/.source}${value}['"]`, 'g'),
  };
}
