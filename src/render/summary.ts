import {
  severities,
  verdicts,
  type Drift,
  type Gap,
  type Report,
  type Result,
  type TargetReport,
} from '../engine/types.js';
import { permissionLabel } from '../salesforce/permissions.js';
import { counted } from '../common/text.js';
import { problemsOf, shortId, shortName, type Problem } from './problems.js';
import { byUrgency, changesOf, coverageOf, endingTrustOf, roleLabel, weakenedOf } from './reportText.js';
import { columns, padded, plain, withoutMarks, wrap } from './text.js';
import type { Tone } from './terminal.js';

export type SummaryOptions = {
  /** Columns; 100 by default, 24 at least. */
  width?: number;
  /** Files that the run wrote. */
  files?: readonly string[];
  /** The exit code that follows from the gate. */
  exitCode: number;
  /** Notices that the terminal has already shown. */
  shown?: readonly string[];
  /** Without it the text is plain. */
  color?: (tone: Tone, text: string) => string;
};
type Settings = Required<SummaryOptions>;

/** Lines of problems and their headings. With headline, open questions and steps that makes at most 30 lines. */
const MOST_PROBLEM_LINES = 17;
const MOST_STEPS = 3;
const SHOWN_NAMES = 2;
const AUDITOR_CONTROL = 'org/auditor-can-see';
/** From this many targets on, each target is one line and their problems are merged. */
const FLEET = 3;

/** The result in at most 30 lines: the gate, one line per problem, what is open, and the first steps. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const settings: Settings = {
    width: Math.max(24, options.width ?? 100),
    files: options.files ?? [],
    exitCode: options.exitCode,
    shown: options.shown ?? [],
    color: options.color ?? ((_, text): string => text),
  };
  const { targets } = report;
  const blocks =
    targets.length < FLEET
      ? targets.map((target) => [
          ...headOf(target, report.scope, settings),
          ...problemLines([target], report, settings, targets.length),
        ])
      : [
          targets.flatMap((target) => fleetLine(target, report.scope, settings)),
          problemLines(targets, report, settings, 1),
        ];
  const overall = `${report.gate.toUpperCase()}  ${targets.length} targets`;
  return [
    ...(targets.length > 1 ? [settings.color(report.gate, overall)] : []),
    ...blocks.map((block) => block.join('\n')),
    [...openLines(targets, settings), ...trustLines(targets, settings), ...startLines(report, settings)].join('\n'),
    detailsLine(report, settings).join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n');
}

/** `FAILED  broken · Example · 00D… · dev-hub` and the counts. */
function headOf(target: TargetReport, scope: Report['scope'], settings: Settings): string[] {
  const about = target.target;
  const facts = [about.name, about.organization, about.orgId, about.roles?.map(roleLabel).join(', '), about.path]
    .filter((fact): fact is string => fact !== undefined && fact !== '')
    .filter((fact, index, all) => all.indexOf(fact) === index);
  const [first = '', ...others] = fit(facts.join(' · '), settings, `${target.gate.toUpperCase()}  `);
  const head = first.replace(/^[A-Z]+/, (gate) => settings.color(target.gate, gate));
  if (target.error) {
    return [
      head,
      ...others,
      ...fit(target.error.message, settings, '  '),
      ...target.error.actions.flatMap((action) => fit(action, settings, '  - ')),
    ];
  }
  const coverage = coverageOf(about);
  return [
    head,
    ...others,
    ...fit(countsLine(target, scope), settings),
    ...(coverage === undefined ? [] : fit(coverage, settings)),
    ...notesLine(target, settings),
  ];
}

