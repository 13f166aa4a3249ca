import type { Evidence, Gap } from './types.js';

export const complete = <T>(value: T): Evidence<T> => ({ status: 'complete', value });
export const partial = <T>(value: T, gap: Gap): Evidence<T> => ({ status: 'partial', value, gap });
export const unavailable = (gap: Gap): { status: 'unavailable'; gap: Gap } => ({ status: 'unavailable', gap });

/** Turns the value of one piece of evidence; gaps stay gaps. */
export const mapEvidence = <T, U>(evidence: Evidence<T>, turn: (value: T) => U): Evidence<U> =>
  evidence.status === 'unavailable' ? evidence : { ...evidence, value: turn(evidence.value) };

/** What was seen of a fact; nothing if it was not collected or could not be read. */
export const valueOf = <T>(evidence: Evidence<T> | undefined): T | undefined =>
  evidence === undefined || evidence.status === 'unavailable' ? undefined : evidence.value;

type Values<E extends ReadonlyArray<Evidence<unknown>>> = {
  [K in keyof E]: E[K] extends Evidence<infer T> ? T : never;
};

/**
 * One fact out of several reads: unavailable if one of them is, partial if one of them is, complete only if all are.
 * The first gap speaks for all.
 */
export const combine = <const E extends ReadonlyArray<Evidence<unknown>>, U>(
  evidences: E,
  turn: (...values: Values<E>) => U
): Evidence<U> => {
  const values: unknown[] = [];
  let gap: Gap | undefined;
  for (const evidence of evidences) {
    if (evidence.status === 'unavailable') return evidence;
    if (evidence.status === 'partial') gap ??= evidence.gap;
    values.push(evidence.value);
  }
  const value = turn(...(values as unknown as Values<E>));
  return gap ? partial(value, gap) : complete(value);
};

/** What is read next with the value of a read; a part if one of the two is. */
export const andThen = async <T, U>(
  evidence: Evidence<T>,
  next: (value: T) => Evidence<U> | Promise<Evidence<U>>
): Promise<Evidence<U>> =>
  evidence.status === 'unavailable' ? evidence : combine([evidence, await next(evidence.value)], (_, value) => value);

/** The gap of the first of several reads that is not complete. */
export const firstGap = (...evidences: ReadonlyArray<Evidence<unknown>>): Gap | undefined =>
  evidences.flatMap((evidence) => (evidence.status === 'complete' ? [] : [evidence.gap])).at(0);

/** Complete evidence becomes a part where something contradicts it, or a read under it is not complete. */
export const orGap = <T>(evidence: Evidence<T>, gap: Gap | undefined): Evidence<T> =>
  evidence.status === 'complete' && gap !== undefined ? partial(evidence.value, gap) : evidence;
