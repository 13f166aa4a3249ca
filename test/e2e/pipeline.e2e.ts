import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { isolatedEnvironment } from '../../simulator/connect.js';
import { moveTo, startOrg, type SimulatedOrg } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { inRoot, pathWithOwnBinaries } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import type { Report } from '../../src/engine/types.js';
import { pipelineFiles, pipelineOrgs, pipelineText } from '../../src/init/pipelines/index.js';
import { githubWorkflow } from '../init/vendors.js';
import { newSf, type Sf } from './support.js';

/** The program that the steps call: sf, as a user has it, or one that asks the process of sf that stays. */
type Program = 'started' | 'resident';
type Asked = { args: string[]; cwd: string; env: Record<string, string> };

/**
 * Runs the steps of a workflow as GitHub does, `bash -e` one after the other, against a simulated org. The actions are
 * not run: the folder stays between two runs. Of the installation only the line about the
 * allowlist is run; sf and the plugin are those of this machine.
 */
describe('a pipeline, from its file to its artefacts, through sf', () => {
  let sf: Sf;
  let org: SimulatedOrg;
  let folder: string;
  let server: Server;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const folderOf = (program: Program): string => join(sf.home, program);
  before(async () => {
    sf = newSf();
    sf.install();
    org = await startOrg(moveTo(SCENARIOS.broken(), new Date()));
    folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
    cpSync(inRoot('examples', 'acme-pay'), folder, { recursive: true });
    mkdirSync(at('temporary'));
    const cli = inRoot('node_modules', '@salesforce', 'cli', 'bin', 'run.js');
    const socket = join(sf.home, 'sf.socket');
    writeProgram('started', ['--no-deprecation', cli]);
    writeProgram('resident', [inRoot('test', 'e2e', 'askResident.cjs'), socket]);
    server = createServer({ allowHalfOpen: true }, (connection) => {
      let asked = '';
      connection.setEncoding('utf8').on('data', (part: string) => (asked += part));
      connection.on('end', () => {
        const { args, ...options } = JSON.parse(asked) as Asked;
        void sf
          .run(args, options)
          .catch((error: Error): Ran => ({ code: 1, stdout: '', stderr: error.message }))
          .then((ran) => connection.end(JSON.stringify(ran)));
      });
    }).listen(socket);
    const plugin = { name: 'sf-plugin-security-review', version: '0.1.0' };
    const text = pipelineText('github', { orgs: pipelineOrgs(['acme-hub']), sourceDirs: [], plugin });
    mkdirSync(at('.github', 'workflows'), { recursive: true });
    writeFileSync(at(pipelineFiles.github), text);
  });
  after(async () => {
    server.close();
    await org.stop();
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const writeProgram = (program: Program, args: readonly string[]): void => {
    mkdirSync(folderOf(program));
    const line = [process.execPath, ...args].map((word) => `"${word}"`).join(' ');
    writeFileSync(join(folderOf(program), 'sf'), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 });
  };
  const bash = (script: string, env: Record<string, string>, program: Program): Promise<Ran> =>
    new Promise((resolve) => {
      const child = spawn('bash', ['-e', '-c', script], {
        cwd: folder,
        env: {
          ...isolatedEnvironment(sf.home),
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
          ...env,
          TMPDIR: at('temporary'),
          PATH: `${folderOf(program)}:${pathWithOwnBinaries}`,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ran = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.stderr += text));
      child.on('close', (code) => resolve({ code: code ?? 1, ...ran }));
    });

  /** What GitHub puts in the place of an expression. */
  const filled = (value: string): string => {
    const values: Record<string, string> = {
      'matrix.org': 'acme-hub',
      'secrets.SF_JWT_KEY_BASE64': readFileSync(org.writeKey(sf.home)).toString('base64'),
      'secrets.SF_CLIENT_ID': org.clientId,
      'vars.SF_USERNAME': org.username,
      'vars.SF_INSTANCE_URL': org.url,
    };
    return value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => {
      const found = values[name];
      if (found === undefined) throw new Error(`There is no value for ${name}.`);
      return found;
    });
  };

  /** Runs one job of the file; the last of its steps decides. */
  const job = async (name: string, program: Program = 'resident'): Promise<Ran> => {
    const workflow = githubWorkflow.parse(parse(readFileSync(at(pipelineFiles.github), 'utf8')));
    let ran: Ran = { code: 0, stdout: '', stderr: '' };
    for (const step of workflow.jobs[name]?.steps ?? []) {
      if (!('run' in step)) continue;
      const local = step.run
        .split('\n')
        .filter((line) => !/^npm install|^sf plugins install|sha512sum/.test(line))
        .join('\n');
      const env = Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value)] as const);
      // eslint-disable-next-line no-await-in-loop -- one step after the other
      ran = await bash(local, { ...workflow.env, ...Object.fromEntries(env) }, program);
      if (ran.code !== 0) break;
    }
    return ran;
  };
  const reportAt = (file: string): Report => JSON.parse(readFileSync(at(file), 'utf8')) as Report;

  it('audits the org every night: login, audit, reports; then only what is new fails', async function () {
    this.timeout(400_000);
    const workflow = githubWorkflow.parse(parse(readFileSync(at(pipelineFiles.github), 'utf8')));
    expect(workflow.on.schedule[0].cron).to.match(/^\d+ \d+ \* \* \*$/);

    const first = await job('org', 'started');
    expect(first.code, first.stdout + first.stderr).to.equal(3);
    expect(first.stdout).to.contain('The gate FAILED');
    expect(readdirSync(at('reports')).sort()).to.deep.equal(
      ['html', 'json', 'junit.xml', 'md', 'sarif'].map((format) => `org-acme-hub.${format}`)
    );
    expect(readFileSync(at('reports', 'org-acme-hub.sarif'), 'utf8')).to.contain('org/no-guest-sites');
    expect(readFileSync(at('reports', 'org-acme-hub.html'), 'utf8')).to.match(/^<!doctype html>/i);
    org.assertReadOnly();

    // Approved: committed as the baseline.
    mkdirSync(at('baseline'));
    cpSync(at('reports', 'org-acme-hub.json'), at('baseline', 'org-acme-hub.json'));
    const second = await job('org');
    expect([0, 4], second.stdout + second.stderr).to.include(second.code);
    expect(reportAt('reports/org-acme-hub.json').gate).not.to.equal('failed');

    // As if one finding were new since.
    const earlier = reportAt('baseline/org-acme-hub.json');
    const [target] = earlier.targets;
    const sites = target?.results.find(({ control }) => control.id === 'org/no-guest-sites');
    const results = target?.results.map((one) => (one === sites ? { ...one, findings: one.findings.slice(1) } : one));
    writeFileSync(
      at('baseline', 'org-acme-hub.json'),
      JSON.stringify({ ...earlier, targets: [{ ...target, results }] })
    );
    expect((await job('org')).code).to.equal(3);

    for (const { stdout, stderr } of [first, second]) {
      expect(stdout + stderr).not.to.match(/PRIVATE KEY|LS0tLS1|00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]+/);
    }
    // The key is gone, and so is the login.
    expect(readdirSync(at('temporary'))).to.deep.equal([]);
    expect((await sf.start(['org', 'list', '--json'])).stdout).not.to.contain(org.username);
  });

  type Action = {
    inputs: Record<string, { default?: string }>;
    runs: { steps: Array<{ name?: string; run?: string; env?: Record<string, string> }> };
  };
  const { inputs, runs } = parse(readFileSync(inRoot('action.yml'), 'utf8')) as Action;

  /** Runs the step of the action that reviews, with the inputs that a workflow gives it. */
  const act = async (given: Record<string, string>): Promise<Ran & { outputs: string; summary: string }> => {
    const { run = '', env = {} } = runs.steps.find(({ name }) => name === 'Review') ?? {};
    expect(inputs).to.include.keys(Object.keys(given));
    const values = Object.entries(env).map(([key, value]): [string, string] => [
      key,
      value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => given[name] ?? inputs[name]?.default ?? ''),
    ]);
    const files = { GITHUB_OUTPUT: at('temporary', 'outputs'), GITHUB_STEP_SUMMARY: at('temporary', 'summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const ran = await bash(`set -o pipefail\n${run}`, { ...Object.fromEntries(values), ...files }, 'resident');
    const [outputs = '', summary = ''] = Object.values(files).map((file) => readFileSync(file, 'utf8'));
    for (const file of Object.values(files)) rmSync(file);
    return { ...ran, outputs, summary };
  };

  it('runs the steps of the action: an org at night, the fleet, the policy and a pull request', async function () {
    this.timeout(400_000);
    const audited = await act({
      command: 'audit-org',
      orgs: 'acme-hub',
      'report-name': 'org-acme-hub',
      'jwt-key-base64': filled('${{ secrets.SF_JWT_KEY_BASE64 }}'),
      'client-id': org.clientId,
      username: org.username,
      'instance-url': org.url,
    });
    expect(audited.code, audited.stdout + audited.stderr).to.equal(3);
    expect(audited.outputs).to.match(
      /^gate=failed\ncounts=\{.*"fail":\d+.*\}\nreport=reports\/org-acme-hub\.json\nsarif=.*\nhtml=.*\nexit-code=3\n$/
    );
    expect(audited.summary).to.contain('mallory.admin');
    expect(audited.stdout + audited.stderr + audited.summary).not.to.match(/PRIVATE KEY|LS0tLS1/);
    expect((await sf.start(['org', 'list', '--json'])).stdout).not.to.contain(org.username);
    expect(readdirSync(at('temporary'))).to.deep.equal([]);
    org.assertReadOnly();

    const fleet = { command: 'merge-reports', 'report-name': 'fleet', reports: 'reports/org-acme-hub.json\n' };
    const merged = await act(fleet);
    expect(merged.code, merged.stderr).to.equal(3);
    expect(merged.outputs).to.match(/^gate=failed\n/);
    const incomplete = await act({ ...fleet, reports: 'reports/org-acme-hub.json\nreports/org-gone.json' });
    expect(incomplete.code).to.be.oneOf([1, 2]);
    expect(incomplete.outputs).to.equal(`exit-code=${incomplete.code}\n`);
    expect(incomplete.stderr).to.contain('org-gone.json');

    expect((await act({ command: 'check-policy' })).code).to.equal(1);
    cpSync(inRoot('examples', 'orgs', 'security-review.yml'), at('temporary', 'policy.yml'));
    const policy = await act({ command: 'check-policy', 'policy-file': 'temporary/policy.yml', days: '400' });
    rmSync(at('temporary', 'policy.yml'));
    expect(policy.code, policy.stderr).to.equal(0);
    expect(policy.outputs).to.equal('exit-code=0\n');

    mkdirSync(at('baseline'), { recursive: true });
    const first = await act({ command: 'check-package', 'report-name': 'package' });
    expect(first.code, first.stderr).to.equal(3);
    cpSync(at('reports', 'package.json'), at('baseline', 'approved.json'));
    const second = await act({ command: 'check-package', previous: 'baseline/approved.json' });
    expect(second.code, second.stderr).to.be.oneOf([0, 4]);
    const other = { previous: 'baseline/approved.json', 'severity-threshold': 'critical' };
    const refused = await act({ command: 'check-package', ...other });
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.contain('severity threshold');
    expect(existsSync(at('reports', 'security-review.json'))).to.equal(false);
  });

  it('checks the package on a pull request, without a secret', async function () {
    this.timeout(200_000);
    const ran = await job('package');
    expect(ran.code, ran.stdout + ran.stderr).to.equal(3);
    expect(readFileSync(at('reports', 'package.sarif'), 'utf8')).to.contain('package/pkce-required');
  });
});
