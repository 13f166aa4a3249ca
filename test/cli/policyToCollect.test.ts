import { expect } from 'chai';
import { policyToCollect } from '../../src/cli/evaluateTargets.js';
import { orgDomain } from '../../src/org/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { sampleReport } from '../support/sampleReport.js';

const daysAfter = (days: unknown): unknown => {
  const params = { 'org/passwords-rotated': { days } };
  const report = { ...sampleReport, scope: { ...sampleReport.scope, params } };
  const policy = policyToCollect(orgDomain, {
    policy: emptyPolicy,
    previous: { file: 'report.json', report, notices: [] },
  });
  return policy.controls['org/passwords-rotated']?.params?.days;
};

describe('the policy by which facts are selected', () => {
  it('selects again what the earlier report found with fewer days', () => expect(daysAfter(30)).to.equal(30));

  it('selects no less than without the earlier report', () => expect(daysAfter(1000)).to.equal(undefined));

  for (const days of [-1e15, -1, 0.5, '30', null]) {
    it(`selects nothing by a number of days that no policy can have: ${String(days)}`, () =>
      expect(daysAfter(days)).to.equal(undefined));
  }
});
