import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { moveTo, startOrg, type Scenario } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { reportSchema } from '../../src/render/reportSchema.js';
import type { Finding, Report } from '../../src/engine/types.js';
import { errorIn, reportIn, stageOf, type Stage } from './support.js';

const day = 86_400_000;
const audit = ['security-review', 'audit-org', '-o', 'hub', '--view', 'table'];

/** The org with other rows in these tables. */
const withTables = (scenario: Scenario, tables: Scenario['tables']): Scenario => ({
  ...scenario,
  tables: { ...scenario.tables, ...tables },
});

describe('a chain of nightly runs, through sf', () => {
  let stage: Stage;
  let folder: string;
  let file: string;
  const controls = ['org/packages-trusted', 'org/no-guest-sites'].flatMap((id) => ['--control', id]);
  const installed = SCENARIOS.broken().tables['InstalledSubscriberPackage'] ?? [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightly-'));
    file = join(folder, 'report.json');
    stage = await stageOf({});
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The org as it is on a night from today on, under the same alias and with the same id. */
  const night = async (
    nights: number,
    scenario: Scenario,
    args: readonly string[],
    faulty?: RegExp
  ): Promise<{ ran: Ran; report: Report }> => {
    const org = await startOrg(moveTo(scenario, new Date(Date.now() + nights * day)));
    try {
      await stage.sf.logIn(org, 'hub');
      if (faulty) {
        const refused = { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' };
        org.fault(faulty, { kind: 'error', ...refused });
      }
      const tonight = join(folder, 'tonight.json');
      const ran = await stage.sf.run([...audit, ...controls, '-f', tonight, ...args], { cwd: folder });
      org.assertReadOnly();
      expect([0, 3, 4], ran.stderr).to.include(ran.code);
      await rename(tonight, file);
      return { ran, report: reportSchema.parse(JSON.parse(await readFile(file, 'utf8'))) };
    } finally {
      await org.stop();
    }
  };
  const findings = ({ targets }: Report, id: string): readonly Finding[] =>
    targets[0]?.results.find(({ control }) => control.id === id)?.findings ?? [];
  const follow = ['--previous', 'report.json', '--gate-on', 'new'];

  it('lives on one file: red for what is new, green for what is known, and never calls fixed what it did not see', async () => {
    const known = withTables(SCENARIOS.broken(), { InstalledSubscriberPackage: installed.slice(0, -1) });
    const first = await night(0, known, []);
    expect(first.ran.code, first.ran.stderr).to.equal(3);
    expect(first.report.targets[0]).not.to.have.property('drift');
    expect(first.report.targets[0]?.target.namespace).to.equal('examplelegacy');

    const second = await night(1, known, follow);
    expect(second.ran.code, second.ran.stdout).to.equal(0);
    expect(second.report.scope.gateOn).to.equal('new');
    expect(second.report.targets[0]?.drift).to.deep.equal({
      since: first.report.asOf,
      fixed: [],
      accepted: [],
      notSeen: [],
    });
    expect(second.ran.stdout).to.match(
      /0 new · \d+ unchanged · 0 fixed · 0 accepted · 0 not fully checked again since /
    );
    expect(second.ran.stdout).to.contain('Gate: passed (new findings only, medium and above)');

    const third = await night(2, SCENARIOS.broken(), follow);
    expect(third.ran.code, third.ran.stdout).to.equal(3);
    const fresh = findings(third.report, 'org/packages-trusted').filter(({ drift }) => drift === 'new');
    expect(fresh).to.have.length(1);
    expect(third.ran.stdout).to.contain('[new]');

    const fourth = await night(3, known, follow, /FROM Site\b/);
    expect(fourth.ran.code, fourth.ran.stdout).to.equal(4);
    const gone = fourth.report.targets[0]?.drift;
    expect(gone?.fixed.map(({ fingerprint }) => fingerprint)).to.deep.equal(
      fresh.map(({ fingerprint }) => fingerprint)
    );
    expect(new Set(gone?.notSeen.map(({ control }) => control))).to.deep.equal(new Set(['org/no-guest-sites']));
    expect(fourth.ran.stdout).to.contain('Not fully checked again: it may still be there:');
  });

  it('fails on all findings without --gate-on, and calls a package accepted that the policy trusts now', async () => {
    const first = await night(0, SCENARIOS.broken(), []);
    const [accepted] = findings(first.report, 'org/packages-trusted');
    const until = new Date(Date.now() + 100 * day).toISOString().slice(0, 10);
    const trusted = `{ id: ${accepted?.subject.id ?? ''}, owner: ciso@acme.example, reason: Reviewed the vendor, reviewBy: ${until} }`;
    await writeFile(join(folder, 'trust.yml'), `version: 1\ntrust: { packages: [${trusted}] }\n`);
    const second = await night(1, SCENARIOS.broken(), ['--previous', 'report.json', '--policy-file', 'trust.yml']);
    const change = second.report.targets[0]?.drift;
    expect(change?.accepted.map(({ fingerprint }) => fingerprint)).to.deep.equal([accepted?.fingerprint]);
    expect(change?.fixed).to.deep.equal([]);
    expect([first.ran.code, second.ran.code]).to.deep.equal([3, 3]);
    expect(second.report.scope).not.to.have.property('gateOn');
    expect(findings(second.report, 'org/packages-trusted').every(({ drift }) => drift === 'unchanged')).to.equal(true);
  });

  it('calls accepted what only a relaxed parameter of the policy no longer finds', async () => {
    const org = await startOrg(moveTo(SCENARIOS.broken(), new Date()));
    try {
      await stage.sf.logIn(org, 'hub');
      const only = ['--control', 'org/passwords-rotated'];
      const run = (...args: string[]): Promise<Ran> => stage.sf.run([...audit, ...only, ...args], { cwd: folder });
      await writeFile(
        join(folder, 'strict.yml'),
        'version: 1\ncontrols: { org/passwords-rotated: { params: { days: 30 } } }\n'
      );
      const strict = await run('--policy-file', 'strict.yml', '-f', 'strict.json');
      const now = await run('--previous', 'strict.json', '--json');
      expect([strict.code, now.code], now.stdout).to.deep.equal([3, 3]);
      const earlier = JSON.parse(await readFile(join(folder, 'strict.json'), 'utf8')) as Report;
      const drift = reportIn(now).targets[0]?.drift;
      const left = findings(reportIn(now), 'org/passwords-rotated').map(({ fingerprint }) => fingerprint);
      const gone = findings(earlier, 'org/passwords-rotated').filter(
        ({ kind, fingerprint }) => kind !== 'latent' && !left.includes(fingerprint)
      );
      expect(gone).to.have.length.above(0);
      expect(drift?.accepted.map(({ fingerprint }) => fingerprint)).to.include.members(
        gone.map(({ fingerprint }) => fingerprint)
      );
      expect(drift?.fixed).to.deep.equal([]);
    } finally {
      await org.stop();
    }
  });

  it('compares a package with its earlier report, and refuses that of an org', async () => {
    const check = ['security-review', 'check-package', '-d', 'app', '--control', 'package/callbacks-https'];
    const app = join(folder, 'app');
    const run = (...args: string[]): Promise<Ran> => stage.sf.run([...check, ...args], { cwd: folder });
    await cp(new URL('../../examples/acme-pay', import.meta.url), app, { recursive: true });
    const first = await run('-f', 'package.json');
    const again = await run('--previous', 'package.json', '--json');
    expect(again.code).to.equal(first.code);
    expect(reportIn(again).targets[0]?.drift).to.have.property('since');
    await writeFile(file, await readFile(join(folder, 'package.json')));
    const org = await startOrg(moveTo(SCENARIOS.hardened(), new Date()));
    try {
      await stage.sf.logIn(org, 'hub');
      const ran = await stage.sf.run([...audit, '--previous', 'package.json', '--json'], { cwd: folder });
      expect(ran.code).to.equal(1);
      expect(errorIn(ran).message).to.contain('package.json');
    } finally {
      await org.stop();
    }
  });

  const wrong: ReadonlyArray<[name: string, args: string[], code: number, says: RegExp]> = [
    ['--gate-on without --previous', ['--gate-on', 'new'], 2, /--gate-on needs the earlier report/],
    ['another value of --gate-on', ['--gate-on', 'old'], 2, /Invalid value "old" for --gate-on/],
    ['a report that is not there', ['--previous', 'none.json'], 2, /none\.json does not exist/],
    ['a file that is no report', ['--previous', 'text.json'], 1, /text\.json is not a report .* not JSON/],
  ];
  for (const [name, args, code, says] of wrong) {
    it(`answers ${name} with exit ${code}`, async () => {
      await writeFile(join(folder, 'text.json'), 'no report');
      const ran = await stage.sf.run([...audit, ...args], { cwd: folder });
      expect(ran.code, ran.stdout + ran.stderr).to.equal(code);
      expect(ran.stderr.replace(/\s+/g, ' ')).to.match(says);
      expect(ran.stdout.trim()).to.equal('');
    });
  }
});
