import type { Gap, Report, Result, TargetReport } from '../engine/types.js';
import { permissionLabel } from '../salesforce/permissions.js';
import { groupsOf } from '../common/lists.js';
import { counted } from '../common/text.js';
import { appAttestations } from './attestationBlock.js';
import {
  listNames,
  namesWithTimes,
  newNames,
  problemCounts,
  problemsOf,
  shortId,
  untrustedProblems,
  withoutDomain,
  type Problem,
} from './problems.js';
import {
  byUrgency,
  changesOf,
  coverageOf,
  driftCounts,
  endingTrustOf,
  factsOf,
  failuresBySeverity,
  isShellWord,
  nameOfTarget,
  placesOf,
  verdictName,
  verdictOrder,
  weakenedOf,
} from './reportText.js';
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

const MOST_LINES = 30;
/** Lines of problems and their headings, where the other lines leave as many. */
const MOST_PROBLEM_LINES = 17;
const LEAST_PROBLEM_LINES = 4;
const MOST_STEPS = 3;
const MOST_OPEN_LINES = 3;
const SHOWN_NAMES = 2;
/** Columns of a headline, of the mark before it, and between the parts of a line. */
const LONGEST_HEADLINE = 46;
const MARK = 3;
/** Columns of a label such as `START`, before its text. */
const LABEL = 14;
const GAP = 2;
/** Ids end here or at the end of the line: further away they are hard to connect with their headline. */
const ID_END = 110;
const AUDITOR_CONTROL = 'org/auditor-can-see';
/** From this many targets on, each target is one line and their problems are merged. */
const FLEET = 3;

/** The result in at most 30 lines: the gate, one line per problem, what is open, and the first steps. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const width = Math.max(24, options.width ?? 100);
  const settings: Settings = { files: [], shown: [], color: (_, text) => text, ...options, width };
  const { targets } = report;
  const overall = `${report.gate.toUpperCase()}  ${targets.length} targets`;
  const top = targets.length > 1 ? [settings.color(report.gate, overall)] : [];
  const end = [
    ...openLines(targets, settings),
    ...trustLines(targets, settings),
    ...startLines(report, settings),
    ...detailsLine(report, settings),
  ];
  const blocks =
    targets.length < FLEET
      ? targets.map((target) => ({ head: headOf(target, report.scope, settings), about: [target] }))
      : [{ head: targets.flatMap((target) => fleetLine(target, report.scope, settings)), about: targets }];
  for (const { head, about } of blocks) {
    head.push(...problemCountLine(about, settings));
  }
  blocks.at(-1)?.head.push(...trustNote(report, settings));
  // An empty line before the problems of each block.
  const taken = [...top, ...end, ...blocks.flatMap(({ head }) => [...head, ''])].length;
  const most = Math.min(MOST_PROBLEM_LINES, MOST_LINES - taken) / blocks.length;
  return [
    ...top,
    ...blocks.flatMap(({ head, about }) => [...head, ...problemLines(about, settings, Math.floor(most))]),
    ...end,
  ].join('\n');
}

/** How problems are grouped is explained only where that takes no second line. */
function problemCountLine(targets: readonly TargetReport[], settings: Settings): string[] {
  const sum = problemCounts(targets);
  if (sum === undefined) return [];
  const all = `${sum.counts}${sum.grouping}.`;
  return fit(columns(all) <= settings.width ? all : `${sum.counts}.`, settings);
}

/** Without a policy nothing is trusted: a reader has to know that before the problems. */
function trustNote(report: Report, settings: Settings): string[] {
  const problems = untrustedProblems(report);
  if (problems.length === 0 || policySteps(report).length === 0) return [];
  const critical = problems.filter(({ severity }) => severity === 'critical').length;
  const some = critical > 0 ? ` (${critical} critical)` : '';
  return fit(`No policy yet: that alone can cause ${problems.length} of them${some}.`, settings);
}

