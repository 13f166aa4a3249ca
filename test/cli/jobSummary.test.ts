import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lifecycle } from '@salesforce/core';
import { expect } from 'chai';
import { writeJobSummary } from '../../src/cli/jobSummary.js';
import { renderMarkdown } from '../../src/render/markdown.js';
import type { Report } from '../../src/engine/types.js';
import { crowdedReport, sampleReport } from '../support/sampleReport.js';

const mebibyte = 1024 * 1024;

describe('the summary of a GitHub job', () => {
  let folder: string;
  let file: string;
  const warnings: string[] = [];
  const listener = (warning: string): Promise<void> => {
    warnings.push(warning);
    return Promise.resolve();
  };

  before(() => Lifecycle.getInstance().onWarning(listener));
  after(() => Lifecycle.getInstance().removeAllListeners('warning'));
  beforeEach(async () => {
    warnings.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'summary-'));
    file = join(folder, 'summary.md');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const large: Report = {
    ...crowdedReport,
    targets: crowdedReport.targets.flatMap((target) => Array.from({ length: 100 }, () => target)),
  };

  it('is the Markdown report', async () => {
    await writeJobSummary(sampleReport, file);
    expect(await readFile(file, 'utf8')).to.equal(renderMarkdown(sampleReport));
    expect(warnings).to.deep.equal([]);
  });

  it('keeps what the step wrote before', async () => {
    await writeFile(file, 'Earlier, without an end of line');
    await writeJobSummary(sampleReport, file);
    expect(await readFile(file, 'utf8')).to.equal(`Earlier, without an end of line\n\n${renderMarkdown(sampleReport)}`);
  });

  for (const before of ['', 'x'.repeat(500_000)]) {
    it(`ends after a whole finding, within 1 MiB, and states it (${before.length} bytes are there)`, async () => {
      await writeFile(file, before);
      await writeJobSummary(large, file);
      const written = await readFile(file);
      expect(written.length).to.be.within(mebibyte - 1000, mebibyte);
      const lines = written.toString().slice(before.length).trim().split('\n');
      expect(lines.at(-1)).to.contain('The report ends here').and.to.contain('--output-file');
      expect(lines.at(-3)).to.match(/second factor\.$/);
      const whole = new Set(renderMarkdown(large).split('\n'));
      for (const line of lines.slice(0, -1)) expect(whole.has(line), line).to.equal(true);
    });
  }

  it('says that there is no room, and leaves what is there', async () => {
    await writeFile(file, 'x'.repeat(mebibyte));
    await writeJobSummary(sampleReport, file);
    expect((await readFile(file)).length).to.equal(mebibyte);
    expect(warnings.join()).to.contain('1 MiB');
  });

  it('says that it could not be written, and does no more', async () => {
    await writeJobSummary(sampleReport, join(folder, 'nowhere', 'summary.md'));
    expect(warnings.join()).to.contain('could not be appended').and.to.contain('ENOENT');
  });

  it('is written nowhere outside of a job', async () => {
    await writeJobSummary(sampleReport, '');
    expect(warnings).to.deep.equal([]);
  });
});
