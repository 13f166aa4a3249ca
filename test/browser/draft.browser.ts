import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/tools/browser.js';
import { renderDraft } from '../../src/render/draft.js';
import { sealed, type DraftRecord } from '../../src/submission/draftRecord.js';
import type { Draft, DraftBlock } from '../../src/submission/index.js';
import { hostileInDocuments } from '../support/hostileNames.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const record: DraftRecord = sealed({
  schemaVersion: 1,
  tool: { name: 'sf-plugin-security-review', version: '0.1.0' },
  asOf: '2026-11-23T10:00:00.000Z',
  package: 'acme',
  topics: {},
  facts: {},
});
const mermaid = 'flowchart LR\n  package["Package Acme"]\n  app0["External Client App Pay"]\n  package --> app0\n';

/** Every kind of block, with names as an attacker would choose them. */
const blocks = (name: string): DraftBlock[] => [
  { kind: 'text', text: `About ${name}` },
  { kind: 'diagram', title: `Flows of ${name}`, mermaid },
  { kind: 'heading', text: `Apps ${name}` },
  { kind: 'subheading', text: name },
  { kind: 'list', items: [name, 'another'] },
  { kind: 'table', columns: ['Setting', 'Value', 'Source'], rows: [['Scope', name, `a/${name}.xml:3`]] },
  { kind: 'missing', what: `What ${name} is for is not answered.`, where: `submission.apps.${name}.purpose` },
  { kind: 'unseen', what: `${name} could not be read.` },
  { kind: 'answer', label: `Who uses ${name}`, text: `${name}\nand others` },
];
const draft: Draft = {
  documents: [
    { file: 'README', title: 'Submission of Acme', blocks: blocks('Pay') },
    ...Object.entries(hostileInDocuments).map(([kind, name]) => ({
      file: `doc-${kind}`,
      title: `About ${kind}`,
      blocks: blocks(name),
    })),
  ],
  todo: { file: 'todo', title: 'To do', blocks: [] },
  mermaid,
  record,
  questions: '',
};

describe('the page of a draft in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'submission-html-'));
  const file = join(folder, 'submission.html');
  let browser: Browser | undefined;
  before(async () => {
    writeFileSync(file, (await renderDraft(draft))['submission.html'] ?? '');
    browser = await openBrowser();
    expect(browser, 'a Chromium that starts').not.to.equal(undefined);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 360]) {
      it(`${colorScheme}, ${width} pixels: axe finds nothing, nothing is loaded, run or scrolled sideways`, async () => {
        const context = await browser?.newContext({ colorScheme, viewport: { width, height: 800 } });
        const page = await context?.newPage();
        if (!page) throw new Error('No browser.');
        await page.addInitScript({ path: axe });
        const { href } = pathToFileURL(file);
        const heard: string[] = [];
        page.on('request', (request) => {
          if (request.url() !== href && !request.url().startsWith('data:')) heard.push(`request ${request.url()}`);
        });
        page.on('dialog', (dialog) => {
          heard.push(`dialog ${dialog.message()}`);
          void dialog.dismiss();
        });
        page.on('console', (message) => heard.push(`console ${message.text()}`));
        page.on('pageerror', (error) => heard.push(`error ${error.message}`));
        await page.goto(href);
        expect(
          await page.evaluate('document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth')
        ).to.equal(0);
        expect(
          await page.evaluate('[...document.images].every((one) => one.complete && one.naturalWidth > 0)')
        ).to.equal(true);
        const violations: Array<{ id: string; nodes: Array<{ html: string }> }> = await page.evaluate(
          "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)"
        );
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).to.deep.equal([]);
        expect(heard).to.deep.equal([]);
        await context?.close();
      });
    }
  }
});