/** `FAILED  alias "broken" · Example · 00D… · Dev Hub` and the counts. */
function headOf(target: TargetReport, scope: Report['scope'], settings: Settings): string[] {
  const about = target.target;
  const facts = [nameOfTarget(about), ...factsOf(about)].filter((fact, index, all) => all.indexOf(fact) === index);
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
    ...fit([countsLine(target, scope), ...notesOf(target, settings)].join(' · '), settings),
    ...(coverage === undefined ? [] : fit(coverage, settings)),
  ];
}

/** `30 controls: 25 fail (5 critical, 15 high, 5 medium) · 4 inconclusive · 1 pass` */
function countsLine(target: TargetReport, scope: Report['scope']): string {
  const { results, summary, off, drift, elsewhere = [] } = target;
  const failed = failuresBySeverity(results).map(({ severity, count }) => `${count} ${severity}`);
  const counts = verdictOrder
    .filter((verdict) => summary[verdict] > 0)
    .map(
      (verdict) => `${summary[verdict]} ${verdictName(verdict)}${verdict === 'fail' ? ` (${failed.join(', ')})` : ''}`
    );
  const more = [
    ...(off.length > 0 ? [`${off.length} off`] : []),
    ...(summary.waivedFindings > 0 ? [counted(summary.waivedFindings, 'finding waived', 'findings waived')] : []),
    ...(drift ? [driftText(target)] : []),
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

function driftText(target: TargetReport): string {
  const counts = driftCounts([target]);
  const accepted = counts.accepted > 0 ? ` and ${counts.accepted} accepted` : '';
  return `${counts.new + counts.grown} new${accepted} since the earlier report`;
}

/** Notices are in the other views, which the last line names. */
function notesOf({ notices }: TargetReport, { shown }: Settings): string[] {
  const count = notices.filter((notice) => !shown.includes(notice)).length;
  return count === 0 ? [] : [counted(count, 'notice')];
}

function fleetLine(target: TargetReport, scope: Report['scope'], settings: Settings): string[] {
  const label = padded(target.gate.toUpperCase(), 10);
  const text = target.error
    ? `${nameOfTarget(target.target)}: ${target.error.message}`
    : `${nameOfTarget(target.target)} · ${countsLine(target, scope)}`;
  const [first = '', ...others] = fit(text, settings, label);
  return [first.replace(/^[A-Z]+/, (gate) => settings.color(target.gate, gate)), ...others];
}

/** One line for each problem under its severity, within the share of lines that this block has. */
function problemLines(targets: readonly TargetReport[], settings: Settings, lines: number): string[] {
  const problems = problemsOf(targets);
  const most = Math.max(LEAST_PROBLEM_LINES, lines);
  const shown: string[] = [];
  let severity: string | undefined;
  let left = problems.length;
  const rows = problems.map((problem) => rowOf(problem, targets.length));
  const table = tableOf(rows.slice(0, most), settings);
  for (const row of rows) {
    const heading = row.severity === severity ? [] : [settings.color('strong', row.severity.toUpperCase())];
    const added = [...heading, ...rowLines(row, table, settings)];
    if (shown.length + added.length > most - (left > 1 ? 1 : 0)) break;
    severity = row.severity;
    shown.push(...added);
    left -= 1;
  }
  const more = left > 0 ? fit(`${counted(left, 'more problem')}: --view table shows all.`, settings, ' … ') : [];
  return problems.length === 0 ? [] : ['', ...shown, ...more];
}

/** `names`: what a line may name, the most first. */
type Row = { severity: string; headline: string; names: readonly string[]; id: string };
/** Columns: where names begin, and where ids end. */
type Table = { names: number; end: number };

function rowOf(problem: Problem, targets: number): Row {
  const { severity, controls } = problem;
  const names = namesOf(problem);
  const place = plain(placesOf(problem.targets));
  return {
    severity,
    headline: plain(problem.headline),
    // The place is shown also where no name fits.
    names: targets > 1 ? [...names.map((text) => `${text} ${place}`), place] : names,
    id: controls.length === 1 ? shortId(controls[0] ?? '') : '',
  };
}

/** A headline that is longer than most does not move the names of the others. */
function tableOf(rows: readonly Row[], { width }: Settings): Table {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columns));
  const most = Math.min(LONGEST_HEADLINE, width - MARK);
  const headlines = rows.map(({ headline }) => headline).filter((headline) => columns(headline) <= most);
  const names = MARK + widest(headlines) + GAP;
  const named = rows.filter(({ id }) => id !== '').map((row) => row.names[0] ?? '');
  const end = names + widest(named) + GAP + widest(rows.map(({ id }) => id));
  return { names, end: Math.min(width, ID_END, end) };
}

