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
  const today = asOf.toISOString().slice(0, 10);
  const entry = (
    section: Expiry['section'],
    about: string,
    { owner, on, until }: { owner: string; on?: string; until: string }
  ): Expiry => {
    const daysLeft = daysBetween(today, until);
    const state = daysLeft < 0 ? 'ended' : (on ?? '') > today ? 'not yet' : daysLeft <= days ? 'ending' : 'counts';
    return { section, about, owner, until, daysLeft, state };
  };
  const { trust, waivers, justifications, attestations } = policy;
  const settings = Object.entries(policy.controls).flatMap(([id, { severity, owner = '', expires }]) =>
    expires === undefined ? [] : [entry('controls', `${id} ${severity ?? ''}`.trim(), { owner, until: expires })]
  );
  return [
    ...settings,
    ...waivers.map((one) => entry('waivers', `${one.control} ${one.subject}`, { ...one, until: one.expires })),
    ...justifications.map((one) =>
      entry('justifications', `${one.control} ${one.subject}`, { ...one, until: one.expires })
    ),
    ...attestations.map((one) =>
      entry('attestations', [one.control, one.subject, one.org].filter((part) => part !== undefined).join(' '), {
        ...one,
        until: one.expires,
      })
    ),
    ...trust.packages.map((one) =>
      entry('trust.packages', one.namespace ?? one.id ?? '', { owner: one.owner, until: one.reviewBy })
    ),
    ...trust.apps.map((one) =>
      entry('trust.apps', one.externalApp ?? `${one.org ?? ''} ${one.id ?? ''}`.trim(), {
        owner: one.owner,
        until: one.reviewBy,
      })
    ),
    ...trust.tokens.map((one) =>
      entry('trust.tokens', `${one.org} ${one.appName}`, { owner: one.owner, until: one.reviewBy })
    ),
  ].sort((one, other) => one.daysLeft - other.daysLeft);
};

/** Both days are ISO dates. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
