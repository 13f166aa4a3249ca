import type { JSX } from 'preact';
import type { Coverage, Gate, Report } from '../../engine/types.js';
import { plain } from '../text.js';
import { counted } from '../../common/text.js';
import * as words from '../reportText.js';
import { decisionsOf, endsSoon } from './decisions.js';
import { anchorOf, numbered } from './entries.js';
import { Badge, Day, Name, Table, TargetName } from './components.js';
import type { Layout } from './layout.js';
import { Overview } from './overview.js';

/** More targets than this are a number in the headline, so that a phone shows the first step on its first screen. */
const NAMED_TARGETS = 3;
/** The table of more targets than this is folded. */
const few = 6;

/** `Security review of "acme-hub", "acmepay-ns": failed, chosen controls: org/mfa-enforced` */
export const titleOf = (report: Report): string =>
  [`Security review of ${subjectOf(report)}: ${plain(report.gate)}`, ...chosen(report)].join(', ');

const subjectOf = ({ targets }: Report): string =>
  targets.length > NAMED_TARGETS
    ? `${targets.length} targets`
    : targets.map(({ target }) => `"${plain(target.name)}"`).join(', ');

const chosen = ({ scope }: Report): string[] =>
  scope.controls === 'all' ? [] : [plain(words.extentOf({ results: [] }, scope))];

/** What the report is about, its gate, the worst problems and the first steps. */
export const Head = ({ report, layout }: { report: Report; layout: Layout }): JSX.Element => (
  <header>
    <div class="top">
      <p class={`outcome tone-${plain(report.gate)}`}>
        <span class="label">Gate</span> {plain(report.gate)}
      </p>
      <div>
        <h1>
          Security review of <span class="subject">{subjectOf(report)}</span>
          {chosen(report).map((extent) => (
            <span class="chosen">Not all controls. {extent}</span>
          ))}
        </h1>
        <p class="identity">
          {identityOf(report).map((part) => (
            <span>{part}</span>
          ))}
          <span>
            <Day moment={report.asOf} />
          </span>
        </p>
        {filesOf(report).map((line) => (
          <p class="identity">{line}</p>
        ))}
        {warnings(report).map((warning) => (
          <p class="warning">{warning}</p>
        ))}
      </div>
    </div>
    <Overview report={report} layout={layout} />
  </header>
);

/** Company, org id and roles of the one target, or how many targets there are. */
const identityOf = ({ targets }: Report): string[] => {
  const [first, ...others] = targets;
  if (first === undefined || others.length > 0) return [`${counted(targets.length, 'target')}: ${gatesOf(targets)}`];
  return words.factsOf(first.target).map(plain);
};

/** `2 failed, 1 passed` */
const gatesOf = (targets: Report['targets']): string =>
  (['failed', 'undecided', 'passed'] as const satisfies Gate[])
    .map((gate) => ({ gate, count: targets.filter((target) => target.gate === gate).length }))
    .filter(({ count }) => count > 0)
    .map(({ gate, count }) => `${count} ${gate}`)
    .join(', ');

/** What makes the gate weaker or the report less than complete. */
const warnings = (report: Report): string[] => {
  const { scope, targets } = report;
  const drift = words.driftCounts(targets);
  const soon = decisionsOf(report).filter(({ expires }) => endsSoon(expires, report.asOf)).length;
  const closed = targets.filter(({ error }) => error !== undefined).length;
  return [
    ...(closed > 0 ? [`${counted(closed, 'target')} could not be opened.`] : []),
    ...(scope.changedSince
      ? [`${words.capitalized(words.changesOf(scope.changedSince))}: other files are not shown and do not count.`]
      : []),
    ...(scope.gateOn === 'new' ? ['Only new findings count in the gate.'] : []),
    ...[words.endingTrustOf(targets)].flatMap((text) => (text === undefined ? [] : [`${plain(text)}.`])),
    ...(soon > 0 ? [`${counted(soon, 'decision')} of the policy ${soon === 1 ? 'ends' : 'end'} within 30 days.`] : []),
    ...(scope.weakened ? [`${words.capitalized(words.weakenedOf(scope.weakened))}.`] : []),
    ...targets.flatMap(({ target: { name, coverage } }) =>
      coverage && coverage.notUnderstood > 0
        ? [`${counted(coverage.notUnderstood, 'file')} of "${plain(name)}" could not be understood.`]
        : []
    ),
    ...(targets.some((target) => target.drift)
      ? [
          `Since an earlier report: ${drift.new + drift.grown} new, ${drift.fixed} fixed, ${drift.accepted} accepted, ${drift.notSeen} not fully checked again.`,
        ]
      : []),
  ];
};

