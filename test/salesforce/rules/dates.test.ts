import { expect } from 'chai';
import { SCENARIOS } from '../../../simulator/index.js';
import { inRoot } from '../../../scripts/tools/paths.js';
import { catalogue } from '../../../src/catalogue.js';
import { collect } from '../../../src/engine/collect.js';
import { collectEvidence, evaluate } from '../../../src/engine/review.js';
import type { EvidenceOf, Result } from '../../../src/engine/types.js';
import { orgDomain } from '../../../src/org/index.js';
import { openPackage, packageDomain, type PackageFacts } from '../../../src/package/index.js';
import { parsePolicy } from '../../../src/policy/parse.js';
import { open, stopAll } from '../../org/support.js';
import { use, withCode, packageFacts } from '../../support/packageFacts.js';
import { complete } from '../../../src/engine/evidence.js';

describe('the same org on the days around the end of the username-password flow', () => {
  after(stopAll);

  for (const name of ['broken', 'hardened'] as const) {
    it(`differs in the finding about that flow and nowhere else: ${name}`, async () => {
      const { org, reader } = await open(SCENARIOS[name]());
      const collected = new Date(org.scenario.now);
      const policy = parsePolicy('version: 1', 'security-review.yml', catalogue);
      const evidence = await collectEvidence(orgDomain, reader, { policy, asOf: collected });
      const on = (day: string): readonly Result[] =>
        evaluate(orgDomain, evidence, {
          policy,
          target: { kind: 'org', name },
          asOf: new Date(day),
          collected,
          audited: [],
        }).results;
      // Gaps quote the day as of which the org is judged, and the day a year before.
      const said = (result: Result | undefined): string =>
        JSON.stringify(result).replaceAll(/202[67]-02-(?:19|20)|(?:19|20) Feb 202[67]/g, 'day');
      const [before, after] = [on('2027-02-19'), on('2027-02-20')];
      const changed = after.filter((result, index) => said(result) !== said(before[index]));
      expect(changed.map(({ control }) => control.id)).to.deep.equal(
        name === 'broken' ? ['org/username-password-flow-blocked'] : []
      );
      expect(after.map(({ verdict }) => verdict)).to.deep.equal(before.map(({ verdict }) => verdict));
    });
  }
});

describe('the same package on the days around the end of the username-password flow', () => {
  it('differs in the finding about that flow and nowhere else', async () => {
    const context = { asOf: new Date('2026-11-23T10:00:00.000Z'), params: {}, required: [] };
    const source = await openPackage(inRoot('examples', 'acme-pay'));
    const facts = Object.keys(packageDomain.collectors) as Array<keyof PackageFacts>;
    const evidence: EvidenceOf<PackageFacts> = {
      ...(await collect(packageDomain.collectors, new Set(facts), source, context)),
      code: complete(withCode(packageFacts(), use('username-password', 'grant_type=password')).code),
    };
    const policy = parsePolicy('version: 1', 'security-review.yml', catalogue);
    const on = (day: string): readonly Result[] =>
      evaluate(packageDomain, evidence, {
        policy,
        target: { kind: 'package', name: 'acme' },
        asOf: new Date(day),
        audited: [],
      }).results;
    const [before, after] = [on('2027-02-19'), on('2027-02-20')];
    const changed = after.filter((result, index) => JSON.stringify(result) !== JSON.stringify(before[index]));
    expect(changed.map(({ control }) => control.id)).to.deep.equal(['package/no-username-password-flow']);
    expect(changed[0]?.findings.map(({ message }) => message).join(' ')).to.contain(
      'Salesforce ended it on 20 Feb 2027.'
    );
  });
});
