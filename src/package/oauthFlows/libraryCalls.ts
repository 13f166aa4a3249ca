import type { Flow } from '../facts.js';
import type { Language } from './languages.js';

/** What the parameters of OAuth start. Source: Salesforce Help, the pages of each flow. */
export const flowOfParameter: ReadonlyMap<string, Flow> = new Map([
  ['grant_type=password', 'username-password'],
  ['grant_type=device', 'device'],
  ['grant_type=urn:ietf:params:oauth:grant-type:device_code', 'device'],
  ['grant_type=authorization_code', 'authorization-code'],
  ['grant_type=client_credentials', 'client-credentials'],
  ['grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer', 'jwt-bearer'],
  ['response_type=token', 'implicit'],
  ['response_type=token id_token', 'implicit'],
  ['response_type=id_token token', 'implicit'],
  // The user-agent flow of hybrid apps, which Mobile SDK starts.
  ['response_type=hybrid_token', 'implicit'],
  ['response_type=device_code', 'device'],
  ['response_type=code', 'authorization-code'],
]);

/** A call of a library, or another piece of code, that by itself starts a flow against Salesforce. */
export type Form = {
  name: string;
  flow: Flow;
  languages: 'all' | readonly Language[];
  /** What the file must hold besides: the library. */
  with: RegExp;
  pattern: RegExp;
  /** What the arguments that follow must hold. */
  takes?: RegExp;
  /** Arguments that are handed in whole, so that nobody sees what they hold. */
  hides?: RegExp;
};

const script: readonly Language[] = ['JavaScript', 'TypeScript', 'markup'];
const jvm: readonly Language[] = ['Java', 'Kotlin'];

export const forms: readonly Form[] = [
  {
    name: 'jsforce login',
    flow: 'username-password',
    languages: script,
    with: /jsforce/i,
    pattern:
      /(?:\bnew\s+(?:\w+\.)*Connection\s*\([^;]{0,400}?\)|\b\w*(?:conn|connection|jsforce|sf|sfdc|salesforce|org|client))\s*\.\s*login\s*(?=\()/gi,
    takes: /,/,
    hides: /^\s*\.\.\./,
  },
  {
    name: 'jsforce loginByOAuth2',
    flow: 'username-password',
    languages: script,
    with: /jsforce/i,
    pattern: /\.\s*loginByOAuth2\s*(?=\()/g,
  },
  {
    name: 'jsforce loginBySoap',
    flow: 'soap-login',
    languages: script,
    with: /jsforce/i,
    pattern: /\.\s*loginBySoap\s*(?=\()/g,
  },
  // Its browser client asks for response_type=token.
  {
    name: 'jsforce browser login',
    flow: 'implicit',
    languages: script,
    with: /jsforce/i,
    pattern: /\bbrowser\s*\.\s*login\s*(?=\()/g,
  },
  {
    name: 'simple_salesforce Salesforce(password=…)',
    flow: 'username-password',
    languages: ['Python'],
    with: /\bsimple_salesforce\b/,
    pattern: /\b(?:Async)?Salesforce(?:Login)?\s*(?=\()/g,
    takes: /\bpassword\s*=|^\s*(?![\w]+\s*=)[^\s*,)][^,]*,/,
    hides: /\*\*/,
  },
  {
    name: 'Restforce.new password:',
    flow: 'username-password',
    languages: ['Ruby'],
    with: /\brestforce\b/i,
    pattern: /\bRestforce(?:\.tooling|::Client)?\.new\b/g,
    takes: /\bpassword['"]?\s*(?::|=>)/,
    // Without arguments it takes them from the environment, a password among them.
    hides: /\*\*|^\s*$|^\s*[a-z@]\w*\s*$/,
  },
  {
    name: 'SforceBaseClient->login',
    flow: 'soap-login',
    languages: ['PHP'],
    with: /\bSforce(?:Base|Partner|Enterprise)Client\b/,
    pattern: /->\s*login\s*(?=\()/g,
    takes: /,/,
  },
  {
    name: 'SforceService.login',
    flow: 'soap-login',
    languages: ['C#'],
    with: /\bSforceService\b|\bLoginScopeHeader\b/,
    pattern: /\.\s*login(?:Async)?\s*(?=\()/g,
    takes: /,/,
  },
  {
    name: 'AuthenticationClient.UsernamePasswordAsync',
    flow: 'username-password',
    languages: ['C#'],
    with: /\bSalesforce\b|\bNetCoreForce\b/,
    pattern: /\.\s*UsernamePasswordAsync\s*(?=\()/g,
  },
  {
    name: 'com.sforce login(user, password)',
    flow: 'soap-login',
    languages: jvm,
    with: /\bcom\.sforce\./,
    pattern: /\.\s*login\s*(?=\()/g,
    takes: /,/,
  },
  {
    // The connector logs in with it as soon as a connection is made.
    name: 'com.sforce ConnectorConfig password',
    flow: 'soap-login',
    languages: jvm,
    with: /\bcom\.sforce\.[\w.]*ConnectorConfig\b|\bcom\.sforce\.ws\.\*/,
    pattern: /\.\s*setPassword\s*(?=\()|\bconfig\w*\.password\s*=(?!=)/gi,
  },
  {
    name: 'go-salesforce Creds{Password: …}',
    flow: 'username-password',
    languages: ['Go'],
    with: /go-salesforce/,
    pattern: /\bsalesforce\.Creds\s*(?=\{)/g,
    takes: /\bPassword\s*:/,
  },
  {
    name: 'simpleforce LoginPassword',
    flow: 'soap-login',
    languages: ['Go'],
    with: /\bsimpleforce\b/,
    pattern: /\.\s*LoginPassword\s*(?=\()/g,
  },
  {
    // https://developer.salesforce.com/docs/platform/mobile-sdk/guide/oauth-useragent-flow.html
    name: 'Mobile SDK useWebServerAuthentication = false',
    flow: 'implicit',
    languages: ['Swift', 'Kotlin', 'Java'],
    with: /\bSalesforce(?:SDK)?Manager\b/,
    pattern: /\bsetUseWebServerAuthentication\s*\(\s*false|\buseWebServerAuthentication\s*=\s*false/g,
  },
  {
    name: 'SOAP login()',
    flow: 'soap-login',
    languages: 'all',
    with: /\/services\/soap\/[uc]\b|urn:(?:partner|enterprise)\.soap\.sforce\.com/i,
    pattern: /<\w+:login[\s>]|<login\s+xmlns=\\?["']urn:(?:partner|enterprise)/g,
  },
];

/** Without one of these words a file starts no flow that is known here, and its grammar is never loaded. */
export const words =
  /grant[-_]?type|response[-_]?type|client[-_]?secret|jsforce|simple_salesforce|restforce|\bSforce|LoginScopeHeader|\.soap\.sforce\.|com\.sforce|UsernamePasswordAsync|go-salesforce|simpleforce|UseWebServerAuthentication|services\/(?:soap|oauth2)|(?:VITE|REACT_APP|NEXT_PUBLIC)_\w*SECRET/i;
