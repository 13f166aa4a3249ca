import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writePolicyOfToday } from '../../scripts/tools/policyOfToday.js';
import { startOrg } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { reportSchema } from '../../src/render/reportSchema.js';
import { errorIn, reportIn, stageOf, verdictsOf, type Stage } from './support.js';

const audit = ['security-review', 'audit-org'];

describe('sf security-review audit-org, through sf', () => {
  let stage: Stage;
  let folder: string;
  let trusting: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reports-'));
    trusting = ['--policy-file', writePolicyOfToday(await mkdtemp(join(tmpdir(), 'policy-')))];
    stage = await stageOf({
      hardened: SCENARIOS.hardened(),
      broken: SCENARIOS.broken(),
      blind: SCENARIOS.blind(),
      old: SCENARIOS.old(),
    });
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => Object.values(stage.orgs).forEach((org) => org.clearFaults()));

  it('passes the gate of an org that does everything right', async () => {
    const ran = await stage.sf.run([...audit, '-o', 'hardened', ...trusting, '--json']);
    const report = reportIn(ran);
    expect(Object.values(verdictsOf(report.targets[0])), JSON.stringify(verdictsOf(report.targets[0]))).to.satisfy(
      (verdicts: string[]) => verdicts.every((verdict) => verdict === 'pass' || verdict === 'attested')
    );
    expect(report.gate).to.equal('passed');
    expect(report.targets[0]?.target.roles).to.include.members(['dev-hub', 'namespace']);
    expect(ran.code).to.equal(0);
    expect(reportSchema.parse(report)).to.deep.equal(report);
    stage.orgs.hardened?.assertReadOnly();
  });

  it('fails the gate of a broken org, and names each user and app', async () => {
    const ran = await stage.sf.run([...audit, '-o', 'broken']);
    expect(ran.code, ran.stderr).to.equal(3);
    expect(ran.stdout).to.match(/^FAILED {2}alias "broken" · /);
    expect(ran.stdout).to.match(/9 users can log in without MFA .*mfa-enforced/);
    expect(ran.stdout.trimEnd().split('\n').length).to.be.at.most(30);
    stage.orgs.broken?.assertReadOnly();
  });

  it('passes nothing in an org whose auditor may see nothing, and names the permissions', async () => {
    const ran = await stage.sf.run([...audit, '-o', 'blind', '--json']);
    const report = reportIn(ran);
    expect(Object.values(verdictsOf(report.targets[0]))).not.to.include('pass');
    expect(report.gate).to.equal('undecided');
    expect(ran.code).to.equal(4);
    const grants = report.targets[0]?.results.flatMap(({ gaps }) => gaps.flatMap((gap) => gap.grants ?? []));
    expect(grants).to.include.members(['ViewSetup', 'InstallPackaging']);
  });

  it('decides an org of an older API version without API Access Control as far as it can be seen', async () => {
    const report = reportIn(await stage.sf.run([...audit, '-o', 'old', '--json']));
    const verdicts = verdictsOf(report.targets[0]);
    expect(verdicts['org/no-use-any-api-client']).to.equal('pass');
    // enableMFADirectUILoginOptIn came with API 55: its absence is no answer.
    expect(verdicts['org/mfa-enforced']).to.equal('inconclusive');
  });

  it('audits several orgs in one run; one that is gone does not lose the others', async () => {
    const { auditor, ...others } = SCENARIOS.broken();
    const gone = await startOrg({ ...others, auditor: { ...auditor, username: 'gone@broken.example' } });
    await stage.sf.logIn(gone, 'gone');
    await gone.stop();
    const both = await stage.sf.run([...audit, '-o', 'gone', '-o', 'hardened', ...trusting, '--json']);
    const report = reportIn(both);
    expect(report.targets.map(({ target, error, gate }) => [target.name, error !== undefined, gate])).to.deep.equal([
      ['gone', true, 'undecided'],
      ['hardened', false, 'passed'],
    ]);
    expect(report.gate).to.equal('undecided');
    const alone = await stage.sf.run([...audit, '-o', 'gone', '--json']);
    expect(alone.code).to.equal(1);
    expect(errorIn(alone).actions).not.to.have.length(0);
  });

  it('writes JSON and Markdown, and keeps stdout of --json to one document', async () => {
    const files = ['r.json', 'r.md'].map((name) => join(folder, name));
    const ran = await stage.sf.run([...audit, '-o', 'broken', '-f', files[0] ?? '', '-f', files[1] ?? '', '--json']);
    const report = reportIn(ran);
    expect(JSON.parse(await readFile(files[0] ?? '', 'utf8'))).to.deep.equal(report);
    expect(await readFile(files[1] ?? '', 'utf8')).to.contain('org/no-guest-sites');
    expect((await readdir(folder)).sort()).to.deep.equal(['r.json', 'r.md']);
  });

  it('says in report and headline that only chosen controls were decided', async () => {
    const ran = await stage.sf.run([...audit, '-o', 'broken', '--control', 'org/*ip*', '--view', 'table']);
    expect(ran.stdout).to.contain('org/login-ip-ranges-set').and.not.to.contain('org/mfa-enforced');
    expect(ran.stdout).to.match(/chosen/i);
  });

  it('prints no token in any output', async () => {
    const args = [...audit, '-o', 'broken', '--view', 'detail'];
    const ran = await stage.sf.start(args, { env: { SF_LOG_LEVEL: 'trace' } });
    expect(ran.stdout + ran.stderr).not.to.match(/00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]+/);
  });

  describe('bad input', () => {
    const cases: ReadonlyArray<{ name: string; args: string[]; code: number; says: RegExp }> = [
      { name: 'an unknown alias', args: ['-o', 'nobody'], code: 2, says: /knows no org .*nobody/ },
      { name: 'no org at all', args: [], code: 2, says: /No org was given/ },
      {
        name: 'an unknown control',
        args: ['-o', 'hardened', '--control', 'org/nothing'],
        code: 2,
        says: /org\/nothing/,
      },
      { name: 'an unknown flag', args: ['-o', 'hardened', '--nonsense'], code: 2, says: /[Nn]onexistent flag/ },
      {
        name: 'an unknown severity',
        args: ['-o', 'hardened', '--severity-threshold', 'awful'],
        code: 2,
        says: /awful/,
      },
      { name: 'an unknown format', args: ['-o', 'hardened', '-f', 'report.docx'], code: 2, says: /\.json/ },
      {
        name: 'two outputs in one file',
        args: ['-o', 'hardened', '-f', 'a.md', '-f', './a.md'],
        code: 2,
        says: /same file/,
      },
      {
        name: 'an output folder that is not there',
        args: ['-o', 'hardened', '-f', 'nowhere/a.md'],
        code: 2,
        says: /nowhere/,
      },
      {
        name: 'a policy that is not there',
        args: ['-o', 'hardened', '--policy-file', 'none.yml'],
        code: 2,
        says: /none\.yml/,
      },
      {
        name: 'an API version that the org does not have',
        args: ['-o', 'old', '--api-version', '66.0'],
        code: 1,
        says: /52\.0/,
      },
    ];
    for (const { name, args, code, says } of cases) {
      it(`answers ${name} with one clear error and exit ${code}`, async () => {
        const ran = await stage.sf.run([...audit, ...args], { cwd: folder });
        expect(ran.code, ran.stdout + ran.stderr).to.equal(code);
        expect(ran.stderr.replace(/\s+/g, ' ')).to.match(says);
        expect(ran.stderr + ran.stdout).not.to.match(/^\s+at /m);
        expect(ran.stdout.trim()).to.equal('');
      });
    }
  });

  describe('an org that cannot be opened', () => {
    const invalid = { status: 401, errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' };
    const cases: ReadonlyArray<{ name: string; fault: Parameters<Stage['orgs'][string]['fault']>; says: RegExp }> = [
      {
        name: 'a session that stays expired',
        fault: [/services\/data/, { kind: 'error', ...invalid }],
        says: /session|log in/i,
      },
      {
        name: 'no API access',
        fault: [
          /services\/data/,
          {
            kind: 'error',
            status: 403,
            errorCode: 'API_DISABLED_FOR_ORG',
            message: 'API is not enabled for this Organization or Partner',
          },
        ],
        says: /API/,
      },
      { name: 'HTML with status 200', fault: [/services\/data/, { kind: 'html' }], says: /answer/i },
      { name: 'a truncated body', fault: [/services\/data/, { kind: 'truncated' }], says: /answer|cut|connection/i },
    ];
    for (const { name, fault, says } of cases) {
      it(`ends with exit 1 and one clear error: ${name}`, async () => {
        stage.orgs.hardened?.fault(...fault);
        const ran = await stage.sf.run([...audit, '-o', 'hardened', '--json'], { cwd: folder });
        expect(ran.code, ran.stdout + ran.stderr).to.equal(1);
        const error = errorIn(ran);
        expect(error.message).to.match(says).and.not.to.contain('\n');
        expect(error.actions ?? []).not.to.have.length(0);
        expect(ran.stderr.trim()).to.equal('');
      });
    }
  });
});
