import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { writePolicyOfToday } from '../../scripts/tools/policyOfToday.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import type { Report } from '../../src/engine/types.js';
import { Resident } from './resident.js';
import { stageOf, type Stage } from './support.js';

/** Two runs begin at different moments, and only one of them in the file that starts sf. */
function timeless(text: string): string {
  return text
    .replace(/\?generation=\d+|\\n +at async file:[^ ]*?bin\/run\.js:\d+:\d+/g, '')
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z| UTC)?|\d{1,2} \w{3} \d{4}, \d\d:\d\d UTC/g, 'MOMENT')
    .replace(/incident-\d{4}-\d\d-\d\d-\d{4}/g, 'incident-MOMENT')
    .replace(/\b[0-9a-f]{64}\b/g, 'SUM');
}

/** The text of every file below a folder, by its path. */
function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile()
  );
  return Object.fromEntries(
    paths.map((path) => [timeless(path), timeless(readFileSync(join(folder, path), 'utf8'))]).sort()
  ) as Record<string, string>;
}

const author = [
  '--policy-file',
  'today/security-review.yml',
  '--owner',
  'security',
  '--reason',
  'reviewed with the vendor',
  '--write',
];
const ofFirst = (control: string, report: 'checked' | 'org'): string => `first finding of ${control} in ${report}`;

/** At least one case of every command, and of every exit code of the gate and of errors. */
const CASES: ReadonlyArray<readonly [code: number, ...args: string[]]> = [
  [0, 'audit-org', '-o', 'hardened', '--policy-file', 'today/security-review.yml', '-f', 'audit.md', '--json'],
  [3, 'audit-org', '-o', 'broken', '-f', 'audit.html', '-f', 'audit.sarif', '--save-evidence', 'evidence.json'],
  [4, 'audit-org', '-o', 'blind', '--view', 'detail'],
  [1, 'audit-org', '-o', 'hardened', '--api-version', '99.0', '--json'],
  [2, 'audit-org', '-o', 'nobody'],
  [0, 'check-package', '--control', 'package/no-secrets-in-source'],
  [3, 'check-package', '--view', 'table', '-f', 'new.json', '-f', 'new.junit.xml', '-f', 'new.csv'],
  [4, 'check-package', '--control', 'package/no-device-flow', '--json'],
  [2, 'check-package', '--nonsense'],
  [0, 'check-policy', '--policy-file', 'today/security-review.yml'],
  [1, 'check-policy', '--policy-file', 'sfdx-project.json'],
  [0, 'draft-incident-report', '-o', 'broken', '--output-dir', 'incident'],
  [3, 'draft-submission', '--policy-file', 'submission.yml', '--output-dir', 'draft'],
  [0, 'explain', 'passwords-rotated'],
  [2, 'explain', 'mfa-enforce', '--json'],
  [0, 'init', '-o', 'hardened', '--output-dir', 'force-app', '--pipeline', 'gitlab'],
  [0, 'list-controls', '--control', 'org/no-*'],
  [0, 'list-rules', '--as-of', '2027-02-20', '--json'],
  [3, 'merge-reports', 'checked.json', 'org.json', '-f', 'merged.json'],
  [0, 'plan-fixes', 'checked.json'],
  [0, 'attest', 'package/no-device-flow', 'checked.json', '--subject', 'ConnectedApp:AcmePayGateway', ...author],
  [0, 'justify', 'broad-scopes-justified', 'checked.json', ...author, '--supplemented-by', 'a permission set'],
  [0, 'trust', ofFirst('org/packages-trusted', 'org'), 'org.json', ...author],
  [0, 'waive', ofFirst('package/pkce-required', 'checked'), 'checked.json', ...author, '--json'],
  [0, 'check-package', '--help'],
  [127, 'unheard-of'],
];

