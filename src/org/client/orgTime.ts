import { runningLimit } from '../../common/runningTime.js';

/** The time for one org: opening and reading have it each, because an org that is open may wait for slower ones. */
export type OrgTime = {
  signal: () => AbortSignal;
  restart: () => void;
  /** Begins a wait for requests to other orgs, and returns what ends it. No time is counted meanwhile. */
  wait: () => () => void;
};

/** A gap must not depend on how many orgs are read at the same time, so only what the org itself takes is counted. */
export function orgTime(milliseconds: number): OrgTime {
  let signal: AbortSignal | undefined;
  let waiting = 0;
  let hasWaited = false;
  const isPaused = (): boolean => {
    const paused = hasWaited;
    hasWaited = waiting > 0;
    return paused;
  };
  return {
    signal: () => (signal ??= runningLimit(milliseconds, isPaused).signal),
    restart: () => {
      signal = undefined;
    },
    wait: () => {
      waiting += 1;
      hasWaited = true;
      return () => {
        waiting -= 1;
      };
    },
  };
}
