import type { Language } from '../languages.js';
import { formsOf } from './form.js';

const mobile: readonly Language[] = ['Swift', 'Objective-C', 'Kotlin', 'Java', 'Dart'];

/** Recognised flows of mobile apps. */
export const mobileForms = formsOf(mobile, [
  {
    // https://developer.salesforce.com/docs/platform/mobile-sdk/guide/oauth-useragent-flow.html
    name: 'Mobile SDK useWebServerAuthentication = false',
    flow: 'implicit',
    languages: ['Swift', 'Kotlin', 'Java'],
    with: /\bSalesforce(?:SDK)?Manager\b/,
    pattern: /\bsetUseWebServerAuthentication\s*\(\s*false|\buseWebServerAuthentication\s*=\s*false/g,
  },
  {
    name: 'Mobile SDK login',
    flow: 'authorization-code',
    with: /\bSalesforceSDK\w*|\bSalesforce(?:Hybrid|React)?(?:SDK)?Manager\b|androidsdk|MobileSync\w*|SmartStore\w*/,
    pattern:
      /\binit(?:Native|ReactNative|Hybrid)\s*\(|\b(?:Salesforce|MobileSync|SmartStore)(?:React|Hybrid)?(?:SDK)?Manager\s*\.\s*initialize(?:SDK)?\b|\bAuthHelper\s*\.\s*(?:loginIfRequired|registerBlock)|\[\s*\w*SDKManager\s+initialize\w*|\bNativeLoginManager\b|\bloginIfRequired\b/g,
  },
  {
    name: 'Mobile SDK client with a session',
    flow: 'session',
    with: /\bSalesforceSDK\w*|androidsdk|MobileSync|SmartStore/,
    pattern:
      /\bSalesforce\w*Manager\b|\bUserAccountManager\b|\bAuthHelper\b|\b\w*SDKManager\b|\bRestClient\b|\bClientManager\b|\bSFRestAPI\b|\bUserAccount\b|\b(?:Smart|Mobile)S\w+/g,
  },
  {
    name: 'AppAuth',
    flow: 'authorization-code',
    with: /\bAppAuth\b|net\.openid\.appauth|flutter_appauth|flutter_web_auth/,
    pattern:
      /\bOIDAuthorizationRequest\s*\(|\bAuthorizationRequest\s*\.\s*Builder\s*\(|\bAuthorizationTokenRequest\s*\(|\bauthorizeAndExchangeCode\s*\(/g,
    anyVendor: true,
  },
  {
    name: 'password credentials of package:oauth2',
    flow: 'username-password',
    languages: ['Dart'],
    with: /package:oauth2\//,
    pattern: /\bresourceOwnerPasswordGrant\s*\(/g,
    anyVendor: true,
  },
]);
