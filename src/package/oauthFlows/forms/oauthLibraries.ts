import { formsOf, ofLibrary } from './form.js';

/** Calls and types of OAuth libraries for any vendor whose names say which flow they start. */
export const oauthLibraryForms = formsOf('all', [
  ...ofLibrary(/oauth/i, [
    {
      name: 'password grant of an OAuth library',
      flow: 'username-password',
      pattern:
        /\bPasswordTokenRequest\s*\(|\bPasswordCredentialsToken\s*\(|\bexchange_password\s*\(|\bStrategy\.Password\b|\bResourceOwnerPassword(?:Credentials?)?(?:Grant|Client|Flow|Strategy)?\s*\(|\bGrantTypes?\.(?:ResourceOwner)?Password\b/g,
      anyVendor: true,
    },
    {
      name: 'device grant of an OAuth library',
      flow: 'device',
      pattern:
        /\bDeviceAuth(?:orization)?(?:Request|Client|Flow|Grant)?\s*[({]|\bDeviceAccessToken\s*\(|\bRequestDevice(?:Authorization|Token)\w*\s*\(|\bexchange_device_(?:code|access_token)\s*\(|\bDevice(?:Code)?(?:Client|Flow|Grant|Strategy)\s*\(|\bGrantTypes?\.Device\w*|\bStrategy\.Device\w*/g,
      anyVendor: true,
    },
    {
      name: 'implicit grant of an OAuth library',
      flow: 'implicit',
      pattern:
        /\buse_implicit_flow\s*\(|\bBrowserClientRequestUrl\s*\(|\bMobileApplicationClient\s*\(|\bImplicit(?:Grant|Client|Flow|Strategy)\s*\(|\bGrantTypes?\.Implicit\b|\bResponseTypes?\.Token\b|\bResponseTypeValues\.TOKEN\b|\bOIDResponseTypeToken\b/g,
      anyVendor: true,
    },
  ]),
]);
