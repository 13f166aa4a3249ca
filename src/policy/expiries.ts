import { DAY, isoDay } from '../common/dates.js';
import type { Policy } from '../engine/types.js';

/** An entry of the policy that ends on a day, or begins only later. */
export type Expiry = {
  section:
    'controls' | 'waivers' | 'justifications' | 'attestations' | 'trust.packages' | 'trust.apps' | 'trust.tokens';
  /** What it is about: a control with its subject, a package, an app. */
  about: string;
  owner: string;
  /** The last day on which it counts. */
  until: string;
  /** Whole days from `asOf` to that day; negative once it has ended. */
  daysLeft: number;
  state: 'ended' | 'ending' | 'counts' | 'not yet';
};

/** Every dated entry of the policy, the one that ends first at the head. `ending`: within so many days. */
export const expiriesOf = (policy: Policy, asOf: Date, days: number): Expiry[] => {
  const today = isoDay(asOf);
  const entry = (section: Expiry['section'], about: Array<string | undefined>, one: Dated): Expiry => {
    const { owner = '', on = '', expires, reviewBy: until = expires ?? '' } = one;
    const daysLeft = (Date.parse(until) - Date.parse(today)) / DAY;
    const state = daysLeft < 0 ? 'ended' : on > today ? 'not yet' : daysLeft <= days ? 'ending' : 'counts';
    return { section, about: about.filter((part) => part !== undefined).join(' '), owner, until, daysLeft, state };
  };
  const { controls, trust, waivers, justifications, attestations } = policy;
  return [
    ...Object.entries(controls).flatMap(([id, one]) =>
      one.expires === undefined ? [] : [entry('controls', [id, one.severity], one)]
    ),
    ...waivers.map((one) => entry('waivers', [one.control, one.subject], one)),
    ...justifications.map((one) => entry('justifications', [one.control, one.subject], one)),
    ...attestations.map((one) => entry('attestations', [one.control, one.subject, one.org], one)),
    ...trust.packages.map((one) => entry('trust.packages', [one.namespace ?? one.id], one)),
    ...trust.apps.map((one) => entry('trust.apps', one.externalApp ? [one.externalApp] : [one.org, one.id], one)),
    ...trust.tokens.map((one) => entry('trust.tokens', [one.org, one.appName], one)),
  ].sort((one, other) => one.daysLeft - other.daysLeft);
};

/** An entry ends on `expires` or on `reviewBy`. */
type Dated = { owner?: string; on?: string; expires?: string; reviewBy?: string };
