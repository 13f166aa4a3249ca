import { gateOf, reportOf, summaryOf } from '../../src/engine/report.js';
import type { Finding, Gap, Report, Result, Severity, TargetReport, Verdict } from '../../src/engine/types.js';

/** One result as the formats of machines map it. */
export const resultWith = (verdict: Verdict, more: Partial<Result> = {}, severity: Severity = 'high'): Result => ({
  control: {
    id: 'package/one',
    title: 'One is as it should be',
    severity,
    requirement: 'The line of the guidance.',
    rationale: 'Why it matters.',
    remediation: 'Turn it on.',
    references: ['https://help.salesforce.com/s/articleView?id=005318040'],
    attestable: false,
  },
  verdict,
  reason: 'The reason.',
  findings: [],
  gaps: [],
  ...more,
});

export const findingOf = (more: Partial<Finding> = {}): Finding =>
  ({
    kind: 'violation',
    subject: { type: 'ConnectedApp', name: 'AcmePay' },
    message: 'AcmePay offends.',
    fingerprint: 'a'.repeat(32),
    ...more,
  }) as Finding;

export const gap: Gap & { fact: string } = { fact: 'apps', kind: 'unreadable', detail: 'One file does not parse.' };
export const waiver = {
  control: 'package/one',
  subject: 'ConnectedApp:AcmePay',
  reason: 'Leaves in May',
  owner: 'ciso',
  expires: '2027-10-01',
};
export const justification = {
  control: 'package/one',
  subject: 'ConnectedApp:AcmePay',
  why: 'It opens a page',
  owner: 'ciso',
  expires: '2027-10-01',
};

/** A report of one package with these results, and the gate that they make. */
export const reportOn = (
  results: readonly Result[],
  scope: Partial<Report['scope']> = {},
  more: Partial<TargetReport> = {}
): Report => {
  const gate = { failOn: 'medium', inconclusive: 'block', ...scope } as const;
  return reportOf({ name: 'sf-plugin-security-review', version: '0.1.0' }, { controls: 'all', ...gate }, [
    {
      target: { kind: 'package', name: 'Acme Pay' },
      asOf: '2026-11-23T10:00:00.000Z',
      gate: gateOf(results, gate, more.error === undefined),
      summary: summaryOf(results),
      results,
      off: [],
      notices: [],
      ...more,
    },
  ]);
};
