import { findSecrets } from '../package/secrets/findSecrets.js';
import { isClientSecret, looksLikePassword, looksRandom } from '../salesforce/secretShapes.js';

/** The place of something that looks like a secret, never the secret. `steps`: the same path by keys and indexes. */
export type SecretPlace = {
  path: string;
  steps: ReadonlyArray<string | number>;
  file?: string;
  line?: number;
  kind: string;
};

/** Hashes and ids that this tool makes, and the public client key. */
const harmless: ReadonlySet<string> = new Set(['fingerprint', 'sha256', 'facts.sha256', 'key']);

/**
 * Every text in plain data that looks like a secret, by its path; entries of a list are named by their name or
 * app. A document would contain what is found here.
 */
export const secretsIn = async (value: unknown, path: string): Promise<SecretPlace[]> => {
  const places: SecretPlace[] = [];
  for (const text of textsIn(value, { path, steps: [] }, {})) {
    // eslint-disable-next-line no-await-in-loop -- short texts, and the first rule that is loaded serves all
    const kind = await secretKind(text.value, text.key);
    if (kind !== undefined) places.push({ path: text.path, steps: text.steps, ...text.place, kind });
  }
  return places;
};

type AnswerPlace = { file?: string; line?: number };
type Where = Pick<SecretPlace, 'path' | 'steps'>;
type Text = Where & { value: string; key: string; place: AnswerPlace };

const textsIn = (value: unknown, where: Where, place: AnswerPlace, key = ''): Text[] => {
  const { path, steps } = where;
  if (typeof value === 'string') return [{ ...where, value, key, place }];
  if (Array.isArray(value))
    return value.flatMap((one, index) =>
      textsIn(one, { path: `${path}.${entryName(one) ?? index}`, steps: [...steps, index] }, place, key)
    );
  if (typeof value !== 'object' || value === null) return [];
  const { file, line } = value as { file?: unknown; line?: unknown };
  const here: AnswerPlace = typeof file === 'string' ? { file, ...(typeof line === 'number' ? { line } : {}) } : place;
  // The name of a key may also be text that a user wrote.
  return Object.entries(value).flatMap(([name, one]) =>
    textsIn(one, { path: path === '' ? name : `${path}.${name}`, steps: [...steps, name] }, here, name)
  );
};

const entryName = (entry: unknown): string | undefined => {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { name, app, integration, package: base } = entry as Record<string, unknown>;
  const label = [name, app, integration, base].find((one) => typeof one === 'string');
  // A name may be the secret itself.
  return typeof label === 'string' && /^[\w ./-]{1,60}$/.test(label) && !looksRandom(label) ? label : undefined;
};

/** The kind of secret that a text contains; `undefined`: none. */
const secretKind = async (text: string, key: string): Promise<string | undefined> => {
  if (key === 'key' && isClientSecret(text)) return 'client secret';
  if (harmless.has(key)) return undefined;
  const { found, isCut } = await findSecrets('answer', text, '');
  if (found[0]) return found[0].kind;
  // An answer is a sentence, without hundreds of places that look like a key.
  if (isCut) return 'private key';
  const words = text.split(/[\s"'`<>()[\]{},;&?=|]+/).map((word) => word.replace(/(?<![.:!])[.:!]+$/, ''));
  if (words.some((word) => isClientSecret(word) && /[A-Fa-f]/.test(word))) return 'client secret';
  if (words.some((word) => looksRandom(word) && !isName(word))) return 'random value';
  return words.some(isPassword) ? 'password' : undefined;
};

/**
 * A path, an address or an API name is made of words; a token mixes letters and digits between its signs, too. The name of
 * an External Client App that another org made begins with the id of that org.
 */
const isName = (word: string): boolean => {
  const parts = word.split(/[/_.@:-]+/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => nameParts.test(part) || !/\d/.test(part));
};
const nameParts = /^(?:[A-Za-z]+\d{0,4}|\d{1,6}|00D[A-Za-z\d]{12}(?:[A-Za-z\d]{3})?)$/;

/** A word of letters, digits and a sign in between, that is no address and no name. */
const isPassword = (word: string): boolean =>
  /^[\x21-\x7e]{8,64}$/.test(word) &&
  /[a-z]/i.test(word) &&
  /\d/.test(word) &&
  /\w[!#$%^*~]\S/.test(word) &&
  looksLikePassword(word);
