import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { moveTo, startOrg, type SimulatedOrg } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { resultSchemas } from '../../src/cli/resultSchemas.js';
import type { Report } from '../../src/engine/types.js';
import { errorIn, newSf, reportIn, verdictsOf, type Sf } from './support.js';

const init = ['security-review', 'init'];

describe('sf security-review init, through sf', () => {
  let sf: Sf;
  const orgs: Record<string, SimulatedOrg> = {};
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  before(async () => {
    sf = newSf();
    sf.install();
    for (const [alias, scenario] of Object.entries({ hardened: SCENARIOS.hardened(), broken: SCENARIOS.broken() })) {
      // eslint-disable-next-line no-await-in-loop -- sf keeps all aliases in one file
      const org = (orgs[alias] = await startOrg(moveTo(scenario, new Date())));
      // eslint-disable-next-line no-await-in-loop
      await sf.logIn(org, alias);
    }
  });
  after(async () => {
    await Promise.all(Object.values(orgs).map((org) => org.stop()));
    sf.remove();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'init-'));
    cpSync(inRoot('examples', 'acme-pay'), folder, { recursive: true });
    rmSync(at('security-review.yml'), { force: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('drafts a policy that changes no verdict and no gate, writes every pipeline, and refuses a second time', async function () {
    this.timeout(300_000);
    const before = readdirSync(folder);
    const decide = async (): Promise<Array<[Report['gate'], unknown, unknown]>> => {
      const runs = [
        await sf.run(['security-review', 'audit-org', '-o', 'hardened', '-o', 'broken', '--json'], {
          cwd: folder,
        }),
        await sf.run(['security-review', 'check-package', '--json'], { cwd: folder }),
      ];
      return runs.map(reportIn).map(({ gate, summary, targets }) => [gate, summary, targets.map(verdictsOf)]);
    };
    const without = await decide();
    const vendors = ['github', 'gitlab', 'azure', 'bitbucket', 'jenkins'].flatMap((vendor) => ['--pipeline', vendor]);
    const ran = await sf.run([...init, '-o', 'hardened', '-o', 'broken', ...vendors, '--json'], { cwd: folder });
    expect(ran.code, ran.stdout + ran.stderr).to.equal(0);
    Object.values(orgs).forEach((org) => org.assertReadOnly());
    const { result } = JSON.parse(ran.stdout) as {
      result: { files: string[]; proposals: unknown[]; unseen: unknown[] };
    };
    // The plugin, not sf itself, whose configuration a command is given.
    const installs = readFileSync(at('.github', 'workflows', 'salesforce-security-review.yml'), 'utf8');
    expect(installs)
      .to.match(/sf plugins install .*\.tgz/)
      .and.to.contain('sha512sum');
    expect(resultSchemas.init.parse(result), 'the published schema').to.deep.equal(result);
    expect(result.files).to.deep.equal([
      'security-review.yml',
      '.github/workflows/salesforce-security-review.yml',
      '.gitlab-ci.yml',
      'azure-pipelines.yml',
      'bitbucket-pipelines.yml',
      'Jenkinsfile',
    ]);
    expect(result.proposals).not.to.have.length(0);
    const written = readFileSync(at('security-review.yml'), 'utf8');
    for (const found of [
      'Handy Data Loader',
      'Data_Exporter_Sync',
      'Example Base',
      'AcmePayGateway',
      'Phantom Exporter',
    ]) {
      expect(written).to.contain(found);
    }
    const checked = await sf.run(['security-review', 'check-policy', '--json'], { cwd: folder });
    expect(checked.code, checked.stdout).to.equal(0);
    expect(await decide()).to.deep.equal(without);

    const again = await sf.run([...init, '--json'], { cwd: folder });
    expect([again.code, errorIn(again).name]).to.deep.equal([1, 'FileExists']);
    expect(errorIn(again).message).to.contain('security-review.yml');
    expect(readFileSync(at('security-review.yml'), 'utf8')).to.equal(written);
    expect(readdirSync(folder).length).to.equal(before.length + result.files.length);
  });

  it('says what it did not look at', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'init-empty-'));
    const ran = await sf.run([...init, '-o', 'hardened'], { cwd: empty });
    expect(ran.code, ran.stdout + ran.stderr).to.equal(0);
    expect(ran.stdout).to.contain('Not looked at: No package source was found');
    expect(readFileSync(join(empty, 'security-review.yml'), 'utf8')).to.contain('## Not looked at: No package source');
    rmSync(empty, { recursive: true });
  });

  describe('bad input: one clear error, and nothing is written', () => {
    type Case = { name: string; args: readonly string[]; code: number; error: string; prepare?: () => void };
    const cases: readonly Case[] = [
      { name: 'an alias that sf does not know', args: ['-o', 'nobody'], code: 2, error: 'UnknownOrg' },
      { name: 'a vendor that it does not know', args: ['--pipeline', 'travis'], code: 2, error: 'UnknownValue' },
      { name: 'a folder that is not there', args: ['--output-dir', 'nowhere'], code: 2, error: 'NoOutputDir' },
      { name: 'source that is not there', args: ['--source-dir', 'nowhere'], code: 2, error: 'WrongSourceDir' },
      {
        name: 'a folder that a shell would act on',
        args: ['--source-dir', '$(id)', '--pipeline', 'github'],
        code: 2,
        error: 'UnplainPath',
      },
      {
        name: 'a policy in a folder above, which the new one would hide',
        args: ['--output-dir', 'force-app'],
        code: 1,
        error: 'PolicyAbove',
        prepare: () => writeFileSync(at('security-review.yml'), 'version: 1\ngate: { failOn: low }\n'),
      },
      {
        name: 'an org that cannot be opened',
        args: ['-o', 'hardened', '-o', 'broken'],
        code: 1,
        error: 'any',
        prepare: () =>
          orgs.broken?.fault(/services\/data/, {
            kind: 'error',
            status: 401,
            errorCode: 'INVALID_SESSION_ID',
            message: 'Session expired or invalid',
          }),
      },
    ];
    for (const { name, args, code, error, prepare } of cases) {
      it(`${name}: exit ${code}`, async () => {
        prepare?.();
        const before = readdirSync(folder, { recursive: true }).sort();
        const ran = await sf.run([...init, ...args, '--json'], { cwd: folder });
        orgs.broken?.clearFaults();
        expect(ran.code, ran.stdout + ran.stderr).to.equal(code);
        if (error !== 'any') expect(errorIn(ran).name).to.equal(error);
        else expect(errorIn(ran).message).to.match(/^broken: /);
        expect(errorIn(ran).actions).not.to.have.length(0);
        expect(readdirSync(folder, { recursive: true }).sort()).to.deep.equal(before);
      });
    }
  });
});
