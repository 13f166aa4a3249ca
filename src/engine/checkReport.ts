import { DAY } from '../common/dates.js';
import { groupsOf } from '../common/lists.js';
import { some } from '../common/text.js';
import { isLive } from './applyPolicy.js';
import { gateOfTarget, isUnjustified, reportOf, summaryOf } from './report.js';
import { gateWeakenings, isLower } from './weakening.js';
import type { ControlInfo, Finding, Report, Result, Summary, TargetReport } from './types.js';

/** Days, where no policy says otherwise. */
export const DEFAULT_MAX_EVIDENCE_AGE = 7;

/** What decides whether a report may still be merged. */
export type Freshness = {
  version: string;
  now: Date;
  /** Days. */
  maxEvidenceAge: number;
  /** Every control of this version. */
  controls: readonly KnownControl[];
};

/** What a report cannot change about a control. */
type KnownControl = Pick<ControlInfo, 'id' | 'severity' | 'attestable'>;

/** Where a report says two things that cannot both be true, with the key; a report that this tool wrote has none. */
export function contradictionsIn(report: Report): string[] {
  const whole = reportOf(report.tool, report.scope, report.targets);
  return [
    ...report.targets.flatMap((target, index) => contradictionsOf(target, report.scope, `targets[${index}]`)),
    ...differentCounts(report.summary, whole.summary, 'summary'),
    ...(report.gate === whole.gate ? [] : [`gate is ${report.gate}, and its targets give ${whole.gate}`]),
    ...(report.asOf === whole.asOf ? [] : [`asOf is ${report.asOf}, and its oldest target is of ${whole.asOf}`]),
  ];
}

/** Why a report is no evidence of today, with the key: another version, another day, or not all of its scope. */
export function unfitIn(report: Report, { version, now, maxEvidenceAge, controls }: Freshness): string[] {
  if (report.tool.version !== version) {
    return [`tool.version is ${report.tool.version}, and this is ${version}`];
  }
  if (report.scope.changedSince) {
    return [`scope.changedSince is ${report.scope.changedSince.ref}: the report is limited to changed files`];
  }
  const edited = weakenedUnlisted(report, controls);
  if (edited.length > 0) return edited;
  return report.targets.flatMap((one, index) => {
    const key = `targets[${index}]`;
    const moment = Date.parse(one.asOf);
    if (moment > now.getTime() + DAY) return [`${key}.asOf is ${one.asOf}, which is in the future`];
    if (moment < now.getTime() - maxEvidenceAge * DAY) {
      return [`${key}.asOf is ${one.asOf}, more than ${maxEvidenceAge} days ago (maxEvidenceAge)`];
    }
    return one.error ? [] : uncovered(one, report.scope, controls, key);
  });
}

/** What makes a report weaker than the default, and is not listed in it: the tool lists every such point. */
function weakenedUnlisted({ scope, targets }: Report, controls: readonly KnownControl[]): string[] {
  const listed = new Set((scope.weakened ?? []).map(({ setting }) => setting));
  const known = new Map(controls.map((control) => [control.id, control]));
  const isOffUnlisted = (id: string): boolean => !listed.has(`controls.${id}.severity`);
  const unlisted = (where: string, is: string): string => `${where} is ${is}, and scope.weakened does not list it`;
  return [
    ...gateWeakenings(scope).flatMap(({ setting }) => {
      const key = setting === 'gate.failOn' ? 'failOn' : 'inconclusive';
      return listed.has(setting) ? [] : [unlisted(`scope.${key}`, scope[key])];
    }),
    ...targets.flatMap((one, index) => {
      const key = `targets[${index}]`;
      const compared = scope.gateOn === undefined || one.error !== undefined || one.drift !== undefined;
      return [
        ...(compared ? [] : [`scope.gateOn is new, and ${key} was compared with no earlier report`]),
        ...one.off.filter(isOffUnlisted).map((id) => unlisted(`${key}.off: ${id}`, 'off')),
        ...one.results.flatMap(({ control: { id, severity, attestable } }, place) => {
          const own = known.get(id);
          const control = `${key}.results[${place}] (${id}): control`;
          return [
            ...(own && isLower(severity, own.severity) && isOffUnlisted(id)
              ? [unlisted(`${control}.severity`, severity)]
              : []),
            ...(own && attestable && !own.attestable
              ? [`${control}.attestable is true, and this control is not attestable`]
              : []),
          ];
        }),
      ];
    }),
  ];
}

