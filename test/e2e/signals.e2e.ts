import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { problemsOf, stageOf, type Stage } from './support.js';

describe('signals, through the real sf', () => {
  let stage: Stage;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ended-'));
    stage = await stageOf({ hub: SCENARIOS.hardened() });
  });
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const started = (args: readonly string[], env: Record<string, string> = {}): ChildProcess => {
    const { command, env: own } = stage.sf.command(['security-review', ...args]);
    const [program, ...given] = command;
    return spawn(program, given, { cwd: folder, env: { ...own, ...env }, stdio: 'ignore' });
  };
  const endOf = (child: ChildProcess): Promise<number> =>
    new Promise((resolve) => {
      child.on('close', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
    });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${signal} ends audit-org while the org stays silent, and leaves no file`, async () => {
      stage.orgs.hub?.clearFaults();
      const flags = [
        '--request-timeout',
        '600',
        '--org-timeout',
        '600',
        '-f',
        'report.json',
        '--save-evidence',
        'e.json',
      ];
      const child = started(['audit-org', '-o', 'hub', ...flags]);
      const end = endOf(child);
      stage.orgs.hub?.fault((request) => request.text.includes('FROM') && child.kill(signal), { kind: 'hang' });
      expect(await end).to.equal(code);
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  }

  it('SIGTERM ends check-package while git is asked', async () => {
    const [project, bin, marks] = ['project', 'bin', 'marks'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const path of [join(project, '.git'), join(project, 'force-app'), bin, marks])
      mkdirSync(path, { recursive: true });
    writeFileSync(
      join(project, 'sfdx-project.json'),
      JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], namespace: 'acme' })
    );
    mkdirSync(join(project, 'force-app', 'classes'));
    writeFileSync(join(project, 'force-app', 'classes', 'Plain.cls'), 'public class Plain {}');
    writeFileSync(join(project, 'force-app', 'classes', 'Plain.cls-meta.xml'), '<ApexClass></ApexClass>');
    // It ends with the run, whose end closes its input.
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n: > '${join(marks, 'asked')}'\nexec cat\n`);
    chmodSync(join(bin, 'git'), 0o755);
    const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
    const asked = new Promise((resolve) => {
      const watcher = watch(marks, () => {
        watcher.close();
        resolve('asked');
      });
    });
    const child = started(['check-package', '-d', project, '-f', 'report.json'], { PATH });
    const end = endOf(child);
    expect(await Promise.race([asked, end])).to.equal('asked');
    child.kill('SIGTERM');
    expect(await end).to.equal(143);
    expect(readdirSync(folder).sort()).to.deep.equal(['bin', 'marks', 'project']);
  });

  it('what nothing caught, and an exit code that contradicts the gate, fail every run of these tests', async () => {
    const stdout = JSON.stringify({ result: { gate: 'failed' } });
    expect(problemsOf({ code: 1, stdout, stderr: '' }, [])).to.deep.equal([
      'The gate is failed, and the exit code is 1.',
    ]);
    expect(problemsOf({ code: 3, stdout, stderr: '' }, [])).to.deep.equal([]);
    // Through sf itself: a module that rejects a promise without a handler.
    const thrower = join(folder, 'rejects.cjs');
    writeFileSync(thrower, "Promise.reject(new Error('left alone'));");
    const NODE_OPTIONS = `${stage.sf.command([]).env['NODE_OPTIONS'] ?? ''} --require=${JSON.stringify(thrower)}`;
    const ran = stage.sf.start(['security-review', 'list-controls', '--json'], { env: { NODE_OPTIONS } });
    const message = await ran.then(
      () => '',
      (error: Error) => error.message
    );
    expect(message).to.include('unhandledRejection: Error: left alone');
  });
});