/** Never cuts a name: with less room, a line has fewer names, then no id, then only the id. */
function rowLines({ headline, names, id }: Row, table: Table, settings: Settings): string[] {
  const mark = settings.color('fail', '✗');
  const start = Math.max(table.names, MARK + columns(headline) + GAP);
  const fits = (text: string, room: number): boolean => start + columns(text) + room <= settings.width;
  const both = id === '' ? undefined : names.find((text) => fits(text, GAP + columns(id)));
  const text = both ?? names.find((one) => fits(one, 0)) ?? '';
  const shownId = both !== undefined || (text === '' && fits(id, 0)) ? id : '';
  const head = ` ${mark} ${headline}`;
  if (text === '' && shownId === '') {
    const lines = fit(headline, settings, ' '.repeat(MARK));
    return lines.map((line, index) => (index === 0 ? ` ${mark} ${line.trimStart()}` : line));
  }
  const left = `${' '.repeat(start - MARK - columns(headline))}${text}`;
  const room = table.end - start - columns(text) - columns(shownId);
  return [(head + left + ' '.repeat(Math.max(text === '' ? 0 : GAP, room)) + shownId).trimEnd()];
}

/** `mallory.admin, erp.integration, +7`, then with fewer names; a name that the headline already has is not repeated. */
function namesOf(problem: Problem): string[] {
  const ofApp = problem.controls.length > 1;
  const names = newNames(problem);
  const fresh = ofApp ? names : names.map(({ name, times }) => ({ name: plain(withoutDomain(name)), times }));
  const most = Math.min(fresh.length, ofApp ? SHOWN_NAMES * 3 : SHOWN_NAMES);
  return Array.from({ length: most }, (_, fewer) => listNames(fresh, most - fewer));
}

/** What is inconclusive, by what closes it: a line for each, with the controls. */
function openLines(targets: readonly TargetReport[], settings: Settings): string[] {
  const all = groupsOf(inconclusiveIn(targets).toSorted(byUrgency), closerOf);
  if (all.length === 0) return [];
  const label = padded('INCONCLUSIVE', LABEL);
  const shown = all.length > MOST_OPEN_LINES ? all.slice(0, MOST_OPEN_LINES - 1) : all;
  const left = all.slice(shown.length).flat().length;
  const texts = shown.map((results) => {
    const count = `${results.length} ${agreeing(closerOf(results[0]), results.length)}`;
    const names = namesWithTimes(results.map(({ control }) => shortId(control.id)));
    const named = [SHOWN_NAMES, 1].map((most) => `${count}: ${listNames(names, most)}`);
    return named.find((text) => columns(label + text) <= settings.width) ?? count;
  });
  if (left > 0) texts.push(`${left} more: --view table shows them.`);
  const lines = texts.flatMap((text, index) => fit(text, settings, index === 0 ? label : ' '.repeat(label.length)));
  return ['', ...lines].map((line) => line.replace(/^INCONCLUSIVE/, (word) => settings.color('inconclusive', word)));
}

