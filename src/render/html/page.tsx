import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Report } from '../../engine/types.js';
import { Controls, controlTexts } from './controls.js';
import { Decisions } from './decisions.js';
import { entriesOf } from './entries.js';
import { Filters } from './filters.js';
import { Basis, Head, titleOf, Weakened } from './head.js';
import { layoutOf } from './layout.js';
import { Legend } from './legend.js';
import { DocumentHead } from './components.js';
import { Matrix } from './overview.js';
import { ActionRequired, Attested, Rest } from './results.js';
import { script } from './script.js';
import { SignOff } from './signOff.js';
import { style } from './style.js';
import { Subjects } from './subjects.js';
import { Changes, Targets, ToAttest, ToDecide } from './targets.js';

/** With more results than this, a browser draws those far away only when they come near: a fleet opens in seconds. */
const long = 1000;

/** The report as one page for people, complete in itself. */
export const renderHtml = (report: Report): string => {
  const html = renderToString(<Page report={report} />);
  // A line for each block. Every other "<" of the page is escaped, so only tags are met.
  const lines = html.replace(
    /<(?=(?:meta|title|style|script|body|header|main|section|article|footer|h\d|dl|table|tr|ul|li|p|details)\b)/g,
    '\n<'
  );
  return `<!DOCTYPE html>\n${lines}\n`;
};

const Page = ({ report }: { report: Report }): JSX.Element => {
  const texts = controlTexts(report);
  const layout = layoutOf(report);
  return (
    <html lang="en">
      <DocumentHead title={titleOf(report)} style={style} script={script} />
      <body class={entriesOf(report).length > long ? 'long' : undefined}>
        <a class="skip" href="#action-required">
          Skip to what requires action
        </a>
        <Head report={report} layout={layout} />
        <main>
          <Matrix report={report} layout={layout} />
          <Filters report={report} />
          <ActionRequired report={report} layout={layout} texts={texts} />
          <Attested report={report} layout={layout} texts={texts} />
          <Subjects report={report} layout={layout} />
          <ToDecide report={report} />
          <ToAttest report={report} />
          <Changes report={report} />
          <Decisions report={report} />
          <Targets report={report} />
          <Weakened report={report} />
          <Basis report={report} />
          <SignOff report={report} />
          <section id="appendix" class="appendix" aria-labelledby="appendix-title">
            <h2 id="appendix-title">Appendix</h2>
            <p class="choice">
              <label>
                <input type="checkbox" id="print-appendix" autocomplete="off" /> Print the appendix
              </label>
            </p>
            <Rest report={report} layout={layout} />
            <Controls texts={texts} />
            <Legend />
          </section>
        </main>
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
};