function uncovered(
  { target, results, off }: TargetReport,
  scope: Report['scope'],
  controls: readonly KnownControl[],
  key: string
): string[] {
  const wanted = (scope.controls === 'all' ? controls.map(({ id }) => id) : scope.controls).filter((id) =>
    id.startsWith(`${target.kind}/`)
  );
  const held = new Set([...results.map(({ control }) => control.id), ...off]);
  const missing = wanted.filter((id) => !held.has(id));
  const known = new Set(wanted);
  const strange = [...held].filter((id) => !known.has(id));
  return [
    ...(results.length === 0 ? [`${key}.results is empty: nothing was evaluated`] : []),
    ...(missing.length > 0
      ? [`${key}.results does not cover its scope: ${some(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`]
      : []),
    ...(strange.length > 0 ? [`${key}.results goes beyond its scope: ${some(strange)}`] : []),
  ];
}

function contradictionsOf(one: TargetReport, scope: Report['scope'], key: string): string[] {
  const { results, off, error, target } = one;
  const ids = [...results.map(({ control }) => control.id), ...off];
  const [twice] = groupsOf(ids, (id) => id).find(({ length }) => length > 1) ?? [];
  const gate = gateOfTarget(one, scope);
  const { coverage } = target;
  const counted = coverage
    ? coverage.evaluated + coverage.notUnderstood + coverage.excluded.reduce((sum, { files }) => sum + files, 0)
    : 0;
  const asOf = new Date(one.asOf);
  return [
    ...(twice === undefined ? [] : [`${key} has ${twice} twice`]),
    ...(error && results.length > 0 ? [`${key} could not be opened, and has results`] : []),
    ...results.flatMap((result, index) =>
      wrongIn(result, asOf).map((why) => `${key}.results[${index}] (${result.control.id}): ${why}`)
    ),
    ...(coverage && counted !== coverage.files
      ? [`${key}.target.coverage.files is ${coverage.files}, and its parts add up to ${counted}`]
      : []),
    ...differentCounts(one.summary, summaryOf(results), `${key}.summary`),
    ...(one.gate === gate ? [] : [`${key}.gate is ${one.gate}, and its results give ${gate}`]),
  ];
}

function differentCounts(written: Summary, counted: Summary, key: string): string[] {
  return (Object.keys(counted) as Array<keyof Summary>)
    .filter((name) => written[name] !== counted[name])
    .map((name) => `${key}.${name} is ${written[name]}, and the results give ${counted[name]}`);
}

/** The verdict must follow from its findings and gaps, as `settle` makes them. */
function wrongIn(result: Result, asOf: Date): string[] {
  const { verdict, findings, gaps } = result;
  const unanswered = findings.find(isUnjustified);
  return [
    ...(verdict !== 'fail' && unanswered ? [`verdict is ${verdict}, and ${findingName(unanswered)} is open`] : []),
    ...(verdict === 'fail' && !unanswered ? ['verdict is fail, and no finding is open'] : []),
    ...(verdict === 'not-applicable' && findings.some(({ kind }) => kind !== 'latent')
      ? ['verdict is not-applicable, and there are findings']
      : []),
    ...((verdict === 'pass' || verdict === 'not-applicable') && gaps.length > 0
      ? [`verdict is ${verdict}, and there are gaps`]
      : []),
    ...wrongAttestation(result),
    ...wrongEntries(result, asOf),
  ];
}

function wrongAttestation({ control, verdict, gaps, attestation }: Result): string[] {
  if (verdict !== 'attested') return attestation ? [`attestation is there, and verdict is ${verdict}`] : [];
  if (!attestation) return ['verdict is attested, and there is no attestation'];
  // What was not understood is signed place by place, under any control; nothing else under one that is not attestable.
  const open = gaps.find(({ kind, attestation: own }) => {
    if (kind === 'not-understood') return own === undefined;
    return kind === 'not-collected' || !control.attestable || (attestation.subject !== undefined && !own);
  });
  if (open) return [`verdict is attested, and no attestation covers a gap of kind ${open.kind}`];
  return !control.attestable && gaps.length === 0 ? ['verdict is attested, and the control is not attestable'] : [];
}

/** Entries of the policy that do not cover what they are written for. */
function wrongEntries({ control, findings, gaps, attestation }: Result, asOf: Date): string[] {
  const entries = [
    ...findings.flatMap(({ waiver, justification }) => [
      ...(waiver ? [{ what: 'waiver', ...waiver }] : []),
      ...(justification ? [{ what: 'justification', ...justification }] : []),
    ]),
    ...[attestation, ...gaps.map((gap) => gap.attestation)].flatMap((one) =>
      one ? [{ what: 'attestation', ...one }] : []
    ),
  ];
  const justified = findings.find(({ kind, justification }) => kind !== 'justification' && justification);
  return [
    ...(justified ? [`${findingName(justified)} is a ${justified.kind}, and cannot be justified`] : []),
    ...entries.flatMap((entry) => [
      ...(entry.control === control.id ? [] : [`${entry.what}.control is ${entry.control}`]),
      ...(isLive(entry, asOf) ? [] : [`${entry.what} of ${entry.owner} does not count on the day of the report`]),
    ]),
  ];
}

function findingName({ kind, subject }: Finding): string {
  return `${kind} ${subject.type}:${subject.name}`;
}
