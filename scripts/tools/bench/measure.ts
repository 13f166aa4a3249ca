import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Figures } from './page.js';

/** `output`: the last of what it wrote. */
export type Run = Figures & { code: number; output: string };

/** Milliseconds between two looks at the processes. */
const every = 25;
/** Linux counts times in hundredths of a second. */
const ticksPerSecond = 100;

/**
 * Runs a command and measures it with all that it starts. The memory is the largest sum, over the processes that lived
 * together, of the most that each had used by then.
 */
export const measured = (
  [command, ...args]: readonly [string, ...string[]],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}
): Promise<Run> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
    const most: Spent = { kilobytes: 0, ticks: 0 };
    const look = setInterval(() => {
      const { kilobytes, ticks } = spent(String(child.pid));
      most.kilobytes = Math.max(most.kilobytes, kilobytes);
      most.ticks = Math.max(most.ticks, ticks);
    }, every);
    // The end of what it writes; all is read, because a grep without a reader stops at its first line.
    let end = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => (end = Buffer.concat([end, chunk]).subarray(-10_000)));
    child.on('error', (error) => {
      clearInterval(look);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(look);
      const seconds = (performance.now() - started) / 1000;
      const known = most.kilobytes > 0;
      resolve({
        code: code ?? 1,
        output: String(end),
        seconds,
        megabytes: known ? most.kilobytes / 1024 : undefined,
        processor: known ? most.ticks / ticksPerSecond : undefined,
      });
    });
  });

type Spent = { kilobytes: number; ticks: number };

/** What a process and its children have held at most, and computed; nothing where the system does not tell. */
const spent = (pid: string): Spent => {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    // The name may contain blanks; after it come the fields from the third on, the 14th to 17th of which are times.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean)
    );
    return children
      .map(spent)
      .reduce((sum, one) => ({ kilobytes: sum.kilobytes + one.kilobytes, ticks: sum.ticks + one.ticks }), {
        kilobytes: Number(kilobytes),
        ticks,
      });
  } catch {
    return { kilobytes: 0, ticks: 0 };
  }
};
