import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { render, renderHuman } from '../../src/render/index.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';

const cases: ReadonlyArray<{ file: string; text: () => string | Promise<string> }> = [
  { file: 'sample.txt', text: () => renderHuman(sampleReport) },
  { file: 'sample.detail.txt', text: () => renderHuman(sampleReport, { view: 'detail' }) },
  { file: 'sample.narrow.txt', text: () => renderHuman(sampleReport, { width: 60 }) },
  { file: 'sample.md', text: () => render(sampleReport, '.md') },
  { file: 'sample.html', text: () => render(sampleReport, '.html') },
  { file: 'sample.json', text: () => render(sampleReport, '.json') },
  { file: 'sample.sarif', text: () => render(sampleReport, '.sarif') },
  { file: 'sample.junit.xml', text: () => render(sampleReport, '.junit.xml') },
  { file: 'sample.csv', text: () => render(sampleReport, '.csv') },
  { file: 'passed.txt', text: () => renderHuman(passedReport) },
  { file: 'passed.md', text: () => render(passedReport, '.md') },
  { file: 'passed.sarif', text: () => render(passedReport, '.sarif') },
  { file: 'passed.junit.xml', text: () => render(passedReport, '.junit.xml') },
  { file: 'passed.csv', text: () => render(passedReport, '.csv') },
  { file: 'crowded.txt', text: () => renderHuman(crowdedReport) },
];

describe('what the formats look like', () => {
  for (const { file, text } of cases) {
    it(`renders ${file} as agreed (UPDATE_GOLDEN=1 accepts what it renders now)`, async () => {
      const rendered = await text();
      const golden = new URL(`./golden/${file}`, import.meta.url);
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, rendered);
      expect(existsSync(golden), 'has a golden file').to.equal(true);
      expect(rendered).to.equal(readFileSync(golden, 'utf8'));
    });
  }
});
