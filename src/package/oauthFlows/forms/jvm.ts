import type { Language } from '../languages.js';
import { formsOf, ofLibrary } from './form.js';

const jvm: readonly Language[] = ['Java', 'Kotlin', 'Groovy', 'Scala'];

/** Recognised flows of Java, Kotlin, Groovy and Scala. */
export const jvmForms = formsOf(jvm, [
  {
    name: 'com.sforce login(user, password)',
    flow: 'soap-login',
    with: /\bcom\.sforce\./,
    pattern: /\.\s*login\s*(?=\()/g,
    takes: /,/,
  },
  {
    // The connector logs in with it as soon as a connection is made.
    name: 'com.sforce ConnectorConfig password',
    flow: 'soap-login',
    with: /\bcom\.sforce\.[\w.]{0,100}ConnectorConfig\b|\bcom\.sforce\.ws\.\*/,
    pattern: /\.\s*setPassword\s*(?=\()|\bconfig\w*\.password\s*=(?!=)/gi,
  },
  {
    name: 'com.sforce ConnectorConfig with a session',
    flow: 'session',
    with: /\bcom\.sforce\./,
    pattern: /\.\s*setSessionId\s*\(|\.\s*setSessionHeader\s*\(|\bSessionHeader\b|\bgetSessionId\s*\(/g,
  },
  ...ofLibrary(/springframework\.security\.oauth2/, [
    {
      name: 'Spring Security password grant',
      flow: 'username-password',
      pattern:
        /\bAuthorizationGrantType\.PASSWORD\b|\bnew\s+ResourceOwnerPasswordResourceDetails\s*\(|\.password\s*\(\s*\)/g,
      anyVendor: true,
    },
    {
      name: 'Spring Security client credentials',
      flow: 'client-credentials',
      pattern: /\bAuthorizationGrantType\.CLIENT_CREDENTIALS\b|\bnew\s+ClientCredentialsResourceDetails\s*\(/g,
      anyVendor: true,
    },
    {
      name: 'Spring Security authorization code',
      flow: 'authorization-code',
      pattern: /\bAuthorizationGrantType\.AUTHORIZATION_CODE\b|\bnew\s+AuthorizationCodeResourceDetails\s*\(/g,
      anyVendor: true,
    },
  ]),
  {
    name: 'ScribeJava password grant',
    flow: 'username-password',
    with: /scribejava/,
    pattern: /\.\s*getAccessTokenPasswordGrant\w*\s*\(/g,
  },
  {
    name: 'ScribeJava authorization code',
    flow: 'authorization-code',
    with: /scribejava[\w.]{0,100}SalesforceApi|\bSalesforceApi\b/,
    pattern: /\.\s*getAuthorizationUrl\s*\(/g,
  },
  ...ofLibrary(/camel[\w.]{0,100}\.salesforce|SalesforceComponent|SalesforceLoginConfig/, [
    {
      name: 'Camel Salesforce with a password',
      flow: 'username-password',
      pattern: /\.\s*setPassword\s*\(|\bAuthenticationType\.USERNAME_PASSWORD\b/g,
    },
    {
      name: 'Camel Salesforce with a key store',
      flow: 'jwt-bearer',
      pattern: /\.\s*setKeystore\s*\(|\bAuthenticationType\.JWT\b/g,
    },
    {
      name: 'Camel Salesforce with a refresh token',
      flow: 'refresh',
      pattern: /\.\s*setRefreshToken\s*\(|\bAuthenticationType\.REFRESH_TOKEN\b/g,
    },
  ]),
  {
    name: 'com.force.api with a password',
    flow: 'username-password',
    with: /\bcom\.force\.api\b/,
    pattern: /\.\s*(?:setPassword|setUsername)\s*\(/g,
  },
  {
    name: 'EmpConnector with a password',
    flow: 'soap-login',
    with: /\bcom\.salesforce\.emp\.connector\b/,
    pattern: /\b(?:LoginHelper\s*\.\s*)?login\s*(?=\()/g,
    takes: /,/,
  },
]);
