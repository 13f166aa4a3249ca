import type { JSX } from 'preact';
import { severities, verdicts, type Gate, type Report } from '../../engine/types.js';
import { counted, plain } from '../text.js';
import * as words from '../reportText.js';
import { decisionsOf, endsSoon } from './decisions.js';
import { anchorOf, entriesOf, numbered } from './entries.js';
import { Badge, Day, Name, Table, TargetName } from './components.js';

/** More targets than this are a number in the headline, and their table is folded. */
const few = 6;

/** `Security review of acme-hub, acmepay-ns: failed, chosen controls: org/mfa-enforced` */
export const titleOf = (report: Report): string =>
  [`Security review of ${subjectOf(report)}: ${plain(report.gate)}`, ...chosen(report)].join(', ');

const subjectOf = ({ targets }: Report): string =>
  targets.length > few ? `${targets.length} targets` : targets.map(({ target }) => plain(target.name)).join(', ');

const chosen = ({ scope }: Report): string[] =>
  scope.controls === 'all' ? [] : [plain(words.extentOf({ results: [] }, scope))];

/** What the report is about, its gate, and what the gate rests on. */
export const Head = ({ report }: { report: Report }): JSX.Element => (
  <header>
    <h1>
      Security review of <span class="subject">{subjectOf(report)}</span>
      {chosen(report).map((extent) => (
        <span class="chosen">Not all controls. {extent}</span>
      ))}
    </h1>
    <div class={`gate tone-${plain(report.gate)}`}>
      <p class="outcome">
        <span class="label">Gate</span> {plain(report.gate)}
      </p>
      <ul>
        {standing(report).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </div>
    <Facts report={report} />
    <Counts report={report} />
  </header>
);

/** What the gate looks at, said of the whole run. */
const standing = (report: Report): string[] => {
  const results = entriesOf(report).map(({ result }) => result);
  const failed = results.filter(({ verdict }) => verdict === 'fail');
  const bySeverity = severities.flatMap((severity) => {
    const { length } = failed.filter(({ control }) => control.severity === severity);
    return length > 0 ? [`${length} ${severity}`] : [];
  });
  const unseen = results.filter(({ verdict }) => verdict === 'inconclusive').length;
  const closed = report.targets.filter(({ error }) => error !== undefined).length;
  const drifts = report.targets.flatMap(({ drift }) => drift ?? []);
  const fresh = results.flatMap(({ findings }) => findings).filter(({ drift }) => drift === 'new').length;
  const gone = (key: 'fixed' | 'notSeen'): number => drifts.reduce((sum, drift) => sum + drift[key].length, 0);
  return [
    failed.length === 0 ? 'No control fails' : `${counted(failed.length, 'fail')}: ${bySeverity.join(', ')}`,
    ...(unseen > 0 ? [`${unseen} inconclusive: not enough was seen to decide`] : []),
    ...(drifts.length > 0
      ? [`Since an earlier report: ${fresh} new, ${gone('fixed')} fixed, ${gone('notSeen')} not seen`]
      : []),
    ...(closed > 0 ? [`${counted(closed, 'target')} could not be opened`] : []),
  ];
};

const Facts = ({ report: { asOf, scope, tool, targets }, report }: { report: Report }): JSX.Element => {
  const decisions = decisionsOf(report);
  const soon = decisions.filter(({ expires }) => endsSoon(expires, asOf)).length;
  return (
    <dl class="facts">
      <Fact term="As of">
        <Day moment={asOf} />
      </Fact>
      <Fact term="Controls">
        {scope.controls === 'all' ? 'all' : `chosen: ${plain(scope.controls.join(', ')) || 'none'}`}
      </Fact>
      <Fact term="The gate looks at">
        {plain(words.thresholdOf(scope))}
        {scope.gateOn === 'new' && ', new findings only'}
      </Fact>
      <Fact term="Decisions of people">
        {decisions.length === 0 ? 'none' : decisions.length}
        {soon > 0 && (
          <>
            {' '}
            <Badge tone="undecided">{soon} ending soon</Badge>
          </>
        )}
      </Fact>
      <Fact term="Targets">{targets.length}</Fact>
      {targets.map(({ target }) => {
        const coverage = words.coverageOf(target);
        return coverage === undefined ? null : (
          <Fact term={targets.length > 1 ? `Coverage of ${plain(target.name)}` : 'Coverage'}>
            {plain(coverage.replace('Coverage: ', ''))}
          </Fact>
        );
      })}
      <Fact term="Made by">
        <Name value={tool.name} /> {plain(tool.version)}
      </Fact>
      <Fact term="Policy">
        {scope.policy ? (
          <>
            <Name value={scope.policy.file} /> <span class="hash">SHA-256 {plain(scope.policy.sha256)}</span>
          </>
        ) : (
          'none: nothing is trusted, waived or attested'
        )}
      </Fact>
    </dl>
  );
};

const Fact = ({ term, children }: { term: string; children: JSX.Element['props']['children'] }): JSX.Element => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

const verdictNames: Record<(typeof verdicts)[number], string> = {
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  attested: 'Attested',
  pass: 'Pass',
  'not-applicable': 'Not applicable',
};
const shownVerdicts = ['fail', 'inconclusive', 'attested', 'pass', 'not-applicable'] as const;
const gates: readonly Gate[] = ['failed', 'undecided', 'passed'];

/** How many controls of each target got which verdict; the worst targets first. */
const Counts = ({ report }: { report: Report }): JSX.Element => {
  const { targets, summary } = report;
  const rows = numbered(report)
    .toSorted((one, other) => gates.indexOf(one.report.gate) - gates.indexOf(other.report.gate))
    .map(({ report: { target, gate, summary: own, off }, number }) => ({
      about: { target: number },
      cells: [
        <a href={`#${anchorOf(number)}`}>
          <TargetName target={target} />
        </a>,
        <Badge tone={gate}>{plain(gate)}</Badge>,
        ...shownVerdicts.map((verdict) => <Count value={own[verdict]} />),
        <Count value={off.length} />,
        <Count value={own.waivedFindings} />,
      ],
    }));
  const sum = {
    cells: [
      'All targets',
      <Badge tone={report.gate}>{plain(report.gate)}</Badge>,
      ...shownVerdicts.map((verdict) => <Count value={summary[verdict]} />),
      <Count value={targets.reduce((total, { off }) => total + off.length, 0)} />,
      <Count value={summary.waivedFindings} />,
    ],
  };
  const names = shownVerdicts.map((verdict) => verdictNames[verdict]);
  return (
    <details class="counts" open={targets.length <= few}>
      <summary>Counts by target</summary>
      <Table
        label="Controls by target and verdict"
        columns={['Target', 'Gate', ...names, 'Off', 'Findings waived']}
        rows={targets.length > 1 ? [...rows, sum] : rows}
        numbers
      />
    </details>
  );
};

/** Zeros step back, so that the other numbers are seen. */
const Count = ({ value }: { value: number }): JSX.Element => (
  <span class={value === 0 ? 'zero' : undefined}>{value}</span>
);
