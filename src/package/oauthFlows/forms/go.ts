import { formsOf, ofLibrary } from './form.js';

/** Recognised flows of Go. */
export const goForms = formsOf('Go', [
  {
    name: 'go-salesforce Creds{Password: …}',
    flow: 'username-password',
    with: /go-salesforce/,
    pattern: /\bsalesforce\.Creds\s*(?=\{)/g,
    takes: /\bPassword\s*:/,
  },
  {
    name: 'simpleforce LoginPassword',
    flow: 'soap-login',
    with: /\bsimpleforce\b/,
    pattern: /\.\s*LoginPassword\s*(?=\()/g,
  },
  ...ofLibrary(/go-salesforce/, [
    {
      name: 'go-salesforce Creds with a token',
      flow: 'session',
      pattern: /\bsalesforce\.Creds\s*(?=\{)/g,
      takes: /\bAccessToken\s*:/,
    },
    {
      name: 'go-salesforce Creds with client credentials',
      flow: 'client-credentials',
      pattern: /\bsalesforce\.Creds\s*(?=\{)/g,
      takes: /\bConsumerSecret\s*:/,
      without: /\bPassword\s*:|\bAccessToken\s*:/,
    },
    {
      name: 'go-salesforce Creds with a key',
      flow: 'jwt-bearer',
      pattern: /\bsalesforce\.Creds\s*(?=\{)/g,
      takes: /\bConsumerRSAPem\s*:/,
    },
  ]),
  ...ofLibrary(/go-sfdc/, [
    {
      name: 'go-sfdc PasswordCredentials',
      flow: 'username-password',
      pattern: /\bcredentials\.(?:NewPasswordCredentials|PasswordCredentials)\b/g,
    },
    {
      name: 'go-sfdc JwtCredentials',
      flow: 'jwt-bearer',
      pattern: /\bcredentials\.(?:NewJWTCredentials|JwtCredentials)\b/gi,
    },
  ]),
  ...ofLibrary(/nimajalali\/go-force/, [
    {
      name: 'go-force Create(user, password)',
      flow: 'username-password',
      pattern: /\bforce\.Create\s*(?=\()/g,
      takes: /^(?:[^,]*,){5}/,
    },
    { name: 'go-force with a token', flow: 'session', pattern: /\bforce\.CreateWithAccessToken\s*\(/g },
  ]),
  ...ofLibrary(/golang\.org\/x\/oauth2/, [
    {
      name: 'x/oauth2 PasswordCredentialsToken',
      flow: 'username-password',
      pattern: /\.\s*PasswordCredentialsToken\s*\(/g,
      anyVendor: true,
    },
    {
      name: 'x/oauth2 clientcredentials',
      flow: 'client-credentials',
      pattern: /\bclientcredentials\.Config\b/g,
      anyVendor: true,
    },
    {
      name: 'x/oauth2 AuthCodeURL',
      flow: 'authorization-code',
      pattern: /\.\s*AuthCodeURL\s*\(/g,
      anyVendor: true,
    },
  ]),
  {
    // A request body that is built from a struct.
    name: 'SOAP login() in a struct tag',
    flow: 'soap-login',
    with: /partner\.soap\.sforce\.com|enterprise\.soap\.sforce\.com|services\/soap\/[uc]\b/i,
    pattern: /`xml:"(?:[\w:.]+\s+)?(?:\w+:)?login[",]/gi,
  },
]);
