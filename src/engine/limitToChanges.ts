import { gateOfTarget, isUnjustified, summaryOf } from './report.js';
import type { GapKind, Report, Result, Subject, TargetReport } from './types.js';

/** Gaps of the run itself. Without a file they count wherever the change is. */
const GAPS_OF_THE_RUN: readonly GapKind[] = ['error', 'limit', 'unreadable', 'no-access'];

/**
 * Limits a report to findings in files that changed. What has no file stays. A control with findings or gaps in other
 * files only is listed by its id and has no result, so that it never looks like a pass.
 */
export function limitToChanges(
  report: TargetReport,
  isElsewhere: (file: string) => boolean,
  scope: Report['scope']
): TargetReport {
  if (report.error) return report;
  const limited = report.results.map((result) => ({ id: result.control.id, result: limit(result, isElsewhere) }));
  const results = limited.flatMap(({ result }) => result ?? []);
  const elsewhere = limited.flatMap(({ id, result }) => (result ? [] : [id]));
  const narrowed = { ...report, results, summary: summaryOf(results), ...(elsewhere.length > 0 ? { elsewhere } : {}) };
  return { ...narrowed, gate: gateOfTarget(narrowed, scope) };
}

function limit(result: Result, isElsewhere: (file: string) => boolean): Result | undefined {
  const { verdict } = result;
  if (verdict === 'attested') return result;
  const isHere = ({ file }: Partial<Subject> = {}): boolean => file === undefined || !isElsewhere(file);
  const findings = result.findings.filter(({ subject }) => isHere(subject));
  const gaps = result.gaps.filter(
    ({ kind, subject }) => isHere(subject) && (subject?.file !== undefined || GAPS_OF_THE_RUN.includes(kind))
  );
  if (verdict === 'fail' && findings.some(isUnjustified)) return { ...result, findings, gaps };
  if (verdict === 'pass' || verdict === 'not-applicable') return { ...result, findings };
  if (gaps.length === 0) return undefined;
  const reason = [...new Set(gaps.map(({ detail }) => detail))].join(' ');
  return { ...result, verdict: 'inconclusive', reason, findings, gaps };
}
