import { isoDay, shortDay } from '../../common/dates.js';

/** What the entries about one subject come to: trusted today, trusted until a day in the past, or never. */
export const trustOf = (
  entries: ReadonlyArray<{ reviewBy: string }>,
  asOf: Date
): { trusted: boolean; endedOn?: string } => {
  const last = entries
    .map(({ reviewBy }) => reviewBy)
    .sort()
    .at(-1);
  return last !== undefined && isoDay(asOf) <= last ? { trusted: true } : { trusted: false, endedOn: last };
};

/** Why a subject is not trusted, as a predicate after its name. */
export const untrusted = ({ endedOn }: { endedOn?: string }): string =>
  endedOn === undefined
    ? 'is not on the trust list'
    : `is on the trust list, but its review is overdue since ${shortDay(endedOn)}`;