describe('commands in one process, compared with the real sf', () => {
  let stage: Stage;
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'resident-'));
    stage = await stageOf({ hardened: SCENARIOS.hardened(), broken: SCENARIOS.broken(), blind: SCENARIOS.blind() });
    cpSync(inRoot('examples', 'acme-pay'), at('model'), { recursive: true });
    rmSync(at('model', 'security-review.yml'), { force: true });
    cpSync(writePolicyOfToday(mkdtempSync(at('policy-'))), at('model', 'today', 'security-review.yml'));
    const run = (...args: string[]): Promise<Ran> => stage.sf.run(['security-review', ...args], { cwd: at('model') });
    const made = [
      await run('check-package', '-f', 'checked.json'),
      await run('audit-org', '-o', 'broken', '-f', 'org.json'),
    ];
    expect(
      made.map(({ code }) => code),
      made.map(({ stderr }) => stderr).join('')
    ).to.deep.equal([3, 3]);
  });
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const withFinding = (arg: string): string => {
    const [, control, report] = /^first finding of (\S+) in (\S+)$/.exec(arg) ?? [];
    if (report === undefined) return arg;
    const { targets } = JSON.parse(readFileSync(at('model', `${report}.json`), 'utf8')) as Report;
    const result = targets.flatMap(({ results }) => results).find(({ control: { id } }) => id === control);
    return result?.findings[0]?.fingerprint ?? expect.fail(`No finding of ${control ?? ''}.`);
  };

  for (const [code, ...args] of CASES) {
    it(`${args.join(' ')}: the same output, files and exit code, ${code}`, async () => {
      const given = ['security-review', ...args.map(withFinding)];
      const runs = [];
      for (const run of [stage.sf.start, stage.sf.run]) {
        cpSync(at('model'), at('case'), { recursive: true });
        // eslint-disable-next-line no-await-in-loop -- one after the other, in the same folder
        const { stdout, stderr, ...rest } = await run(given, { cwd: at('case') });
        runs.push({ stdout: timeless(stdout), stderr: timeless(stderr), code: rest.code, files: filesIn(at('case')) });
        rmSync(at('case'), { recursive: true });
      }
      const [real, resident] = runs;
      expect(real?.code, `${real?.stdout ?? ''}${real?.stderr ?? ''}`).to.equal(code);
      expect(resident).to.deep.equal(real);
    });
  }

  it('has a case for every command', () => {
    const { commands } = JSON.parse(readFileSync(inRoot('oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, unknown>;
    };
    const cases = CASES.map(([, name]) => name);
    for (const id of Object.keys(commands)) expect(cases).to.include(id.replace('security-review:', ''));
  });
});

describe('a process that runs one command after the other', () => {
  let folder: string;
  let resident: Resident;
  /** A CLI whose command is the code in its argument. */
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'resident-'));
    const write = (path: string, text: string): void => {
      cpSync(inRoot('test', 'tsconfig.json'), join(folder, path));
      writeFileSync(join(folder, path), text);
    };
    write('package.json', '{ "type": "module" }');
    write('dist/flags.js', 'export const preprocessCliFlags = () => undefined;');
    write(
      'dist/cli.js',
      [
        "const plugin = new URL('../plugin/count.js', import.meta.url).href;",
        'const code = () => eval(`(async (plugin) => { ${process.argv[2]} })`);',
        'export const run = async () => code()(await import(plugin));',
      ].join('\n')
    );
    write('plugin/count.js', 'let count = 0;\nexport const next = () => (count += 1);');
    const env = { ...process.env, HOME: folder, USERPROFILE: folder };
    resident = new Resident(folder, join(folder, 'plugin'), env, { cli: folder });
  });
  after(() => {
    resident.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (code: string): ReturnType<Resident['run']> => resident.run([code], folder);

  it('puts back arguments, environment, exit code, folder and listeners', async () => {
    const changes = [
      "process.env.LEFT = 'x'; delete process.env.HOME; process.exitCode = 4; process.chdir('/');",
      "globalThis.salesforceCoreLifecycle = {}; process.on('SIGTERM', () => 0); process.stdout.on('error', () => 0);",
    ];
    expect(await run(changes.join(''))).to.include({ code: 4, uncaught: '' });
    const seen = [
      "process.env.LEFT, process.env.HOME === process.cwd(), process.listenerCount('SIGTERM')",
      "process.stdout.listenerCount('error'), 'salesforceCoreLifecycle' in globalThis, process.exitCode",
    ];
    const { code, stdout } = await run(`console.log(JSON.stringify([${seen.join(', ')}]))`);
    expect([code, JSON.parse(stdout)]).to.deep.equal([0, [null, true, 0, 0, false, null]]);
  });

  it('gives a command its own environment, and the next one that of the process again', async () => {
    const code = 'console.log(process.env.GIVEN, process.env.HOME !== undefined)';
    const given = await resident.run([code], folder, { GIVEN: 'x' });
    expect([given.stdout, (await run(code)).stdout]).to.deep.equal(['x false\n', 'undefined true\n']);
  });

  it('ends at process.exit with its code, and takes nothing that comes after it', async () => {
    const ran = await run("console.log('before'); try { process.exit(3) } catch { console.log('after') }");
    expect(ran).to.deep.equal({ code: 3, stdout: 'before\n', stderr: '', uncaught: '' });
  });

  it('reports what no code caught', async () => {
    const rejected = await run("Promise.reject(new Error('left alone'))");
    expect(rejected.code).to.equal(1);
    expect(rejected.uncaught).to.contain('unhandledRejection: Error: left alone');
    const thrown = await run("setImmediate(() => { throw new Error('thrown late') })");
    expect(thrown.uncaught).to.contain('uncaughtException: Error: thrown late');
  });

  it('loads the plugin again once a file of sf has changed, also if a command changed it, and not before', async () => {
    const count = async (): Promise<string> => (await run('console.log(plugin.next())')).stdout.trim();
    const first = Number(await count());
    expect(Number(await count())).to.equal(first + 1);
    cpSync(inRoot('test', 'tsconfig.json'), join(folder, '.sf', 'alias.json'));
    expect(await count()).to.equal('1');
    await run("(await import('node:fs')).writeFileSync('.sf/alias.json', '{}')");
    expect(await count()).to.equal('1');
    expect(await count()).to.equal('2');
  });
});
