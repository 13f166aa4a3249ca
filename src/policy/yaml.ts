import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Parser,
  type CST,
  type Document,
  type Node,
} from 'yaml';
import { maskFreeText } from '../salesforce/secretText.js';
import type { PolicyIssue } from './error.js';

export type Path = readonly PropertyKey[];
type Place = Pick<PolicyIssue, 'line' | 'column'>;

/** A YAML file as plain data, and the place of each part. */
export type Written = {
  value: unknown;
  problems: readonly PolicyIssue[];
  /** The place of a path; for a path that does not exist, the nearest part around it. */
  at: (path: Path) => Place;
  /** The literal text, if it is a single plain value: `033…` rather than the number it would be. */
  source: (path: Path) => string | undefined;
};

/**
 * Reads YAML 1.2 with its core schema, in which dates and `on` are text. Aliases are refused: each entry of a policy is reviewed on its own, and no file can expand without end.
 */
export const readYaml = (text: string): Written => {
  const deep = tooDeepAt(text);
  if (deep !== undefined) return unread(text, deep);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    // Looked for below, where the path is known.
    uniqueKeys: false,
  });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const at = (path: Path): Place => place(locate(document, path).offset);
  const source = (path: Path): string | undefined => {
    const { node } = locate(document, path);
    return isScalar(node) ? node.source : undefined;
  };

  const broken = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    ...place(pos[0]),
    path: '',
    message:
      code === 'MULTIPLE_DOCS'
        ? 'A second document begins. Keep one.'
        : `This is not valid YAML. ${ended(maskFreeText(message))}`,
  }));
  if (broken.length > 0) return { value: undefined, problems: broken, at, source };

  const problems = checkNode(document.contents, [], place);
  const unusable = problems.some(({ message }) => message === noAlias || message === noKey);
  return { value: unusable ? undefined : document.toJS(), problems, at, source };
};

/** Levels of lists and mappings in one another; a policy has fewer than ten. */
const MOST_LEVELS = 50;

/** Where a text is nested too deep for the functions that walk through it; the parser of tokens needs no stack. */
function tooDeepAt(text: string): number | undefined {
  const open = [...new Parser().parse(text)].map((token): [token: CST.Token, depth: number] => [token, 0]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [token, depth] = next;
    if (depth > MOST_LEVELS) return 'offset' in token ? token.offset : 0;
    if (token.type === 'document' && token.value) open.push([token.value, depth]);
    for (const { key, value } of 'items' in token ? token.items : []) {
      if (key) open.push([key, depth + 1]);
      if (value) open.push([value, depth + 1]);
    }
  }
  return undefined;
}

function unread(text: string, offset: number): Written {
  const before = text.slice(0, offset);
  const place = { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  const message = `This is nested more than ${MOST_LEVELS} levels deep. No key of a policy is.`;
  return { value: undefined, problems: [{ ...place, path: '', message }], at: () => place, source: () => undefined };
}

const noAlias = 'Aliases are not read here. Write the value out.';
const noKey = 'A key must be a text.';

/** What the plain data would no longer show: aliases, keys that are no text, keys that appear twice. */
const checkNode = (node: unknown, path: Path, place: (offset: number) => Place): PolicyIssue[] => {
  const problem = (at: unknown, where: Path, message: string): PolicyIssue => ({
    ...place(offsetOf(at)),
    path: pathText(where),
    message,
  });
  if (isAlias(node)) return [problem(node, path, noAlias)];
  if (isSeq(node)) return node.items.flatMap((item, index) => checkNode(item, [...path, index], place));
  if (!isMap(node)) return [];
  const seen = new Set<string>();
  return node.items.flatMap(({ key, value }) => {
    // __proto__ would not become a key of its own in plain data.
    if (!isScalar(key) || key.value === null || key.value === '__proto__') return [problem(key ?? node, path, noKey)];
    const name = String(key.value);
    const twice = seen.has(name) ? [problem(key, [...path, name], 'This key appears here twice. Keep one.')] : [];
    seen.add(name);
    return [...twice, ...checkNode(value, [...path, name], place)];
  });
};

const offsetOf = (node: unknown): number => (node as Node | null | undefined)?.range?.[0] ?? 0;

/** Follows a path as far as it exists. */
const locate = (document: Document, path: Path): { node: unknown; offset: number } => {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const step of path) {
    if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) return { node: undefined, offset };
      node = item;
      offset = offsetOf(item);
    } else {
      const pair = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
        : undefined;
      if (!pair) return { node: undefined, offset };
      node = pair.value;
      offset = offsetOf(pair.key);
    }
  }
  return { node, offset };
};

/** `trust.packages[2].reviewBy` */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const name = maskFreeText(String(step));
    const key = /^[\w/-]+$/.test(name) ? name : JSON.stringify(name);
    return text === '' ? key : `${text}.${key}`;
  }, '');

const ended = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
