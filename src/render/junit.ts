import library, { type Builder, type TestCase } from 'junit-report-builder';
import { countsTowardGate, counts } from '../engine/report.js';
import type { Finding, Report, Result, TargetReport } from '../engine/types.js';
import { plain, withoutMarks } from './text.js';
import * as words from './reportText.js';

/** Its types describe another module format: what a Node module gets as the default is the builder itself. */
const junit = library as unknown as Builder;

/**
 * The report as JUnit XML. It agrees with the gate: a suite has a failure where the gate of its target failed, an error
 * where it is undecided, and neither where it passed. Green is only what passed; everything else is skipped.
 */
export const renderJunit = ({ tool, targets, scope, gate }: Report): string => {
  const builder = junit.newBuilder().name(xml(`${tool.name} ${tool.version}: ${words.gateSentence(gate, scope)}`));
  for (const target of targets) {
    const { kind, name } = target.target;
    const suite = builder
      .testSuite()
      .name(xml(`${kind} "${name}"`))
      // JUnit's moments have neither milliseconds nor a zone.
      .timestamp(xml(target.asOf.slice(0, 19)));
    for (const [property, value] of propertiesOf(target, scope)) suite.property(property, xml(value));
    if (target.error) closed(suite.testCase().className(classOf(target)), target.error, scope);
    for (const result of target.results) tell(suite.testCase().className(classOf(target)), result, scope);
  }
  return `${builder.build()}\n`;
};

const classOf = ({ target }: TargetReport): string => xml(`${target.kind}/${target.name}`);

const propertiesOf = (report: TargetReport, scope: Report['scope']): Array<[name: string, value: string]> => [
  ['gate', words.gateSentence(report.gate, scope)],
  ['scope', words.extentOf(report, scope)],
  ...words.aboutTarget(report).map((about): [string, string] => ['target', about]),
  ...(scope.policy ? [['policy', `${scope.policy.file}, SHA-256 ${scope.policy.sha256}`] as [string, string]] : []),
  ...[words.coverageOf(report.target) ?? []].flat().map((line): [string, string] => ['coverage', line]),
  ...report.off.map((id): [string, string] => ['off', id]),
  ...report.notices.map((notice): [string, string] => ['notice', notice]),
  ...words
    .goneOf(report)
    .flatMap(({ state, gone }) => gone.map((one): [string, string] => [state, `${one.control}: ${one.message}`])),
];

const closed = (
  test: TestCase,
  { name, message, actions }: NonNullable<TargetReport['error']>,
  { inconclusive }: Report['scope']
): void => {
  const text = lines([message, ...actions]);
  test.name('The target can be opened');
  if (inconclusive === 'block') test.error(xml(message), xml(name), text);
  else test.skipped().standardOutput(text);
};

const tell = (test: TestCase, result: Result, scope: Report['scope']): void => {
  const { control, verdict, reason, findings, gaps } = result;
  const severe = counts(control.severity, scope.failOn);
  const open = findings.filter(countsTowardGate(scope.gateOn));
  const unseen = verdict === 'inconclusive' || (verdict === 'fail' && gaps.length > 0);
  test.name(xml(control.id)).standardOutput(lines(everything(result)));
  if (severe && verdict === 'fail' && open.length > 0) {
    test
      .failure(xml(reason), xml(control.severity))
      .stacktrace(lines([...open.map(findingOf), `What to do: ${withoutMarks(control.remediation)}`]));
  } else if (severe && unseen && scope.inconclusive === 'block') {
    const missing = words.grouped(gaps).map(gapText);
    test.error(xml(reason), 'inconclusive', lines([...missing, `What to do: ${withoutMarks(control.remediation)}`]));
  } else if (verdict !== 'pass') test.skipped();
};

const everything = (result: Result): string[] => {
  const { control, verdict, reason, findings, gaps } = result;
  return [
    `${verdict.toUpperCase()} (${control.severity}): ${reason}`,
    `Wanted: ${control.title}.`,
    ...words.ranked(findings).map(findingOf),
    ...words.grouped(gaps).map(gapText),
  ];
};

const findingOf = (finding: Finding): string => {
  const { subject, message } = finding;
  const place = words.placeOf(subject);
  const marks = words.marks(finding).map((mark) => ` [${mark}]`);
  const rest = words.withoutSubject(finding);
  const text = rest === undefined ? `: ${message}` : ` ${rest}`;
  return `- ${subject.type}:${subject.name}${place ? ` (${place})` : ''}${text}${marks.join('')}`;
};

const gapText = (unseen: words.GapGroup): string =>
  [
    [
      '? could not be checked:',
      ...(unseen.about.length > 0 ? [unseen.about.join(', ')] : []),
      `(${unseen.kind}): ${unseen.detail}`,
    ].join(' '),
    ...words.grants(unseen),
  ].join(' — ');

const lines = (all: readonly string[]): string => all.map(xml).join('\n');

/**
 * A text that is valid in an attribute and in CDATA. The builder drops characters that XML does not allow, but splits
 * only the first `]]>` of a text: a second one would end the CDATA.
 */
const xml = (value: string): string => plain(value).replaceAll(']]>', ']] >');
