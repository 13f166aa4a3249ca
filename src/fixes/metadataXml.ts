import { compare, groupsOf } from '../common/lists.js';

/** An element of a metadata file: with text, or with elements. */
export type Node = { name: string; content: string | readonly Node[] };

export function element(name: string, content: Node['content']): Node {
  return { name, content };
}

/**
 * A file as the Metadata API wants it: elements in the order of their names, as in its types; equal elements once, and
 * groups that a type has only once joined.
 */
export function metadataFile(root: string, nodes: readonly Node[], notes: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...[...new Set(notes)].map((note) => `<!-- ${commentText(note)} -->`),
    `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    ...linesOf(joined(nodes), '    '),
    `</${root}>`,
    '',
  ].join('\n');
}

/** The elements alone, for a snippet. */
export function metadataLines(nodes: readonly Node[]): string {
  return linesOf(joined(nodes), '').join('\n');
}

/** Of these, a file has several. */
const REPEATED = new Set(['loginIpRanges', 'userPermissions']);

function joined(nodes: readonly Node[]): Node[] {
  const sorted = nodes.toSorted((one, other) => compare(one.name, other.name));
  return groupsOf(sorted, ({ name }) => name).flatMap((own) => {
    const [{ name, content: first }] = own;
    if (REPEATED.has(name) || typeof first === 'string') return unique(own);
    return [element(name, joined(own.flatMap(({ content }) => (typeof content === 'string' ? [] : content))))];
  });
}

function unique(nodes: readonly Node[]): Node[] {
  const texts = nodes.map((node) => linesOf([node], '').join('\n'));
  return nodes.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

function linesOf(nodes: readonly Node[], indent: string): string[] {
  return nodes.flatMap(({ name, content }) =>
    typeof content === 'string'
      ? [`${indent}<${name}>${escaped(content)}</${name}>`]
      : [`${indent}<${name}>`, ...linesOf(content, `${indent}    `), `${indent}</${name}>`]
  );
}

/** Characters that XML does not have are left out: a name comes from the org. What has no shape is a reference. */
function escaped(text: string): string {
  return withoutForbidden(text)
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character)
    .replace(
      /[\t\n\r\p{Cf}\u2028\u2029]/gu,
      (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`
    );
}

const withoutForbidden = (text: string): string => text.replace(/(?![\t\n\r])\p{Cc}|[\p{Cs}\uFFFE\uFFFF]/gu, '');

/** Two hyphens end a comment. */
function commentText(text: string): string {
  return escaped(text.replace(/[\p{Cf}\u2028\u2029]/gu, '').replace(/\s+/g, ' '))
    .replace(/-(?=-)|-$/g, '- ')
    .replace(/\s+/g, ' ');
}
