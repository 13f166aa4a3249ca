import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/index.js';
import { ROLES } from '../../simulator/scenarios/roles.js';
import type { Scenario } from '../../simulator/index.js';
import { review } from '../../src/engine/review.js';
import type { Role, TargetReport } from '../../src/engine/types.js';
import { orgDomain } from '../../src/org/index.js';
import { policy } from '../engine/samples.js';
import { open, stopAll } from './support.js';

const reportOf = async (scenario: Scenario, roles?: readonly Role[]): Promise<TargetReport> => {
  const { org, reader } = await open(scenario);
  return review(orgDomain, reader, {
    policy: { ...policy, orgs: roles ? [{ alias: 'org', id: org.orgId, roles }] : [] },
    target: { kind: 'org', name: 'org' },
    asOf: new Date(org.scenario.now),
    only: ['org/linked-orgs-audited'],
    audited: [{ orgId: org.orgId }],
  });
};

describe('an org in each role', () => {
  afterEach(stopAll);

  const detected: ReadonlyArray<[name: string, scenario: () => Scenario, roles: readonly Role[], verdict: string]> = [
    ['hardened', SCENARIOS.hardened, ['dev-hub', 'namespace', 'app-owner'], 'pass'],
    ['packaging', ROLES.packaging, ['packaging', 'app-owner'], 'not-applicable'],
    ['namespace', ROLES.namespace, ['namespace'], 'not-applicable'],
    ['app-owner', ROLES['app-owner'], ['app-owner'], 'not-applicable'],
    ['partner-business', ROLES['partner-business'], [], 'not-applicable'],
  ];
  for (const [name, scenario, roles, verdict] of detected) {
    it(`${name} has the roles ${roles.join(', ') || 'that only the policy can say'}`, async () => {
      const { target, results } = await reportOf(scenario());
      expect(target.roles).to.deep.equal(roles);
      expect(results.map((result) => result.verdict)).to.deep.equal([verdict]);
    });
  }

  it('takes partner-business from the policy', async () => {
    const { target } = await reportOf(ROLES['partner-business'](), ['partner-business']);
    expect(target.roles).to.deep.equal(['partner-business']);
  });

  it('keeps the controls of a role that the org proves, whatever the policy says', async () => {
    const { target, results, notices } = await reportOf(SCENARIOS.hardened(), []);
    expect(target.roles).to.deep.equal(['dev-hub', 'namespace', 'app-owner']);
    expect(results.map(({ verdict }) => verdict)).to.deep.equal(['pass']);
    expect(notices.join('\n')).to.match(/leaves out the role dev-hub, which counts anyway/);
  });
});
