import { expect } from 'chai';
import { judge } from '../../../src/engine/judge.js';
import { incidentPlanAttested } from '../../../src/org/controls/incident-plan-attested.js';
import { asOf } from '../../support/controlTester.js';
import { nothingAnswered } from '../../support/submission.js';

describe('org/incident-plan-attested', () => {
  it('is inconclusive until a person answers, and reads nothing', () => {
    const declared = {
      orgs: [],
      trust: { packages: [], apps: [], tokens: [], ipRanges: [] },
      integrations: [],
      submission: nothingAnswered,
      audited: [],
    };
    const { judgement } = judge(incidentPlanAttested, {}, { params: undefined, asOf, declared });
    expect(judgement).to.deep.include({ verdict: 'inconclusive' });
    expect('unseen' in judgement && judgement.unseen).to.have.nested.property('[0].kind', 'not-given');
    expect(incidentPlanAttested).to.deep.include({ attestable: true, needs: [] });
  });
});
