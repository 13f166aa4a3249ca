/**
 * sf as a process that stays: it runs one command after the other, each as in a process of its own, and so saves the start
 * of sf. What a command may find changed by an earlier one is put back before it: arguments, folder, environment, exit
 * code, listeners, the events of core, and all modules of the plugin once a file of sf has changed, because core keeps
 * what it read from those.
 *
 * Node runs this file as it is (`node residentSf.ts CLI PLUGIN`), so it imports nothing of this repository.
 */
import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A run as the tests ask for it; `env` is its whole environment. */
export type ResidentRequest = { args: readonly string[]; cwd: string; env: NodeJS.ProcessEnv };
/** What came of it; `uncaught` is an exception or a rejection that no code handled. */
export type ResidentAnswer = { code: number; stdout: string; stderr: string; uncaught: string };

type Cli = { run(): Promise<unknown> };
type Flags = { preprocessCliFlags(of: NodeJS.Process): void };

const [, , cliFolder = '', pluginFolder = ''] = process.argv;
const pluginUrl = pathToFileURL(realpathSync(pluginFolder)).href;
const emitters: readonly EventEmitter[] = [process, process.stdout, process.stderr];

/** Thrown by `process.exit`, which must not return. */
class Exited extends Error {}

class Run {
  public readonly answer: Promise<ResidentAnswer>;
  private readonly texts = { stdout: '', stderr: '' };
  private uncaught = '';
  private hasEnded = false;
  private resolve?: (answer: ResidentAnswer) => void;

  public constructor() {
    this.answer = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Takes what is written until the process would have ended. */
  public write(stream: 'stdout' | 'stderr', chunk: string | Uint8Array): void {
    if (!this.hasEnded) this.texts[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
  }

  public end(code: number | string | null | undefined): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.resolve?.({ code: Number(code ?? process.exitCode ?? 0), ...this.texts, uncaught: this.uncaught });
  }

  public catch(error: unknown, origin: string): void {
    if (error instanceof Exited) return;
    this.uncaught += `${origin}: ${error instanceof Error ? error.stack : String(error)}\n`;
    this.end(1);
  }
}

let current: Run | undefined;
let generation = 0;
let known = '';

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const found = nextResolve(specifier, context);
    return found.url.startsWith(pluginUrl) ? { ...found, url: `${found.url}?generation=${generation}` } : found;
  },
});

for (const name of ['stdout', 'stderr'] as const) {
  const write = process[name].write.bind(process[name]);
  const instead = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    // The tests refuse what is written between two runs.
    if (!current) return write(chunk);
    current.write(name, chunk);
    const callback = rest.find((one): one is () => void => typeof one === 'function');
    if (callback) process.nextTick(callback);
    return true;
  };
  process[name].write = instead as typeof write;
}

const exit = process.exit.bind(process);
process.exit = (code) => {
  current?.end(code);
  throw new Exited();
};
process.on('uncaughtException', (error, origin) => {
  if (!current) throw error;
  current.catch(error, origin);
});
process.on('disconnect', () => exit(0));
process.on('message', (request: ResidentRequest) => {
  void run(request).then((answer) => process.send?.(answer));
});

// As bin/run.js does it.
process.setMaxListeners(1000);
process.setMaxListeners = () => process;
const cli = (await import(pathToFileURL(join(cliFolder, 'dist', 'cli.js')).href)) as Cli;
const flags = (await import(pathToFileURL(join(cliFolder, 'dist', 'flags.js')).href)) as Flags;
const listeners = listenersNow();
process.send?.('ready');

async function run({ args, cwd, env }: ResidentRequest): Promise<ResidentAnswer> {
  restore(env);
  process.chdir(cwd);
  process.argv = [process.execPath, join(cliFolder, 'bin', 'run.js'), ...args];
  const state = stateOf(cwd);
  if (state !== known) generation += 1;
  known = state;
  const started = (current = new Run());
  flags.preprocessCliFlags(process);
  cli.run().then(
    // What is rejected in the meantime still belongs to this run.
    () => setImmediate(() => setImmediate(() => started.end(undefined))),
    (error: unknown) => started.catch(error, 'rejection of sf')
  );
  const answer = await started.answer;
  await new Promise((resolve) => setImmediate(resolve));
  current = undefined;
  process.chdir(homedir());
  return answer;
}

/** What a new process would find. */
function restore(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.exitCode = undefined;
  Reflect.deleteProperty(globalThis, 'salesforceCoreLifecycle');
  for (const [index, emitter] of emitters.entries()) {
    const kept = listeners[index];
    for (const name of emitter.eventNames()) {
      for (const listener of emitter.rawListeners(name)) {
        if (!kept?.get(name)?.has(listener)) emitter.removeListener(name, listener as () => void);
      }
    }
  }
}

function listenersNow(): Array<Map<string | symbol, Set<unknown>>> {
  return emitters.map(
    (emitter) => new Map(emitter.eventNames().map((name) => [name, new Set(emitter.rawListeners(name))]))
  );
}

/** The files from which core reads logins, aliases and settings. */
function stateOf(cwd: string): string {
  const hash = createHash('sha256');
  for (const folder of [join(homedir(), '.sf'), join(homedir(), '.sfdx'), join(cwd, '.sf'), join(cwd, '.sfdx')]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isFile()) hash.update(`${path}\0`).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}
