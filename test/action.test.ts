import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { inRoot } from '../scripts/tools/paths.js';
import { pinned } from '../src/init/pipelines/steps.js';

type Step = { name?: string; run?: string; uses?: string };
const text = readFileSync(inRoot('action.yml'), 'utf8');
const action = parse(text) as { inputs: Record<string, object>; outputs: object; runs: { steps: Step[] } };
const scriptOf = (name: string): string => action.runs.steps.find((step) => step.name === name)?.run ?? '';

describe('the GitHub Action, and the hooks for pre-commit', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'action-'));
    // Notes its arguments, and writes the JSON report that it was asked for.
    const sf = [
      '#!/bin/bash',
      'echo "$*" >> log',
      'if [ "$1" = org ]; then if [ "$3" = jwt ]; then ls -l "$5" >> key; cat "$5" >> key; fi; exit "${LOGIN:-0}"; fi',
      'for arg in "$@"; do',
      '  if [[ "$arg" == *.json && "$ANSWER" != 1 ]]; then echo \'{"gate":"failed","summary":{"fail":2}}\' > "$arg"; fi',
      'done',
      'exit "$ANSWER"',
    ];
    writeFileSync(join(folder, 'sf'), sf.join('\n'));
    chmodSync(join(folder, 'sf'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (script: string, env: Record<string, string>, answer = 0): { code: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${folder}:${process.env.PATH ?? ''}`,
        GITHUB_OUTPUT: join(folder, 'outputs'),
        ANSWER: String(answer),
        ...{ SF_JWT_KEY_BASE64: '', SF_CLIENT_ID: '', SF_USERNAME: '', SF_INSTANCE_URL: '', TMPDIR: folder },
        ...{ SOURCE_DIRS: '', ORGS: '', REPORTS: '', POLICY_FILE: '', THRESHOLD: '', PREVIOUS: '', CHANGED_SINCE: '' },
        ...{ DAYS: '30', NAME: 'security-review' },
        ...env,
      },
    });
    return { code: status, output: stdout + stderr };
  };
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('puts no input into a script, names actions by commit, and installs the tested versions', () => {
    for (const { run: script = '', uses } of action.runs.steps) {
      expect(script).not.to.contain('${{');
      if (uses !== undefined) expect(uses).to.match(/@[0-9a-f]{40}$/);
    }
    expect(text).to.contain(`@salesforce/cli@${pinned.sf}`).and.contain(`'${pinned.node}'`);
    expect(readFileSync(inRoot('Dockerfile'), 'utf8'))
      .to.contain(pinned.sf)
      .and.contain(pinned.node);
  });

  it('refuses a tarball with another SHA-512, before anything is installed', () => {
    writeFileSync(join(folder, 'plugin.tgz'), 'x');
    for (const sha of ['', 'abc', '0'.repeat(128)]) {
      expect(run(scriptOf('Install'), { TARBALL: 'plugin.tgz', SHA512: sha }).code).not.to.equal(0);
    }
    expect(() => file('log')).to.throw();
  });

  it('passes each input as a flag, and gives gate, counts and paths even when the gate failed', () => {
    const env = { COMMAND: 'check-package', SOURCE_DIRS: 'acme pay\n$(reboot)\n', PREVIOUS: 'baseline/p.json' };
    expect(run(scriptOf('Review'), env, 3).code).to.equal(3);
    expect(file('log')).to.contain(
      'check-package --source-dir acme pay --source-dir $(reboot) --previous baseline/p.json'
    );
    expect(file('outputs')).to.equal(
      [
        'gate=failed',
        'counts={"fail":2}',
        'report=reports/security-review.json',
        'sarif=reports/security-review.sarif',
        'html=reports/security-review.html',
        'exit-code=3',
        '',
      ].join('\n')
    );
  });

  it('gives no gate without a report, and refuses another command or an audit without orgs', () => {
    expect(run(scriptOf('Review'), { COMMAND: 'check-package' }, 1).code).to.equal(1);
    expect(file('outputs')).to.equal('exit-code=1\n');
    expect(run(scriptOf('Review'), { COMMAND: 'audit-org' }).code).to.equal(2);
    expect(run(scriptOf('Review'), { COMMAND: 'x; reboot' }).code).to.equal(2);
    expect(run(scriptOf('Review'), { COMMAND: 'check-policy' }).code).to.equal(0);
    expect(file('log')).to.match(/security-review check-policy --days 30\n$/);
  });

  const login = {
    ...{ COMMAND: 'audit-org', SF_JWT_KEY_BASE64: Buffer.from('the key').toString('base64'), SF_CLIENT_ID: 'client' },
    ...{ SF_USERNAME: 'ada@acme.example', SF_INSTANCE_URL: 'https://acme.example' },
  };

  it('logs in to the one org that it audits, keeps the key where only its user reads it, and logs out', () => {
    const ran = run(scriptOf('Review'), { ...login, ORGS: 'hub' }, 4);
    expect(ran.code, ran.output).to.equal(4);
    const [jwt, audit, logout] = file('log').trim().split('\n');
    expect(jwt).to.match(
      /^org login jwt .*--username ada@acme.example --instance-url https:\/\/acme.example --alias hub$/
    );
    expect(audit).to.match(/^security-review audit-org --target-org hub --output-file/);
    expect(logout).to.equal('org logout --target-org hub --no-prompt');
    expect(file('key')).to.match(/^-rw------- [^]*the key$/);
    expect(existsSync(/--jwt-key-file (\S+)/.exec(jwt ?? '')?.[1] ?? '.')).to.equal(false);
    expect(ran.output).not.to.contain(login.SF_JWT_KEY_BASE64);
  });

  it('audits nothing when the login fails, and refuses a login to two orgs', () => {
    expect(run(scriptOf('Review'), { ...login, ORGS: 'hub', LOGIN: '1' }).code).to.equal(1);
    expect(file('log')).not.to.contain('audit-org');
    expect(file('outputs')).to.equal('exit-code=1\n');
    expect(run(scriptOf('Review'), { ...login, ORGS: 'hub\npackaging' }).code).to.equal(2);
  });

  it('removes the reports of an earlier run', () => {
    mkdirSync(join(folder, 'reports'));
    for (const name of ['org.json', 'org.html', 'other.json']) writeFileSync(join(folder, 'reports', name), 'earlier');
    expect(run(scriptOf('Review'), { COMMAND: 'check-package', NAME: 'org' }, 1).code).to.equal(1);
    expect(readdirSync(join(folder, 'reports'))).to.deep.equal(['other.json']);
  });

  describe('the examples of the documentation', () => {
    const examples = [inRoot('README.md'), inRoot('docs', 'pipelines.md')].flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/^```yaml\n(name: [^]*?)^```/gm)].map(([, example = '']) => example)
    );
    const isAction = (uses: string | undefined): boolean => uses?.startsWith('./tools/') === true;
    const workflows = examples.map(
      (example) =>
        parse(example) as { jobs: Record<string, { steps: Array<{ uses?: string; with?: Record<string, unknown> }> }> }
    );
    const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));

    it('are a pull request in ten lines, and in full, a fleet at night and the policy', () => {
      const commands = steps.filter(({ uses }) => isAction(uses)).map((step) => step.with?.command ?? 'check-package');
      const [least, alsoLeast, ...others] = commands;
      expect([least, alsoLeast]).to.deep.equal(['check-package', 'check-package']);
      expect(others).to.deep.equal(['check-package', 'audit-org', 'merge-reports', 'check-policy']);
      for (const example of examples.slice(0, 2)) expect(example.trimEnd().split('\n')).to.have.lengthOf(10);
    });

    it('name actions by commit, and only inputs that the action has, all that it requires', () => {
      for (const { uses = '', with: given = {} } of steps) {
        if (!isAction(uses)) expect(uses).to.match(/@[0-9a-f]{40}$/);
        else {
          expect(Object.keys(action.inputs)).to.include.members(Object.keys(given));
          expect(given).to.include.keys('tarball', 'sha512');
        }
      }
    });
  });

  it('hooks run without the list of files, always', () => {
    const hooks = parse(readFileSync(inRoot('.pre-commit-hooks.yaml'), 'utf8')) as Array<Record<string, unknown>>;
    expect(hooks).to.have.lengthOf(3);
    // eslint-disable-next-line camelcase -- the names of pre-commit
    for (const hook of hooks) expect(hook).to.include({ language: 'system', pass_filenames: false, always_run: true });
  });
});
