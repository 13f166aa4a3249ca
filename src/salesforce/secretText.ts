import { secretUse } from './secretNames.js';
import { isClientSecret, looksLikePassword, looksRandom } from './secretShapes.js';

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** A key without its first and last line: how DER and an encoded PEM begin. In so long a text any word may appear by chance. */
const bareKey = /\b(?:M[CHI]|LS0tLS1)[A-Za-z\d+/]{45,}={0,2}/g;

/** `part`: every match contains it, so a text without it is not searched. Reports and facts are thousands of short texts. */
type Shapes = ReadonlyArray<[part: string, shape: RegExp, mask: string]>;

/** No name and no sentence has one of these. */
const certain: Shapes = [
  ['PRIVATE KEY', privateKey, '[secret]'],
  // Session ids and opaque access tokens: the org's id, an exclamation mark, the secret.
  ['00D', /00D[A-Za-z0-9]{12,15}(?:!|%21)[\w.%-]+/g, '[token]'],
  ['eyJ', /(?<![\w-])(?=[\w-]+\.[\w-]+\.)((?:[\w-]*?-)?)eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '$1[token]'],
  ['5Aep', /\b5Aep[\w.]+/g, '[token]'],
];

const shapes: Shapes = [
  ...certain,
  ['', /\bBearer\s+\S+/gi, 'Bearer [token]'],
  ['<sessionId>', /<sessionId>[^<]*<\/sessionId>/g, ''],
  [
    '',
    /\b((?:sid|access_token|refresh_token|client_secret|assertion|password)["']?\s*[=:]\s*["']?)[^\s&"']+/gi,
    '$1[secret]',
  ],
];

/** The text without what has the shape of a session id, a token or a credential of Salesforce. */
export const maskSecrets = (text: string): string => maskUrls(without(text, shapes));

const without = (text: string, forms: Shapes): string =>
  forms.reduce((masked, [part, shape, mask]) => (masked.includes(part) ? masked.replace(shape, mask) : masked), text);

/**
 * The same for a name, which has to stay what it is: only what a session, a token or a private key looks like, and
 * nothing else. An app may well be called "JWT Bearer Flow".
 */
export const maskTokens = (text: string): string => maskUrls(without(text, certain));

const userInfo = /(:\/\/)[^\s/?#"'<>]+@/g;
const queryPair = /([?&#;])([\w.-]{1,60})=([^\s&#"'<>{}$]+)/g;

/** In every URL: who logs in by it, and values of query keys that are named like secrets. Merge fields stay. */
function maskUrls(text: string): string {
  if (!text.includes('@') && !text.includes('=')) return text;
  return text
    .replace(userInfo, '$1[secret]@')
    .replace(queryPair, (pair, sign: string, key: string) =>
      secretUse(key) !== undefined || /^(?:sid|session_?id|assertion)$/i.test(key) ? `${sign}${key}=[secret]` : pair
    );
}

/** Plain data with every text in it masked, also in the names of its keys. */
export const maskedIn = <T>(value: T, mask: (text: string) => string = maskTokens): T => {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => maskedIn(one, mask)) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [mask(key), maskedIn<unknown>(one, mask)])
    ) as T;
  }
  return value;
};

/**
 * The same for a text that any user may have written, such as a name or the words of the audit trail: there a word that looks generated is also
 * masked, and near the word "password" or "secret" every word that can be one.
 */
export const maskFreeText = (text: string): string => {
  const masked = maskSecrets(text).replace(bareKey, '[secret]');
  const isAboutSecrets = /passw|passphrase|secret|token|\bkey\b/i.test(masked);
  return masked.replace(/[^\s"'“”‘’<>()]+/gu, (word) => {
    const bare = word.replace(/^[,;:.]+|(?<![,;:.])[,;:.]+$/g, '');
    if (isAddress(bare)) return word;
    const isSecret = isAboutSecrets && (looksLikePassword(bare) || isClientSecret(bare));
    return isSecret || looksRandom(bare) ? word.replace(bare, () => '[secret]') : word;
  });
};

/** A username has the form of an e-mail address, an IP address has none of the letters of a secret. */
const isAddress = (word: string): boolean =>
  /^[^@\s]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(word) || /^[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}$/i.test(word);
