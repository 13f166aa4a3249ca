import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AnswersByText } from './answersByText.js';
import { lineFinder } from './lineFinder.js';

/** One element of a metadata file. `text` is trimmed and decoded; `line` is where its tag opens and counts from 1. */
export type XmlElement = { name: string; text: string; line: number; children: readonly XmlElement[] };

/** A parsed file, or why it does not parse, in words that never quote the file: it may contain a secret. */
export type ParsedXml = { root: XmlElement } | { problem: string; line?: number };

type Node = { [name: string]: Node[] | string } & { [offsets: symbol]: { startIndex?: number } | undefined };

// `htmlEntities` decodes numeric references: `&#10;` between two callbacks would hide that there are two.
// `parseTagValue` would turn 66.0 into 66 and an id into a float. Offsets come only with `preserveOrder`.
const parser = new XMLParser({
  captureMetaData: true,
  htmlEntities: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  preserveOrder: true,
  removeNSPrefix: true,
  // Each piece would be trimmed by itself, and a line break between two pieces of CDATA lost.
  trimValues: false,
});
const offsets = XMLParser.getMetaDataSymbol().valueOf();

/** Several controls read the same files. A tree takes several times the memory of its text. */
const parsed = new AnswersByText<ParsedXml>(8 * 2 ** 20);

/** Parses a metadata file, each text once. Nothing throws out of it. */
export const parseXml = (file: string): ParsedXml => parsed.of(file, parse);

const parse = (file: string): ParsedXml => {
  const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.trim() === '') return { problem: 'The file is empty.' };
  if (isTooLarge(text)) return { problem: 'The file is larger than any file that Salesforce writes.' };
  // The text is gone, and perhaps a tag around it.
  if (/[\uFFFD\0]/.test(text)) return { problem: 'The file contains bytes that are not UTF-8.' };
  const [, encoding = 'utf-8'] = /^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([^"']*)/.exec(text) ?? [];
  if (!/^(?:utf-?(?:8|16)|us-ascii|iso-8859-\d+|windows-125\d)$/i.test(encoding)) {
    return { problem: 'The file has an encoding other than UTF-8.' };
  }
  // Metadata needs no document type, and an entity could hide what is judged. Other markup that begins so, and `</a/>`,
  // pass the validator and make the parser lose elements.
  if (/<!(?!--|\[CDATA\[)|<\/[^<>]*\/>/.test(text)) {
    return { problem: 'The file contains a document type or other markup that is not allowed.' };
  }
  try {
    // The parser accepts text, cut-off files and crossed tags without a word, so the validator goes first.
    const valid = XMLValidator.validate(text);
    if (valid !== true) return { problem: 'The file is not well-formed XML.', line: valid.err.line };
    const nodes = parser.parse(text) as Node[];
    const [root, ...others] = elements(nodes, lineFinder(text));
    if (!root || others.length > 0) return { problem: 'The file does not have exactly one root element.' };
    // No metadata is empty: taken for whole, it would count as an app without OAuth.
    return root.children.length > 0 ? { root } : { problem: 'The root element is empty.' };
  } catch {
    return { problem: 'The file contains XML that is not allowed: a reserved name, or elements nested too deep.' };
  }
};

/** Elements, and characters of one tag: with more the parser takes minutes, and no metadata comes near. */
const most = { elements: 300_000, tag: 10_000 };
const longTag = new RegExp(`<[^!<>][^<>]{${most.tag}}`);

const isTooLarge = (text: string): boolean => {
  let count = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) count += 1;
  return count > 2 * most.elements || longTag.test(text);
};

/** The first child of that name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((one) => one.name === name);

/** The child of that name, unless two of them contradict each other. */
export const only = (element: XmlElement | undefined, name: string): XmlElement | undefined => {
  const [first, ...others] = childrenNamed(element, name);
  return others.every(({ text }) => text === first?.text) ? first : undefined;
};

export const childrenNamed = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((one) => one.name === name) ?? [];

const elements = (nodes: readonly Node[], lineAt: (offset: number) => number): XmlElement[] =>
  nodes.flatMap((node) => {
    const [name, content] = Object.entries(node)[0] ?? [];
    if (name === undefined || !Array.isArray(content)) return [];
    const line = lineAt(node[offsets]?.startIndex ?? 0);
    return [{ name, text: nodesText(content), line, children: elements(content, lineAt) }];
  });

const nodesText = (nodes: readonly Node[]): string => {
  const texts = nodes.map((node) => node['#text']).filter((text) => typeof text === 'string');
  return texts.join('').trim();
};
