import { answersFor } from '../engine/policyEntries.js';
import { bySeverity, isOpen } from '../engine/report.js';
import type { ControlInfo, Finding, Report, Severity, Subject, TargetReport } from '../engine/types.js';
import { compare, groupsOf } from '../common/lists.js';
import { counted } from '../common/text.js';
import { columns } from './text.js';

/** One cause, as one line of a summary: a control that fails, or an app that fails several controls. */
export type Problem = {
  severity: Severity;
  /** `9 users can log in without MFA` */
  headline: string;
  /** The subjects, or what is wrong with the one app. */
  names: readonly SubjectName[];
  /** Ids of the controls that fail. */
  controls: readonly string[];
  /** The number of findings that it combines. */
  findings: number;
  /** The names of the targets in which it occurs. */
  targets: readonly string[];
  /** The first step that fixes it, as a sentence. */
  firstStep: string;
};

/** What a problem names, and how many subjects have this name: one app can be in several orgs. */
export type SubjectName = { name: string; times: number };

/** From this many failing controls on, an app is one problem instead of one in each control. */
const CONTROLS_OF_ONE_APP = 3;
const LONGEST_NAME = 28;
const APP_TYPES: ReadonlySet<string> = new Set(['ConnectedApp', 'ExternalClientApp']);

type Occurrence = { target: string; control: ControlInfo; finding: Finding };
type Group = readonly [Occurrence, ...Occurrence[]];

/** What is wrong in these targets, the most severe and the most frequent first. */
export function problemsOf(targets: readonly TargetReport[]): Problem[] {
  const occurrences = targets.flatMap(({ target, results }) =>
    results
      .filter(({ verdict }) => verdict === 'fail')
      .flatMap(({ control, findings }) =>
        findings.filter(isOpen).map((finding): Occurrence => ({ target: target.name, control, finding }))
      )
  );
  const apps = groupsOf(occurrences.filter(isAboutApp), subjectKey).filter(
    (group) => controlsIn(group).length >= CONTROLS_OF_ONE_APP
  );
  const taken = new Set(apps.flat());
  const rest = groupsOf(
    occurrences.filter((one) => !taken.has(one)),
    ({ control }) => control.id
  );
  return [...apps.map(problemOfApp), ...rest.map(problemOfControl)].toSorted(byWeight);
}

/** How the findings and the problems of these targets add up; nothing where no finding is open. */
export function problemCounts(
  targets: readonly TargetReport[]
): { findings: string; counts: string; grouping: string } | undefined {
  const problems = problemsOf(targets);
  const count = problems.reduce((sum, problem) => sum + problem.findings, 0);
  if (count === 0) return undefined;
  const findings = counted(count, 'open finding');
  const byApp = problems.some(({ controls }) => controls.length > 1);
  const grouping = byApp ? ': by control, or by app if it fails 3 or more' : '';
  return { findings, counts: `${findings} in ${counted(problems.length, 'problem')}`, grouping };
}

/** Problems that may exist only because there is no policy, which would name what is trusted. */
export function untrustedProblems({ targets, scope }: Report): Problem[] {
  if (scope.policy !== undefined) return [];
  const ids = targets.flatMap(({ results }) =>
    results
      .filter((result) => result.findings.some((finding) => answersFor(result, finding).includes('trust')))
      .map(({ control }) => control.id)
  );
  return problemsOf(targets).filter(({ controls }) => controls.every((id) => ids.includes(id)));
}

function isAboutApp({ finding: { subject } }: Occurrence): boolean {
  return APP_TYPES.has(subject.type);
}

function problemOfApp(group: Group): Problem {
  const [first] = group;
  const controls = controlsIn(group);
  const [worst = first.control] = controls.toSorted(bySeverity);
  return {
    ...commonOf(group, worst),
    headline: `App "${first.finding.subject.name}" fails ${counted(controls.length, 'control')}`,
    names: controls.map((control) => ({ name: topicOf(control), times: 1 })),
    controls: controls.map(({ id }) => id),
  };
}

function problemOfControl(group: Group): Problem {
  const [{ control, finding }] = group;
  const subjects = groupsOf(group, subjectKey);
  return {
    ...commonOf(group, control),
    headline: headlineOf(control, subjects.length, finding),
    names: namesWithTimes(subjects.map(([one]) => subjectName(one.finding.subject))),
    controls: [control.id],
  };
}

/** A setting without the path to it. */
function subjectName({ type, name }: Subject): string {
  return type === 'Setting' ? name.slice(name.lastIndexOf('.') + 1) : name;
}

/** Each name once. */
export function namesWithTimes(names: readonly string[]): SubjectName[] {
  return groupsOf(names, (name) => name).map((same) => ({ name: same[0], times: same.length }));
}

/** The names that the headline does not have already. */
export function newNames({ names, headline, controls }: Problem): readonly SubjectName[] {
  return controls.length > 1 ? names : names.filter(({ name }) => name !== '' && !headline.includes(name));
}

/** The first names, and how many subjects are left: the numbers add up to the count of the headline. */
export function listNames(names: readonly SubjectName[], most: number): string {
  const shown = names.slice(0, most).map(({ name, times }) => (times > 1 ? `${name} ×${times}` : name));
  const left = names.slice(most).reduce((sum, { times }) => sum + times, 0);
  return [...shown, ...(left > 0 ? [`+${left}`] : [])].join(', ');
}

/** The failure with its count; a control without such a text is named by its title. */
export function headlineOf(control: ControlInfo, subjects: number, first?: Finding): string {
  if (control.problem) return counted(subjects, control.problem.one, control.problem.many);
  if (subjects === 1 && first) return first.message.replace(/\.$/, '');
  return `Not met for ${counted(subjects, 'subject')}: ${control.title}`;
}

function commonOf(group: Group, control: ControlInfo): Omit<Problem, 'headline' | 'names' | 'controls'> {
  return {
    severity: control.severity,
    findings: group.length,
    targets: [...new Set(group.map(({ target }) => target))],
    firstStep: firstStepOf(control),
  };
}

/** The first sentence of the first step; an older report has no steps. */
export function firstStepOf({ remediation, fix }: ControlInfo): string {
  const text = fix?.[0] ?? remediation.replace(/^1\.\s+/, '');
  const end = /(?<=[^\s.][.!])\s+(?=[A-Z`0-9])/.exec(text)?.index ?? text.length;
  return text.slice(0, end).trim();
}

/** The domain of a username says nothing that the org does not. */
export function withoutDomain(name: string): string {
  return /^[^@\s]+(?=@(?:[^@\s.]+\.)+[^@\s.]+$)/.exec(name)?.[0] ?? name;
}

export function shortName(name: string): string {
  const short = withoutDomain(name);
  return columns(short) <= LONGEST_NAME ? short : `${short.slice(0, LONGEST_NAME - 1)}…`;
}

/** The topic of a control; an older report has none. */
export function topicOf({ topic, id }: ControlInfo): string {
  return topic ?? shortId(id);
}

export function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function byWeight(one: Problem, other: Problem): number {
  return bySeverity(one, other) || other.findings - one.findings || compare(one.headline, other.headline);
}

/** The controls of a group; each target of a report has its own object of the same control. */
function controlsIn(group: Group): ControlInfo[] {
  return groupsOf(group, ({ control }) => control.id).map(([{ control }]) => control);
}

function subjectKey({ target, finding: { subject } }: Occurrence): string {
  return JSON.stringify([target, subject.type, subject.id ?? subject.file ?? '', subject.name]);
}
