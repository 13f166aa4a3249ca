import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isolatedEnvironment } from '../../simulator/connect.js';
import type { SimulatedOrg } from '../../simulator/index.js';
import { OF_THE_MACHINE } from './environment.js';
import { inRoot, pathWithOwnBinaries, root } from './paths.js';

const { name, files } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { name: string; files: string[] };

/** `uncaught`: exceptions and rejections that no code handled. */
export type Ran = { code: number; stdout: string; stderr: string; uncaught?: string };

type Login = Pick<SimulatedOrg, 'url' | 'clientId' | 'username' | 'writeKey'>;

/** The real sf CLI with a home of its own, this plugin linked into it. */
export type Sf = {
  home: string;
  /** The folder of the plugin after `install`. */
  pluginFolder: string;
  /** The command line and the environment of `run`, for a caller that starts the process. */
  command(args: readonly string[]): { command: readonly [string, ...string[]]; env: NodeJS.ProcessEnv };
  run(args: readonly string[], options?: { cwd?: string; env?: Record<string, string> }): Promise<Ran>;
  /** Links this plugin, as `sf plugins link` does for a developer. */
  link(): Promise<void>;
  /**
   * Installs this plugin as `sf plugins install` does. sf runs a linked one from its sources, through tsx; that costs time
   * and memory that an installed plugin does not need.
   */
  install(): void;
  /** The arguments of the command that logs in to an org. */
  loginOf(org: Login, alias: string): string[];
  logIn(org: Login, alias: string): Promise<void>;
  remove(): void;
};

/** Makes an empty home directory and an sf that lives in it. The sf of the developer is neither read nor changed. */
export const newSf = (): Sf => {
  const home = mkdtempSync(join(tmpdir(), 'security-review-'));
  const environment = {
    ...Object.fromEntries(OF_THE_MACHINE.map((variable) => [variable, process.env[variable]])),
    ...isolatedEnvironment(home),
    PATH: pathWithOwnBinaries,
    // The CLI computes these from its own folder and offers updates of itself; neither belongs in a test.
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    NODE_OPTIONS: `--require=${JSON.stringify(inRoot('scripts', 'tools', 'uncaught.cjs'))}`,
  };
  const command: Sf['command'] = (args) => ({
    command: [
      process.execPath,
      '--no-deprecation',
      inRoot('node_modules', '@salesforce', 'cli', 'bin', 'run.js'),
      ...args,
    ],
    env: environment,
  });
  const run: Sf['run'] = (args, { cwd = root, env = {} } = {}) =>
    new Promise((resolve) => {
      const [program, ...given] = command(args).command;
      const uncaught = join(home, `uncaught-${randomUUID()}.log`);
      const child = spawn(program, given, {
        cwd,
        env: { ...environment, UNCAUGHT_FILE: uncaught, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
      child.on('close', (code, signal) => {
        const caught = existsSync(uncaught) ? readFileSync(uncaught, 'utf8') : '';
        rmSync(uncaught, { force: true });
        resolve({ code: code ?? (signal === null ? 1 : 128 + constants.signals[signal]), ...output, uncaught: caught });
      });
    });
  const must = async (args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await run(args);
    if (code !== 0) throw new Error(`sf ${args.slice(0, 3).join(' ')} answered ${code}: ${stderr}${stdout}`);
  };
  const loginOf: Sf['loginOf'] = (org, alias) => [
    ...['org', 'login', 'jwt', '--instance-url', org.url, '--client-id', org.clientId],
    ...['--jwt-key-file', org.writeKey(home), '--username', org.username, '--alias', alias],
  ];
  const data = join(home, 'data', 'sf');
  const pluginFolder = join(data, 'node_modules', name);
  return {
    home,
    command,
    run,
    link: () => must(['plugins', 'link', root, '--no-install']),
    install: () => install(data, pluginFolder),
    pluginFolder,
    loginOf,
    logIn: (org, alias) => must(loginOf(org, alias)),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
};

/** Where sf looks for plugins of the user. */
const install = (data: string, folder: string): void => {
  mkdirSync(dirname(folder), { recursive: true });
  symlinkSync(published(), folder, 'junction');
  const plugins = { oclif: { schema: 1, plugins: [{ name, tag: 'latest', type: 'user' }] }, dependencies: {} };
  writeFileSync(join(data, 'package.json'), JSON.stringify(plugins));
};

let copy: string | undefined;

/** What npm publishes, far from our libraries: the bundle needs no other. One copy, because Node keeps what it compiled by path. */
const published = (): string => {
  if (copy !== undefined) return copy;
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'security-review-plugin-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  copy = join(folder, 'node_modules', name);
  for (const file of ['package.json', ...files]) cpSync(inRoot(file), join(copy, file), { recursive: true });
  return copy;
};
