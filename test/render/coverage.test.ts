import { expect } from 'chai';
import { formats, render, renderHuman, renderSummary } from '../../src/render/index.js';
import type { Report } from '../../src/engine/types.js';
import { review } from '../../src/engine/review.js';
import { packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { sourceOf, packageProject } from '../support/packageSource.js';
import { sampleReport } from '../support/sampleReport.js';

const coverage = {
  files: 12,
  evaluated: 8,
  excluded: [
    { reason: 'image', files: 2 },
    { reason: 'test class', files: 1 },
  ],
  notUnderstood: 1,
};
const report: Report = {
  ...sampleReport,
  targets: sampleReport.targets.map((one) =>
    one.target.kind === 'package' ? { ...one, target: { ...one.target, coverage } } : one
  ),
};
const line = '12 files, 8 evaluated, 3 excluded (2 image, 1 test class), 1 not understood';

describe('Coverage in a report', () => {
  for (const format of formats.filter((one) => one !== '.json')) {
    it(`is one line in ${format}`, async () => {
      const text = await render(report, format);
      expect(text.split(line)).to.have.length(2);
      expect(await render(sampleReport, format)).not.to.contain('not understood');
    });
  }

  it('is one line on the terminal, in every view', () => {
    const shown = [
      renderHuman(report, { view: 'table', width: 200 }),
      renderHuman(report, { view: 'detail', width: 200 }),
      renderSummary(
        { ...report, targets: report.targets.filter(({ target }) => target.kind === 'package') },
        {
          exitCode: 3,
          width: 200,
        }
      ),
    ];
    for (const text of shown) expect(text).to.contain(`Coverage: ${line}`);
  });

  it('accounts for each file of a package', async () => {
    const source = await sourceOf({
      'sfdx-project.json': packageProject,
      'force-app/classes/A.cls': 'public class A {}',
      'force-app/classes/A.cls-meta.xml': '<ApexClass><apiVersion>60.0</apiVersion></ApexClass>',
      'force-app/staticresources/logo.png': 'PNG',
    });
    const run = {
      policy: emptyPolicy,
      target: { kind: 'package' as const, name: 'acme' },
      asOf: new Date(),
      audited: [],
    };
    const { target } = await review(packageDomain, source, run);
    expect(target.coverage).to.include({ files: 3, notUnderstood: 0 });
    expect(target.coverage?.evaluated).to.equal(2);
    const chosen = await review(packageDomain, source, { ...run, only: ['package/pkce-required'] });
    expect(chosen.target.coverage?.excluded).to.deep.equal([
      { reason: 'no selected control reads this kind of file', files: 1 },
    ]);
  });
});
