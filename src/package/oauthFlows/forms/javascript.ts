import type { Language } from '../languages.js';
import { formsOf, ofLibrary } from './form.js';

const script: readonly Language[] = ['JavaScript', 'TypeScript', 'markup'];

/** Recognised flows of JavaScript and TypeScript. */
export const javascriptForms = formsOf(script, [
  ...ofLibrary(/jsforce/i, [
    {
      name: 'jsforce login',
      flow: 'username-password',
      pattern:
        /(?:\bnew\s+(?:\w+\.)*Connection\s*\([^;]{0,400}?\)|\b\w*(?:conn|connection|jsforce|sf|sfdc|salesforce|org|client))\s*\.\s*login\s*(?=\()/gi,
      takes: /,/,
      hides: /^\s*\.\.\./,
    },
    { name: 'jsforce loginByOAuth2', flow: 'username-password', pattern: /\.\s*loginByOAuth2\s*(?=\()/g },
    { name: 'jsforce loginBySoap', flow: 'soap-login', pattern: /\.\s*loginBySoap\s*(?=\()/g },
    // Its browser client asks for response_type=token.
    { name: 'jsforce browser login', flow: 'implicit', pattern: /\bbrowser\s*\.\s*login\s*(?=\()/g },
    {
      name: 'jsforce OAuth2',
      flow: 'authorization-code',
      pattern:
        /\bgetAuthorizationUrl\s*\(|\.\s*requestToken\s*\(\s*(?!\{)|\b(?:conn\w*|connection)\s*\.\s*authorize\s*\(\s*(?!\{)/g,
    },
    {
      name: 'jsforce Connection with a token',
      flow: 'session',
      pattern: /\bnew\s+(?:\w+\.)*Connection\s*(?=\()/g,
      takes: /\b(?:accessToken|sessionId|serverUrl|refreshToken|authInfo)\b/,
    },
  ]),
  {
    name: 'jsforce refreshToken',
    flow: 'refresh',
    with: /jsforce|oauth2/i,
    pattern: /\boauth2?\w*\s*\.\s*refreshToken\s*\(/gi,
  },
  {
    name: 'AJAX toolkit login',
    flow: 'soap-login',
    with: /\bsforce\b/,
    pattern: /\bsforce\s*\.\s*connection\s*\.\s*login\s*(?=\()/g,
  },
  ...ofLibrary(/\bnforce\b/, [
    {
      name: 'nforce authenticate',
      flow: 'username-password',
      pattern: /\.\s*authenticate\s*(?=\()/g,
      takes: /\bpassword\b/,
      without: /\bcode\s*:/,
      hides: /^\s*(?:[\w.]+\s*(?:,|$)|\.\.\.)/,
    },
    {
      name: 'nforce authenticate with a code',
      flow: 'authorization-code',
      pattern: /\.\s*(?:authenticate\s*\(\s*\{[^}]{0,200}\bcode\b|getAuthUri\s*\()/g,
    },
  ]),
  ...ofLibrary(/@salesforce\/(?:core|sf-plugins-core|command)/, [
    {
      // A login that the Salesforce CLI keeps.
      name: '@salesforce/core AuthInfo',
      flow: 'session',
      pattern:
        /\b(?:AuthInfo|Org|Connection|StateAggregator|ConfigAggregator)\s*\.\s*(?:create|listAllAuthorizations|getInstance)\s*\(|\bgetConnection\s*\(|\bFlags\.(?:requiredOrg|optionalOrg|requiredHub|optionalHub)\b/g,
    },
    {
      name: '@salesforce/core AuthInfo with a key',
      flow: 'jwt-bearer',
      pattern: /\bAuthInfo\s*\.\s*create\s*(?=\()/g,
      takes: /\bprivateKey(?:File)?\b/,
    },
  ]),
  {
    name: 'simple-oauth2 password',
    flow: 'username-password',
    with: /simple-oauth2|client-oauth2|openid-client/,
    pattern:
      /\bnew\s+ResourceOwnerPassword\s*\(|\.ownerPassword\.getToken\s*\(|\.owner\.getToken\s*\(|grant\s*\(\s*\{[^}]{0,80}['"]password['"]/g,
    anyVendor: true,
  },
  {
    name: 'simple-oauth2 client credentials',
    flow: 'client-credentials',
    with: /simple-oauth2|client-oauth2/,
    pattern: /\bnew\s+ClientCredentials\s*\(|\.credentials\.getToken\s*\(/g,
    anyVendor: true,
  },
  {
    name: 'authorization code of a library',
    flow: 'authorization-code',
    with: /simple-oauth2|client-oauth2|passport-(?:oauth2|forcedotcom|salesforce)|next-auth|@auth\/|react-native-app-auth|expo-auth-session|react-native-force|@okta\/oidc|oidc-client|openid-client|arctic/,
    pattern:
      /\bnew\s+(?:AuthorizationCode|ForceDotComStrategy|SalesforceStrategy|OAuth2Strategy|Salesforce)\s*\(|\.code\.getUri\s*\(|\.\s*authorizationUrl\s*\(|\bbuildAuthorizationUrl\s*\(|\bSalesforceProvider\s*\(|\bSalesforce\s*\(\s*\{|\bauthorize\s*\(\s*[{\w]|\buseAuthRequest\s*\(|\bnew\s+AuthRequest\s*\(|\boauth\.(?:getAuthCredentials|authenticate)\s*\(/g,
    anyVendor: true,
  },
  ...ofLibrary(/openid-client/, [
    {
      name: 'openid-client client credentials',
      flow: 'client-credentials',
      pattern: /\bclientCredentialsGrant\s*\(/g,
      anyVendor: true,
    },
    {
      name: 'openid-client device authorization',
      flow: 'device',
      pattern: /\b(?:initiateDeviceAuthorization|deviceAuthorization)\s*\(/g,
      anyVendor: true,
    },
    { name: 'openid-client refresh', flow: 'refresh', pattern: /\brefreshTokenGrant\s*\(/g, anyVendor: true },
  ]),
  {
    name: 'passport-salesforce',
    flow: 'authorization-code',
    with: /passport-(?:salesforce|forcedotcom)/,
    pattern: /\bnew\s+(?:\w+\.)*\w*Strategy\s*\(/g,
  },
  {
    // The session of a browser that is logged in; other rules look at what is done with it.
    name: 'session cookie',
    flow: 'session',
    // Other sites also have cookies and sessions; the one of Salesforce is called `sid`.
    with: [/cookies?\b/i, /["'`;/\s]sid(?:["'`=/]|\b\s*[,}])/],
    // A server also names its own cookies so: only a browser has the one of Salesforce.
    pattern:
      /\b(?:chrome|browser)\s*\.\s*cookies\b|\bcookies\s*\.\s*(?:get|getAll)\s*\(\s*\{|\bdocument\.cookie\b|\b(?:page|context|browser|driver|session)\w*\s*\.\s*(?:cookies|getCookies?|manage)\s*\(|\bCookies\.get\s*\(\s*["'`]sid["'`]/g,
  },
]);
