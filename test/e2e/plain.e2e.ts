import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { Resident } from './resident.js';
import { stageOf, type Stage } from './support.js';
import { canHaveTerminal, inTerminal } from './terminal.js';

/** Runs of each command, with what it prints, warns and refuses. */
const RUNS: Readonly<Record<string, ReadonlyArray<readonly string[]>>> = {
  'audit-org': [['-o', 'broken', '-f', 'org.json'], ['-o', 'broken', '--view', 'detail'], ['-o', 'brokn'], ['--nope']],
  'check-package': [
    ['-f', 'package.json.json'],
    ['--view', 'table'],
    ['-d', 'nowhere'],
  ],
  'check-policy': [[], ['--policy-file', 'README.md']],
  'merge-reports': [['org.json', 'package.json.json']],
  'plan-fixes': [['package.json.json']],
  'draft-incident-report': [['-o', 'broken', '--output-dir', 'incident']],
  'draft-submission': [['--questions', 'questions.yml'], []],
  init: [['--help'], ['-o', 'broken', '--force-nothing']],
  explain: [['mfa-enforced'], ['mfa-enforce']],
  'list-controls': [[]],
  'list-rules': [[]],
  attest: [['org/incident-plan-attested', 'org.json']],
  justify: [['org/own-apps-broad-scopes-justified', 'org.json']],
  trust: [['org/packages-trusted', 'org.json']],
  waive: [['org/no-guest-sites', 'org.json']],
};

/** They draw on a terminal as they run, so each is started once in a process of its own, which ends. */
const DRAWING = ['audit-org', 'draft-incident-report'];

// Without that program there is no terminal, and nothing to test.
if (canHaveTerminal()) describe('a terminal that takes no control characters, through sf', onTerminals);

function onTerminals(): void {
  let stage: Stage;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-plain-'));
    cpSync(inRoot('examples', 'acme-pay'), folder, { recursive: true });
    stage = await stageOf({ broken: SCENARIOS.broken() });
  });
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const environmentWith = (env: Record<string, string>): NodeJS.ProcessEnv => {
    const { NO_COLOR, FORCE_COLOR, ...others } = stage.sf.command([]).env;
    void [NO_COLOR, FORCE_COLOR];
    return { ...others, ...env };
  };
  /** What a terminal would get. */
  const start = (args: readonly string[], env: Record<string, string>): Promise<string> => {
    const [program, ...given] = inTerminal(stage.sf.command(['security-review', ...args]).command);
    const child = spawn(program, given, { cwd: folder, env: environmentWith(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    return new Promise((resolve) => child.on('close', () => resolve(text)));
  };
  const residentIn = (env: Record<string, string>): Resident =>
    new Resident(stage.sf.home, stage.sf.pluginFolder, environmentWith(env), { terminal: true });
  const run = async (resident: Resident, args: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await resident.run(['security-review', ...args], folder);
    return stdout + stderr;
  };

  it('gets colours where it takes them, also from the process that stays', async () => {
    const [args, env] = [['explain', 'mfa-enforce'], { TERM: 'xterm-256color' }];
    const resident = residentIn(env);
    const texts = [await start(args, env), await run(resident, args)];
    resident.stop();
    for (const text of texts) expect(text).to.contain('Did you mean').and.to.contain('\u001b[');
  });

  it('is tried with every command', () => {
    const { commands } = JSON.parse(readFileSync(inRoot('oclif.manifest.json'), 'utf8')) as { commands: object };
    expect(Object.keys(RUNS).toSorted()).to.deep.equal(
      Object.keys(commands)
        .map((id) => id.replace('security-review:', ''))
        .toSorted()
    );
  });

  const environments: ReadonlyArray<{ env: Record<string, string>; commands: readonly string[] }> = [
    { env: { NO_COLOR: '1', TERM: 'xterm-256color' }, commands: Object.keys(RUNS) },
    // The same switch of sf: that each command asks it is known from the runs above.
    { env: { TERM: 'dumb' }, commands: ['audit-org', 'check-package', 'explain'] },
  ];
  for (const { env, commands } of environments) {
    describe(`with ${Object.entries(env)[0]?.join('=')}`, () => {
      let resident: Resident;
      before(() => (resident = residentIn(env)));
      after(() => resident.stop());
      for (const command of commands) {
        it(`gets none from ${command}`, async () => {
          for (const [index, args] of (RUNS[command] ?? []).entries()) {
            const line = [command, ...args];
            // eslint-disable-next-line no-await-in-loop -- a later run reads what an earlier one wrote
            const text = await (index === 0 && DRAWING.includes(command) ? start(line, env) : run(resident, line));
            expect(text.trim(), args.join(' ')).not.to.equal('');
            expect(text.replace(/\r?\n/g, ''), args.join(' ')).not.to.match(/[\p{Cc}\p{Cf}]/u);
          }
        });
      }
    });
  }
}
