import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Subject, TargetReport } from '../../engine/types.js';
import { shortDay, daysBefore } from '../../common/dates.js';
import type { GivenReport, SubmissionFacts } from '../facts.js';
import { submissionControl } from '../facts.js';
import { packagesIn } from '../packageApps.js';
import { settingAt } from '../questions/answers.js';

export const checksPassed = submissionControl({
  id: 'submission/checks-passed',
  title: 'The package and every org passed their checks, recently and in full',
  severity: 'high',
  topic: 'checks',
  problem: { one: 'check is missing, old or not passed', many: 'checks are missing, old or not passed' },
  area: 'Submission',
  requirement:
    'Make sure to onboard your CA/ECA to the security controls, and secure the packaging orgs, namespace orgs and Dev Hubs',
  why: 'The submission states that the package and the orgs follow the guidance. A report that failed, is old, or is about another version shows nothing.',
  checks: [
    'The reports of check-package and audit-org that were given with --report.',
    'The version number of the package in sfdx-project.json, and `submission.version` and `orgs` of the policy.',
  ],
  fails: [
    'No report of check-package is about the package, or no report of audit-org was given.',
    'An org of the policy is in no report.',
    'A target could not be opened, or its gate is not passed.',
    'The report covers only chosen controls, or its gate counts only new findings or nothing.',
    'A report is older than 30 days (parameter `days`), or from the future.',
    'A report is about another version of the package than the one that is submitted.',
    'A control is off, or a policy allows inconclusive controls that are there: each needs a justification.',
  ],
  inconclusive: ['The report or the source names no version number of the package.'],
  fix: [
    'Run check-package on the submitted version and audit-org on every org, without --control, and fix what they find.',
    'Write each report with --output-file as .json, and give it to draft-submission with --report.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'reports'],
  compares: ['orgs', 'submission'],
  params: { days: 30 },
  judge: ({ project, reports }, { declared, asOf, params: { days } }) => {
    const targets = reports.flatMap((given) => given.report.targets.map((target) => ({ target, given })));
    return decide(
      [
        ...missingReports(project, targets, declared),
        ...targets.flatMap(({ target, given }) => [
          ...outcomesOf(target, given),
          ageOutcome(target, asOf, days),
          versionOutcome(target, project),
        ]),
        answeredVersion(project, declared),
      ],
      `The package and ${targets.length - 1} orgs passed every control within ${days} days.`
    );
  },
});

type Given = { target: TargetReport; given: GivenReport };

const missingReports = (
  project: SubmissionFacts['project'],
  targets: readonly Given[],
  { orgs }: Declared
): SubjectOutcome[] => {
  const packages = targets.flatMap(({ target: { target } }) => (target.kind === 'package' ? [target.name] : []));
  const audited = targets.flatMap(({ target: { target } }) => (target.kind === 'org' ? [target] : []));
  return [
    ...packagesIn(project)
      .filter((one) => !packages.includes(one))
      .map((one) => missing({ type: 'Package', name: one }, `No report of check-package is about ${one}.`)),
    ...(audited.length === 0
      ? [missing({ type: 'Report', name: 'audit-org' }, 'No report of audit-org was given with --report.')]
      : []),
    ...orgs
      .filter(({ id }) => !audited.some(({ orgId }) => orgId?.slice(0, 15) === id.slice(0, 15)))
      .map(({ alias, id }) => missing({ type: 'Org', name: alias, id }, `No report is about the org ${alias}.`)),
  ];
};

/** What of one target of a report is not a full check that passed. */
const outcomesOf = ({ target, error, gate, off, summary }: TargetReport, { report }: GivenReport): SubjectOutcome[] => {
  const subject = subjectOf(target);
  const { controls, failOn, gateOn, inconclusive } = report.scope;
  const violation = (message: string, at: string): SubjectOutcome => ({ kind: 'violation', subject, message, at });
  const justification = (message: string, at: string): SubjectOutcome => ({
    kind: 'justification',
    subject,
    message,
    at,
  });
  if (error) return [violation(`${subject.name} could not be opened for its check.`, 'error')];
  return [
    ...(gate === 'passed'
      ? []
      : [violation(`The check of ${subject.name} is not passed: its gate is ${gate}.`, 'gate')]),
    ...(controls === 'all'
      ? []
      : [violation(`The check of ${subject.name} covers ${controls.length} chosen controls, not all.`, 'scope')]),
    ...(gateOn === 'new' ? [violation(`The gate of ${subject.name} counts only new findings.`, 'gateOn')] : []),
    ...(failOn === 'never' ? [violation(`No finding can fail the gate of ${subject.name}.`, 'failOn')] : []),
    ...off.map((control) => justification(`${control} is off in the check of ${subject.name}.`, `off ${control}`)),
    ...(inconclusive === 'allow' && summary.inconclusive > 0
      ? [
          justification(
            `The check of ${subject.name} passed with ${summary.inconclusive} inconclusive controls.`,
            'open'
          ),
        ]
      : []),
  ];
};

const ageOutcome = ({ target, asOf: checked }: TargetReport, asOf: Date, days: number): SubjectOutcome => {
  const subject = subjectOf(target);
  if (checked > asOf.toISOString()) {
    return { kind: 'violation', subject, message: `The check of ${subject.name} is from the future.`, at: 'age' };
  }
  if (checked >= daysBefore(asOf, days).toISOString()) return undefined;
  const message = `The check of ${subject.name} is from ${shortDay(checked)}, more than ${days} days ago.`;
  return { kind: 'violation', subject, message, at: 'age' };
};

const versionOutcome = ({ target }: TargetReport, project: SubmissionFacts['project']): SubjectOutcome => {
  if (target.kind !== 'package' || !packagesIn(project).includes(target.name)) return undefined;
  const { name, version } = project;
  const subject = subjectOf(target);
  if (version === undefined || target.version === undefined) {
    const whose = version === undefined ? 'The source' : 'The report';
    const detail = `${whose} names no version number of ${name}, so it is not known whether the report is about the submitted version.`;
    return { kind: 'not-given', detail, subject };
  }
  if (version === target.version) return undefined;
  const message = `The check of ${name} is about version ${target.version}, and ${version} is submitted.`;
  return { kind: 'violation', subject, message, at: 'version' };
};

/** `2.4` and `2.4.0` are the version 2.4.0.NEXT. */
const answeredVersion = (
  { version }: SubmissionFacts['project'],
  { submission: { version: submitted } }: Declared
): SubjectOutcome => {
  if (version === undefined || submitted === undefined || !/^\d+(?:\.\d+)+$/.test(submitted)) return undefined;
  if (`${version}.`.startsWith(`${submitted}.`)) return undefined;
  const message = `The policy submits version ${submitted}, and the source is version ${version}.`;
  return { kind: 'violation', subject: settingAt('submission.version'), message };
};

const missing = (subject: Subject, message: string): SubjectOutcome => ({
  kind: 'violation',
  subject,
  message,
  at: 'missing',
});

const subjectOf = ({ kind, name, orgId }: TargetReport['target']): Subject => ({
  type: kind === 'org' ? 'Org' : 'Package',
  name,
  ...(orgId === undefined ? {} : { id: orgId }),
});
