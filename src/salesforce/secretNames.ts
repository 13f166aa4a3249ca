import { wordSet } from '../common/text.js';

/** What a name says that the value is for. */
export type SecretUse = 'password' | 'secret' | 'token' | 'key';

const uses: ReadonlyMap<string, SecretUse> = new Map(
  Object.entries({
    password: ['password', 'passwords', 'passwd', 'passwrd', 'pwd', 'passphrase', 'passcode'],
    secret: ['secret', 'secrets', 'credentials', 'creds'],
    token: ['token', 'tokens', 'jwt'],
    key: ['apikey', 'privatekey', 'secretkey', 'encryptionkey', 'accesskey', 'signingkey'],
  } as const).flatMap(([use, words]) => words.map((word) => [word, use as SecretUse] as const))
);

/** The same written as one word in lower case: `clientsecret`, `accesstoken`, `dbpassword`. */
const joined: ReadonlyArray<readonly [RegExp, SecretUse]> = [
  [/^\w{2,12}(?:password|passwd|passphrase)$/, 'password'],
  [/^(?:app|api|client|consumer|oauth|shared|user|webhook)secret$/, 'secret'],
  [/^(?:access|api|auth|bearer|id|jwt|oauth|refresh|security|session|user)token$/, 'token'],
  [/^\w{2,12}(?:api|secret|private|signing|encryption)key$/, 'key'],
];

/** The word before a key decides whether it is secret: `Key__c`, `Sort_Key__c` and `consumerKey` are not. */
const secretKeys = wordSet(`
  access aes api auth crypto des encryption hmac jwt master pem private rsa secret security shared signature
  signing subscription
`);

/** Paging, counting and cancelling also use the word; `Max_Tokens__c` counts words of a language model. */
const harmless = wordSet(`
  cancel completion continuation count csrf cursor delta input max maximum merge next number num output page paging
  prompt public remaining replay search separator stylesheet sync total used xsrf
`);

/** A question, not the thing: `AllowRefreshTokens__c`, `isTokenExpired`. */
const questions = wordSet(`
  allow allows can disable enable enabled force has hide ignore is needs require requires should show skip use uses
`);

/** Words after the one that counts: `Token_Value__c`, `Password2__c`, `clientSecretEncrypted`, `Client_Secret_Prod__c`. */
const trailing =
  /^(?:\d+|c|v|value|text|string|encrypted|plain|raw|long|part|chunk|pem|base|b64|hex|json|prod|production|sandbox|sbx|dev|development|test|staging|stage|uat|qa|live|eu|us|uk|apac|emea|primary|secondary|main|backup|old|new|current|previous|default)$/;

/** Pairs that are a secret in any position, unless what follows describes it: `Access_Token_Acme__c`. */
const strong =
  /\b(?:(?:client|consumer|shared|webhook) secret|(?:access|refresh|bearer|security|oauth) token|(?:api|private|secret|encryption|signing) key)(?: ([a-z\d]+))$/;
const describing =
  /^(?:active|age|alias|algorithm|alg|audience|cert|certificate|change|changed|check|class|config|count|created|credential|date|days|description|desc|details?|enabled|endpoint|error|exists|expired|expires|expiration|expiry|field|fields|file|flag|format|generated|generator|handler|header|help|hint|id|ids|info|invalid|issuer|key|label|last|length|lifetime|limit|link|location|manager|message|method|missing|mode|name|names|needed|object|option|options|owner|param|parameter|path|placeholder|policy|prefix|property|provider|ref|reference|refresh|request|required|reset|response|result|rotation|scope|selector|service|setting|settings|setup|size|source|state|status|suffix|time|timeout|timestamp|title|ttl|type|updated|uri|url|usage|user|username|util|utils|valid|validated|validator|validity|version|visible)$/;

/**
 * The use of a field, variable or element by its API name; `undefined` for a name that does not mean a secret. The last
 * word decides, so `tokenAudience`, `Secret_Name__c` and `NamedCredentialForAPI__c` do not.
 */
export const secretUse = (name: string): SecretUse | undefined => {
  const words = wordsOf(name);
  while (trailing.test(words.at(-1) ?? '')) words.pop();
  const [last = '', before = ''] = [words.at(-1), words.at(-2)];
  if (questions.has(words[0] ?? '') || words.some((word) => harmless.has(word))) return undefined;
  // A named or external credential is named, not spelled out.
  if (/^(?:credentials|creds)$/.test(last) && /^(?:named|external|stored)$/.test(before)) return undefined;
  if (last === 'key') return secretKeys.has(before) ? 'key' : undefined;
  return uses.get(last) ?? joined.find(([pattern]) => pattern.test(last))?.[1] ?? strongUse(words.join(' '));
};

function strongUse(words: string): SecretUse | undefined {
  const [found, after] = strong.exec(words) ?? [];
  if (found === undefined || after === undefined || describing.test(after)) return undefined;
  return found.includes('secret ') && !found.includes(' key') ? 'secret' : found.includes('token') ? 'token' : 'key';
}

/** Whether a name is that of a session id, as far as a name shows: other things also have sessions. */
export const isSessionIdName = (name: string): boolean => {
  const words = wordsOf(name);
  while (trailing.test(words.at(-1) ?? '')) words.pop();
  return /(?:^| )(?:session id|sessionid)$/.test(words.join(' ')) && !questions.has(words[0] ?? '');
};

/** What a service hands to its customers: a secret like a password, but no token of OAuth and no key to encrypt with. */
export const isOfService = (name: string): boolean => {
  const [last = '', before = ''] = wordsOf(name).reverse();
  return last === 'apikey' || ((last === 'key' || last === 'token') && /^(?:api|auth|subscription)$/.test(before));
};

/** `acme__Client_Secret__c`, `clientSecret`, `CLIENT_SECRET`, `client-secret` → client, secret. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/__\w$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

/**
 * Elements of metadata that contain nothing but a secret.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm
 */
export const secretElements: Readonly<Record<string, Readonly<Record<string, SecretUse>>>> = {
  AuthProvider: { consumerSecret: 'secret' },
  ConnectedApp: { consumerSecret: 'secret' },
  ExternalDataSource: { password: 'password', oauthToken: 'token', oauthRefreshToken: 'token' },
  ExtlClntAppGlobalOauthSettings: { consumerSecret: 'secret' },
  // Until API 57 this file held the secret.
  ExtlClntAppOauthSettings: { consumerSecret: 'secret' },
  ExtlClntAppPushConfigurablePolicies: { password: 'password', signingKey: 'key', serviceAccount: 'key' },
  ExtlClntAppPushSettings: { password: 'password', signingKey: 'key', serviceAccount: 'key' },
  NamedCredential: {
    password: 'password',
    oauthToken: 'token',
    oauthRefreshToken: 'token',
    awsAccessSecret: 'secret',
  },
};
