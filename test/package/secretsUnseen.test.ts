import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import { packageDomain } from '../../src/package/index.js';
import { renderHuman } from '../../src/render/terminal.js';
import { formats, render } from '../../src/render/index.js';
import { emptyPolicy as policy } from '../support/emptyPolicy.js';
import { sourceOf } from '../support/packageSource.js';
import { plantedPackage } from '../support/planted.js';
import { reportOfTarget } from '../support/sampleReport.js';
import { canaries } from '../support/secrets.js';

describe('secrets in a package', () => {
  it('canary: appear in no byte of the evidence and of the report, in any format', async () => {
    const source = await sourceOf(plantedPackage());
    const context = { asOf: new Date(0), params: {}, required: [] };
    const evidence = await Promise.all(
      Object.values(packageDomain.collectors).map((collector) => collector.collect(source, context))
    );
    const target = await review(packageDomain, source, {
      policy,
      target: { kind: 'package', name: 'acme' },
      asOf: new Date('2026-11-23T10:00:00.000Z'),
      audited: [],
    });
    const found = target.results.find(({ control }) => control.id === 'package/no-secrets-in-source');
    expect(found?.findings.length).to.be.above(100);
    const report = reportOfTarget(target);
    const said = [
      JSON.stringify(evidence),
      ...(await Promise.all(formats.map((format) => render(report, format)))),
      renderHuman(report),
    ].join('\n');
    canaries.forEach((secret) => expect(said.includes(secret), secret.slice(0, 4)).to.equal(false));
  });
});
