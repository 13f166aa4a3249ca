/** One element of a metadata file. `text` is trimmed and decoded; `line` is where its tag opens and counts from 1. */
export type XmlElement = { name: string; text: string; line: number; children: readonly XmlElement[] };

/** Deeper elements, and longer names and attributes of one tag, are left to the other parser, which has its own limits. */
const DEEPEST = 80;
const LONGEST_TAG = 5000;
const MOST_ELEMENTS = 300_000;

const declaration = /^<\?xml version="1\.0"(?: encoding="(?:utf-?8)")?(?: standalone="(?:yes|no)")?[ \n]{0,9}\?>/i;
/** What follows the name in a tag that opens an element. */
const attributes = /(?:[ \n\t]+[A-Za-z_][\w.-]*(?::[\w.-]+)?="[^"<>&]*")*[ \n\t]*\/?>/y;
const attributeName = /[ \n\t]([\w.:-]+)="/g;
const entity = /&(\w*;?)/g;
const entities: Readonly<Record<string, string>> = {
  'amp;': '&',
  'apos;': "'",
  'gt;': '>',
  'lt;': '<',
  'quot;': '"',
};
/** The other parser refuses or renames them. */
const reserved: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

const NO_CHILDREN: readonly XmlElement[] = [];
const [TAB, NEWLINE, SPACE, SLASH, GREATER] = [9, 10, 32, 47, 62];

type Open = { name: string; line: number; text: string; children: XmlElement[] | undefined };

/**
 * Reads XML of the plain form in which metadata is written: elements with names of ASCII letters, attributes, text with
 * the five entities of XML, comments; line ends are `\n`. `undefined`: there is anything else in it, or it is not
 * well-formed. What it reads, the parser of all XML reads in the same way, with ten times the work.
 */
export function plainXml(text: string): XmlElement | undefined {
  // Bytes that are not UTF-8, and UTF-16: the other parser says why it refuses them.
  return text.includes('\uFFFD') || text.includes('\0') ? undefined : new PlainXml(text).read();
}

class PlainXml {
  readonly #text: string;
  readonly #open: Open[] = [];
  #root: XmlElement | undefined;
  #at: number;
  #elements = 0;
  #line = 1;
  #nextLine: number;

  public constructor(text: string) {
    this.#text = text;
    this.#at = declaration.exec(text)?.[0].length ?? 0;
    this.#nextLine = text.indexOf('\n');
  }

  public read(): XmlElement | undefined {
    for (;;) {
      const tag = this.#text.indexOf('<', this.#at);
      if (!this.#characters(tag < 0 ? this.#text.length : tag)) return undefined;
      if (tag < 0) return this.#open.length === 0 ? this.#root : undefined;
      if (!this.#markup(tag)) return undefined;
    }
  }

  /** The characters up to a tag; blanks at the beginning of an element are no part of its text. */
  #characters(end: number): boolean {
    const parent = this.#open.at(-1);
    let start = this.#at;
    if (parent === undefined || parent.text === '') {
      while (start < end && isBlank(this.#text.charCodeAt(start))) start += 1;
    }
    if (start === end) return true;
    if (parent === undefined) return false;
    const written = decoded(this.#text.slice(start, end));
    if (written === undefined) return false;
    parent.text += written;
    return true;
  }

  #markup(tag: number): boolean {
    const next = this.#text.charCodeAt(tag + 1);
    if (next === SLASH) return this.#close(tag);
    if (this.#text.startsWith('<!--', tag)) {
      const end = this.#text.indexOf('-->', tag + 4);
      this.#at = end + 3;
      // The other parser refuses some markup in comments, too.
      return end >= 0 && !this.#text.slice(tag + 4, end).includes('<');
    }
    return this.#start(tag);
  }

  #start(tag: number): boolean {
    let end = tag + 1;
    while (isNameCharacter(this.#text.charCodeAt(end))) end += 1;
    const name = this.#text.slice(tag + 1, end);
    this.#elements += 1;
    if (!/^[A-Za-z_]/.test(name) || reserved.has(name) || this.#elements > MOST_ELEMENTS) return false;
    if (this.#open.length === 0 && this.#root !== undefined) return false;
    const line = this.#lineAt(tag);
    if (this.#text.charCodeAt(end) !== GREATER && !this.#attributes(end)) return false;
    if (this.#text.charCodeAt(end) === GREATER) this.#at = end + 1;
    if (this.#at - tag > LONGEST_TAG) return false;
    this.#open.push({ name, line, text: '', children: undefined });
    if (this.#text.charCodeAt(this.#at - 2) === SLASH) this.#end();
    return this.#open.length <= DEEPEST;
  }

  /** Goes to the end of the tag. */
  #attributes(start: number): boolean {
    attributes.lastIndex = start;
    const [written] = attributes.exec(this.#text) ?? [];
    if (written === undefined) return false;
    this.#at = start + written.length;
    const names = [...written.matchAll(attributeName)].map(([, name]) => name);
    return new Set(names).size === names.length;
  }

  #close(tag: number): boolean {
    const name = this.#open.at(-1)?.name;
    if (name === undefined || !this.#text.startsWith(name, tag + 2)) return false;
    const end = tag + 2 + name.length;
    this.#at = end + 1;
    if (this.#text.charCodeAt(end) !== GREATER) return false;
    this.#end();
    return true;
  }

  #end(): void {
    const { name, line, text, children = NO_CHILDREN } = this.#open.pop() as Open;
    const element = { name, text: text.trim(), line, children };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else if (parent.children === undefined) parent.children = [element];
    else parent.children.push(element);
  }

  /** Asked for in ascending order. */
  #lineAt(offset: number): number {
    while (this.#nextLine >= 0 && this.#nextLine < offset) {
      this.#line += 1;
      this.#nextLine = this.#text.indexOf('\n', this.#nextLine + 1);
    }
    return this.#line;
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === TAB;
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}

/** `undefined`: there is another entity in it than those of XML. */
function decoded(written: string): string | undefined {
  if (!written.includes('&')) return written;
  let isKnown = true;
  const text = written.replace(entity, (_, name: string) => {
    const character = entities[name];
    isKnown &&= character !== undefined;
    return character ?? '';
  });
  return isKnown ? text : undefined;
}
