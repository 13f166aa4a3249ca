import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifestOf } from '../manifest.js';
import { table } from '../markdown.js';
import { inRoot } from '../paths.js';
import type { Sf } from '../sf.js';
import { circumstances } from './page.js';

/** What a process loaded and computed until it ended. */
type Start = { code: number; milliseconds: number; modules: readonly string[] };

const times = 5;
const noOp = 'no-op';
const commands: ReadonlyArray<readonly string[]> = [
  ['security-review', 'check-package', '--help'],
  ['security-review', 'list-controls'],
  ['security-review', 'explain', 'org/mfa-enforced'],
  ['security-review', 'check-policy', '--policy-file', 'examples/orgs/security-review.yml'],
  ['security-review', 'check-package', '--source-dir', 'examples/acme-pay'],
];

/** Runs sf once. With `count` it tells the modules, and its time means nothing. */
export const startOf = async (sf: Sf, args: readonly string[], count: boolean): Promise<Start> => {
  const file = join(sf.home, 'start.json');
  rmSync(file, { force: true });
  const preload = pathToFileURL(inRoot('scripts', 'tools', 'bench', 'modules.mjs')).href;
  const env = { NODE_OPTIONS: `--import=${preload}`, START_FILE: file, START_MODULES: String(count) };
  const { code } = await sf.run(args, { env });
  return { code, ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<Start, 'code'>) };
};

/** A plugin whose one command does nothing: what every plugin of sf costs that is made of Salesforce's own libraries. */
const installNoOp = async (sf: Sf): Promise<void> => {
  const data = join(sf.home, 'data', 'sf');
  const folder = join(data, 'node_modules', noOp);
  mkdirSync(join(folder, 'commands'), { recursive: true });
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'junction');
  const oclif = { commands: './commands', bin: 'sf' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: noOp, version: '1.0.0', type: 'module', oclif }));
  writeFileSync(
    join(folder, 'commands', `${noOp}.js`),
    [
      "import { Messages } from '@salesforce/core';",
      "import { SfCommand } from '@salesforce/sf-plugins-core';",
      'export default class NoOp extends SfCommand {',
      '  async run() { await this.parse(NoOp); this.log(typeof Messages); }',
      '}',
    ].join('\n')
  );
  // Without a manifest sf would load the command to describe it, in every run.
  writeFileSync(join(folder, 'oclif.manifest.json'), JSON.stringify(await manifestOf(folder)));
  const file = join(data, 'package.json');
  const plugins = JSON.parse(readFileSync(file, 'utf8')) as { oclif: { plugins: object[] } };
  plugins.oclif.plugins.push({ name: noOp, tag: 'latest', type: 'user' });
  writeFileSync(file, JSON.stringify(plugins));
};

/** A module of the plugin itself. */
export const isOwn = (url: string): boolean => url.includes('/node_modules/sf-plugin-security-review/lib/');

/** What the start of each command costs over that of one that does nothing. */
export const benchStart = async (sf: Sf, versions: string): Promise<string> => {
  await installNoOp(sf);
  const measured: Array<{ args: readonly string[]; milliseconds: number; modules: readonly string[] }> = [];
  for (const args of [[noOp], ...commands]) {
    const runs: Start[] = [];
    // eslint-disable-next-line no-await-in-loop -- two together would slow each other down
    for (let time = 0; time < times; time += 1) runs.push(await startOf(sf, args, false));
    // eslint-disable-next-line no-await-in-loop
    const { code, modules } = await startOf(sf, args, true);
    if (![0, 3, 4].includes(code)) throw new Error(`sf ${args.join(' ')} ended with ${code}.`);
    measured.push({ args, milliseconds: Math.min(...runs.map((run) => run.milliseconds)), modules });
  }
  const [idle] = measured;
  return [
    '## The start of a command',
    '',
    'What sf loads and computes before and while a command runs, over a plugin whose one command does nothing but to be an `SfCommand`. ' +
      'Libraries that only some runs need (parsers of Apex and of comments, rules for secrets, the writers of HTML, SARIF and JUnit XML) ' +
      `load when they are used. Time is what the processor spent, the least of ${times} runs.`,
    '',
    circumstances('npm run bench -- start', versions),
    '',
    table(
      ['run', 'modules', 'of the plugin itself', 'processor time', 'over the no-op'],
      measured.map(({ args, milliseconds, modules }) => [
        `\`sf ${args.join(' ')}\``,
        String(modules.length),
        String(modules.filter(isOwn).length),
        `${(milliseconds / 1000).toFixed(2)} s`,
        idle && args !== idle.args ? `${((milliseconds - idle.milliseconds) / 1000).toFixed(2)} s` : '–',
      ])
    ),
  ].join('\n');
};
