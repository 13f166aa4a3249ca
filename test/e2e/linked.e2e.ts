import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { writePolicyOfToday } from '../../scripts/tools/policyOfToday.js';
import { moveTo, startOrg, type SimulatedOrg } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { newSf, reportIn, type Sf } from './support.js';

/** sf runs the sources of a linked plugin, through tsx. */
describe('a plugin that is linked, as a developer has it, through the real sf', () => {
  let sf: Sf;
  let org: SimulatedOrg;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linked-'));
    sf = newSf();
    await sf.link();
    org = await startOrg(moveTo(SCENARIOS.hardened(), new Date()));
    await sf.logIn(org, 'hardened');
  });
  after(async () => {
    await org.stop();
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a plugin that sf 2.150 lists and explains', async () => {
    const plugins = await sf.start(['plugins']);
    expect(plugins.stdout).to.match(/sf-plugin-security-review .*\(link\)/);
    const help = await sf.start(['security-review', 'audit-org', '--help']);
    expect(help.stdout).to.contain('--target-org').and.to.contain('EXIT CODES');
    expect((await sf.start(['version'])).stdout).to.match(/@salesforce\/cli\/2\.150\./);
  });

  it('passes the gate of an org that does everything right', async () => {
    const args = ['audit-org', '-o', 'hardened', '--policy-file', writePolicyOfToday(folder), '--json'];
    const ran = await sf.start(['security-review', ...args]);
    expect([ran.code, reportIn(ran).gate], ran.stderr).to.deep.equal([0, 'passed']);
    org.assertReadOnly();
  });

  it('fails the gate of the example package', async () => {
    const args = ['check-package', '--source-dir', inRoot('examples', 'acme-pay'), '--json'];
    const ran = await sf.start(['security-review', ...args]);
    expect([ran.code, reportIn(ran).targets[0]?.target.name]).to.deep.equal([3, 'Acme Pay']);
  });
});
