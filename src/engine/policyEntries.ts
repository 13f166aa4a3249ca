import { daysBefore, isoDay } from '../common/dates.js';
import { isOpen } from './report.js';
import type { Finding, Result, Subject, Target } from './types.js';

/** How a person can answer a finding in the policy. */
export type PolicyAnswer = 'waive' | 'trust' | 'attest' | 'justify';

/** A complete entry, and the section of the policy that it belongs in. */
export type PolicyEntry = { section: readonly string[]; entry: Readonly<Record<string, string | readonly string[]>> };

/** What a person adds to an entry. `until` is the last day on which it counts. */
export type Author = { owner: string; reason: string; on: string; until?: string; supplementedBy?: string };

/** Days that an entry counts unless its author names another end; the policy refuses more than 400. */
export const LASTS: Readonly<Record<PolicyAnswer, number>> = { waive: 90, trust: 365, attest: 365, justify: 365 };

/** Marks where the author has to write: an entry with it is printed, and never written. */
export const PLACEHOLDER = { owner: '<owner>', reason: '<reason>', supplementedBy: '<control that supplements it>' };

/** How this finding, or the open question of a result without one, can be answered; the best answer comes first. */
export function answersFor({ control, verdict }: Result, finding?: Finding): PolicyAnswer[] {
  if (finding === undefined) return verdict === 'inconclusive' && control.attestable ? ['attest'] : [];
  if (!isOpen(finding)) return [];
  if (finding.kind === 'justification') return ['justify', 'waive'];
  return trustOf(finding.subject) === undefined || !/^org\/.*-trusted$/.test(control.id)
    ? ['waive']
    : ['trust', 'waive'];
}

/** The entry that answers it; nothing where the policy has no such answer. */
export function entryFor(
  answer: PolicyAnswer,
  { target, result, finding, subject }: { target: Target; result: Result; finding?: Finding; subject?: Subject },
  author: Author
): PolicyEntry | undefined {
  if (!answersFor(result, finding).includes(answer)) return undefined;
  const { owner, reason, on } = author;
  const expires = author.until ?? dayAfter(on, LASTS[answer]);
  const org: Record<string, string> = target.orgId === undefined ? {} : { org: target.orgId };
  const about = finding?.subject ?? subject;
  const head = {
    control: result.control.id,
    ...org,
    ...(about === undefined ? {} : { subject: `${about.type}:${about.name}` }),
  };
  if (answer === 'waive') return { section: ['waivers'], entry: { ...head, reason, owner, expires } };
  if (answer === 'justify') {
    // A broad scope needs more than a reason.
    const { supplementedBy = PLACEHOLDER.supplementedBy } = author;
    const supplement: Record<string, string> = result.control.id.includes('broad-scopes') ? { supplementedBy } : {};
    return { section: ['justifications'], entry: { ...head, why: reason, ...supplement, owner, on, expires } };
  }
  if (answer === 'attest') return { section: ['attestations'], entry: { ...head, reason, owner, on, expires } };
  const trust = finding && trustOf(finding.subject);
  if (trust === undefined) return undefined;
  return {
    section: ['trust', trust.list],
    // A package and a scoped name are the same in every org.
    entry: {
      ...(trust.list === 'packages' || 'externalApp' in trust.by ? {} : org),
      ...trust.by,
      owner,
      reason,
      reviewBy: expires,
    },
  };
}

/** How the policy names a subject that it can trust. */
function trustOf({ type, name, id, externalApp }: Subject): { list: string; by: Record<string, string> } | undefined {
  if (type === 'OauthToken') return { list: 'tokens', by: { appName: name } };
  if (externalApp !== undefined) return { list: 'apps', by: { externalApp } };
  if (id === undefined) return undefined;
  if (type === 'Package') return { list: 'packages', by: { id } };
  return type === 'ConnectedApp' || type === 'ExternalClientApp' ? { list: 'apps', by: { id } } : undefined;
}

/** Days after a day, as a day. */
export function dayAfter(day: string, days: number): string {
  const start = Date.parse(day.slice(0, 10));
  return Number.isNaN(start) ? day : isoDay(daysBefore(new Date(start), -days));
}
