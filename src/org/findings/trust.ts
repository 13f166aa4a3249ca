import type { Declared } from '../../engine/types.js';
import { shortDay } from '../../common/dates.js';
import { sameId } from '../../common/ids.js';

/** Whether an org that the policy names, by alias or by Id, is this one. */
export const isOrg = (named: string, orgId: string, { orgs }: Pick<Declared, 'orgs'>): boolean =>
  sameId(orgs.find(({ alias }) => alias === named)?.id ?? named, orgId);

/** What the entries about one subject come to: trusted today, trusted until a day in the past, or never. */
export const trustOf = (
  entries: ReadonlyArray<{ reviewBy: string }>,
  asOf: Date
): { trusted: boolean; endedOn?: string } => {
  const today = asOf.toISOString().slice(0, 10);
  if (entries.some(({ reviewBy }) => today <= reviewBy)) return { trusted: true };
  const endedOn = entries
    .map(({ reviewBy }) => reviewBy)
    .sort()
    .at(-1);
  return { trusted: false, ...(endedOn === undefined ? {} : { endedOn }) };
};

/** Why a subject is not trusted, as a predicate after its name. */
export const untrusted = ({ endedOn }: { endedOn?: string }): string =>
  endedOn === undefined
    ? 'is not on the trust list'
    : `is on the trust list, but its review is overdue since ${shortDay(endedOn)}`;
