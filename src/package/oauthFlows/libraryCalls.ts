import type { Flow } from '../facts.js';
import { configurationForms } from './forms/configuration.js';
import { dotnetForms } from './forms/dotnet.js';
import type { Form } from './forms/form.js';
import { goForms } from './forms/go.js';
import { javascriptForms } from './forms/javascript.js';
import { jvmForms } from './forms/jvm.js';
import { mobileForms } from './forms/mobile.js';
import { oauthLibraryForms } from './forms/oauthLibraries.js';
import { phpForms } from './forms/php.js';
import { pythonForms } from './forms/python.js';
import { rubyForms } from './forms/ruby.js';
import { shellForms } from './forms/shell.js';

/** What the parameters of OAuth start. Source: Salesforce Help, the pages of each flow. */
export const flowOfParameter: ReadonlyMap<string, Flow> = new Map([
  ['grant_type=password', 'username-password'],
  // The names of Postman for what it requests.
  ['grant_type=password_credentials', 'username-password'],
  ['grant_type=implicit', 'implicit'],
  ['grant_type=authorization_code_with_pkce', 'authorization-code'],
  ['grant_type=device', 'device'],
  ['grant_type=urn:ietf:params:oauth:grant-type:device_code', 'device'],
  ['grant_type=authorization_code', 'authorization-code'],
  ['grant_type=client_credentials', 'client-credentials'],
  ['grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer', 'jwt-bearer'],
  ['grant_type=urn:ietf:params:oauth:grant-type:token-exchange', 'token-exchange'],
  ['grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer', 'saml'],
  ['response_type=token', 'implicit'],
  ['response_type=token id_token', 'implicit'],
  ['response_type=id_token token', 'implicit'],
  // The user-agent flow of hybrid apps, which Mobile SDK starts.
  ['response_type=hybrid_token', 'implicit'],
  ['response_type=device_code', 'device'],
  ['response_type=code', 'authorization-code'],
  ['response_type=code id_token', 'authorization-code'],
]);

/** Exchanges of something that a login gave before: they start no login, and explain the request. */
export const laterGrants =
  /^(?:refresh_token|hybrid_refresh|hybrid_auth_code|urn:ietf:params:oauth:grant-type:refresh_token)$/;

/** Everything by itself that shows how a login goes; one table for each language. */
export const forms: readonly Form[] = [
  ...javascriptForms,
  ...pythonForms,
  ...jvmForms,
  ...dotnetForms,
  ...phpForms,
  ...rubyForms,
  ...goForms,
  ...mobileForms,
  ...oauthLibraryForms,
  ...shellForms,
  ...configurationForms,
];

/** Without one of these words a file of the package starts no flow that is known here, and its grammar is never loaded. */
export const words =
  /grant[-_]?type|response[-_]?type|client[-_]?secret|consumer_?secret|jsforce|simple_salesforce|restforce|\bSforce|LoginScopeHeader|\.soap\.sforce\.|com\.sforce|UsernamePasswordAsync|go-salesforce|simpleforce|UseWebServerAuthentication|services\/(?:soap|oauth2)|\b(?:VITE|REACT_APP|NEXT_PUBLIC)_\w*SECRET/i;

/** Without one of these nothing in a file of an integration touches Salesforce. */
export const touching =
  /(?:salesforce|force|cloudforce)\.(?:com|mil)|my\.site\.com|sforce|services\/(?:data|apexrest|async)|\b(?:import|from|require|use|using|include|gem|pod|package|provider|id|name)\b[^\n]{0,120}(?:salesforce|sfdc)|salesforce[\w.]*\s*[(:{]|\bsf(?:dx)?(?:\s+|["'`]\s{0,4}[,[(\s]{1,12}["'`])(?:org|force|auth|project|data|apex|package)|\borg\W{1,6}login\b|\bauth\W{1,6}\w{3,11}\W{1,6}(?:login|grant|store)\b|@salesforce\/cli|nforce|databasedotcom|forrest|beatbox|SalesforceSDK|SDKManager|MobileSync|SmartStore|remoteAccessConsumerKey|oauthScopes|['"]authentication['"]|oauthlib|AuthorizationGrantType|force\s+login|mule\/salesforce|component\.salesforce|(?:salesforce|sfdc)[\w.-]{0,20}passw|conn_type|(?:partner|enterprise)\.(?:wsdl|xml)/i;
