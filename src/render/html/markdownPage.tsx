import type { JSX } from 'preact';
import { plain, plainLines } from '../text.js';
import { documentPage } from './components.js';
import { salesforcePage } from './links.js';
import { style } from './style.js';

/** A text of this tool: Markdown as `markdown.ts` writes it, or lines that stay as they are. */
type PageSection = { id: string; title: string; markdown?: string; text?: string };

/** Documents as one page, complete in itself: nothing is loaded, and nothing runs. */
export function renderMarkdownPage(title: string, sections: readonly PageSection[]): string {
  const children = sections.map(({ id, title: name, markdown, text }) => (
    <section id={id} aria-label={plain(name)}>
      {markdown === undefined ? <h2>{plain(name)}</h2> : blocksOf(markdown)}
      {text !== undefined && <pre tabindex={0}>{plainLines(text)}</pre>}
    </section>
  ));
  return documentPage({ title: plain(title), style, sections, children });
}

/** Headings, lists and paragraphs; a blank line ends each. */
function blocksOf(markdown: string): JSX.Element[] {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const [, marks = '', heading = ''] = /^(#{1,4}) (.*)$/.exec(block) ?? [];
      if (heading !== '') return headingOf(marks.length, heading);
      const lines = block.split('\n');
      if (lines.every((line) => /^(?:- | {2,})/.test(line))) return <ul>{itemsOf(lines, /^- /)}</ul>;
      if (lines.every((line) => /^(?:\d+\. | {2,})/.test(line))) return <ol>{itemsOf(lines, /^\d+\. /)}</ol>;
      return <p>{inline(lines.join(' '))}</p>;
    });
}

function headingOf(level: number, text: string): JSX.Element {
  if (level === 1) return <h2>{inline(text)}</h2>;
  return level === 2 ? <h3>{inline(text)}</h3> : <h4>{inline(text)}</h4>;
}

/** A line that does not begin an item continues the one before. */
function itemsOf(lines: readonly string[], start: RegExp): JSX.Element[] {
  const items: string[] = [];
  for (const line of lines) {
    if (start.test(line)) items.push(line.replace(start, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items.map((item) => (
    <li>
      {item.startsWith('[ ] ') ? '☐ ' : ''}
      {inline(item.replace(/^\[ \] /, ''))}
    </li>
  ));
}

/** Code, bold text and links; everything that a name could contain is code already. */
function inline(text: string): Array<string | JSX.Element> {
  const parts: Array<string | JSX.Element> = [];
  const pattern =
    /(?<!`)(`{1,60})(?!`)(.{1,1000}?)(?<!`)\1(?!`)|\*\*(.{1,1000}?)\*\*|\[([^\][]{1,500})\]\((https:[^)\s]{1,1000})\)|&(gt|lt|amp);/g;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(plainPart(text.slice(at, match.index)));
    at = match.index + match[0].length;
    const [, fence, code = '', bold, name = '', address, entity] = match;
    if (fence !== undefined) parts.push(<code>{plain(code)}</code>);
    else if (bold !== undefined) parts.push(<strong>{inline(bold)}</strong>);
    else if (address !== undefined) parts.push(linkOf(plain(name), address));
    else parts.push({ gt: '>', lt: '<', amp: '&' }[entity ?? ''] ?? '');
  }
  return [...parts, plainPart(text.slice(at))];
}

/** Spaces around a word of code stay. */
function plainPart(text: string): string {
  const cleaned = plain(text);
  if (cleaned === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${cleaned}${/\s$/.test(text) ? ' ' : ''}`;
}

function linkOf(name: string, address: string): JSX.Element {
  const href = salesforcePage(address);
  if (href === undefined) return <>{`${name} (${plain(address)})`}</>;
  return (
    <a href={href} rel="noreferrer">
      {name}
    </a>
  );
}
