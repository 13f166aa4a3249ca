import {
  severities,
  verdicts,
  type Finding,
  type Gate,
  type Policy,
  type Report,
  type Result,
  type Severity,
  type Summary,
  type TargetReport,
} from './types.js';

/** A finding that makes a control fail: a waiver does not change that, a justification does. */
export const isUnjustified = ({ kind, justification }: Finding): boolean =>
  kind !== 'latent' && justification === undefined;

/** A finding that still counts: neither justified nor waived. */
export const isOpen = (finding: Finding): boolean => isUnjustified(finding) && finding.waiver === undefined;

/** Which findings count in the gate: every open one, or only those that an earlier report did not contain as open. */
export const countsTowardGate = (gateOn: Report['scope']['gateOn']): ((finding: Finding) => boolean) =>
  gateOn === 'new'
    ? (finding): boolean => isOpen(finding) && (finding.drift !== 'unchanged' || finding.uncovered === true)
    : isOpen;

/** Whether a control of this severity takes part in the gate. */
export const counts = (severity: Severity, failOn: Severity | 'never'): boolean =>
  failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn);

/** The more severe first. */
export const bySeverity = (one: { severity: Severity }, other: { severity: Severity }): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity);

/** The gate of one target, from its results or from the fact that it could not be opened. */
export const gateOf = (
  results: readonly Result[],
  gate: Policy['gate'],
  opened = true,
  offends: (finding: Finding) => boolean = isOpen
): Gate => {
  const severe = results.filter((result) => counts(result.control.severity, gate.failOn));
  if (severe.some((result) => result.verdict === 'fail' && result.findings.some(offends))) return 'failed';
  const unseen = severe.some(
    (result) => result.verdict === 'inconclusive' || (result.verdict === 'fail' && result.gaps.length > 0)
  );
  // Where nothing was evaluated there is nothing that a policy could allow.
  if (opened && results.length === 0) return 'undecided';
  return (unseen || !opened) && gate.inconclusive === 'block' ? 'undecided' : 'passed';
};

/** The gate of a target by what its report says. Limited to changed files, nothing may be left that counts. */
export const gateOfTarget = (
  { results, error, elsewhere = [] }: Pick<TargetReport, 'results' | 'error' | 'elsewhere'>,
  scope: Report['scope']
): Gate =>
  results.length === 0 && elsewhere.length > 0
    ? 'passed'
    : gateOf(results, scope, error === undefined, countsTowardGate(scope.gateOn));

export const summaryOf = (results: readonly Result[]): Summary => {
  const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
  const waivedFindings = results.flatMap((result) => result.findings).filter((finding) => finding.waiver).length;
  return { ...(Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as Summary), waivedFindings };
};

/** One report out of the targets of a run: the worst gate, the sum of the counts, the oldest moment. */
export const reportOf = (tool: Report['tool'], scope: Report['scope'], targets: readonly TargetReport[]): Report => {
  const gates = targets.map((target) => target.gate);
  const gate = (['failed', 'undecided', 'passed'] as const).find((worst) => gates.includes(worst)) ?? 'undecided';
  const asOf = targets.map((target) => target.asOf).sort()[0] ?? '';
  const summary = summaryOf(targets.flatMap((target) => target.results));
  return { schemaVersion: 1, tool, asOf, scope, gate, summary, targets };
};
