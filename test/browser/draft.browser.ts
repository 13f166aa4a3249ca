import { expect } from 'chai';
import { renderDraft } from '../../src/render/draft.js';
import { sealed, type DraftRecord } from '../../src/submission/draftRecord.js';
import type { Draft, DraftBlock } from '../../src/submission/index.js';
import { hostileInDocuments } from '../support/hostileNames.js';
import { openPage, sideways, violationsOn } from './support.js';

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
  let html: string;
  before(async () => {
    html = (await renderDraft(draft))['submission.html'] ?? '';
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 360]) {
      it(`${colorScheme}, ${width} pixels: axe finds nothing, nothing is loaded, run or scrolled sideways`, async () => {
        const { page, heard } = await openPage(html, { colorScheme, viewport: { width, height: 800 } });
        expect(await page.evaluate(sideways)).to.equal(0);
        expect(
          await page.evaluate('[...document.images].every((one) => one.complete && one.naturalWidth > 0)')
        ).to.equal(true);
        expect(await violationsOn(page)).to.deep.equal([]);
        // Chromium asks for the images that the page contains, too.
        expect(heard.filter((one) => !one.startsWith('request data:'))).to.deep.equal([]);
      });
    }
  }
});
