import { partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { DAY, shortDay, daysBefore } from '../../common/dates.js';
import type { Window } from './facts.js';

/** Where a query stops. An open window reaches a day further, because the clocks of the org and of this machine differ. */
export const endOf = ({ until, open }: Window): number => Date.parse(until) + (open ? DAY : 0);

/**
 * Salesforce keeps setup changes 180 days and logins six months (Security Guide, "Monitor Setup Changes with Setup Audit
 * Trail" and "Monitor Login History"): of an older window a part at most is there.
 */
export const kept = <T>(
  evidence: Evidence<T>,
  { since }: Window,
  asOf: Date,
  object: string,
  term: string
): Evidence<T> => {
  if (evidence.status !== 'complete' || Date.parse(since) >= daysBefore(asOf, 180).getTime()) return evidence;
  const detail = `Salesforce keeps ${object} for ${term}, and the window begins on ${shortDay(since)}: what is older is gone.`;
  return partial(evidence.value, { kind: 'limit', detail });
};
