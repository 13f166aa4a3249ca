import { isoDay, shortDay } from '../common/dates.js';
import { concerns, isLive } from './applyPolicy.js';
import type { Description, Policy, Target } from './types.js';

type Listed = { label: string; control: string; org?: string; subject?: string; on?: string; expires: string };

/** `used`: the entries that took part in a result of this target. */
type RunPopulation = { controls: ReadonlySet<string>; used: ReadonlySet<object> } & Pick<Description, 'population'>;

/**
 * What a person should know about the policy itself: entries that stopped counting, that cover nothing, or that cover
 * more than one subject.
 */
export const policyNotices = (
  policy: Policy,
  target: Target,
  asOf: Date,
  { controls, used, population = {} }: RunPopulation
): string[] => {
  const notices: string[] = [];
  const absent = new Set<string>();
  const look = (label: string, entries: ReadonlyArray<Omit<Listed, 'label'>>): void => {
    for (const entry of entries) {
      if (!controls.has(entry.control) || !concerns(entry.org, target, policy)) continue;
      const name = `${label} ${entry.control}${entry.subject === undefined ? '' : ` ${entry.subject}`}`;
      if (!isLive(entry, asOf)) {
        const early = (entry.on ?? '') > isoDay(asOf);
        notices.push(
          early
            ? `${name} counts only from ${shortDay(entry.on ?? '')}.`
            : `${name} expired on ${shortDay(entry.expires)}.`
        );
        continue;
      }
      if (label === 'Attestation' && !used.has(entry) && isAbsent(entry.subject, population)) {
        absent.add(entry.subject ?? '');
        continue;
      }
      if (!used.has(entry)) notices.push(`${name} matches nothing in this run.`);
      if (entry.subject?.includes('*')) notices.push(`${name} may cover more than one subject.`);
    }
  };
  look('Waiver', policy.waivers);
  look('Justification', policy.justifications);
  look('Attestation', policy.attestations);
  for (const subject of absent) {
    notices.push(
      `The policy attests ${subject}, which ${target.name} does not have. Remove the attestation, or correct the name.`
    );
  }
  return notices;
};

/** An entry by name about a subject that was renamed or removed. */
function isAbsent(subject: string | undefined, population: NonNullable<Description['population']>): boolean {
  if (subject === undefined || subject.includes('*')) return false;
  const at = subject.indexOf(':');
  const names = population[subject.slice(0, at)];
  return names !== undefined && !names.includes(subject.slice(at + 1));
}
