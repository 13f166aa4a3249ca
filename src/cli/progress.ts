import { writeSync } from 'node:fs';
import type { MultiStageOutput } from '@oclif/multi-stage-output';
import { onEndingSignal } from './signals.js';

/** Progress for a user at a terminal; nothing is shown without a terminal. */
export type ProgressLine = {
  /** Goes on to a stage; those before it are done. */
  goTo(stage: string): void;
  /** How far one target is, such as `acme-hub 12/30`. */
  count(target: string, done: number, of: number): void;
  /** Prints a message without breaking the progress line: immediately, or when the terminal is free. */
  say(text: string): void;
  /** Leaves the terminal to what comes next. */
  stop(): void;
};

type Shown = { targets: string };

/** More targets than these are counted instead of named. */
const most = 6;

/**
 * Shows the stages of a run on a terminal. A log has no use for them, and `--json` no place, so the library, which takes
 * its time to load, is loaded for a terminal only.
 */
export const showProgress = async (
  title: string,
  stages: readonly string[],
  watched: boolean,
  log: (text: string) => void
): Promise<ProgressLine> => {
  if (!watched || isPlainTerminal())
    return { goTo: () => undefined, count: () => undefined, say: log, stop: () => undefined };
  const { MultiStageOutput: Output } = await import('@oclif/multi-stage-output');
  const output: MultiStageOutput<Shown> = new Output<Shown>({
    title,
    stages,
    jsonEnabled: false,
    showStageTime: false,
    timerUnit: 's',
    postStagesBlock: [{ type: 'message', get: (data) => data?.targets }],
  });
  // What draws the stages hides the cursor.
  const release = onEndingSignal(() => writeSync(process.stdout.fd, '\u001B[?25h\n'));
  const counts = new Map<string, { done: number; of: number }>();
  const messages: string[] = [];
  return {
    goTo: (stage) => output.goto(stage),
    count: (target, done, of) => {
      counts.set(target, { done, of });
      output.updateData({ targets: counted(counts) });
    },
    say: (text) => messages.push(text),
    stop: () => {
      output.stop();
      release();
      messages.forEach(log);
    },
  };
};

/** What draws stages moves the cursor, which these two ask not to do. */
export function isPlainTerminal({ NO_COLOR, TERM }: NodeJS.ProcessEnv = process.env): boolean {
  return (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
}

const counted = (counts: ReadonlyMap<string, { done: number; of: number }>): string => {
  const going = [...counts].filter(([, { done, of }]) => done < of);
  if (going.length <= most) return going.map(([target, { done, of }]) => `${target} ${done}/${of}`).join(', ');
  return `${counts.size - going.length} of ${counts.size} read`;
};
