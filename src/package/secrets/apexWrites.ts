import type { Gap } from '../../engine/types.js';
import { secretUse, type SecretUse } from '../../salesforce/secretNames.js';
import type { SecretStore } from '../facts.js';
import { isApexTest, withoutComments } from '../parsing/stripComments.js';
import { fileGap } from '../parsing/gaps.js';
import { packageIndex } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { closing, splitArguments } from '../parsing/brackets.js';
import { lineAt } from '../parsing/lineAt.js';
import { candidatesIn } from './hits.js';

type Write = { store: string; field: SecretStore['fields'][number] };
type Sighting = { store: string; name: string; use: SecretUse; offset: number };

/** Places that are tried in one class, and the characters of one expression; past either the class is a gap. */
const MOST = 5000;
const LONGEST = 4000;

const construction = /\bnew\s{1,9}(\w{1,60}__c)\s{0,9}\(/gi;
/** `variable.Field__c =`, from the end of the name on, which few texts contain. */
const assignment = /__c(?=\s{0,9}=(?!=))(?<=(\b(\w{1,60})\s{0,4}\.\s{0,4})(\w{1,60})__c)\s{0,9}=/gi;
const lookUp =
  /\b(\w{1,60}__c)\s{0,4}\.\s{0,4}(?:getValues|getInstance)\s{0,4}\(\s{0,4}'([\w .-]{3,60})'\s{0,4}\)\s{0,4}\.\s{0,4}(\w{1,60}__c)/gi;
const looksUp = /getValues|getInstance/i;
/** What is encrypted with a key first is no secret in the open. */
const sealed = /\bencrypt/i;

/**
 * Custom fields into which Apex writes a secret, although their name does not show it: `Value__c` of the key
 * `client_secret`.
 */
export async function secretsWrittenByApex(
  source: PackageSource
): Promise<{ fields: readonly Write[]; gaps: readonly Gap[] }> {
  const { read, gaps } = await packageIndex(source).texts({
    file: ({ suffix, form }) => form === 'code' && /^(?:cls|trigger)$/.test(suffix),
    looks: ['secretName'],
    mentions: /__c/i,
    holds: (text, path, words) => /secret|token|passw|key|jwt|cred/i.test(text) && !isApexTest(path, text, words),
  });
  const cut: Gap[] = [];
  const fields = read.flatMap(({ path: file, text }) => {
    const code = withoutComments(text);
    const { sightings, isCut } = sightingsIn(code);
    if (isCut)
      cut.push({
        ...fileGap(file, 'writes more into custom fields than could be checked for secrets.'),
        kind: 'limit',
      });
    return sightings
      .filter(({ name }) => secretUse(name) === undefined)
      .map(({ store, name, use, offset }): Write => ({
        store,
        field: { name, use, encrypted: false, file, line: lineAt(code, offset), byCode: true },
      }));
  });
  return { gaps: [...gaps, ...cut], fields };
}

function sightingsIn(code: string): { sightings: readonly Sighting[]; isCut: boolean } {
  let isCut = false;
  const onMore = (): void => {
    isCut = true;
  };
  const sightings = [inConstructions, inAssignments, ...(looksUp.test(code) ? [inLookUps] : [])].flatMap((find) =>
    find(code, onMore)
  );
  return { sightings, isCut };
}

function inConstructions(code: string, onMore: () => void): Sighting[] {
  return candidatesIn(code, construction, onMore, MOST).flatMap(({ 0: found, 1: store = '', index }) => {
    const given = argumentsOf(code, index + found.length, onMore);
    const keyed = given.flatMap(({ name, value }) => (isKeyField(name) ? (secretLiteral(value) ?? []) : []))[0];
    return given.flatMap(({ name, value }): Sighting[] => {
      if (!name.toLowerCase().endsWith('__c') || isKeyField(name) || sealed.test(value)) return [];
      const use = secretIn(value) ?? (isValueField(name) ? keyed : undefined);
      return use === undefined ? [] : [{ store, name, use, offset: index }];
    });
  });
}

function inAssignments(code: string, onMore: () => void): Sighting[] {
  return candidatesIn(code, assignment, onMore, MOST).flatMap(
    ({ 0: found, 1: before = '', 2: variable = '', 3: beginning = '', index }): Sighting[] => {
      const name = beginning + found.slice(0, 3);
      const start = index + found.length;
      const rest = code.slice(start, start + LONGEST);
      const end = rest.indexOf(';');
      if (end < 0 && rest.length === LONGEST) onMore();
      const value = rest.slice(0, end < 0 ? LONGEST : end);
      const use = sealed.test(value) ? undefined : secretIn(value);
      if (use === undefined) return [];
      const [, store] = new RegExp(`\\b(\\w{1,60}__c)\\s{1,9}${variable}\\b`, 'i').exec(code) ?? [];
      return store === undefined ? [] : [{ store, name, use, offset: index - beginning.length - before.length }];
    }
  );
}

function inLookUps(code: string, onMore: () => void): Sighting[] {
  return candidatesIn(code, lookUp, onMore, MOST).flatMap(({ 1: store = '', 2: key = '', 3: name = '', index }) => {
    const use = secretUse(key);
    return use === undefined ? [] : [{ store, name, use, offset: index }];
  });
}

const isKeyField = (name: string): boolean => /^(?:Name|(?:\w+_)?(?:Key|Name|Type|Setting)__c)$/i.test(name);
const isValueField = (name: string): boolean => /(?:value|data|text|content|config|json|setting|string)/i.test(name);

/** The use of what an expression gives: a variable or property with a telling name, or JSON with a telling key. */
function secretIn(expression: string): SecretUse | undefined {
  const value = expression.trim();
  const [, last] = /(?:^|\.)\s{0,4}([A-Za-z_]\w{0,80})$/.exec(value) ?? [];
  if (last !== undefined && /^[\w.\s]+$/.test(value))
    return /^System\s*\.\s*Label\b/i.test(value) ? undefined : secretUse(last);
  // What is serialised keeps its keys.
  if (!/\bJSON\s{0,4}\.\s{0,4}serialize|\bnew\s{1,4}Map\b/i.test(value)) return undefined;
  return secretLiteral(value);
}

/** The use of the first literal that is named like a secret. */
function secretLiteral(expression: string): SecretUse | undefined {
  for (const [, literal = ''] of expression.matchAll(/'([\w.-]{3,60})'/g)) {
    const use = secretUse(literal);
    if (use !== undefined) return use;
  }
  return undefined;
}

/** `Field = expression` of a constructor, up to the bracket that closes it; `onMore`: that bracket is too far away. */
function argumentsOf(code: string, start: number, onMore: () => void): Array<{ name: string; value: string }> {
  const text = code.slice(start - 1, start + LONGEST);
  const end = closing(text, 0);
  if (end > LONGEST) onMore();
  return splitArguments(text.slice(1, end)).flatMap((argument) => {
    const [, name, value] = /^(\w+)\s*=(?!=)\s*([^]+)$/.exec(argument) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });
}
