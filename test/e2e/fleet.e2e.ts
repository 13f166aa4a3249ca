import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeId } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { errorIn, reportIn, stageOf, type Stage } from './support.js';

const audit = ['security-review', 'audit-org'];

describe('sf security-review audit-org --fleet, through sf', () => {
  let stage: Stage;
  let folder: string;
  const elsewhere = makeId('00D', 9_999_999);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fleet-'));
    stage = await stageOf({ hub: SCENARIOS.hardened(), packaging: SCENARIOS.broken(), blind: SCENARIOS.blind() });
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => Object.values(stage.orgs).forEach((org) => org.clearFaults()));

  type Listed = { alias: string; id?: string; roles?: string };
  /** Runs with a policy over these orgs; an id that is not given is the right one. */
  const withFleet = async (orgs: readonly Listed[], ...args: string[]): Promise<Ran> => {
    const lines = orgs.map(({ alias, id = stage.orgs[alias]?.orgId ?? elsewhere, roles }) =>
      [`  - alias: ${alias}`, `    id: ${id}`, ...(roles ? [`    roles: [${roles}]`] : [])].join('\n')
    );
    await writeFile(join(folder, 'security-review.yml'), ['version: 1', 'orgs:', ...lines, ''].join('\n'));
    return stage.sf.run([...audit, '--fleet', ...args], { cwd: folder });
  };

  it('audits every org of the policy under its alias, in the order of the policy', async () => {
    const report = reportIn(await withFleet([{ alias: 'packaging' }, { alias: 'hub' }], '--json'));
    expect(report.targets.map(({ target, error }) => [target.name, target.orgId, error])).to.deep.equal([
      ['packaging', stage.orgs.packaging?.orgId, undefined],
      ['hub', stage.orgs.hub?.orgId, undefined],
    ]);
    Object.values(stage.orgs).forEach((org) => org.assertReadOnly());
  });

  it('shows the roles that the policy gives an org', async () => {
    const [target] = reportIn(await withFleet([{ alias: 'hub', roles: 'packaging' }], '--json')).targets;
    expect(target?.target.roles).to.include('packaging');
    expect(target?.notices).to.include('The policy gives the org the roles: packaging.');
  });

  it('keeps an alias that sf does not know as a target that could not be opened', async () => {
    const ran = await withFleet([{ alias: 'nobody' }, { alias: 'blind' }], '--json');
    const report = reportIn(ran);
    expect(report.targets.map(({ target, gate }) => [target.name, gate])).to.deep.equal([
      ['nobody', 'undecided'],
      ['blind', 'undecided'],
    ]);
    expect(report.targets[0]?.error).to.deep.include({ name: 'UnknownOrg' });
    expect(report.targets[0]?.error?.actions.join()).to.contain('sf org login web --alias nobody');
    expect(ran.code).to.equal(4);
  });

  it('does not audit another org under the alias, and names both ids', async () => {
    const ran = await withFleet([{ alias: 'hub', id: elsewhere }, { alias: 'blind' }], '--json');
    const [other] = reportIn(ran).targets;
    expect(other?.results).to.deep.equal([]);
    expect(other?.error?.message).to.contain(elsewhere).and.to.contain(stage.orgs.hub?.orgId);
    expect(ran.code).to.equal(4);
  });

  it('takes an id of 15 characters for the same org', async () => {
    const id = stage.orgs.hub?.orgId.slice(0, 15);
    const report = reportIn(await withFleet([{ alias: 'hub', id }], '--json'));
    expect(report.targets[0]).not.to.have.property('error');
  });

  it('does not lose the others when one org does not answer in time', async () => {
    stage.orgs.blind?.fault(/services\/data/, { kind: 'hang' });
    const ran = await withFleet([{ alias: 'blind' }, { alias: 'hub' }], '--json', '--request-timeout', '1');
    const report = reportIn(ran);
    expect(report.targets[0]?.error?.message).to.contain('TIMED_OUT');
    expect(report.targets[1]).not.to.have.property('error');
  });

  it('has no report when no org could be opened', async () => {
    const ran = await withFleet([{ alias: 'nobody' }, { alias: 'hub', id: elsewhere }], '--json');
    expect(ran.code).to.equal(1);
    expect(errorIn(ran).message).to.contain('nobody').and.to.contain(elsewhere);
  });

  describe('the command line', () => {
    const cases: ReadonlyArray<{ name: string; args: string[]; says: RegExp }> = [
      { name: 'a policy without orgs', args: ['--fleet'], says: /names no org under orgs/ },
      { name: '--fleet with --target-org', args: ['--fleet', '-o', 'hub'], says: /target-org/ },
      {
        name: 'no time for a request',
        args: ['-o', 'hub', '--request-timeout', '0'],
        says: /greater than or equal to 1/,
      },
      { name: 'a time that is no number', args: ['-o', 'hub', '--org-timeout', 'long'], says: /integer/ },
      { name: 'more than a day', args: ['-o', 'hub', '--org-timeout', '86401'], says: /less than or equal to 86400/ },
    ];
    for (const { name, args, says } of cases) {
      it(`refuses ${name} with exit 2`, async () => {
        await writeFile(join(folder, 'security-review.yml'), 'version: 1\n');
        const ran = await stage.sf.run([...audit, ...args], { cwd: folder });
        expect(ran.code, ran.stdout + ran.stderr).to.equal(2);
        expect(ran.stderr.replace(/\s+/g, ' ')).to.match(says);
        expect(ran.stdout.trim()).to.equal('');
      });
    }
  });

  describe('the preflight', () => {
    it('says before the report what the auditing user lacks and what may stay inconclusive', async () => {
      const ran = await withFleet([{ alias: 'blind' }, { alias: 'hub' }], '-f', 'report.md', '--view', 'table');
      const lacking =
        /lacks .*View Setup and Configuration \(ViewSetup\).*may be inconclusive: .*org\/packages-trusted/;
      expect(ran.stderr.replace(/\s+/g, ' ')).to.match(lacking);
      expect(ran.stderr).to.contain('Preflight of org "blind"').and.not.to.contain('Preflight of org "hub"');
      expect(Math.max(...ran.stderr.split('\n').map((line) => line.length))).to.be.at.most(100);
      const shown = ran.stdout.replace(/\s+/g, ' ');
      // What goes to a file has another reader than the terminal, so it says it, too.
      expect(shown).to.match(lacking);
      expect(await readFile(join(folder, 'report.md'), 'utf8')).to.contain('may be inconclusive');
      expect(shown).to.match(/To check the rest.*\(InstallPackaging\): org\/packages-trusted/);
    });

    it('is silent in JSON, but for the notice in the report', async () => {
      const ran = await withFleet([{ alias: 'blind' }], '--json');
      expect(ran.stderr.trim()).to.equal('');
      expect(reportIn(ran).targets[0]?.notices.join()).to.contain('may be inconclusive');
    });
  });
});
