import { formsOf, ofLibrary } from './form.js';

/** Recognised flows of Ruby. */
export const rubyForms = formsOf('Ruby', [
  ...ofLibrary(/\brestforce\b/i, [
    {
      name: 'Restforce.new password:',
      flow: 'username-password',
      pattern: /\bRestforce(?:\.tooling|::Client)?\.new\b/g,
      takes: /\bpassword['"]?\s*(?::|=>)/,
      // Without arguments it takes them from the environment, a password among them.
      hides: /\*\*|^\s*$|^\s*[a-z@]\w*\s*$/,
    },
    { name: 'Restforce.configure password', flow: 'username-password', pattern: /\bconfig\.password\s*=/g },
    {
      name: 'Restforce with a key',
      flow: 'jwt-bearer',
      pattern: /\bjwt_key['"]?\s*(?::|=>)|\bconfig\.jwt_key\s*=/g,
    },
    {
      name: 'Restforce with a token',
      flow: 'session',
      pattern: /\b(?:oauth_token|refresh_token)['"]?\s*(?::|=>)/g,
    },
    {
      name: 'Restforce with client credentials',
      flow: 'client-credentials',
      pattern: /\bRestforce(?:\.tooling|::Client)?\.new\b/g,
      takes: /\bclient_secret['"]?\s*(?::|=>)/,
      without: /\bpassword|\bjwt_key|oauth_token|refresh_token/,
    },
  ]),
  {
    name: 'databasedotcom authenticate',
    flow: 'username-password',
    with: /\bdatabasedotcom\b/i,
    pattern: /\.\s*authenticate\s*(?=[( ])/g,
    takes: /password/,
  },
  {
    name: 'Savon SOAP login',
    flow: 'soap-login',
    with: /\b(?:savon|soapforce|metaforce|salesforce_bulk\w*)\b/i,
    pattern:
      /\.\s*call\s*\(\s*:login\b|\.\s*authenticate\s*(?=\()|\bSalesforceBulk(?:Api)?::(?:Api|Client)\.new\b(?=[^\n]{0,200}password)/g,
  },
  {
    name: 'oauth2 password',
    flow: 'username-password',
    with: /\bOAuth2::Client\b/,
    pattern: /\.\s*password\s*\.\s*get_token\b/g,
    anyVendor: true,
  },
  {
    name: 'omniauth-salesforce',
    flow: 'authorization-code',
    with: /omniauth|OAuth2::Client/i,
    pattern:
      /\bprovider\s*(?:\(\s*)?:salesforce\w*|\bomniauth\s+:salesforce\w*|\.\s*auth_code\s*\.\s*(?:authorize_url|get_token)\b/g,
  },
]);