/** `120 of 124 files evaluated`, over all targets that are source. */
const filesOf = ({ targets }: Report): string[] => {
  const coverages = targets.flatMap(({ target }) => target.coverage ?? []);
  if (coverages.length === 0) return [];
  const sum = (count: (coverage: Coverage) => number): number =>
    coverages.reduce((total, coverage) => total + count(coverage), 0);
  const excluded = sum((coverage) => coverage.excluded.reduce((total, { files }) => total + files, 0));
  return [
    `${sum(({ evaluated }) => evaluated)} of ${sum(({ files }) => files)} files evaluated` +
      `${excluded > 0 ? `, ${excluded} excluded` : ''}`,
  ];
};

/** What the gate rests on, and the counts of each target. */
export const Basis = ({ report }: { report: Report }): JSX.Element => (
  <section aria-labelledby="basis">
    <h2 id="basis">What the result rests on</h2>
    <Facts report={report} />
    <Counts report={report} />
  </section>
);

/** Where the policy is weaker than the default, point by point. */
export const Weakened = ({ report: { scope } }: { report: Report }): JSX.Element | null =>
  scope.weakened === undefined ? null : (
    <section aria-labelledby="weakened">
      <h2 id="weakened">{words.capitalized(words.weakenedOf(scope.weakened))}</h2>
      <ul>
        {scope.weakened.map(({ setting, message }) => (
          <li>
            <Name value={setting} /> {plain(message)}
          </li>
        ))}
      </ul>
    </section>
  );

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
      <Fact term="The gate looks at">{plain(words.thresholdOf({ ...scope, weakened: undefined }))}</Fact>
      <Fact term="Decisions">
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
          <Fact term={targets.length > 1 ? `Coverage of "${plain(target.name)}"` : 'Coverage'}>
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

const gates: readonly Gate[] = ['failed', 'undecided', 'passed'];

/** How many controls of each target got which verdict; the worst targets first. */
const Counts = ({ report }: { report: Report }): JSX.Element => {
  const { targets, summary } = report;
  const rows = numbered(report)
    .toSorted((one, other) => gates.indexOf(one.report.gate) - gates.indexOf(other.report.gate))
    .map(({ report: { target, gate, summary: own, off }, number }) => ({
      about: { targets: [number] },
      cells: [
        <a href={`#${anchorOf(number)}`}>
          <TargetName target={target} />
        </a>,
        <Badge tone={gate}>{plain(gate)}</Badge>,
        ...words.verdictOrder.map((verdict) => <Count value={own[verdict]} />),
        <Count value={off.length} />,
        <Count value={own.waivedFindings} />,
      ],
    }));
  const sum = {
    cells: [
      'All targets',
      <Badge tone={report.gate}>{plain(report.gate)}</Badge>,
      ...words.verdictOrder.map((verdict) => <Count value={summary[verdict]} />),
      <Count value={targets.reduce((total, { off }) => total + off.length, 0)} />,
      <Count value={summary.waivedFindings} />,
    ],
  };
  const names = words.verdictOrder.map((verdict) => words.capitalized(words.verdictName(verdict)));
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

/** Zeros are gray, so that the other numbers stand out. */
const Count = ({ value }: { value: number }): JSX.Element => (
  <span class={value === 0 ? 'zero' : undefined}>{value}</span>
);