/** `30 controls: 25 fail (5 critical, 15 high, 5 medium) · 4 undecided · 1 pass` */
function countsLine({ results, summary, off, drift, elsewhere = [] }: TargetReport, scope: Report['scope']): string {
  const failing = results.filter(({ verdict }) => verdict === 'fail');
  const bySeverity = severities
    .map((severity) => ({ severity, count: failing.filter(({ control }) => control.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  const labels = {
    fail: 'fail',
    inconclusive: 'undecided',
    attested: 'attested',
    pass: 'pass',
    'not-applicable': 'not applicable',
  };
  const counts = (
    ['fail', 'inconclusive', 'attested', 'pass', 'not-applicable'] as const satisfies Array<(typeof verdicts)[number]>
  )
    .filter((verdict) => summary[verdict] > 0)
    .map(
      (verdict) => `${summary[verdict]} ${labels[verdict]}${verdict === 'fail' ? ` (${bySeverity.join(', ')})` : ''}`
    );
  const more = [
    ...(off.length > 0 ? [`${off.length} off`] : []),
    ...(summary.waivedFindings > 0 ? [counted(summary.waivedFindings, 'finding waived', 'findings waived')] : []),
    ...(drift ? [driftCount(results, drift)] : []),
    ...(elsewhere.length > 0 ? [`${elsewhere.length} not shown (other files)`] : []),
    ...(scope.weakened ? [weakenedOf(scope.weakened)] : []),
  ];
  return `${counted(results.length, 'control')}${chosenOf(scope)}${limitOf(scope)}: ${[...counts, ...more].join(' · ')}`;
}

/** A gate over changed files says nothing about the others. */
function limitOf({ changedSince }: Report['scope']): string {
  return changedSince ? ` (${changesOf(changedSince)})` : '';
}

/** Names the chosen controls of a run: its gate does not cover the others. */
function chosenOf({ controls }: Report['scope']): string {
  if (controls === 'all') return '';
  const more = controls.length - SHOWN_NAMES;
  return ` (chosen: ${controls.slice(0, SHOWN_NAMES).join(', ')}${more > 0 ? `, +${more}` : ''})`;
}

function driftCount(results: readonly Result[], { accepted }: Drift): string {
  const marks = results.flatMap(({ findings }) => findings.flatMap(({ drift }) => drift ?? []));
  const fresh = marks.filter((mark) => mark === 'new' || mark === 'grown').length;
  const allowed = accepted.length + marks.filter((mark) => mark === 'accepted').length;
  return `${fresh} new${allowed > 0 ? ` and ${allowed} accepted` : ''} since the earlier report`;
}

function notesLine({ notices }: TargetReport, settings: Settings): string[] {
  const count = notices.filter((notice) => !settings.shown.includes(notice)).length;
  return count === 0
    ? []
    : fit(`${counted(count, 'note')}: --view table shows ${count === 1 ? 'it' : 'them'}.`, settings);
}

function fleetLine(target: TargetReport, scope: Report['scope'], settings: Settings): string[] {
  const label = padded(target.gate.toUpperCase(), 10);
  const text = target.error
    ? `${target.target.name}: ${target.error.message}`
    : `${target.target.name} · ${countsLine(target, scope)}`;
  const [first = '', ...others] = fit(text, settings, label);
  return [first.replace(/^[A-Z]+/, (gate) => settings.color(target.gate, gate)), ...others];
}

/** One line for each problem under its severity, within the share of lines that this block has. */
function problemLines(
  targets: readonly TargetReport[],
  { scope }: Report,
  settings: Settings,
  blocks: number
): string[] {
  const problems = problemsOf(targets, scope);
  const most = Math.max(4, Math.floor(MOST_PROBLEM_LINES / blocks));
  const shown: string[] = [];
  let severity: string | undefined;
  let left = problems.length;
  const widest = Math.min(52, Math.max(0, ...problems.map(({ headline }) => columns(plain(headline)))));
  for (const problem of problems) {
    const heading = problem.severity === severity ? [] : [settings.color('strong', problem.severity.toUpperCase())];
    const lines = [...heading, ...problemLine(problem, targets.length, widest, settings)];
    if (shown.length + lines.length > most - (left > 1 ? 1 : 0)) break;
    severity = problem.severity;
    shown.push(...lines);
    left -= 1;
  }
  const more = left > 0 ? fit(`${counted(left, 'more problem')}: --view table shows all.`, settings, ' … ') : [];
  return problems.length === 0 ? [] : ['', ...shown, ...more];
}

function problemLine(problem: Problem, targets: number, widest: number, settings: Settings): string[] {
  const where =
    targets > 1
      ? ` (${problem.targets.length === 1 ? (problem.targets[0] ?? '') : counted(problem.targets.length, 'org')})`
      : '';
  const headline = plain(`${problem.headline}${where}`);
  const id = problem.controls.length === 1 ? shortId(problem.controls[0] ?? '') : '';
  const mark = settings.color('fail', '✗');
  // What fits first is shown: in columns with two names, closer together, with one name, without names.
  const lines = [
    [padded(headline, widest), namesOf(problem, SHOWN_NAMES), id],
    [headline, namesOf(problem, SHOWN_NAMES), id],
    [headline, namesOf(problem, 1), id],
    [headline, '', id],
  ].map((parts) =>
    parts
      .filter((part) => part !== '')
      .join('  ')
      .trimEnd()
  );
  const fitting = lines.find((line) => columns(line) + 3 <= settings.width);
  if (fitting !== undefined) return [` ${mark} ${fitting}`];
  const short = lines.at(-1) ?? headline;
  return fit(short, settings, '   ').map((line, index) => (index === 0 ? ` ${mark} ${line.trimStart()}` : line));
}

/** `mallory.admin, erp.integration, +7`; a name that the headline already has is not repeated. */
function namesOf({ names, headline, controls }: Problem, most: number): string {
  if (controls.length > 1) return listed(names, most * 3);
  const fresh = names.filter((name) => name !== '' && !headline.includes(name));
  return listed(
    fresh.map((name) => shortName(plain(name))),
    most
  );
}

function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map(plain);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** What is undecided, by what closes it. */
function openLines(targets: readonly TargetReport[], settings: Settings): string[] {
  const open = targets.flatMap(({ results }) => results.filter(({ verdict }) => verdict === 'inconclusive'));
  const closers = new Map<string, number>();
  for (const result of open.toSorted(byUrgency)) {
    const closer = closerOf(result);
    closers.set(closer, (closers.get(closer) ?? 0) + 1);
  }
  if (closers.size === 0) return [];
  const texts = [...closers].map(([closer, count]) => `${count} ${agreeing(closer, count)}`);
  return ['', ...fit(texts.join(', '), settings, 'UNDECIDED  ')].map((line) =>
    line.replace(/^UNDECIDED/, (word) => settings.color('undecided', word))
  );
}

function trustLines(targets: readonly TargetReport[], settings: Settings): string[] {
  const text = endingTrustOf(targets);
  return text === undefined
    ? []
    : fit(`${text}: review it (sf security-review check-policy).`, settings, 'TRUST      ');
}

/** `1 waits for your sign-off`, `2 wait for your sign-off` */
function agreeing(closer: string, count: number): string {
  return count === 1 ? closer.replace(/^(?:need|wait)(?= )/, (verb) => `${verb}s`) : closer;
}

/** What would close the gaps of a result, the strongest reason first. */
function closerOf({ gaps, control }: Result): string {
  const kinds = new Set(gaps.map(({ kind }) => kind as string));
  if (gaps.some(({ grants = [] }) => grants.length > 0)) return 'need permissions';
  if (gaps.some(isTimeout)) return 'timed out';
  if (kinds.has('not-collected')) return 'not in the saved evidence';
  if (kinds.has('not-understood')) return 'with code that was not understood';
  if (kinds.has('unreadable')) return 'with files that could not be read';
  if (control.attestable && [...kinds].every((kind) => kind === 'not-supported' || kind === 'not-given'))
    return kinds.has('not-given') ? 'need input (policy or flags) or your sign-off' : 'wait for your sign-off';
  if (kinds.has('not-given')) return 'need input (policy or flags)';
  if (kinds.has('error') || kinds.has('no-access')) return 'could not be read';
  return 'not available from Salesforce';
}

function isTimeout({ kind, detail }: Pick<Gap, 'kind' | 'detail'>): boolean {
  return (kind === 'error' || kind === 'limit') && /\btimed? ?out|time limit|did not answer within/i.test(detail);
}

/** The first steps: what fixes the worst problems, then the command that helps most. */
function startLines(report: Report, settings: Settings): string[] {
  const helpers = helpersOf(report);
  // What the auditing user lacks has a line of its own, with the permissions.
  const problems = problemsOf(report.targets, report.scope).filter(
    ({ controls }) => !controls.every((id) => id === AUDITOR_CONTROL)
  );
  const fixes = [...new Set(problems.map(({ firstStep }) => firstStep))].slice(
    0,
    Math.max(1, MOST_STEPS - helpers.length)
  );
  const steps = [...(problems.length > 0 ? fixes : []), ...helpers].slice(0, MOST_STEPS);
  return steps.flatMap((step, index) => {
    const label = index === 0 ? 'START      ' : ' '.repeat(11);
    const [first = '', ...rest] = fit(withoutMarks(step), settings, `${label}${index + 1} `);
    // A step takes two lines at most; the full text is in the report and in `explain`.
    return rest.length > 1 ? [first, `${(rest[0] ?? '').slice(0, settings.width - 2)} …`] : [first, ...rest];
  });
}

/** Commands and settings that move the user on. */
function helpersOf({ targets, scope }: Report): string[] {
  const org = targets.find(
    ({ target, error, gate }) => target.kind === 'org' && error === undefined && gate !== 'passed'
  );
  const gaps = targets.flatMap(({ results }) =>
    results.filter(({ verdict }) => verdict === 'inconclusive').flatMap((one) => one.gaps)
  );
  const grants = [...new Set(gaps.flatMap((gap) => gap.grants ?? []))];
  return [
    ...(grants.length > 0
      ? [
          `Assign the permission set in permission-set/ to the auditing user (${grants
            .slice(0, SHOWN_NAMES)
            .map(permissionLabel)
            .join(', ')}${grants.length > SHOWN_NAMES ? `, +${grants.length - SHOWN_NAMES}` : ''})`,
        ]
      : []),
    ...(org && scope.policy === undefined
      ? [`sf security-review init -o ${literal(org.target.name)}   (no policy yet, so nothing is trusted)`]
      : []),
    ...(gaps.some(isTimeout) ? ['Requests timed out: run again with a higher --request-timeout'] : []),
  ];
}

function detailsLine(report: Report, settings: Settings): string[] {
  const [problem] = problemsOf(report.targets, report.scope);
  const open = report.targets
    .flatMap(({ results }) => results)
    .filter(({ verdict }) => verdict === 'inconclusive')
    .toSorted(byUrgency)[0];
  const id = problem?.controls[0] ?? open?.control.id;
  const parts = [
    settings.files.length > 0 ? settings.files.join(', ') : '-f report.html',
    ...(id === undefined ? [] : [`sf security-review explain ${literal(shortId(id))}`]),
    `exit ${settings.exitCode}`,
  ];
  return fit(parts.join(' · '), settings, 'Details: ');
}

/** Only what every shell takes unquoted; the reader fills in any other name. */
function literal(value: string): string {
  return /^[\w.@+-]+$/.test(value) && !value.startsWith('-') ? value : '<name>';
}

/** A text in lines that fit: the first begins with `first`, the others are indented as far. */
function fit(text: string, { width }: Settings, first = ''): string[] {
  const indent = columns(first);
  return wrap(plain(text), Math.max(10, width - indent)).map(
    (line, index) => (index === 0 ? first : ' '.repeat(indent)) + line
  );
}
