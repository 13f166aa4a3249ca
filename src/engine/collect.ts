import type { CollectContext, Collectors, Evidence, EvidenceOf } from './types.js';
import { unavailable } from './evidence.js';

/** Called for each fact once it is read; for progress on a terminal. */
export type Progress = (done: number, of: number) => void;

/**
 * Runs the needed collectors concurrently. The only catch on the way in: whatever a collector throws is a gap, so one
 * broken read never loses the others.
 */
export const collect = async <Source, Facts>(
  collectors: Collectors<Source, Facts>,
  needed: ReadonlySet<keyof Facts>,
  source: Source,
  context: CollectContext,
  progress: Progress = () => undefined
): Promise<EvidenceOf<Facts>> => {
  let done = 0;
  const read = async <K extends keyof Facts>(fact: K): Promise<[K, Evidence<Facts[K]>]> => {
    const evidence = await attempt(() => collectors[fact].collect(source, context));
    done += 1;
    progress(done, needed.size);
    return [fact, evidence];
  };
  progress(done, needed.size);
  const entries = await Promise.all([...needed].map(read));
  return Object.fromEntries(entries) as EvidenceOf<Facts>;
};

const attempt = async <T>(read: () => Promise<Evidence<T>>): Promise<Evidence<T>> => {
  try {
    return await read();
  } catch (error) {
    // Not its message: an unexpected error may quote the data that caused it.
    return unavailable({
      kind: 'error',
      detail: `Reading it failed (${error instanceof Error ? error.name : typeof error}).`,
    });
  }
};
