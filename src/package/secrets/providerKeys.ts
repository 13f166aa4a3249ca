import { isPlaceholder, looksRandom } from '../../salesforce/secretShapes.js';
import type { TextWords } from '../parsing/textWords.js';
import { candidatesIn, type SecretHit } from './hits.js';

/** Forms in which services hand out secrets; the group is the secret. The prefixes are documented by each service. */
const FORMS: ReadonlyArray<{ kind: string; form: RegExp }> = [
  { kind: 'Stripe secret key', form: /\b((?:sk|rk)_live_[A-Za-z\d]{20,250})\b/g },
  { kind: 'Stripe webhook secret', form: /\b(whsec_[A-Za-z\d+/]{24,100})\b/g },
  { kind: 'Google API key', form: /\b(AIza[\w-]{34,36})(?![\w-])/g },
  { kind: 'Google client secret', form: /\b(GOCSPX-[\w-]{20,40})(?![\w-])/g },
  { kind: 'Google access token', form: /\b(ya29\.[\w-]{40,500})/g },
  { kind: 'Azure storage key', form: /\bAccountKey=([A-Za-z\d+/]{80,90}={0,2})/g },
  { kind: 'Azure shared access key', form: /\bSharedAccessKey=([A-Za-z\d+/]{40,90}={0,2})/g },
  // Microsoft Entra: three characters, a version, `Q~`, and 31 to 34 more.
  { kind: 'Azure client secret', form: /(?<![\w~.-])([\w~.-]{3}\dQ~[\w~.-]{31,34})(?![\w~.-])/g },
  {
    kind: 'Azure shared access signature',
    form: /\bsv=\d{4}-\d\d-\d\d&[^\s'"<>]{0,300}\bsig=([\w%+/-]{40,120}={0,2})/g,
  },
  { kind: 'AWS session token', form: /\b((?:FwoG|IQoJ)[A-Za-z\d+/]{100,2000}={0,2})/g },
  { kind: 'Mailgun key', form: /\b(key-[a-f\d]{32})\b/g },
  { kind: 'Square access token', form: /\b(sq0(?:csp|atp)-[\w-]{22,50})(?![\w-])/g },
  { kind: 'Telegram bot token', form: /\b(\d{8,10}:AA[\w-]{33})(?![\w-])/g },
];

/** Without one of these in just this case a text contains none of them. */
const worthwhile = /_live_|whsec_|AIza|GOCSPX-|ya29\.|AccountKey=|AccessKey=|Q~|sig=|FwoG|IQoJ|key-|sq0|:AA/;

const token = /(?<![\w-])(eyJ[\w-]{8,2000}\.eyJ[\w-]{4,6000}\.[\w-]{16,1400})(?![\w-])/g;

/** A key of RFC 7517: one with a private part (`d`), or a symmetric one (`k`). */
const jsonKey = /["']?\b(d|k)\b["']?\s{0,4}:\s{0,4}["']([\w-]{20,2000})["']/g;

/** Secrets whose form alone says what they are. `onMore` is called if there are more places than are tried. */
export function providerKeys(text: string, words: TextWords, onMore: () => void): SecretHit[] {
  return [
    ...(words.has('providerKey') && worthwhile.test(text)
      ? FORMS.flatMap(({ kind, form }) => hits(text, kind, form))
      : []),
    ...(words.has('webToken') ? jsonWebTokens(text) : []),
    ...(words.has('webKey') && /\bkty\b/.test(text) ? jsonWebKeys(text, onMore) : []),
  ];
}

function hits(text: string, kind: string, form: RegExp): SecretHit[] {
  return [...text.matchAll(form)].flatMap(({ 1: value = '', index, 0: whole }) =>
    isPlaceholder(value) || new Set(value).size < 8 ? [] : [{ kind, value, index: index + whole.indexOf(value) }]
  );
}

/** Its first part has to decode to a header with an algorithm. */
function jsonWebTokens(text: string): SecretHit[] {
  return [...text.matchAll(token)].flatMap(({ 1: value = '', index }): SecretHit[] => {
    const [header = '', payload = '', signature = ''] = value.split('.');
    const [decoded, claims] = [header, payload].map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    // A key for visitors who are not logged in is published on purpose.
    const isPublic = /"role"\s*:\s*"anon"/.test(claims ?? '');
    const isToken = /"alg"\s*:\s*"(?!none")/i.test(decoded ?? '') && new Set(signature).size > 8 && !isPublic;
    return isToken ? [{ kind: 'JSON Web Token', value, index }] : [];
  });
}

function jsonWebKeys(text: string, onMore: () => void): SecretHit[] {
  return candidatesIn(text, jsonKey, onMore).flatMap(({ 1: member, 2: value = '', index }): SecretHit[] => {
    const around = text.slice(Math.max(0, index - 3000), index + 3000);
    const type = member === 'k' ? /\bkty["']?\s*:\s*["']oct["']/ : /\bkty["']?\s*:\s*["'](?:RSA|EC|OKP)["']/;
    return type.test(around) && looksRandom(value) ? [{ kind: 'private key', value, index }] : [];
  });
}
