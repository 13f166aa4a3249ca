import { secretUse } from '../../salesforce/secretNames.js';
import {
  isClientSecret,
  isPlaceholder,
  isWordy,
  looksLikePassword,
  looksRandom,
} from '../../salesforce/secretShapes.js';
import { matchesIn, type TextPart } from '../parsing/partsAround.js';
import type { TextWords } from '../parsing/textWords.js';
import type { SecretHit } from './hits.js';

/** A value is named like a secret only with such a word, and a literal or an equals sign after the name. */
const secretName = /secret|passw|pwd|passphrase|passcode|token|key|jwt|cred/gi;
const restOfName = /[\w$-]*/y;
const behindName = /=|['"\]]{0,2}\s{0,4}(?:=>|[:=,])\s{0,4}['"`]/y;

/** `name = 'value'`, `"name": "value"`, `put('name', 'value')`, `name => 'value'`, with a scheme before the value. */
const assigned =
  /(?<![\w$-])([\w$-]{3,60})['"\]]{0,2}\s{0,4}(?:=>|[:=,])\s{0,4}(['"`])(?:(?:Bearer|Basic|OAuth|Token) )?([^'"`\s\\]{8,512})\2/g;
/** `name = """` and the value on the next line: a text block of Java, Kotlin, Python, Swift, Scala or C#. */
const block =
  /(?<![\w$-])([\w$-]{3,60})(?:\s{0,4}:\s{0,4}\w{1,40})?\s{0,4}=\s{0,4}("""|''')\s{1,200}([^'"`\s\\]{8,512})\s{0,200}\\?\s{0,200}\2/g;
/** `<aura:attribute name="apiKey" type="String" default="value"/>` */
const attribute = /<aura:attribute\b[^<>]{0,200}?\bname="(\w+)"[^<>]{0,200}?\bdefault=(["'])([^"'\s<>]{8,512})\2/g;
/** `client_secret=value` in the body of a request or a query. */
const parameter = /(?:[?&]|(['"`]))([\w-]{3,40})=()([^&'"`\s<>\\]{8,512})/g;
/** `?user=name&password=word` of a login: with a user name, the value is the password, whatever it looks like. */
const login =
  /[?&'"`](?:\w{0,20}user\w{0,20}|login|uid|e?mail)=[^&'"`\s<>]{1,100}&(?:amp;)?(?:[^'"`\s<>]{1,200}&)?(?:password|passwd|pwd)=([^&'"`\s<>\\]{6,64})(?=[<&'"`])/gi;
/** `'Bearer value'`, wherever it goes. */
const scheme = /\b(?:Bearer|Basic|OAuth) ([\w+/.=~-]{16,4096})(?=['"`])/g;

/**
 * Credentials that code spells out: the name says what it is for, and the value looks like one. `parts`: of the text,
 * those around a name; no pattern that is looked for in them crosses the end of a statement.
 */
export const hardCodedSecrets = (text: string, words: TextWords, parts: readonly TextPart[]): SecretHit[] => {
  const whole: TextPart[] = [{ text, offset: 0 }];
  const isNamed = words.has('secretName');
  const named = parts.filter((part) => namesSecret(part.text));
  return [
    ...credentialsIn(named, assigned, 1, 3),
    ...(isNamed && words.has('textBlock') ? credentialsIn(whole, block, 1, 3) : []),
    ...credentialsIn(named, parameter, 2, 4),
    ...logins(named),
    ...(isNamed && words.has('auraAttribute') ? credentialsIn(whole, attribute, 1, 3) : []),
    ...(words.has('scheme') ? schemes(text) : []),
  ];
};

function credentialsIn(parts: readonly TextPart[], pattern: RegExp, nameAt: number, valueAt: number): SecretHit[] {
  return matchesIn(parts, pattern).flatMap(({ match, index }) =>
    namedSecret(match[nameAt] ?? '', match[valueAt] ?? '', index)
  );
}

function schemes(text: string): SecretHit[] {
  return [...text.matchAll(scheme)].flatMap(({ 1: value = '', index }) =>
    looksRandom(value) ? [{ kind: 'hard-coded authorization', value, index }] : []
  );
}

/** Looks at each name once, also where it contains several of the words. */
export function namesSecret(text: string): boolean {
  secretName.lastIndex = 0;
  while (secretName.test(text)) {
    restOfName.lastIndex = secretName.lastIndex;
    restOfName.test(text);
    behindName.lastIndex = restOfName.lastIndex;
    if (behindName.test(text)) return true;
    secretName.lastIndex = restOfName.lastIndex;
  }
  return false;
}

const logins = (parts: readonly TextPart[]): SecretHit[] =>
  matchesIn(parts, login).flatMap(({ match: [, value = ''], index }) =>
    isPlaceholder(value) || isWordy(value) ? [] : [{ kind: 'hard-coded password', value, index }]
  );

/** The value at a place, if it is a credential by its name and its shape. */
export function namedSecret(name: string, value: string, index: number): SecretHit[] {
  const kind = credentialKind(name, value);
  return kind === undefined ? [] : [{ kind, value, index }];
}

/** A first look: no shape of a credential is shorter or contains a blank. */
export const mayBeCredential = (value: string): boolean => value.length >= 8 && !/\s/.test(value.trim());

/** What a named value is, where both the name and the shape of the value say that it is a credential. */
export const credentialKind = (name: string, value: string): string | undefined => {
  if (!mayBeCredential(value)) return undefined;
  const use = secretUse(name);
  if (use === undefined) return undefined;
  // Salesforce hands out consumer secrets of 64 hexadecimal digits and, to older apps, of 18 or 19 digits.
  if (use === 'secret' && isClientSecret(value) && !isPlaceholder(value)) return `hard-coded ${use}`;
  return (use === 'password' ? looksLikePassword : looksRandom)(value) ? `hard-coded ${use}` : undefined;
};