function inconclusiveIn(targets: readonly TargetReport[]): Result[] {
  return targets.flatMap(({ results }) => results.filter(({ verdict }) => verdict === 'inconclusive'));
}

function trustLines(targets: readonly TargetReport[], settings: Settings): string[] {
  const text = endingTrustOf(targets);
  return text === undefined ? [] : fit(`${text} (sf security-review check-policy)`, settings, padded('REVIEW', LABEL));
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

/** The first steps: a first policy, the fixes of the worst problems, and what closes gaps. */
function startLines(report: Report, settings: Settings): string[] {
  // What the auditing user lacks has a line of its own, with the permissions.
  const problems = problemsOf(report.targets).filter(({ controls }) => !controls.every((id) => id === AUDITOR_CONTROL));
  const fixes = [...new Set(problems.map(({ firstStep }) => firstStep))];
  const [policy, helpers] = [policySteps(report), helpersOf(report)];
  // What is not on a list of trusted apps may be trusted: that comes before a fix.
  const steps =
    fixes.length > 0
      ? [...policy, ...fixes.slice(0, Math.max(1, MOST_STEPS - policy.length - helpers.length)), ...helpers]
      : [...helpers, ...policy];
  return steps.slice(0, MOST_STEPS).flatMap((step, index) => {
    const label = padded(index === 0 ? 'START' : '', LABEL);
    const [first = '', ...rest] = fit(withoutMarks(step), settings, `${label}${index + 1} `);
    // A step takes two lines at most; the full text is in the report and in `explain`.
    return rest.length > 1 ? [first, `${(rest[0] ?? '').slice(0, settings.width - 2)} …`] : [first, ...rest];
  });
}

function policySteps({ targets, scope }: Report): string[] {
  const org = targets.find(
    ({ target, error, gate }) => target.kind === 'org' && error === undefined && gate !== 'passed'
  );
  return org && scope.policy === undefined
    ? [`sf security-review init -o ${literal(org.target.name)} (drafts a policy with what to trust)`]
    : [];
}

/** What closes the gaps of inconclusive controls. */
function helpersOf({ targets }: Report): string[] {
  const gaps = inconclusiveIn(targets).flatMap((result) => result.gaps);
  const grants = [...new Set(gaps.flatMap((gap) => gap.grants ?? []))];
  return [
    ...(grants.length > 0
      ? [
          `Assign the permission set in permission-set/ to the auditing user: ${permissionLabel(grants[0] ?? '')}${
            grants.length > 1 ? ' and others are missing' : ' is missing'
          }.`,
        ]
      : []),
    ...targets
      .flatMap(appAttestations)
      .map(
        ({ app, controls }) =>
          `Read ${app} in Setup > External Client App Manager and attest ${counted(controls.length, 'control')}: --view detail prints the entry`
      ),
    ...(gaps.some(isTimeout) ? ['Requests timed out: run again with a higher --request-timeout'] : []),
  ];
}

function detailsLine(report: Report, settings: Settings): string[] {
  const [problem] = problemsOf(report.targets);
  const [open] = inconclusiveIn(report.targets).toSorted(byUrgency);
  const id = problem?.controls[0] ?? open?.control.id;
  const parts = [
    '--view table',
    settings.files.length > 0 ? settings.files.join(', ') : '-f report.html',
    ...(id === undefined ? [] : [`sf security-review explain ${literal(shortId(id))}`]),
    `exit ${settings.exitCode}`,
  ];
  return fit(parts.join(' · '), settings, 'Details: ');
}

/** The reader fills in a name that a shell would change. */
function literal(value: string): string {
  return isShellWord(value) ? value : '<name>';
}

/** A text in lines that fit: the first begins with `first`, the others are indented as far. */
function fit(text: string, { width }: Settings, first = ''): string[] {
  const indent = columns(first);
  return wrap(plain(text), Math.max(10, width - indent)).map(
    (line, index) => (index === 0 ? first : ' '.repeat(indent)) + line
  );
}
