import { isWordCharacter } from './words.js';
import { wordScan } from './wordScan.js';

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
/** `grant type` as `granttype`, `grant_type` and so on, by the signs that may be in place of the blank. */
const joinedBy = (signs: readonly string[], ...names: readonly string[]): string[] =>
  names.flatMap((name) => signs.map((sign) => name.replace(' ', sign)));
const sessions = ['getsessionid', 'session_id', 'sforce', '__sfdcsessionid', 'getrestapisessionkey', 'cookie'];
const quoted = (words: readonly string[]): string[] => words.flatMap((word) => [`'${word}`, `"${word}`, `\`${word}`]);

/**
 * For each look at a text the words without one of which it finds nothing, so that most texts need no pattern at all. In
 * lower case; `^` in front of one: only at the beginning of a word. A test proves of each pattern that it needs one.
 */
export const NECESSARY_WORDS = {
  /** The name of a secret. */
  secretName: ['secret', 'passw', 'pwd', 'passphrase', 'passcode', 'token', 'key', 'jwt', 'cred'],
  /** Of a constant that contains an address. */
  addressName: ['url', 'uri', 'endpoint', 'host', 'domain', 'login', 'instance', 'authority'],
  /** A literal with the name of an OAuth flow. */
  grant: quoted([
    ...['password', 'implicit', 'authorization_code', 'device', 'urn:ietf:params:oauth', 'client_credentials', 'token'],
    ...['id_token', 'hybrid_', 'code', 'refresh_token'],
  ]),

  auraAttribute: ['<aura:attribute'],
  textBlock: ['"""', "'''"],
  scheme: ['bearer ', 'basic ', 'oauth '],
  basic: ['basic '],
  /** What turns a literal into bytes. */
  bytes: ['blob', 'base64decode', 'convertfromhex', 'btoa', 'buffer.from', 'b64encode', 'enc.'],
  behindUser: ["':", '":'],
  namedTag: ['input', 'param', 'meta', 'variable', 'attribute'].flatMap((name) => [`<${name}`, `:${name}`]),
  accessToken: ['00d'],
  refreshToken: ['5aep861'],
  authUrl: ['force://'],
  consumerSecret: joinedBy(['', ' ', '_', '-'], 'consumer secret', 'client secret'),
  privateKey: ['private key'],
  /** Of base64 at the beginning of a key. */
  bareKey: ['iba', 'agea', 'ageb', 'caqa', 'caqe'],
  encodedKey: ['ls0tls1crudjti'],
  /** How the secrets of a service begin. */
  providerKey: [
    ...['_live_', 'whsec_', 'aiza', 'gocspx-', 'ya29.', 'accountkey=', 'accesskey=', 'q~', 'sig=', 'fwog', 'iqoj'],
    ...['key-', 'sq0', ':aa'],
  ],
  webToken: ['eyj'],
  webKey: ['kty'],
  /** How secrets begin that the rules of secretlint find, and the names next to others. */
  presetBeginning: [
    ...['npm_', 'gsk_', 'hf_', 'lin_api_', 'ntn_', 'glc_', 'glsa_', 'ops_', 'github_pat_', 'dckr_pat_', 'figd_'],
    ...['xapp-', 'sk-', 'glpat-', 'sg.', 'hvs.', 'hvb.', 'hvr.', 'shp'],
    ...alphabet.flatMap((letter) => [`gh${letter}_`, `vc${letter}_`, `xox${letter}-`]),
  ],
  presetName: [
    ...['mongodb', 'mysql', 'postgres', '"auth"', '"auths"', '_authtoken', 'private_key', 'hooks.slack', 'secretkey'],
    ...['secret_key', 'secretaccesskey', 'secretaccess_key', 'secret_accesskey', 'secret_access_key'],
  ],
  presetAws: ['aws'],
  presetDatabricks: ['dapi'],
  /** `https://user:password@host` */
  address: ['://'],
  /** Elements of metadata that contain a secret, besides the names of secrets. */
  secretElement: ['serviceaccount', 'header'],
  /** Calls of Apex that take a secret, and names of headers in a map. */
  secretSink: ['crypto', 'setheader', "authorization'", "key'", "token'", "secret'"],

  isTest: ['@istest'],
  sessionInApex: ['getsessionid', 'getcontent', 'session_id'],
  sessionField: ['getsessionid', 'session_id'],
  sessionInXml: ['includesessionid', ...sessions],
  sessionInScript: [...sessions, 'services/data', 'services/soap', 'services/async', 'services/apexrest'],
  assignTo: ['assignto'],
  controller: ['controller'],
  controllers: ['controller', 'extensions'],
  frontdoor: ['frontdoor', 'singleaccess', 'pk\u0003\u0004'],
  canvas: ['canvas'],

  /** A login of any kind in code. */
  login: [
    ...joinedBy(['', '-', '_'], 'grant type', 'response type', 'client secret'),
    ...['consumersecret', 'consumer_secret', 'jsforce', 'simple_salesforce', 'restforce', '^sforce', 'com.sforce'],
    ...['loginscopeheader', 'usernamepasswordasync', 'go-salesforce', 'simpleforce', 'usewebserverauthentication'],
    ...['.soap.sforce.', 'services/soap', 'services/oauth2', 'vite_', 'react_app_', 'next_public_'],
  ],
  /** A login in Apex. */
  apexLogin: [
    ...joinedBy(['', '-', '_'], 'grant type', 'response type'),
    ...['services/soap', 'services/oauth2', '.soap.sforce.com', 'jwtbearertokenexchange', 'login'],
  ],
  /** A login in metadata. */
  flowInMetadata: [
    ...joinedBy(['', '-', '_'], 'grant type', 'response type'),
    ...['services/oauth2', 'services%2foauth2'],
  ],
  webAddress: ['http://', 'https://'],
  /** A constant that matters to a login, with its value. */
  loginConstant: [
    ...quoted(['password', 'device', 'token', 'authorization_code', 'client_credentials', 'refresh_token', 'http']),
    ...['urn:ietf:params:oauth', 'services/oauth2', 'services/soap'],
  ],
  tokenRequest: [
    ...joinedBy(['', '_'], 'refresh token', 'response type', 'code challenge'),
    ...['authoriz', 'hybrid_refresh', 'authcodeurl', 'strategy', 'jsforce', 'restforce', 'oauth2session'],
    ...['oauth2client', 'tokenupdated', 'requestnewaccesstoken', 'pkce'],
    ...[
      'simple-oauth2',
      'client-oauth2',
      'openid-client',
      'oauth4webapi',
      'oauth2::',
      'oauth2\\client',
      'identitymodel',
    ],
  ],
  token: ['token'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Look = keyof typeof NECESSARY_WORDS;
/** Several looks, a bit for each. */
export type Looks = { low: number; high: number };

/** Looks that need the places of their words, too. */
const PLACED = ['secretName', 'addressName', 'grant'] as const;
/** Places that are kept of a look in one text; a hostile text may have as many as characters. */
const MOST_PLACES = 4000;

const looks = Object.keys(NECESSARY_WORDS) as Look[];
const bits = new Map(
  looks.map((look, at): [Look, Looks] => [look, at < 32 ? { low: 1 << at, high: 0 } : { low: 0, high: 1 << (at - 32) }])
);

/** Puts looks together, so that many texts can be asked about all of them. */
export function looksFor(several: readonly Look[]): Looks {
  const all: Looks = { low: 0, high: 0 };
  for (const look of several) {
    all.low |= bits.get(look)?.low ?? 0;
    all.high |= bits.get(look)?.high ?? 0;
  }
  return all;
}

const words = [...new Set(Object.values(NECESSARY_WORDS).flat())];
const scan = wordScan(words.map((word) => word.replace('^', '')));
const needs = (look: Look, word: string): boolean => (NECESSARY_WORDS[look] as readonly string[]).includes(word);
/** What each word is for: the looks, and which of those with places. */
const meanings = words.map((word) => ({
  isBeginning: word.startsWith('^'),
  length: word.length,
  ...looksFor(looks.filter((look) => needs(look, word))),
  placed: [...PLACED.keys()].filter((at) => needs(PLACED[at] ?? 'grant', word)),
}));

/** For which looks a text contains a word. */
export class TextWords {
  private readonly low: number;
  private readonly high: number;
  private readonly placed = PLACED.map((): number[] => []);

  /** Looks through a text once for all looks. */
  public constructor(text: string) {
    let [low, high] = [0, 0];
    scan(text, (word, end) => {
      const meaning = meanings[word];
      if (!meaning || (meaning.isBeginning && isWordCharacter(text.charCodeAt(end - meaning.length)))) return;
      low |= meaning.low;
      high |= meaning.high;
      for (const look of meaning.placed) this.place(look, end);
    });
    this.low = low;
    this.high = high;
  }

  /** Whether the text contains a word of the look. */
  public has(look: Look): boolean {
    return this.hasAny(bits.get(look) ?? { low: 0, high: 0 });
  }

  /** Whether the text contains a word of any look. */
  public hasAny({ low, high }: Looks): boolean {
    return ((this.low & low) | (this.high & high)) !== 0;
  }

  /** Where the words of a look end, in no order; `undefined`: they are too many. */
  public ends(look: (typeof PLACED)[number]): readonly number[] | undefined {
    const ends = this.placed[PLACED.indexOf(look)] ?? [];
    return ends.length < MOST_PLACES ? ends : undefined;
  }

  private place(look: number, end: number): void {
    const ends = this.placed[look] ?? [];
    if (ends.length < MOST_PLACES) ends.push(end);
  }
}
