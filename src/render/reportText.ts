import { permissionLabel } from '../salesforce/permissions.js';
import {
  severities,
  verdicts,
  type Drift,
  type Finding,
  type Gap,
  type Report,
  type Result,
  type Severity,
  type TargetReport,
  type Verdict,
} from '../engine/types.js';
import { bySeverity } from '../engine/report.js';
import { shortDay } from '../common/dates.js';
import { compare, groupsOf } from '../common/lists.js';
import { counted } from '../common/text.js';

/** The sentences that formats for people share. None of them is escaped: each format cleans what it writes. */

/** The number of findings of one control that a format for people shows; JSON and CSV contain all. */
export const shownFindings = 200;

/** What needs action, most urgent first; `pass` and `not-applicable` need none. */
export const verdictOrder: readonly Verdict[] = ['fail', 'inconclusive', 'attested', 'pass', 'not-applicable'];

/** `not applicable` */
export const verdictName = (verdict: Verdict): string => verdict.replace('-', ' ');

/** Whether a result is not settled by itself. */
export const needsPerson = ({ verdict }: Pick<Result, 'verdict'>): boolean =>
  verdictOrder.indexOf(verdict) < verdictOrder.indexOf('pass');

/** By verdict, severity, id. */
export const byUrgency = (one: Result, other: Result): number =>
  verdictOrder.indexOf(one.verdict) - verdictOrder.indexOf(other.verdict) ||
  bySeverity(one.control, other.control) ||
  compare(one.control.id, other.control.id);

/** Sorted by urgency; `all` includes what needs no action. */
export const sorted = (results: readonly Result[], all: boolean): Result[] =>
  results.filter((result) => all || needsPerson(result)).toSorted(byUrgency);

/** Results that need no action and still have findings: latent or justified ones. */
export const quiet = (results: readonly Result[]): Result[] =>
  sorted(results, true).filter(
    ({ verdict, findings }) => (verdict === 'pass' || verdict === 'not-applicable') && findings.length > 0
  );

/** Findings that count come first, new ones before the rest, then what is justified or waived, then latent ones. */
export const ranked = (findings: readonly Finding[]): Finding[] => {
  const rank = ({ kind, waiver, justification, drift, uncovered }: Finding): number => {
    if (kind === 'latent') return 3;
    if (waiver !== undefined || justification !== undefined) return 2;
    return drift === 'unchanged' && !uncovered ? 1 : 0;
  };
  return findings.toSorted((one, other) => rank(one) - rank(other));
};

/** Whether a finding needs a justification that the policy does not contain yet. */
export const isUnanswered = ({ kind, justification, waiver }: Finding): boolean =>
  kind === 'justification' && justification === undefined && waiver === undefined;

/** What a person decided or should know about a finding. */
export const marks = ({ kind, waiver, justification, drift, uncovered }: Finding): string[] => [
  ...(drift === 'new' || drift === 'grown' ? [drift] : []),
  ...(uncovered ? ['no longer waived or justified'] : []),
  ...(kind === 'latent' ? ['note'] : []),
  ...(kind === 'justification' && justification === undefined ? ['needs a justification'] : []),
  ...(justification
    ? [
        `justified by ${justification.owner} until ${shortDay(justification.expires)}: ${justification.why}` +
          (justification.supplementedBy === undefined ? '' : ` (supplemented by ${justification.supplementedBy})`),
      ]
    : []),
  ...(waiver ? [`waived by ${waiver.owner} until ${shortDay(waiver.expires)}: ${waiver.reason}`] : []),
];

