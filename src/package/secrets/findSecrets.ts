import { createHmac } from 'node:crypto';
import { isPlaceholder, looksRandom } from '../../salesforce/secretShapes.js';
import { lineAt } from '../parsing/lineAt.js';
import { partsAround } from '../parsing/partsAround.js';
import { looksFor, TextWords, type Look } from '../parsing/textWords.js';
import { configuredSecrets } from './configuredSecrets.js';
import { hardCodedSecrets } from './hardCodedCredentials.js';
import { presetSecrets } from './secretlint.js';
import { literalKeys } from './literalKeys.js';
import { privateKeys } from './privateKeys.js';
import { providerKeys } from './providerKeys.js';
import { xmlSecrets, type XmlSecret } from './metadataSecrets.js';
import type { SecretHit } from './hits.js';

type Hit = SecretHit | XmlSecret;

/** A redacted secret: its place, kind and length, and a mark that distinguishes two secrets. */
type FoundSecret = { kind: string; line: number; length: number; fingerprint: string };
/** `isCut`: the text has more places that may be secrets than were tried. */
type SearchedText = { found: readonly FoundSecret[]; problem?: { reason: string; line?: number }; isCut: boolean };

/** A secret whose form proves it, whatever its name says. */
export const isProven = ({ kind }: FoundSecret): boolean => !/^(?:hard-coded|packaged|literal) /.test(kind);

/** A file with more has failed long before; what a hostile one costs stays bounded. */
const mostHits = 200;

/** Without one of these, and without a user in an address, a text contains no secret. */
const SECRETS = looksFor([
  ...(['secretName', 'secretElement', 'bytes', 'behindUser', 'basic', 'scheme'] as const),
  ...(['accessToken', 'refreshToken', 'authUrl', 'consumerSecret', 'privateKey', 'bareKey', 'encodedKey'] as const),
  ...(['providerKey', 'webToken', 'webKey'] as const),
  ...(['presetBeginning', 'presetName', 'presetAws', 'presetDatabricks'] as const),
]);

/** The forms in which Salesforce hands out secrets; the group is the secret. */
const salesforceForms: ReadonlyArray<{ kind: string; look: Look; form: RegExp }> = [
  {
    kind: 'Salesforce access token',
    look: 'accessToken',
    form: /\b(00D[A-Za-z\d]{12}(?:[A-Za-z\d]{3})?![\w.]{40,400})/g,
  },
  { kind: 'Salesforce refresh token', look: 'refreshToken', form: /\b(5Aep861[\w.]{40,200})/g },
  {
    kind: 'Salesforce auth URL',
    look: 'authUrl',
    form: /force:\/\/[^\s'"<>:@]{1,300}:[^\s'"<>:@]{0,200}:([^\s'"<>:@]{20,300})@/g,
  },
  // 64 hexadecimal digits are also a hash; 19 digits also a number. Only the words before tell.
  {
    kind: 'consumer secret',
    look: 'consumerSecret',
    form: /(?:consumer|client)[ _-]?secret[^A-Za-z\d\r\n]{1,20}([A-F\d]{64}|\d{18,19})\b/gi,
  },
];

/**
 * Everything in a text that is a secret. `others`: secrets that are known of its lines. `key` keeps the fingerprints of
 * this package from being looked up elsewhere. `words`: of the text.
 */
export const findSecrets = async (
  path: string,
  text: string,
  key: string,
  others: readonly XmlSecret[] = [],
  words = new TextWords(text)
): Promise<SearchedText> => {
  if (others.length === 0 && !words.hasAny(SECRETS) && !text.includes('@')) return { found: [], isCut: false };
  const xml = xmlSecrets(path, text, words);
  // Where something may be named like a secret.
  const parts = words.has('secretName') ? partsAround(text, words.ends('secretName')) : [];
  let isCut = false;
  const onMore = (): void => {
    isCut = true;
  };
  const hits: Hit[] = [
    // What is proven comes first: of two detectors that see one secret, the first names it.
    ...[
      ...privateKeys(text, words, onMore),
      ...salesforceSecrets(text, words),
      ...providerKeys(text, words, onMore),
    ].slice(0, mostHits),
    ...('secrets' in xml ? xml.secrets.slice(0, mostHits) : []),
    ...[
      ...(await presetSecrets(path, text, words)),
      ...hardCodedSecrets(text, words, parts),
      ...literalKeys(text, words, parts),
      ...(words.has('secretName') ? configuredSecrets(path, text) : []),
    ].slice(0, mostHits),
    ...others.slice(0, mostHits),
  ];
  const distinct = hits.filter((hit, index) => index === hits.findIndex((other) => isSame(other, hit)));
  return {
    found: distinct
      .map((hit) => ({
        kind: hit.kind,
        line: 'line' in hit ? hit.line : lineAt(text, hit.index),
        length: hit.value.length,
        fingerprint: markOf(key, hit.value),
      }))
      .sort((one, other) => one.line - other.line),
    ...('problem' in xml ? { problem: { reason: xml.problem, line: xml.line } } : {}),
    isCut,
  };
};

const salesforceSecrets = (text: string, words: TextWords): SecretHit[] =>
  salesforceForms
    .filter(({ look }) => words.has(look))
    .flatMap(({ kind, form }) =>
      [...text.matchAll(form)].flatMap(({ 1: value = '', index }) => {
        const random = kind === 'consumer secret' ? !isPlaceholder(value) : looksRandom(value);
        return random ? [{ kind, value, index }] : [];
      })
    );

/** Two detectors may see one secret, one of them with its name or only its first part. */
const isSame = (one: Hit, other: Hit): boolean => {
  const [first, second] = [one.value.replace(/\s/g, ''), other.value.replace(/\s/g, '')];
  if (first.includes(second) || second.includes(first)) return true;
  if ('line' in one || 'line' in other) return false;
  return one.index < other.index + other.value.length && other.index < one.index + one.value.length;
};

/** Of 24 bits a guess proves nothing: of a list of common passwords many would fit. */
const markOf = (key: string, value: string): string =>
  createHmac('sha256', `security-review ${key}`).update(value.replace(/\s/g, '')).digest('hex').slice(0, 6);
