import { formsOf, ofLibrary } from './form.js';

/** Recognised flows in the configuration of frameworks and products. */
export const configurationForms = formsOf('configuration', [
  {
    name: 'SOAP login()',
    flow: 'soap-login',
    languages: 'all',
    with: /\/services\/soap\/[uc]\b|urn:(?:partner|enterprise)\.soap\.sforce\.com/i,
    pattern: /<\w+:login[\s>]|<login\s+xmlns=\\?["']urn:(?:partner|enterprise)/g,
  },
  {
    name: 'SOAP request with a session',
    flow: 'session',
    languages: 'all',
    with: /\/services\/soap\/[a-z]\b|\.soap\.sforce\.com/i,
    pattern: /<(?:\w+:)?SessionHeader\b|\bSessionHeader\b|["'`<](?:\w+:)?sessionId\b/g,
  },
  {
    // XElement, ElementTree, DOM builders.
    name: 'SOAP login() built element by element',
    flow: 'soap-login',
    languages: 'all',
    with: /\/services\/soap\/[uc]\b|urn:(?:partner|enterprise)\.soap\.sforce\.com/i,
    pattern:
      /\bnew\s+XElement\s*\(\s*\w+\s*\+\s*["']login["']|\b(?:SubElement|createElementNS|createElement|addChildElement|StartElement|WriteStartElement|startElement)\s*\([^)]{0,120}["'](?:\w+:)?login["']|\bE\.login\s*\(/g,
  },
  {
    // The audience of a JWT that is exchanged for a token names the login host; in no other flow is there one.
    name: 'JWT with a login host as audience',
    flow: 'jwt-bearer',
    languages: 'all',
    with: /\b(?:login|test)\.salesforce\.com/i,
    pattern:
      /\b(?:aud|audience)["']?\]?\s{0,20}(?:=>|:=|=(?!=)|:|,|\()\s{0,20}["'`]https?:\/\/(?:login|test)\.salesforce\.com\b|\b(?:with|set)?Audience\s{0,4}\(\s{0,20}["']https?:\/\/(?:login|test)\.salesforce\.com\b/gi,
  },
  {
    name: 'a bearer token',
    flow: 'session',
    languages: 'all',
    // One for another vendor says nothing of Salesforce.
    anyVendor: true,
    with: /salesforce|force\.com|\/services\/(?:data|apexrest|async|oauth2\/(?:singleaccess|userinfo|introspect|revoke))/i,
    pattern:
      /\b(?:Bearer|OAuth)\s+(?:["'`]\s*)?(?:[+.$%#{<(\\]|\w+["'`]?\s*[+.])|\bX-SFDC-Session\b|["'`](?:Bearer|OAuth) ?["'`]|\bsetBearerAuth\b|\bbearer_?[tT]oken\b|\bBearer (?:token|\{)|\bBearer \$/g,
  },
  {
    name: 'a session of the Salesforce Mobile SDK',
    flow: 'authorization-code',
    with: /remoteAccessConsumerKey|oauthRedirectURI/,
    pattern: /\bremoteAccessConsumerKey\b/g,
  },
  ...ofLibrary(/mulesoft\.org\/schema\/mule\/salesforce/, [
    {
      name: 'MuleSoft basic-connection',
      flow: 'soap-login',
      pattern: /<salesforce:(?:basic-connection|cached-basic-connection|config)\b(?=[^>]{0,400}\bpassword\s*=)/g,
    },
    {
      name: 'MuleSoft oauth-user-pass-connection',
      flow: 'username-password',
      pattern: /<salesforce:oauth-user-pass-connection\b/g,
    },
    {
      name: 'MuleSoft oauth-jwt-connection',
      flow: 'jwt-bearer',
      pattern: /<salesforce:(?:config-with-)?(?:oauth-)?(?:jwt|saml)-connection\b|<salesforce:oauth-jwt\b/g,
    },
    {
      name: 'MuleSoft config-with-oauth-connection',
      flow: 'authorization-code',
      pattern: /<salesforce:(?:config-with-oauth-connection|oauth-connection|oauth-code)\b/g,
    },
    {
      name: 'MuleSoft client credentials',
      flow: 'client-credentials',
      pattern: /<salesforce:oauth-client-credentials-connection\b/g,
    },
  ]),
  {
    name: 'camel.component.salesforce password',
    flow: 'username-password',
    with: /camel\.component\.salesforce|SalesforceLoginConfig|SalesforceComponent/i,
    pattern: /\bcamel\.component\.salesforce\.(?:login-config\.)?password\s*[=:]|<property\s+name="password"/g,
  },
  {
    name: 'Kafka Connect salesforce.password',
    flow: 'username-password',
    with: /\bconnector\.class["']?\s{0,9}[:=]\s{0,9}["']?[\w.]{0,200}salesforce/i,
    pattern: /\bsalesforce\.password["']?\s*[:=]/g,
  },
  {
    name: 'Airflow connection with a password',
    flow: 'soap-login',
    languages: 'all',
    with: /\bconn_type\b/,
    pattern: /\bconn_type\\?["']?\]?\s*[:=]\s*\\?["']salesforce\\?["'](?=[^{}]{0,400}\bpassword\b)/g,
  },
  ...ofLibrary(/salesforce/i, [
    {
      // Connectors of many products name the flow: `"authenticationType": "OAuth2ClientCredential"`.
      name: 'an authentication type of client credentials',
      flow: 'client-credentials',
      pattern: typeOf('client[-_]?credentials?'),
      anyVendor: true,
    },
    {
      name: 'an authentication type of JWT bearer',
      flow: 'jwt-bearer',
      pattern: typeOf('jwt(?:[-_]?bearer)?'),
      anyVendor: true,
    },
  ]),
  {
    name: 'Terraform provider salesforce',
    flow: 'jwt-bearer',
    with: /provider\s+"salesforce"/,
    pattern: /\bprovider\s+"salesforce"\s*\{(?=[^}]{0,600}\bprivate_key\b)/g,
  },
]);

/** A setting that names the flow of a connector. */
function typeOf(flow: string): RegExp {
  return new RegExp(
    String.raw`\b(?:auth(?:entication|orization)?|oauth2?)[-_]?(?:grant[-_]?)?(?:type|method|mode)["']?\s{0,4}[:=]\s{0,4}["']?(?:oauth_?2?_?(?:\.0)?[-_]?)?${flow}\b`,
    'gi'
  );
}
