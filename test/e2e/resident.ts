import { spawn, type ChildProcess } from 'node:child_process';
import { inRoot } from '../../scripts/tools/paths.js';
import type { ResidentAnswer, ResidentRequest } from './residentSf.js';
import { inTerminal } from './terminal.js';

const SF = inRoot('node_modules', '@salesforce', 'cli');

/** A process of sf that runs many commands; it starts with the first. */
export class Resident {
  private child?: ChildProcess;
  /** What the process wrote, although it captures the output of commands. */
  private stray = '';
  private last: Promise<unknown> = Promise.resolve();

  public constructor(
    private readonly home: string,
    /** The folder of the plugin's modules, which are loaded anew when a file of sf has changed. */
    private readonly plugin: string,
    private readonly env: NodeJS.ProcessEnv,
    /** `terminal`: the process has one. */
    private readonly options: { cli?: string; terminal?: boolean } = {}
  ) {}

  /** Runs commands in the order of the calls, never two at a time. */
  public run(args: readonly string[], cwd: string, env = this.env): Promise<ResidentAnswer> {
    const answer = this.last.then(() => this.ask({ args, cwd, env }));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  public stop(): void {
    if (this.child?.connected) this.child.disconnect();
  }

  private async ask(request: ResidentRequest): Promise<ResidentAnswer> {
    const child = (this.child ??= await this.start());
    const answer = this.messageOf(child) as Promise<ResidentAnswer>;
    child.send(request);
    const answered = await answer;
    if (this.stray !== '') throw new Error(`sf wrote after a command had ended, or past its streams: ${this.stray}`);
    return answered;
  }

  private async start(): Promise<ChildProcess> {
    const { cli = SF, terminal = false } = this.options;
    const node = [process.execPath, '--no-deprecation', '--disable-warning=ExperimentalWarning'] as const;
    const command = [...node, inRoot('test', 'e2e', 'residentSf.ts'), cli, this.plugin] as const;
    const [program, ...args] = terminal ? inTerminal(command) : command;
    const child = spawn(program, args, { cwd: this.home, env: this.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.stray += text));
    }
    await this.messageOf(child);
    return child;
  }

  private messageOf(child: ChildProcess): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const closed = (): void => {
        this.child = undefined;
        reject(new Error(`sf ended in the middle of a command: ${this.stray}`));
      };
      child.once('close', closed);
      child.once('message', (message) => {
        child.removeListener('close', closed);
        resolve(message);
      });
    });
  }
}