/** `path/to/file:12` */
export const placeOf = ({ file, line }: { file?: string; line?: number }): string | undefined =>
  file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`;

/** As a heading or a sentence begins. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The permissions that would close a gap, as a sentence or nothing. */
export const grants = ({ grants: names = [] }: Pick<Gap, 'grants'>): string[] =>
  names.length > 0 ? [`grant: ${names.map(permissionLabel).join(', ')}`] : [];

/** What would let the rest be checked: each permission that the gaps name, with the controls that wait for it. */
export const toDecide = (results: readonly Result[]): string[] => {
  const waiting = new Map<string, Set<string>>();
  for (const { control, verdict, gaps } of sorted(results, false)) {
    if (verdict !== 'inconclusive') continue;
    for (const name of gaps.flatMap((gap) => gap.grants ?? [])) {
      waiting.set(name, (waiting.get(name) ?? new Set()).add(control.id));
    }
  }
  return [...waiting]
    .toSorted(([, one], [, other]) => other.size - one.size)
    .map(([name, ids]) => `${permissionLabel(name)}: ${[...ids].join(', ')}`);
};

/** What could not be checked, for one reason. `about`: the subjects, else the facts. */
export type GapGroup = Pick<Gap, 'kind' | 'detail' | 'grants'> & { about: string[] };

/** Gaps grouped by reason: the same missing file of thirty apps is one thing to do. */
export const grouped = (gaps: Result['gaps']): GapGroup[] => {
  const all = gaps.map(({ attestation, ...gap }) => {
    const detail = attestation
      ? `${gap.detail} ${attestation.owner} attested it until ${shortDay(attestation.expires)}: ${attestation.reason}`
      : gap.detail;
    return { ...gap, detail, shared: gap.subject ? withoutName(detail, gap.subject.name) : detail };
  });
  return groupsOf(all, (gap) => JSON.stringify([gap.kind, gap.shared, gap.grants])).map((group) => {
    const [{ kind, detail, shared, grants: permissions }] = group;
    const isSame = group.every((gap) => gap.detail === detail);
    return { kind, detail: isSame ? detail : shared, grants: permissions, about: group.flatMap(aboutOf) };
  });
};

/** What a judge could not see about no subject in particular rests on all of its facts, and their names say nothing. */
function aboutOf({ fact, subject }: Result['gaps'][number]): string[] {
  if (subject) return [`${subject.type}:${subject.name}`];
  return fact === '' || fact.includes(', ') ? [] : [fact];
}

/** One reason for several subjects: their names are before it. */
function withoutName(detail: string, name: string): string {
  if (name === '') return detail;
  return detail.split(name).reduce((text, next) => {
    // A part of a longer name, and a file with its line, are not the name.
    if (/\w$/.test(text) || /^(?:\w|:\d)/.test(next)) return text + name + next;
    return `${text}${/^$|[.:] $/.test(text) ? 'Each' : 'each'} of these${next}`;
  });
}

/** `24 pass · 1 fail · 5 inconclusive · 8 not applicable · 1 attested · 2 off` */
export const countsOf = ({
  summary,
  off,
  elsewhere = [],
}: Pick<TargetReport, 'summary' | 'off' | 'elsewhere'>): string =>
  [
    ...verdicts
      .filter((verdict) => summary[verdict] > 0)
      .map((verdict) => `${summary[verdict]} ${verdictName(verdict)}`),
    ...(off.length > 0 ? [`${off.length} off`] : []),
    ...(elsewhere.length > 0 ? [`${elsewhere.length} not shown, in files that did not change`] : []),
    ...(summary.waivedFindings > 0 ? [counted(summary.waivedFindings, 'finding waived', 'findings waived')] : []),
  ].join(' · ') || 'no control was checked';

/** `Coverage: 12 files, 9 evaluated, 2 excluded (1 image, 1 test class), 1 not understood`; nothing for an org. */
export const coverageOf = ({ coverage }: TargetReport['target']): string | undefined => {
  if (!coverage) return undefined;
  const { files, evaluated, excluded, notUnderstood } = coverage;
  const sum = excluded.reduce((total, one) => total + one.files, 0);
  const reasons = excluded.map((one) => `${one.files} ${one.reason}`).join(', ');
  return `Coverage: ${[
    counted(files, 'file'),
    `${evaluated} evaluated`,
    ...(sum > 0 ? [`${sum} excluded (${reasons})`] : []),
    ...(notUnderstood > 0 ? [`${notUnderstood} not understood`] : []),
  ].join(', ')}`;
};

/** How many controls fail, by severity, the most severe first. */
export const failuresBySeverity = (results: readonly Result[]): Array<{ severity: Severity; count: number }> => {
  const failed = results.filter(({ verdict }) => verdict === 'fail').map(({ control }) => control.severity);
  return severities
    .map((severity) => ({ severity, count: failed.filter((one) => one === severity).length }))
    .filter(({ count }) => count > 0);
};

/** How the findings of targets compare with an earlier report; `accepted` ones may still be listed as findings. */
export const driftCounts = (
  targets: ReadonlyArray<Pick<TargetReport, 'results' | 'drift'>>
): Record<NonNullable<Finding['drift']> | keyof Omit<Drift, 'since'>, number> => {
  const states = targets.flatMap(({ results }) =>
    results.flatMap((one) => one.findings.flatMap(({ drift }) => drift ?? []))
  );
  const count = (mark: Finding['drift']): number => states.filter((one) => one === mark).length;
  const gone = (key: keyof Omit<Drift, 'since'>): number => targets.flatMap(({ drift }) => drift?.[key] ?? []).length;
  return {
    new: count('new'),
    grown: count('grown'),
    unchanged: count('unchanged'),
    fixed: gone('fixed'),
    accepted: gone('accepted') + count('accepted'),
    notSeen: gone('notSeen'),
  };
};

/** `3 new · 12 unchanged · 2 fixed · 1 accepted · 1 not fully checked again since 22 Nov 2026`; nothing without an earlier report. */
export const driftOf = (target: TargetReport): string | undefined => {
  if (!target.drift) return undefined;
  const { since } = target.drift;
  const counts = driftCounts([target]);
  if (since === undefined) return `${counts.new} new: the earlier report does not show this target`;
  const texts = [
    `${counts.new} new`,
    ...(counts.grown > 0 ? [`${counts.grown} grown`] : []),
    `${counts.unchanged} unchanged`,
    `${counts.fixed} fixed`,
    `${counts.accepted} accepted`,
    `${counts.notSeen} not fully checked again`,
  ];
  return `${texts.join(' · ')} since ${shortDay(since)}`;
};

/** Findings of the earlier report that are not in this one, grouped by what that means. */
export const goneOf = ({ drift }: TargetReport): Gone[] => {
  const { fixed = [], accepted = [], notSeen = [] } = drift ?? {};
  const all: Gone[] = [
    { state: 'fixed', title: 'Fixed', gone: fixed },
    { state: 'accepted', title: 'Accepted: still there, and allowed by the policy now', gone: accepted },
    { state: 'not seen', title: 'Not fully checked again: it may still be there', gone: notSeen },
  ];
  return all.filter(({ gone }) => gone.length > 0);
};
type Gone = { state: 'fixed' | 'accepted' | 'not seen'; title: string; gone: Drift['fixed'] };

/** `new findings only, medium and above` */
export const thresholdOf = ({ failOn, inconclusive, gateOn, weakened, changedSince }: Report['scope']): string => {
  const limit = failOn === 'never' ? 'no severity fails' : failOn === 'critical' ? 'critical' : `${failOn} and above`;
  const limited = changedSince ? `${changesOf(changedSince)}, ` : '';
  const only = limited + (gateOn === 'new' ? 'new findings only, ' : '');
  return `${only}${limit}${inconclusive === 'allow' ? ', inconclusive allowed' : ''}${weakened ? `, ${weakenedOf(weakened)}` : ''}`;
};

/** `the policy weakens 2 controls`; what weakens every control is not counted, but named. */
export const weakenedOf = (weakened: NonNullable<Report['scope']['weakened']>): string => {
  const controls = new Set(weakened.flatMap(({ control }) => control ?? []));
  const isGateWeaker = weakened.some(({ control }) => control === undefined);
  const parts = [
    ...(controls.size > 0 ? [counted(controls.size, 'control')] : []),
    ...(isGateWeaker ? ['the gate'] : []),
  ];
  return `the policy weakens ${parts.join(' and ')}`;
};

/** `failed (medium and above)` */
export const gateSentence = (gate: string, scope: Report['scope']): string => `${gate} (${thresholdOf(scope)})`;

/** `limited to 3 files changed since origin/main` */
export const changesOf = ({ ref, files }: NonNullable<Report['scope']['changedSince']>): string =>
  `limited to ${counted(files, 'file')} changed since ${ref}`;

/** `29 controls`, or which ones where a run was over chosen controls only; and whether it is limited to changed files. */
export const extentOf = (
  { results }: Pick<TargetReport, 'results'>,
  { controls, changedSince }: Report['scope']
): string =>
  [
    controls === 'all' ? counted(results.length, 'control') : `chosen controls: ${controls.join(', ') || 'none'}`,
    ...(changedSince ? [changesOf(changedSince)] : []),
  ].join(', ');

/** `Trust in app X ends on 10 Dec 2026, +2 more`; nothing where no trust ends soon. */
export function endingTrustOf(targets: readonly TargetReport[]): string | undefined {
  const entries = new Map(
    targets.flatMap(({ endingTrust = [], asOf }) => endingTrust.map((one) => [one.entry, { ...one, asOf }] as const))
  );
  const [first] = [...entries.values()].toSorted((one, other) => compare(one.until, other.until));
  if (first === undefined) return undefined;
  const verb = first.until < first.asOf.slice(0, 10) ? 'ended' : 'ends';
  const more = entries.size - 1;
  return `Trust in ${first.entry} ${verb} on ${shortDay(first.until)}${more > 0 ? `, +${more} more` : ''}`;
}

/** A target in a sentence, set off from it: an alias may be a word, such as `broken`. */
export function nameOfTarget({ kind, name, username }: TargetReport['target']): string {
  return `${kind === 'org' && username !== undefined && username !== name ? 'alias' : kind} "${name}"`;
}

/** Where a problem occurs, where there are several targets: `in "acme-hub"`, `in 3 targets`. */
export function placesOf(targets: readonly string[]): string {
  return targets.length === 1 ? `in "${targets[0] ?? ''}"` : `in ${targets.length} targets`;
}

/** The sentence of a finding without the name of its subject, where it begins with it. */
export function withoutSubject({ message, subject }: Pick<Finding, 'message' | 'subject'>): string | undefined {
  return message.startsWith(`${subject.name} `) ? message.slice(subject.name.length + 1) : undefined;
}

/** What a target is. */
export const kinds = { org: 'Org', package: 'Package', submission: 'Submission' } as const;

/** What is known about the target, beyond its name. */
export const aboutTarget = ({ target }: TargetReport): string[] => [
  ...(target.username !== undefined && target.username !== target.name ? [`username ${target.username}`] : []),
  ...(target.orgId === undefined ? [] : [`org id ${target.orgId}`]),
  ...(target.roles === undefined ? [] : [`roles ${target.roles.length > 0 ? target.roles.join(', ') : 'none'}`]),
  ...(target.path === undefined ? [] : [`path ${target.path}`]),
];

/** Company, org id, roles and folder of a target; the working directory needs no name. */
export function factsOf({ organization, orgId, roles, path }: TargetReport['target']): string[] {
  return [organization, orgId, roles?.map(roleLabel).join(', '), path === '.' ? undefined : path].filter(
    (fact): fact is string => fact !== undefined && fact !== ''
  );
}

const commands = { org: 'audit-org', package: 'check-package', submission: 'draft-submission' } as const;

/** The next command that helps, made of names that no shell would act on. */
export const nextCommand = ({ gate, targets }: Report): string | undefined => {
  const next = targets.find((one) => gate === 'passed' || (one.error === undefined && one.gate !== 'passed'));
  if (!next || next.target.kind === 'submission') return undefined;
  const { kind, name, path } = next.target;
  const where =
    kind === 'org'
      ? [`--target-org ${literal(name, '<org>')}`]
      : // `.` also means the project around the working directory, which no flag names.
        path === undefined || path === '.'
        ? []
        : [`${/\.zip$/i.test(path) ? '--package-zip' : '--source-dir'} ${literal(path, '<folder>')}`];
  const [first] = sorted(next.results, false);
  const what =
    gate === 'passed' || !first
      ? '--output-file security-review.md'
      : `--control ${literal(first.control.id, '<control>')} --view detail`;
  return ['sf security-review', commands[kind], ...where, what].join(' ');
};

/** Whether every shell takes a name unquoted, and no command takes it for a flag. */
export const isShellWord = (name: string): boolean => /^[\w.@+][\w.@+-]*$/.test(name);

/** Only what every shell takes unquoted; any other name is for the reader to fill in. */
const literal = (value: string, otherwise: string): string => {
  if (/^[\w.@/+][\w.@/+-]*$/.test(value)) return value;
  return /^[\w.@/+][\w.@/+ -]*$/.test(value) ? `"${value}"` : otherwise;
};

/** `Dev Hub` */
function roleLabel(role: string): string {
  const labels: Readonly<Record<string, string>> = {
    'dev-hub': 'Dev Hub',
    packaging: '1GP packaging',
    namespace: '2GP namespace',
    'app-owner': 'app owner',
    'partner-business': 'partner business org',
  };
  return labels[role] ?? role;
}
