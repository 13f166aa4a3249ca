import { expect } from 'chai';
import { startOrg } from '../../simulator/index.js';
import type { SimulatedOrg } from '../../simulator/index.js';
import { broken } from '../../simulator/scenarios/broken.js';
import { newSf, type Sf } from './support.js';

describe('simulated org: the real sf CLI', () => {
  let sf: Sf;
  let org: SimulatedOrg;

  /** Runs sf and parses its JSON. */
  const run = async (...args: string[]): Promise<{ status: number; result: Record<string, unknown> }> => {
    const { stdout } = await sf.run([...args, '--json']);
    return JSON.parse(stdout) as { status: number; result: Record<string, unknown> };
  };

  before(async () => {
    sf = newSf();
    sf.install();
    org = await startOrg(broken());
  });
  after(async () => {
    await org.stop();
    sf.remove();
  });

  it('logs in and reads', async function () {
    this.timeout(60_000);
    const login = await run(...sf.loginOf(org, 'broken'));
    expect(login).to.have.nested.property('result.orgId', org.orgId);
    const soql = 'SELECT Username, Profile.Name FROM User WHERE IsActive = false';
    const users = await run('data', 'query', '--target-org', 'broken', '--query', soql);
    expect(users).to.have.nested.property('result.records[0].Username', 'ina.inactive@broken.example');
    const profiles = await run(
      'data',
      'query',
      '--target-org',
      'broken',
      '--use-tooling-api',
      '--query',
      'SELECT Name FROM Profile'
    );
    expect(profiles).to.have.nested.property('result.done', true);
    const types = await run('org', 'list', 'metadata', '--target-org', 'broken', '--metadata-type', 'ConnectedApp');
    expect(types).to.have.nested.property('result[0].fullName', 'Legacy_Sync');
    org.assertReadOnly();
  });
});
