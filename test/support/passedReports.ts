import type { Report, TargetReport } from '../../src/engine/types.js';

const summary = { pass: 30, fail: 0, inconclusive: 0, 'not-applicable': 0, attested: 0, waivedFindings: 0 };

/** A target that passed every control, some days before the tables are judged. */
export const passedTarget = (rest: Partial<TargetReport> & Pick<TargetReport, 'target'>): TargetReport => ({
  asOf: '2026-11-20T10:00:00.000Z',
  gate: 'passed',
  summary,
  results: [],
  off: [],
  notices: [],
  ...rest,
});

/** A report over all controls. */
export const reportOver = (targets: readonly TargetReport[], scope: Partial<Report['scope']> = {}): Report => ({
  schemaVersion: 1,
  tool: { name: 'sf-plugin-security-review', version: '0.1.0' },
  asOf: '2026-11-20T10:00:00.000Z',
  scope: { controls: 'all', failOn: 'medium', inconclusive: 'block', ...scope },
  gate: 'passed',
  summary,
  targets,
});

export const passedOrg = (rest: Partial<TargetReport> = {}): TargetReport =>
  passedTarget({ target: { kind: 'org', name: 'hub', orgId: '00D000000000001AAA' }, ...rest });

/** What a submission needs: the package and an org. */
export const passedReports = (name: string, version: string): Report[] => [
  reportOver([passedTarget({ target: { kind: 'package', name, version } })]),
  reportOver([passedOrg()]),
];
