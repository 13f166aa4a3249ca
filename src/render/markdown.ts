import type { ControlInfo, Finding, RemovedFinding, Report, Result, TargetReport } from '../engine/types.js';
import { counted } from '../common/text.js';
import { shortTime } from '../common/dates.js';
import { problemCounts, problemsOf } from './problems.js';
import { plain } from './text.js';
import * as words from './reportText.js';

/** The report as Markdown: what needs action first. */
export const renderMarkdown = (report: Report): string => {
  const { tool, targets, scope, gate } = report;
  const names = targets.map(({ target }) => code(target.name)).join(', ');
  const chosen = scope.controls === 'all' ? '' : `, ${prose(words.extentOf({ results: [] }, scope))}`;
  const head = [
    `# Security review of ${names}: ${gate}${chosen}`,
    `Gate: **${words.gateSentence(gate, scope)}**`,
    ...worst(report),
    ...listOf([
      `As of ${prose(shortTime(report.asOf))}`,
      ...(scope.policy ? [`Policy: ${code(scope.policy.file)}, SHA-256 ${code(scope.policy.sha256)}`] : []),
      `Made by ${code(tool.name)} ${code(tool.version)}`,
    ]),
  ];
  return `${[...head, ...targets.flatMap((target) => sectionOf(target, scope))].join('\n\n')}\n`;
};

const MOST_PROBLEMS = 10;

/** The worst problems as a table, on top: a job summary is read from there. */
function worst({ targets }: Report): string[] {
  const problems = problemsOf(targets);
  if (problems.length === 0) return [];
  const sum = problemCounts(targets);
  const rows = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ severity, headline, controls, firstStep }) =>
      [severity, prose(headline), controls.slice(0, 3).map(code).join(', '), prose(firstStep)].map(cell).join(' | ')
    );
  const more = problems.length - MOST_PROBLEMS;
  const table = ['Severity | Problem | Control | First step', '--- | --- | --- | ---', ...rows];
  return [
    `${sum?.counts ?? ''}${sum?.grouping ?? ''}.`,
    table.map((row) => `| ${row} |`).join('\n'),
    ...(more > 0 ? [`And ${counted(more, 'more problem')}; all findings are below.`] : []),
  ];
}

/** Nothing in a cell ends it. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

const sectionOf = (report: TargetReport, scope: Report['scope']): string[] => {
  const { target, asOf, error, results, gate, off, notices } = report;
  const unsettled = words.sorted(results, false);
  const open = unsettled.filter(({ verdict }) => verdict !== 'attested');
  const attested = unsettled.filter(({ verdict }) => verdict === 'attested');
  const quiet = words.quiet(results);
  const toDecide = words.toDecide(results);
  const drift = words.driftOf(report);
  const coverage = words.coverageOf(report.target);
  return [
    `## ${words.kinds[target.kind]} ${code(target.name)}`,
    [
      `Gate: **${words.gateSentence(gate, scope)}**`,
      prose(words.extentOf(report, scope)),
      ...words.aboutTarget(report).map(prose),
      `as of ${prose(shortTime(asOf))}`,
    ].join(' · '),
    ...(error
      ? [`**It could not be opened.** ${prose(error.message)}`, ...listOf(error.actions.map((action) => prose(action)))]
      : []),
    ...(open.length > 0 ? ['### Action required', ...open.flatMap(resultLines)] : []),
    ...(attested.length > 0 ? ['### Attested', ...attested.flatMap(resultLines)] : []),
    ...(quiet.length > 0 ? ['### Worth knowing', ...quiet.flatMap(resultLines)] : []),
    '### Counts',
    words.countsOf(report),
    ...(coverage === undefined ? [] : [prose(coverage)]),
    ...(drift === undefined ? [] : [drift]),
    ...words.goneOf(report).flatMap(({ title, gone }) => [`### ${title}`, ...capped(gone, goneOf)]),
    ...(off.length > 0 ? ['### Off', ...listOf(off.map(code))] : []),
    ...(notices.length > 0 ? ['### Notices', ...listOf(notices.map((notice) => prose(notice)))] : []),
    ...(toDecide.length > 0
      ? ['### To check the rest', 'Give the auditing user:', ...listOf(toDecide.map((one) => prose(one)))]
      : []),
  ];
};

const resultLines = (result: Result): string[] => {
  const { control, verdict, reason, findings, gaps } = result;
  const undone = verdict === 'fail' || verdict === 'inconclusive';
  return [
    `#### ${verdict.toUpperCase()} · ${control.severity} · ${code(control.id)}`,
    `Wanted: ${prose(control.title)}.`,
    `**${prose(reason)}**`,
    ...capped(words.ranked(findings), findingOf),
    ...(gaps.length > 0 ? ['Could not be checked:', ...capped(words.grouped(gaps), gapLine)] : []),
    ...(undone ? whatToDo(control) : []),
  ];
};

/** One step is a sentence; several are numbered. */
export function whatToDo({ fix = [], remediation }: ControlInfo): string[] {
  return fix.length > 1 ? ['What to do:', ...listOf(fix.map(prose), true)] : [`What to do: ${prose(remediation)}`];
}

