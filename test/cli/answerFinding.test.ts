import { expect } from 'chai';
import { answerFinding } from '../../src/cli/answerFinding.js';

/** Without a report: a valid day is refused for that alone. */
const refusal = async (until: string): Promise<unknown> => {
  const args = { finding: '0123456789ab', report: 'no-such-report.json' };
  const flags = { until, owner: undefined, reason: undefined, subject: undefined, target: undefined, write: false };
  return answerFinding(
    'waive',
    { args, flags: { ...flags, 'policy-file': undefined, json: false } },
    () => undefined
  ).catch((error: unknown) => (error instanceof Error ? error.name : error));
};

describe('the last day of an entry', () => {
  it('is refused where the calendar or the policy has no such day', async () => {
    expect(await refusal('2027-02-30')).to.equal('NoDay');
    expect(await refusal('2027-06-31')).to.equal('NoDay');
    expect(await refusal('May')).to.equal('NoDay');
    expect(await refusal('2027-02-28')).to.equal('NoReportFile');
  });
});
