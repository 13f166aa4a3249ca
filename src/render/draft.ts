import { jsonText } from '../engine/jsonText.js';
import type { Draft, DraftBlock, DraftDocument } from '../submission/index.js';
import { code, listOf, prose } from './markdown.js';
import { paragraphs } from './text.js';

/** Every file of a draft by its name. The same draft gives the same bytes. */
export const renderDraft = async (draft: Draft): Promise<Record<string, string>> => {
  const svg = draft.mermaid === '' ? undefined : await drawn(draft.mermaid);
  const { renderDraftHtml } = await import('./html/draft.js');
  return {
    ...Object.fromEntries(
      draft.documents.map((document) => [`${document.file}.md`, markdownOf(document, svg !== undefined)])
    ),
    'todo.md': markdownOf(draft.todo, false, true),
    'submission.html': renderDraftHtml(draft, svg),
    'draft.json': jsonText(draft.record, 2),
    ...(svg === undefined ? {} : { 'flows.mmd': draft.mermaid, 'flows.svg': svg }),
  };
};

/** The diagram as a picture that loads nothing: the library would fetch a font from the web. */
const drawn = async (mermaid: string): Promise<string> => {
  const { renderMermaidSVG } = await import('beautiful-mermaid');
  const svg = renderMermaidSVG(mermaid, { font: 'sans-serif' });
  return `${svg.replace(/@import\s+url\([^)]*(?:\)\s*;?|$)/g, '').trim()}\n`;
};

/** Only the author reads where in the policy an answer is. */
const markdownOf = ({ title, blocks }: DraftDocument, hasPicture: boolean, forAuthor = false): string =>
  `${[`# ${prose(title)}`, ...blocks.flatMap((block) => blockOf(block, hasPicture, forAuthor))].join('\n\n')}\n`;

const blockOf = (block: DraftBlock, hasPicture: boolean, forAuthor: boolean): string[] => {
  switch (block.kind) {
    case 'heading':
      return [`## ${prose(block.text)}`];
    case 'subheading':
      return [`### ${prose(block.text)}`];
    case 'text':
      return [prose(block.text)];
    case 'list':
      return listOf(block.items.map(prose), block.ordered);
    case 'table':
      return [tableOf(block.columns, block.rows)];
    case 'missing':
      return [
        `> **MISSING:** ${prose(block.what)}${forAuthor ? ` Write it into the policy: ${code(block.where)}.` : ''}`,
      ];
    case 'unseen':
      return [`> **NOT SEEN:** ${prose(block.what)}`];
    case 'answer':
      return [`**${prose(block.label)}**:`, ...paragraphs(block.text).map(prose)];
    case 'diagram':
      return [...(hasPicture ? [`![${prose(block.title)}](flows.svg)`] : []), `\`\`\`mermaid\n${block.mermaid}\`\`\``];
  }
};

const tableOf = (columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(cellOf)),
    line(columns.map(() => '---')),
    // A bar ends a cell, also inside of code.
    ...rows.map((row) => line(row.map((cell) => cellOf(cell).replaceAll('|', '\\|')))),
  ].join('\n');
};

const cellOf = (text: string): string => (text === '' ? '' : prose(text));
