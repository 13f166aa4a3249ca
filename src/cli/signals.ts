import { writeSync } from 'node:fs';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const cleanUps = new Set<() => void>();

/**
 * Lets a signal end the process by itself, as it does without Node's help: at any moment, also while a long computation
 * keeps the event loop busy, and with the exit code that a shell expects (130 for SIGINT, 143 for SIGTERM). sf and
 * libraries of it listen for signals; a listener runs only when the event loop is free, and sf's answers every signal
 * with 130. Every command calls this first.
 */
export function endOnSignals(): void {
  for (const signal of endingSignals) process.removeAllListeners(signal);
  process.stdout.prependListener('error', endOnLostOutput);
}

/**
 * sf throws what standard output reports, with a stack trace. A reader that left (EPIPE) has read enough; on a full disk
 * the report is lost.
 */
function endOnLostOutput({ code = 'unknown error' }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  try {
    writeSync(2, `Error (OutputNotWritable): The standard output cannot be written (${code}). Use --output-file.\n`);
  } finally {
    process.exit(1);
  }
}

/** Runs `work`; a signal that comes meanwhile cleans up, then ends the process. */
export async function cleaningUp<T>(cleanUp: () => void, work: () => Promise<T>): Promise<T> {
  const release = onEndingSignal(cleanUp);
  try {
    return await work();
  } finally {
    release();
  }
}

/** Listens for signals until the function that it returns is called. `cleanUp` does not wait for anything. */
export function onEndingSignal(cleanUp: () => void): () => void {
  if (cleanUps.size === 0) for (const signal of endingSignals) process.on(signal, cleanUpAndEnd);
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size === 0) for (const signal of endingSignals) process.removeListener(signal, cleanUpAndEnd);
  };
}

function cleanUpAndEnd(signal: NodeJS.Signals): void {
  try {
    for (const cleanUp of cleanUps) cleanUp();
  } finally {
    endOnSignals();
    process.kill(process.pid, signal);
  }
}