const findingOf = (finding: Finding): string => {
  const { subject, message } = finding;
  const place = words.placeOf(subject);
  const rest = words.withoutSubject(finding);
  return [
    code(`${subject.type}:${subject.name}`),
    ...(place ? [`in ${code(place)}`] : []),
    rest === undefined ? `— ${prose(message)}` : prose(rest),
    ...words.marks(finding).map((mark) => `(${prose(mark)})`),
  ].join(' ');
};

const goneOf = ({ severity, control, subject, message }: RemovedFinding): string => {
  const place = words.placeOf(subject);
  return [
    `${severity} · ${code(control)} ·`,
    code(`${subject.type}:${subject.name}`),
    ...(place ? [code(place)] : []),
    `— ${prose(message)}`,
  ].join(' ');
};

const gapLine = (unseen: words.GapGroup): string =>
  [
    ...(unseen.about.length > 0 ? [unseen.about.map(code).join(', ')] : []),
    `(${unseen.kind}): ${prose(unseen.detail)}`,
    ...words.grants(unseen).map((grant) => `— ${prose(grant)}`),
  ].join(' ');

const capped = <T>(items: readonly T[], show: (item: T) => string): string[] => {
  const more = items.length - words.shownFindings;
  return [
    ...listOf(items.slice(0, words.shownFindings).map(show)),
    ...(more > 0 ? [`And ${counted(more, 'more', 'more')}; a JSON report has all.`] : []),
  ];
};

/** The items as one block, with numbers where their order matters. */
export const listOf = (items: readonly string[], ordered = false): string[] =>
  items.length > 0 ? [items.map((item, index) => `${ordered ? `${index + 1}.` : '-'} ${item}`).join('\n')] : [];

/** A value as code: nothing inside of a code span is a link, a mention, HTML or emphasis. */
export const code = (value: string): string => {
  const text = plain(value);
  if (text === '') return '(empty)';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
};

/**
 * A sentence: words stay words, and whatever Markdown or a viewer could read as more than a word (a link, a mention, a
 * list, HTML) becomes code. A number begins a list only as the first word: later it is the year of a date.
 */
export const prose = (value: string): string =>
  plain(value)
    .split(' ')
    .map((word, index) => (index > 0 && /^\d+[.)]$/.test(word) ? word : wordOf(word)))
    .join(' ');

const wordOf = (word: string): string => {
  // The arrows of a Setup path.
  if (word === '>') return '&gt;';
  if (/^[–—·→…]$/u.test(word) || isPlainWord(word)) return word;
  const [before = ''] = /^[("]*/.exec(word) ?? [];
  const rest = word.slice(before.length);
  const [after = ''] = /(?<![)".,;:!?])[)".,;:!?]*$/.exec(rest) ?? [];
  const inner = rest.slice(0, rest.length - after.length);
  // A text of a control marks a name as code itself.
  const marked = /^`([^`]+)`$/.exec(inner)?.[1] ?? inner;
  return inner === '' ? code(word) : `${before}${code(marked)}${after}`;
};

const isPlainWord = (word: string): boolean =>
  /^["'(“„]*[\p{L}\p{N}][\p{L}\p{M}\p{N}\-–'’/,;:()"“”%?.…!]*$/u.test(word) &&
  !/:\/|^\d+[.)]|\.\p{L}|^GH-/iu.test(word);
