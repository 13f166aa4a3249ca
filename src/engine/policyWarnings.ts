import { concerns, isLive } from './applyPolicy.js';
import type { Policy, Target } from './types.js';

type Listed = { label: string; control: string; org?: string; subject?: string; on?: string; expires: string };

/**
 * What a person should know about the policy itself: entries that stopped counting, that cover nothing, or that cover
 * more than one subject. `used` contains the entries that took part in a result of this target.
 */
export const policyNotices = (
  policy: Policy,
  target: Target,
  asOf: Date,
  controls: ReadonlySet<string>,
  used: ReadonlySet<object>
): string[] => {
  const notices: string[] = [];
  const look = (label: string, entries: ReadonlyArray<Omit<Listed, 'label'>>): void => {
    for (const entry of entries) {
      if (!controls.has(entry.control) || !concerns(entry.org, target, policy.orgs)) continue;
      const name = `${label} ${entry.control}${entry.subject === undefined ? '' : ` ${entry.subject}`}`;
      if (!isLive(entry, asOf)) {
        const early = (entry.on ?? '') > asOf.toISOString().slice(0, 10);
        notices.push(early ? `${name} counts only from ${entry.on ?? ''}.` : `${name} expired on ${entry.expires}.`);
        continue;
      }
      if (!used.has(entry)) notices.push(`${name} matches nothing in this run.`);
      if (entry.subject?.includes('*')) notices.push(`${name} may cover more than one subject.`);
    }
  };
  look('Waiver', policy.waivers);
  look('Justification', policy.justifications);
  look('Attestation', policy.attestations);
  return notices;
};
