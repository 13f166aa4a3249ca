import type { Language } from '../languages.js';
import { formsOf, ofLibrary } from './form.js';

const dotnet: readonly Language[] = ['C#', 'Visual Basic'];

/** Recognised flows of C# and Visual Basic. */
export const dotnetForms = formsOf(dotnet, [
  {
    name: 'SforceService.login',
    flow: 'soap-login',
    languages: ['C#'],
    with: /\bSforceService\b|\bLoginScopeHeader\b/,
    pattern: /(?<!\b(?:this|base|Channel))\.\s*login(?:Async)?\s*(?=\()/g,
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
    name: 'SOAP client login(user, password)',
    flow: 'soap-login',
    with: /\bSoapClient\b/,
    pattern: /(?<!\b(?:this|base|Channel))\.\s*login(?:Async)?\s*(?=\()/gi,
    takes: /,/,
  },
  {
    name: 'SOAP service with a session',
    flow: 'session',
    with: /\bSforceService\b|\bSoapClient\b|\bSessionHeader\b/,
    pattern: /\bSessionHeader(?:Value)?\b/g,
  },
  ...ofLibrary(/\bSalesforce\b|\bNetCoreForce\b/, [
    {
      name: 'AuthenticationClient.WebServerAsync',
      flow: 'authorization-code',
      pattern: /\.\s*WebServerAsync\s*\(|\bAddSalesforce\s*\(|\bFormatAuthUrl\s*\(/g,
    },
    { name: 'AuthenticationClient.TokenRefreshAsync', flow: 'refresh', pattern: /\.\s*TokenRefreshAsync\s*\(/g },
    {
      name: 'ForceClient with a token',
      flow: 'session',
      pattern: /\bnew\s+(?:ForceClient|ChatterClient|BulkForceClient)\s*\(/g,
    },
  ]),
  {
    name: 'SalesforceSharp UsernamePasswordAuthenticationFlow',
    flow: 'username-password',
    with: /\bSalesforceSharp\b/,
    pattern: /\bUsernamePasswordAuthenticationFlow\b/g,
  },
  {
    name: 'IdentityModel password grant',
    flow: 'username-password',
    with: /\bIdentityModel\b|\bOAuth2\b/,
    pattern: /\bRequest(?:Password|ResourceOwnerPassword)\w*Async\s*\(|\bnew\s+PasswordTokenRequest\b/g,
    anyVendor: true,
  },
  {
    name: 'IdentityModel client credentials',
    flow: 'client-credentials',
    with: /\bIdentityModel\b/,
    pattern: /\bRequestClientCredentials\w*Async\s*\(|\bnew\s+ClientCredentialsTokenRequest\b/g,
    anyVendor: true,
  },
]);
