import { createPrivateKey } from 'node:crypto';
import { TextWords } from '../parsing/textWords.js';
import { candidatesIn, type SecretHit } from './hits.js';

/** A longer text is not a key: RSA with 16,384 bits takes 12,600 characters. */
const longest = 16_384;

/** A PEM block, also one that Apex joins from literals, or JSON writes with `\n`. */
const pem = /-----BEGIN (RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----/g;

/**
 * How the base64 of a key begins: a sequence whose first member is the version 0 or 1. Of a certificate the first
 * member is another sequence. Only the decoding proves it.
 */
const stripped = /(?<![A-Za-z\d+/])(?:MII[A-Za-z\d+/]{3}IBA|MI[A-Za-z\d+/]{2}AgE[AB]|M[A-Za-z\d+/]{2}CAQ[AE])/g;

/** A PEM block that was encoded as a whole. */
const encoded = /LS0tLS1CRUdJTi[A-Za-z\d+/]{40,20000}={0,2}/g;

/**
 * Private keys that were proven to be some: they decode. A certificate, a public key or a sample of dots does not.
 * `onMore` is called if there are more places than are tried.
 */
export const privateKeys = (text: string, words: TextWords, onMore: () => void): SecretHit[] => [
  ...(words.has('privateKey') ? candidatesIn(text, pem, onMore) : []).flatMap(
    ({ 0: header, 1: form = '', index }): SecretHit[] => {
      const body = base64After(text, index + header.length, longest);
      const kind = keyIn(body, form.trim());
      return kind ? [{ kind, value: body, index }] : [];
    }
  ),
  ...(words.has('bareKey') ? candidatesIn(text, stripped, onMore) : []).flatMap(({ 0: start, index }): SecretHit[] => {
    const body = base64After(text, index, base64Length(start));
    return keyIn(body, '') ? [{ kind: 'private key', value: body, index }] : [];
  }),
  ...(words.has('encodedKey') ? candidatesIn(text, encoded, onMore) : []).flatMap(
    ({ 0: value, index }): SecretHit[] => {
      const decoded = Buffer.from(value, 'base64').toString('latin1');
      const [inside] = privateKeys(decoded, new TextWords(decoded), onMore);
      return inside ? [{ kind: inside.kind, value, index }] : [];
    }
  ),
];

/**
 * The kind of key in the body of a PEM block, if any. Formats that Node does not read are recognized by their first
 * bytes.
 */
const keyIn = (body: string, form: string): string | undefined => {
  const bytes = Buffer.from(body, 'base64');
  if (form === 'OPENSSH')
    return bytes.subarray(0, 14).toString('latin1') === 'openssh-key-v1' ? 'private key' : undefined;
  // https://www.rfc-editor.org/rfc/rfc9580#section-4.2: the tag of a secret key packet, in both formats.
  if (form === 'PGP')
    return bytes.length > 100 && [0x94, 0x95, 0xc5].includes(bytes[0] ?? 0) ? 'private key' : undefined;
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      createPrivateKey({ key: bytes, format: 'der', type });
      return 'private key';
    } catch (error) {
      // Node asks for it only when the bytes are an encrypted key.
      if (error instanceof Error && 'code' in error && error.code === 'ERR_MISSING_PASSPHRASE') {
        return 'encrypted private key';
      }
    }
  }
  return undefined;
};

/** Between two literals of one value: `' + '`, `', '` in a list, `'; pem += '`, `').append('`. */
const seam = /['"`]\s{0,60}(?:[+,]|\)?[;.]?\s{0,60}[\w.]{0,40}\s{0,4}(?:\+=|\())\s{0,60}['"`]/.source;
const fromThere = new RegExp(`^(?:[A-Za-z\\d+/=]|\\s|\\\\[nrt]|&#(?:10|13|xA|xD);|${seam})*`, 'i');
const between = new RegExp(`\\\\[nrt]|&#\\w+;|${seam}|\\s`, 'g');

/** The characters of base64 from there on, over line breaks, blanks, escapes and the seams of joined literals. */
const base64After = (text: string, start: number, length: number): string => {
  const rest = text.slice(start, start + 2 * length + 200);
  const [end = ''] = fromThere.exec(rest) ?? [];
  return end.replace(between, '').slice(0, length);
};

/**
 * How many characters of base64 the sequence takes that begins so: its second byte, or the two or three after, say it.
 */
const base64Length = (start: string): number => {
  const [, first = 0, second = 0, third = 0] = Buffer.from(start, 'base64');
  const bytes = first < 0x80 ? 2 + first : first === 0x81 ? 3 + second : 4 + second * 256 + third;
  return Math.min(longest, Math.ceil(bytes / 3) * 4);
};
