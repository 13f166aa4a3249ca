import { formsOf, ofLibrary } from './form.js';

/** Recognised flows of Python. */
export const pythonForms = formsOf('Python', [
  {
    name: 'simple_salesforce Salesforce(password=…)',
    flow: 'username-password',
    with: /\bsimple_salesforce\b/,
    pattern: /\b(?:Async)?Salesforce(?:Login)?\s*(?=\()/g,
    takes: /\bpassword\s*=|^\s*(?![\w]+\s*=)[^\s*,)][^,]*,/,
    hides: /\*\*/,
  },
  {
    name: 'a class of simple_salesforce with a password',
    flow: 'username-password',
    with: [/\bsimple_salesforce\b/, /\bclass\s+\w+\s*\([^)\n]{0,80}\bSalesforce\b/],
    pattern: /\b(?:super\([^)\n]{0,80}\)|Salesforce)\.__init__\s*(?=\()/g,
    takes: /\bpassword\s*=/,
    hides: /\*\*/,
  },
  ...ofLibrary(/\bsimple_salesforce\b/, [
    {
      name: 'simple_salesforce with a key',
      flow: 'jwt-bearer',
      pattern: /\b(?:Async)?Salesforce(?:Login)?\s*(?=\()/g,
      takes: /\bprivatekey(?:_file)?\s*=/,
    },
    {
      name: 'simple_salesforce with client credentials',
      flow: 'client-credentials',
      pattern: /\b(?:Async)?Salesforce(?:Login)?\s*(?=\()/g,
      takes: /\bconsumer_secret\s*=/,
      without: /\bpassword\s*=|\bprivatekey/,
    },
    {
      name: 'simple_salesforce with a session',
      flow: 'session',
      pattern: /\b(?:Async)?(?:Salesforce|SFType|SFBulkHandler|SFBulk2Handler)\s*(?=\()/g,
      takes: /\bsession_id\s*=/,
    },
  ]),
  ...ofLibrary(/\bsalesforce_bulk\w*\b/, [
    {
      name: 'salesforce_bulk with a password',
      flow: 'soap-login',
      pattern: /\b(?:SalesforceBulk\w*|SalesforceBulkipy)\s*(?=\()/g,
      takes: /\bpassword\s*=/,
      hides: /\*\*/,
    },
    {
      name: 'salesforce_bulk with a session',
      flow: 'session',
      pattern: /\b(?:SalesforceBulk\w*|SalesforceBulkipy)\s*(?=\()/g,
      takes: /\bsession[_i]/i,
    },
  ]),
  {
    name: 'beatbox login',
    flow: 'soap-login',
    with: /\bbeatbox\b/,
    pattern: /\.\s*login\s*(?=\()/g,
    takes: /,/,
    hides: /^\s*\*/,
  },
  {
    name: 'SOAP client login(user, password)',
    flow: 'soap-login',
    with: [/\b(?:zeep|suds|pysimplesoap)\b/, /salesforce|sforce|force\.com|(?:partner|enterprise)\.(?:wsdl|xml)/i],
    pattern: /\.service\s*\.\s*login\s*(?=\()/g,
  },
  {
    name: 'oauthlib LegacyApplicationClient',
    flow: 'username-password',
    with: /oauthlib|authlib/,
    pattern: /\bLegacyApplicationClient\s*\(|\bfetch_token\s*\([^)]{0,300}\bpassword\s*=/g,
    anyVendor: true,
  },
  {
    name: 'oauthlib BackendApplicationClient',
    flow: 'client-credentials',
    with: /oauthlib/,
    pattern: /\bBackendApplicationClient\s*\(/g,
    anyVendor: true,
  },
  {
    name: 'authorization code of a library',
    flow: 'authorization-code',
    with: /oauthlib|authlib|social_core|social_django|allauth|flask_dance/,
    pattern:
      /\bauthorization_url\s*\(|\bcreate_authorization_url\s*\(|\bauthorize_redirect\s*\(|\bOAuth2ConsumerBlueprint\s*\(|social_core\.backends\.salesforce|allauth\.socialaccount\.providers\.salesforce|\bSalesforceOAuth2\b/g,
    anyVendor: true,
  },
  {
    name: 'django-salesforce with a password',
    flow: 'username-password',
    with: /salesforce\.backend/,
    pattern: /['"]ENGINE['"]\s*:\s*['"]salesforce\.backend['"]/g,
  },
]);
