/** In so many parts the time of a limit is counted. */
const PARTS = 20;

/**
 * Calls `end` once the process has run for so long, and returns a function that stops the count. While a process is
 * paused or its machine sleeps, no time is counted: an overdue timer would end requests whose answers already wait. Nor
 * is a part of the time counted for which `isPaused` answers yes.
 */
export function afterRunning(milliseconds: number, end: () => void, isPaused = (): boolean => false): () => void {
  let left = PARTS;
  const timer = setInterval(() => {
    if (isPaused()) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    end();
  }, milliseconds / PARTS);
  timer.unref();
  return () => clearInterval(timer);
}

/** A signal that aborts once the process has run for so long, and a function that stops the count. */
export function runningLimit(
  milliseconds: number,
  isPaused?: () => boolean
): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, stop: afterRunning(milliseconds, () => controller.abort(), isPaused) };
}
