import { checksPassed } from '../../../src/submission/controls/checks-passed.js';
import type { Report, TargetReport } from '../../../src/engine/types.js';
import type { GivenReport } from '../../../src/submission/facts.js';
import { testControl } from '../../support/controlTester.js';
import { packageFacts } from '../../support/packageFacts.js';
import { passedOrg, passedTarget, reportOver } from '../../support/passedReports.js';
import { nothingAnswered } from '../../support/submission.js';
import { submissionFacts } from '../../support/submissionFacts.js';

const { name } = packageFacts().project;
const target = (rest: Partial<TargetReport> = {}): TargetReport =>
  passedTarget({ target: { kind: 'package', name, version: '2.4.0.NEXT' }, ...rest });
const hub = passedOrg;
const report = (targets: readonly TargetReport[], scope: Partial<Report['scope']> = {}): GivenReport => ({
  file: 'report.json',
  report: reportOver(targets, scope),
});
const facts = (...reports: readonly GivenReport[]): Pick<ReturnType<typeof submissionFacts>, 'project' | 'reports'> =>
  submissionFacts({ project: { ...packageFacts().project, version: '2.4.0.NEXT' }, reports });
const org = { alias: 'hub', id: '00D000000000001', namespace: 'acme' };
const submitting = (version: string): { submission: typeof nothingAnswered } => ({
  submission: { ...nothingAnswered, version },
});
const names = [`Package:${name}`];

testControl(checksPassed, {
  pass: [
    {
      name: 'one report of the package and one of the org of the policy',
      facts: facts(report([target()]), report([hub()])),
      declared: { orgs: [org], ...submitting('2.4.0') },
      reason: /^The package and 1 orgs passed every control within 30 days\.$/,
    },
    {
      trap: true,
      name: 'a package whose name contains "and" is one package',
      facts: submissionFacts({
        project: { ...packageFacts().project, name: 'Search and Replace', version: '2.4.0.NEXT' },
        reports: [
          report([target({ target: { kind: 'package', name: 'Search and Replace', version: '2.4.0.NEXT' } })]),
          report([hub()]),
        ],
      }),
    },
    { name: 'a merged report of both', facts: facts(report([target(), hub()])), declared: submitting('2.4') },
  ],
  fail: [
    {
      name: 'no report at all',
      facts: facts(),
      names: [...names, 'Report:audit-org'],
      says: [/^No report of check-package is about /, /^No report of audit-org was given/],
    },
    {
      trap: true,
      name: 'a report about one of two packages that are submitted together',
      facts: submissionFacts({
        project: { ...packageFacts().project, name: `${name} and Base`, packages: [name, 'Base'] },
        reports: [report([target({ target: { kind: 'package', name } }), hub()])],
      }),
      names: ['Package:Base'],
    },
    {
      trap: true,
      name: 'a report about another package',
      facts: facts(report([target({ target: { kind: 'package', name: 'Other', version: '2.4.0.NEXT' } }), hub()])),
      names,
    },
    {
      name: 'an org of the policy is in no report',
      facts: facts(report([target(), hub()])),
      declared: { orgs: [org, { alias: 'packaging', id: '00D000000000002' }] },
      names: ['Org:packaging'],
    },
    { name: 'a gate that failed', facts: facts(report([target({ gate: 'failed' }), hub()])), names },
    {
      trap: true,
      name: 'a gate that is undecided is not passed',
      facts: facts(report([target(), hub({ gate: 'undecided' })])),
      names: ['Org:hub'],
    },
    {
      name: 'an org that could not be opened',
      facts: facts(report([target(), hub({ error: { name: 'X', message: 'Y', actions: [] } })])),
      names: ['Org:hub'],
    },
    {
      trap: true,
      name: 'a check of chosen controls',
      facts: facts(report([target()], { controls: ['package/pkce-required'] }), report([hub()])),
      names,
      says: [/covers 1 chosen controls, not all/],
    },
    {
      trap: true,
      name: 'a gate that counts only new findings, or none',
      facts: facts(report([target()], { gateOn: 'new' }), report([hub()], { failOn: 'never' })),
      names: [...names, 'Org:hub'],
    },
    {
      name: 'a control that is off',
      facts: facts(report([target({ off: ['package/pkce-required'] }), hub()])),
      names,
      says: [/^package\/pkce-required is off/],
    },
    {
      trap: true,
      name: 'inconclusive controls that the policy allows',
      facts: facts(
        report([target({ summary: { ...target().summary, inconclusive: 2 } }), hub()], { inconclusive: 'allow' })
      ),
      names,
    },
    {
      name: 'a report of more than 30 days ago',
      facts: facts(report([target({ asOf: '2026-10-24T09:59:59.000Z' }), hub()])),
      names,
      says: [/is from 24 Oct 2026, more than 30 days ago/],
    },
    {
      trap: true,
      name: 'a report from the future',
      facts: facts(report([target({ asOf: '2026-11-23T10:00:00.001Z' }), hub()])),
      names,
    },
    {
      trap: true,
      name: 'a report of an earlier version',
      facts: facts(report([target({ target: { kind: 'package', name, version: '2.3.0.NEXT' } }), hub()])),
      names,
      says: [/is about version 2\.3\.0\.NEXT, and 2\.4\.0\.NEXT is submitted/],
    },
    {
      name: 'another version in the policy than in the source',
      facts: facts(report([target(), hub()])),
      declared: submitting('2.3.0'),
      names: ['Setting:submission.version'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a report that names no version',
      facts: facts(report([target({ target: { kind: 'package', name } }), hub()])),
      reason: /The report names no version number/,
    },
    {
      name: 'a source that names no version',
      facts: submissionFacts({ reports: [report([target(), hub()])] }),
    },
  ],
});
