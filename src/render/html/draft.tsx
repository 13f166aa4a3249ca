import type { JSX } from 'preact';
import type { Draft, DraftBlock, DraftDocument } from '../../submission/index.js';
import { paragraphs, plain } from '../text.js';
import { documentPage, Table } from './components.js';
import { style as ofReport } from './style.js';

/** What the documents have besides a report. */
const style = `${ofReport}
.missing, .gap { padding: .6rem .9rem; border-left: .35rem solid var(--bad); background: var(--bad-ground); border-radius: .25rem; }
.gap { border-color: var(--open); background: var(--open-ground); }
.picture { padding: 1rem; background: #fff; border: 1px solid var(--line); border-radius: .25rem; }
.picture img { display: block; max-width: 100%; height: auto; }
ol { padding-left: 1.5rem; }
main ol { margin: 0; }
@media print { .missing, .gap { print-color-adjust: exact; break-inside: avoid; } section { break-before: page; } }
`;

/** The documents of a draft as one page, complete in itself; the first is its cover. */
export const renderDraftHtml = ({ documents }: Draft, svg: string | undefined): string => {
  const [first, ...others] = documents;
  return documentPage({
    title: plain(first?.title ?? 'Submission'),
    style,
    images: 'data:',
    sections: others.map(({ file, title }) => ({ id: file, title })),
    children: documents.map((document) => (
      <Section document={document === first ? { ...first, title: 'Cover' } : document} svg={svg} />
    )),
  });
};

const Section = ({
  document: { file, title, blocks },
  svg,
}: {
  document: DraftDocument;
  svg?: string;
}): JSX.Element => (
  <section id={file} aria-label={plain(title)}>
    <h2>{plain(title)}</h2>
    {blocks.map((block) => (
      <Block block={block} svg={svg} />
    ))}
  </section>
);

const Block = ({ block, svg }: { block: DraftBlock; svg?: string }): JSX.Element | null => {
  switch (block.kind) {
    case 'heading':
      return <h3>{plain(block.text) || '(empty)'}</h3>;
    case 'subheading':
      return <h4>{plain(block.text) || '(empty)'}</h4>;
    case 'text':
      return <p>{plain(block.text)}</p>;
    case 'list': {
      const items = block.items.map((item) => <li>{plain(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <Table
          label={block.columns.join(', ')}
          columns={block.columns}
          rows={block.rows.map((cells) => ({ cells: cells.map(plain) }))}
        />
      );
    case 'missing':
      return (
        <p class="missing">
          <strong>MISSING:</strong> {plain(block.what)}
        </p>
      );
    case 'unseen':
      return (
        <p class="gap">
          <strong>NOT SEEN:</strong> {plain(block.what)}
        </p>
      );
    case 'answer':
      return (
        <div>
          <p>
            <strong>{plain(block.label)}</strong>
          </p>
          {paragraphs(block.text).map((line) => (
            <p>{plain(line)}</p>
          ))}
        </div>
      );
    case 'diagram':
      // An image, not part of the page: no name in it can run code or change the style.
      return svg === undefined ? null : (
        <figure class="picture">
          <img alt={plain(block.title)} src={`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`} />
        </figure>
      );
  }
};
