import { SCENARIOS } from '../../simulator/index.js';
import { catalogue } from '../../src/catalogue.js';
import { reportOf } from '../../src/engine/report.js';
import { review } from '../../src/engine/review.js';
import type { Policy, Report, TargetReport } from '../../src/engine/types.js';
import { orgDomain } from '../../src/org/index.js';
import { readPolicy } from '../../src/policy/index.js';
import { open, stopAll } from '../org/support.js';
import { emptyPolicy } from './emptyPolicy.js';

/** The report on each simulated org and on all of them together: without a policy, and with the one of the example. */
export async function scenarioReports(): Promise<ReadonlyMap<string, Report>> {
  const read = { file: 'examples/orgs/security-review.yml', from: '.', catalogue, today: new Date('2026-11-20') };
  const { policy } = await readPolicy(read);
  const [without, withPolicy] = [await targetsUnder(emptyPolicy), await targetsUnder(policy)];
  await stopAll();
  const named = { file: 'security-review.yml', sha256: '0'.repeat(64) };
  return new Map([
    ...without.map((target) => [target.target.name, reportWith([target])] as const),
    ['the fleet', reportWith(without)],
    ...withPolicy.map((target) => [`${target.target.name} with a policy`, reportWith([target], named)] as const),
    ['the fleet with a policy', reportWith(withPolicy, named)],
  ]);
}

async function targetsUnder(policy: Policy): Promise<TargetReport[]> {
  const targets: TargetReport[] = [];
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    // eslint-disable-next-line no-await-in-loop -- one org after the other
    const { org, reader } = await open(scenario());
    const audited = [
      { orgId: reader.orgId, ...(reader.namespace === undefined ? {} : { namespace: reader.namespace }) },
    ];
    const context = { policy, target: { kind: 'org', name } as const, asOf: new Date(org.scenario.now), audited };
    // eslint-disable-next-line no-await-in-loop
    targets.push(await review(orgDomain, reader, context));
  }
  return targets;
}

function reportWith(targets: readonly TargetReport[], policy?: Report['scope']['policy']): Report {
  const scope: Report['scope'] = { controls: 'all', failOn: 'medium', inconclusive: 'block' };
  const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };
  return reportOf(tool, policy === undefined ? scope : { ...scope, policy }, targets);
}
