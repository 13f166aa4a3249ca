import { secretUse } from '../../salesforce/secretNames.js';
import { isPlaceholder, looksLikePassword, looksRandom } from '../../salesforce/secretShapes.js';
import { matchesIn, type TextPart } from '../parsing/partsAround.js';
import type { TextWords } from '../parsing/textWords.js';
import type { SecretHit } from './hits.js';
import { namedSecret } from './hardCodedCredentials.js';

/** A literal that code turns into bytes: `Blob.valueOf('…')`, `EncodingUtil.base64Decode('…')`, `Buffer.from("…")`. */
const bytesOfLiteral =
  /\b(?:Blob\s{0,4}\.\s{0,4}valueOf|base64Decode|convertFromHex|btoa|Buffer\.from|b64encode|enc\.\w{1,9}\.parse)\s{0,4}\(\s{0,20}b?(['"])([^'"\r\n]{6,4096})\1/gi;
/** A secret that is appended to a user name: `Blob.valueOf(user + ':secret')`. */
const behindUser = /\b(?:valueOf|btoa|from)\s{0,4}\(\s{0,20}[\w.]{1,60}\s{0,4}\+\s{0,4}(['"]):([^'"\s]{6,100})\1/gi;
const cryptography =
  /\bCrypto\s{0,4}\.\s{0,4}(?:encrypt|decrypt|generateMac|sign|verify|encryptWithManagedIV|decryptWithManagedIV)\b|createHmac|createCipheriv|CryptoJS|importKey/i;
/** What a variable for a key is called where it is for nothing else. */
const keyName = /(?:key|secret|hmac|passphrase|cipher)\w{0,20}\s{0,4}=(?!=)[^=]{0,80}$/i;
const authorization = /\bBasic\b|\bauthorization\b/i;

/** `Basic dXNlcjpwYXNzd29yZA==`: what it encodes is a user and a password. */
const basic = /\bBasic ([A-Za-z\d+/]{8,400}={0,2})(?=['"`<])/g;

/** `{"key": "client_secret", "value": "…"}`, `new Setting__c(Name = 'api_key', Value__c = '…')`. */
const pairs: readonly RegExp[] = [
  /["']?\b(?:key|name|field|id|setting)\b["']?\s{0,4}[:=]\s{0,4}["']([\w .-]{3,60})["']\s{0,20},\s{0,20}["']?(?:value|val|content|data)["']?\s{0,4}[:=]\s{0,4}["']([^"'\s]{8,512})["']/gi,
  /\b(?:Name|Key__c|Name__c)\s{0,4}=\s{0,4}'([\w .-]{3,60})'\s{0,20},\s{0,20}\w{1,60}__c\s{0,4}=\s{0,4}'([^'\s]{8,512})'/gi,
];
/** A field of a form, a parameter of a page, a meta tag: the name and the value are two attributes. */
const tag = /<(?:[a-z]{1,20}:)?(?:input\w{0,10}|param|meta|variable|attribute)\b[^<>]{1,1000}>/gi;
const attribute = /([\w-]{1,40})\s{0,4}=\s{0,4}(?:"([^"<>]{0,600})"|'([^'<>]{0,600})')/g;

/**
 * Keys and passwords, recognized by what code does with a literal, or by the name next to it. `parts`: of the text, those
 * around the name of a secret.
 */
export function literalKeys(text: string, words: TextWords, parts: readonly TextPart[]): SecretHit[] {
  const isNamed = words.has('secretName');
  return [
    ...(words.has('bytes') ? literalBytes(text) : []),
    ...(words.has('behindUser') ? passwordsBehindUsers(text) : []),
    ...(words.has('basic') ? basicAuthorizations(text) : []),
    ...namedPairs(parts),
    ...(isNamed && words.has('namedTag') ? namedTags(text) : []),
  ];
}

function literalBytes(text: string): SecretHit[] {
  return [...text.matchAll(bytesOfLiteral)].flatMap(({ 2: value = '', index }): SecretHit[] => {
    const statement = statementAround(text, index);
    const [, password = ''] = /^[^\s:/]{1,100}:([^\s/][^\s]{3,200})$/.exec(value) ?? [];
    if (authorization.test(statement.all) && isPassword(password)) {
      return [{ kind: 'hard-coded authorization', value: password, index }];
    }
    const isKey = cryptography.test(statement.all) || keyName.test(statement.before);
    return isKey && looksLikeKey(value) ? [{ kind: 'hard-coded key', value, index }] : [];
  });
}

function passwordsBehindUsers(text: string): SecretHit[] {
  return [...text.matchAll(behindUser)].flatMap(({ 2: value = '', index }): SecretHit[] =>
    authorization.test(statementAround(text, index).all) && isPassword(value)
      ? [{ kind: 'hard-coded authorization', value, index }]
      : []
  );
}

/** A key of AES has 16, 24 or 32 bytes; one of an HMAC any length. */
export function looksLikeKey(value: string): boolean {
  if (isPlaceholder(value) || /\s|^https?:/.test(value)) return false;
  const isSized = [16, 24, 32, 44, 64].includes(value.length) && /\d/.test(value) && /[A-Za-z]/.test(value);
  return isSized || looksRandom(value) || looksLikePassword(value);
}

function isPassword(value: string): boolean {
  return value.length >= 4 && !isPlaceholder(value) && !/^(?:password|pass|secret|token|pwd)$/i.test(value);
}

function basicAuthorizations(text: string): SecretHit[] {
  return [...text.matchAll(basic)].flatMap(({ 1: value = '', index }): SecretHit[] => {
    const [, password = ''] =
      /^[\x21-\x39\x3b-\x7e]{1,100}:([\x21-\x7e]{4,200})$/.exec(Buffer.from(value, 'base64').toString('latin1')) ?? [];
    return isPassword(password) ? [{ kind: 'hard-coded authorization', value, index }] : [];
  });
}

/** Neither pattern crosses the end of a statement. */
function namedPairs(parts: readonly TextPart[]): SecretHit[] {
  return pairs.flatMap((pair) =>
    matchesIn(parts, pair).flatMap(({ match: [, name = '', value = ''], index }) => namedSecret(name, value, index))
  );
}

function namedTags(text: string): SecretHit[] {
  return [...text.matchAll(tag)].flatMap(({ 0: found, index }) => {
    const given = new Map(
      [...found.matchAll(attribute)].map(([, key = '', double, single]) => [key.toLowerCase(), double ?? single ?? ''])
    );
    const value = given.get('value') ?? given.get('content') ?? given.get('default') ?? '';
    const name = [given.get('name'), given.get('id'), given.get('property')].find(
      (one) => one !== undefined && secretUse(one) !== undefined
    );
    return name === undefined ? [] : namedSecret(name, value, index);
  });
}

/** The statement around an offset, and its part before that offset. */
function statementAround(text: string, offset: number): { all: string; before: string } {
  const start = text.slice(Math.max(0, offset - 300), offset);
  const before = start.slice(Math.max(start.lastIndexOf(';'), start.lastIndexOf('{'), start.lastIndexOf('}')) + 1);
  const [after = ''] = /^[^;{}]*/.exec(text.slice(offset, offset + 300)) ?? [];
  return { all: before + after, before };
}
