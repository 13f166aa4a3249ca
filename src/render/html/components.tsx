import { createHash } from 'node:crypto';
import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { plain } from '../text.js';
import { shortDay } from '../../common/dates.js';
import { counted } from '../../common/text.js';
import { kinds, shownFindings } from '../reportText.js';
import type { Target } from '../../engine/types.js';
import { salesforcePage } from './links.js';

/** Nothing is loaded, and nothing runs but what has one of these hashes. */
const contentSecurityPolicy = ({ style, script, images }: HeadProps): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    ...(images === undefined ? [] : [`img-src ${images}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** `images`: where the pictures of the page are. */
type HeadProps = { title: string; style: string; script?: string; images?: 'data:' };

/** The head of a page that is complete in itself. */
export const DocumentHead = (props: HeadProps): JSX.Element => (
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content={contentSecurityPolicy(props)} />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <title>{props.title}</title>
    <style dangerouslySetInnerHTML={{ __html: props.style }} />
  </head>
);

/** Documents as one page, complete in itself, with links to the sections. */
export function documentPage({ sections, children, ...head }: PageProps): string {
  const page = (
    <html lang="en">
      <DocumentHead {...head} />
      <body>
        <header>
          <h1>{head.title}</h1>
          <nav aria-label="Documents">
            <ol>
              {sections.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{plain(title)}</a>
                </li>
              ))}
            </ol>
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
  return `<!DOCTYPE html>\n${renderToString(page)}\n`;
}
type PageProps = HeadProps & {
  sections: ReadonlyArray<{ id: string; title: string }>;
  children: ComponentChildren;
};

/** A name from the org or the package. The style isolates its direction and limits its length. */
export const Name = ({ value }: { value: string }): JSX.Element => <code>{plain(value) || '(empty)'}</code>;

/** A text of a control: what it marks as code is code. */
export const Prose = ({ text }: { text: string }): JSX.Element => (
  <>
    {plain(text)
      .split(/`([^`]*)`/)
      .map((part, index) => (index % 2 === 1 ? <code class="inline">{part}</code> : part))}
  </>
);

/** A short word that matters: a verdict, a severity, a warning. */
export const Badge = ({ tone, children }: { tone: string; children: ComponentChildren }): JSX.Element => (
  <span class={`badge tone-${plain(tone)}`}>{children}</span>
);

/** `Org acme-hub` */
export const TargetName = ({ target }: { target: Target }): JSX.Element => (
  <span class="target">
    {plain(kinds[target.kind] ?? target.kind)} <Name value={target.name} />
  </span>
);

/** A moment as a day, in UTC. */
export const Day = ({ moment }: { moment: string }): JSX.Element => (
  <time class="short" datetime={plain(moment)}>
    {plain(shortDay(moment))}
  </time>
);

/** A page of Salesforce as a link whose text is its address, so that paper also shows it; anything else as text. */
export const Reference = ({ value }: { value: string }): JSX.Element => {
  const page = salesforcePage(value);
  if (page === undefined) return <span class="reference">{plain(value)}</span>;
  return (
    <a class="reference" href={page} rel="noreferrer">
      {page}
    </a>
  );
};

/** The first of a long list, and how many more there are. */
export const Capped = <T,>({ items, children }: CappedProps<T>): JSX.Element | null => {
  const more = items.length - shownFindings;
  if (items.length === 0) return null;
  return (
    <>
      {children(items.slice(0, shownFindings))}
      {more > 0 && <p class="more">And {counted(more, 'more', 'more')}; a JSON report has all.</p>}
    </>
  );
};
type CappedProps<T> = { items: readonly T[]; children: (shown: readonly T[]) => ComponentChildren };

/** What a filter decides by; an entry without a verdict or severity is never hidden by that filter. */
type Filtered = { targets: readonly number[]; verdict?: string; severity?: string; area?: string };

/** The attributes that the filters read. */
export const filtered = ({
  targets,
  verdict,
  severity,
  area,
}: Filtered): Record<`data-${string}`, string | undefined> => ({
  'data-target': targets.join(' '),
  'data-area': area === undefined ? undefined : plain(area),
  'data-verdict': verdict === undefined ? undefined : plain(verdict),
  'data-severity': severity === undefined ? undefined : plain(severity),
});

/** A table that becomes cards on a narrow screen; the roles stay what they are there. */
export const Table = ({ label, columns, rows, numbers = false }: TableProps): JSX.Element => (
  <table role="table" class={numbers ? 'numbers' : undefined}>
    <caption>{label}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th role="columnheader" scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map(({ cells: [head, ...cells], about }) => (
        <tr role="row" {...(about && filtered(about))}>
          <th role="rowheader" scope="row" data-label={columns[0]}>
            <div>{head}</div>
          </th>
          {cells.map((cell, index) => (
            <td role="cell" data-label={columns[index + 1]}>
              <div>{cell}</div>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
type TableProps = {
  label: string;
  columns: readonly string[];
  rows: ReadonlyArray<{ cells: readonly ComponentChildren[]; about?: Filtered }>;
  /** Whether all but the first column are numbers. */
  numbers?: boolean;
};
