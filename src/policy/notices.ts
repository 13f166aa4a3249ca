import { daysBefore, isoDay, shortDay } from '../common/dates.js';
import { compare } from '../common/lists.js';
import type { EndingTrust, Policy, PolicySection } from '../engine/types.js';
import type { Catalogue } from './catalogue.js';

/** What a person should know about a valid policy, whatever the target. */
export const noticesOf = (policy: Policy, catalogue: Catalogue): string[] => [
  ...unusedSections(policy, catalogue),
  ...unboundOrgs(policy),
];

/** Names of orgs without an Id: their entries count for no org. */
const unboundOrgs = ({ orgs, trust, justifications, attestations, waivers }: Policy): string[] => {
  const bound = new Set(orgs.map(({ alias }) => alias));
  const named = [...justifications, ...attestations, ...waivers, ...trust.apps, ...trust.tokens].flatMap(
    ({ org }) => org ?? []
  );
  return [...new Set(named)]
    .filter((org) => !bound.has(org) && !/^00D(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{15})$/.test(org))
    .map(
      (org) => `Entries for the org ${org} do not count: it is not an org id, and not an alias in orgs of the policy.`
    );
};

const unusedSections = ({ trust, integrations, submission }: Policy, catalogue: Catalogue): string[] => {
  // `orgs` is missing on purpose: the tool itself reads it, for aliases, roles and the fleet.
  const sections: ReadonlyArray<[PolicySection, readonly unknown[]]> = [
    ['trust.packages', trust.packages],
    ['trust.apps', trust.apps],
    ['trust.tokens', trust.tokens],
    ['trust.ipRanges', trust.ipRanges],
    ['integrations', integrations],
    ['submission', Object.values(submission).filter((answer) => !Array.isArray(answer) || answer.length > 0)],
  ];
  const read = new Set(catalogue.flatMap(({ compares }) => [...(compares ?? [])]));
  return sections
    .filter(([section, entries]) => entries.length > 0 && !read.has(section))
    .map(([section]) => `The policy's section ${section} is not used by any control of this version.`);
};

/** Days before its end in which trust is pointed out. */
const SOON = 30;

/** Trusted entries whose `reviewBy` has passed, and those that end soon. */
export function endingTrust({ trust }: Policy, asOf: Date): EndingTrust[] {
  const entries = [
    ...trust.packages.map((one) => ({ until: one.reviewBy, entry: `package ${one.namespace ?? one.id ?? ''}` })),
    ...trust.apps.map((one) => ({ until: one.reviewBy, entry: `app ${one.externalApp ?? one.id ?? ''}` })),
    ...trust.tokens.map((one) => ({ until: one.reviewBy, entry: `tokens of ${one.appName}` })),
  ];
  const soon = isoDay(daysBefore(asOf, -SOON));
  return entries.filter(({ until }) => until <= soon).toSorted((one, other) => compare(one.until, other.until));
}

/** The same as sentences. */
export function noticesOfTrust(ending: readonly EndingTrust[], asOf: Date): string[] {
  const today = isoDay(asOf);
  return ending.map(({ until, entry }) =>
    until < today
      ? `Trust in ${entry} ended on ${shortDay(until)}: review it, or remove it from the policy.`
      : `Trust in ${entry} ends on ${shortDay(until)}: review it before that day.`
  );
}
