import { secretElements, secretUse } from '../../salesforce/secretNames.js';
import { isPasswordOfRecord, isPlaceholder } from '../../salesforce/secretShapes.js';
import { child, childrenNamed, parseXml, type XmlElement } from '../parsing/xml.js';
import { lineAt } from '../parsing/lineAt.js';
import { partsAround } from '../parsing/partsAround.js';
import { TextWords } from '../parsing/textWords.js';
import { credentialKind, hardCodedSecrets, mayBeCredential } from './hardCodedCredentials.js';

/** A secret in an element; `line` is where its tag opens. */
export type XmlSecret = { kind: string; value: string; line: number };

/** Code may also quote the address of the namespace, so the root element has to name it. */
const namespaced =
  /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<\w[^<>]*"http:\/\/soap\.sforce\.com\/2006\/04\/metadata"/;
/** These contain names and no values; the largest files of a project are among them. */
const namesOnly = /<(?:Profile|PermissionSet|Layout|CustomObjectTranslation|Translations)\b/;

/** Elements with a value, and the elements next to them with its name. */
const values: ReadonlySet<string> = new Set(['value', 'stringValue', 'defaultValue', 'parameterValue']);
const names: readonly string[] = ['fullName', 'field', 'parameterName', 'headerName', 'name', 'developerName'];
/** The name of a header that takes a credential. */
export const credentialHeader = /authorization|api-?_?key|token|secret|passw|subscription-key/i;

/** Secrets in a metadata file, or why it could not be read. */
export const xmlSecrets = (
  path: string,
  text: string,
  words: TextWords
): { secrets: readonly XmlSecret[] } | { problem: string; line?: number } => {
  if (!words.has('secretName') && !words.has('secretElement')) return { secrets: [] };
  const isMetadata = path.endsWith('-meta.xml') || namespaced.test(text.slice(0, 5000));
  if (!isMetadata || namesOnly.test(text.slice(0, 500))) return { secrets: [] };
  const parsed = parseXml(text);
  if ('problem' in parsed) return parsed;
  const { root } = parsed;
  const isEscaped = escapedQuote.test(text);
  const alone = secretElements[root.name] ?? {};
  const walk = (element: XmlElement, above: readonly XmlElement[]): XmlSecret[] => {
    if (element.children.length > 0) return element.children.flatMap((one) => walk(one, [element, ...above]));
    const { text: value, line } = element;
    if (value === '') return [];
    const inside = isEscaped && /["']/.test(value) ? inText(value, line) : [];
    if (inside.length > 0) return inside;
    const use = alone[element.name];
    if (use !== undefined) return isPlaceholder(value) ? [] : [{ kind: `packaged ${use}`, value, line }];
    if (!values.has(element.name)) return [];
    const kind = header(element, above) ?? namedKind(root, above, value);
    return kind ? [{ kind, value, line }] : [];
  };
  return { secrets: walk(root, []) };
};

/** What a value is by the name next to it, which is looked for only where the value may be a credential. */
function namedKind(root: XmlElement, above: readonly XmlElement[], value: string): string | undefined {
  const isRecord = root.name === 'CustomMetadata';
  const isPassword = isRecord && isPasswordOfRecord(value);
  if (!isPassword && !mayBeCredential(unquoted(value))) return undefined;
  const name = elementName(above) || (isRecord ? keyOfRecord(root, above[0]) : '');
  return (
    credentialKind(name, unquoted(value)) ??
    (isPassword && secretUse(name) === 'password' ? 'hard-coded password' : undefined)
  );
}

/** Quotes that are escaped hide JSON and code in an element from what searches the text of the file. */
const escapedQuote = /&(?:quot|apos|#0?3[49]|#x2[27]);/i;

function inText(value: string, line: number): XmlSecret[] {
  const words = new TextWords(value);
  if (!words.has('secretName')) return [];
  const found = hardCodedSecrets(value, words, partsAround(value, words.ends('secretName')));
  return found.map((hit) => ({ kind: hit.kind, value: hit.value, line: line - 1 + lineAt(value, hit.index) }));
}

/** The name next to a value, or next to the element around it. */
const elementName = (above: readonly XmlElement[]): string => {
  const named = above.slice(0, 2).flatMap((element) => names.flatMap((name) => child(element, name)?.text ?? []));
  return named.find((name) => secretUse(name) !== undefined) ?? '';
};

/**
 * The name of the value in a record of keys and values: `client_secret` in `Key__c` next to `Value__c`, or the label of
 * the record. Only for a value whose element has no meaningful name.
 */
export function keyOfRecord(root: XmlElement, field: XmlElement | undefined): string {
  const others = childrenNamed(root, 'values').filter((one) => one !== field);
  const keys = others
    .filter((one) => /^(?:\w*_)?(?:Key|Name|Type|Code|Setting|Id)__c$/i.test(fieldOf(one)))
    .map((one) => child(one, 'value')?.text ?? '');
  return (
    [...keys, child(root, 'label')?.text ?? ''].find((key) => key.length <= 60 && secretUse(key) !== undefined) ?? ''
  );
}

const fieldOf = (element: XmlElement): string => child(element, 'field')?.text ?? '';

/** A header of a credential whose value is written out instead of taken from `$Credential`. */
const header = ({ text }: XmlElement, [parameter]: readonly XmlElement[]): string | undefined => {
  if (!/^(?:Auth|Http)Header$/.test(child(parameter, 'parameterType')?.text ?? '')) return undefined;
  const name = child(parameter, 'parameterName')?.text ?? '';
  const value = unquoted(text.replace(/^\{!(.*)\}$/s, '$1')).replace(/^(?:Bearer|Basic|OAuth|Token) /i, '');
  if (!credentialHeader.test(name) || value.length < 8 || /\s|\$/.test(value) || isPlaceholder(value)) return undefined;
  return 'literal credential header';
};

/** A default value is a formula: its text is in quotes. */
const unquoted = (value: string): string => value.replace(/^(['"])(.*)\1$/s, '$2');
