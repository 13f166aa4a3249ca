import { wordScan } from '../parsing/wordScan.js';

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];

/** Without a word of a list no pattern of its kind finds anything. */
const WORDS = {
  /** The name of a secret. */
  name: ['secret', 'passw', 'pwd', 'passphrase', 'passcode', 'token', 'key', 'jwt', 'cred'],
  /** How an authorization begins. */
  scheme: ['bearer', 'basic'],
  basic: ['basic '],
  /** What turns a literal into bytes. */
  bytes: ['blob', 'base64decode', 'convertfromhex', 'btoa', 'buffer.from', 'b64encode', 'enc.'],
  behindUser: ["':", '":'],
  salesforce: ['00d', '5aep861', 'force://', 'secret'],
  /** How the secrets of a service begin. */
  provider: [
    ...['_live_', 'whsec_', 'aiza', 'gocspx-', 'ya29.', 'accountkey=', 'accesskey=', 'q~', 'sig=', 'fwog', 'iqoj'],
    ...['key-', 'sq0', ':aa', 'eyj', 'kty'],
  ],
  /** The fixed parts of the rules of secretlint. */
  preset: [
    ...['mongodb', 'mysql', 'postgres', '"auth"', '"auths"', '_authtoken', 'private_key', 'hooks.slack', 'secretkey'],
    ...['secret_key', 'secretaccesskey', 'secretaccess_key', 'secret_accesskey', 'secret_access_key', 'aws', 'dapi'],
    ...['npm_', 'gsk_', 'hf_', 'lin_api_', 'ntn_', 'glc_', 'glsa_', 'ops_', 'github_pat_', 'dckr_pat_', 'figd_'],
    ...['xapp-', 'sk-', 'glpat-', 'sg.', 'hvs.', 'hvb.', 'hvr.', 'shp'],
    ...alphabet.flatMap((letter) => [`gh${letter}_`, `vc${letter}_`, `xox${letter}-`]),
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type SecretWord = keyof typeof WORDS;
const kinds = Object.keys(WORDS) as SecretWord[];
const scan = wordScan(Object.values(WORDS));

/** Which kinds of words a text contains. */
export function secretWords(text: string): (kind: SecretWord) => boolean {
  const bits = scan(text);
  return (kind) => (bits & (1 << kinds.indexOf(kind))) !== 0;
}
