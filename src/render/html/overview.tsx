import type { JSX } from 'preact';
import { counts, isOpen } from '../../engine/report.js';
import { areas, type Report, type TargetReport, type Verdict } from '../../engine/types.js';
import {
  firstStepOf,
  listNames,
  newNames,
  problemCounts,
  problemsOf,
  shortName,
  topicOf,
  untrustedProblems,
  type Problem,
} from '../problems.js';
import { plain } from '../text.js';
import { counted } from '../../common/text.js';
import * as words from '../reportText.js';
import { setupPageName, setupPagesIn } from '../../salesforce/setupPages.js';
import { Bar, barCounts, countsLabel } from './bar.js';
import { Badge, Name, Prose } from './components.js';
import { anchorOf, entriesOf, numbered, type Numbered } from './entries.js';
import type { Layout } from './layout.js';
import { setupPage } from './links.js';

const MOST_PROBLEMS = 6;
/** As the style sheet has it. */
const SHOWN_ON_PHONE = 3;
const MOST_STEPS = 5;
const SHOWN_NAMES = 2;
/** Places of one step. */
const SHOWN_PLACES = 3;

type Props = { report: Report; layout: Layout };

/** The first screen: how bad it is, the worst problems, and what to do first. */
export function Overview({ report, layout }: Props): JSX.Element {
  const problems = problemsOf(report.targets);
  return (
    <>
      <Verdicts report={report} />
      <div class="columns">
        <Worst report={report} layout={layout} problems={problems} />
        <DoFirst report={report} problems={problems} />
        <Areas report={report} />
      </div>
    </>
  );
}

/** The counts lead to the results; with a script they also filter them. */
function Verdicts({ report }: { report: Report }): JSX.Element {
  const verdicts = barCounts(entriesOf(report).map(({ result }) => result.verdict));
  return (
    <div class="verdicts">
      <Bar counts={verdicts} />
      <ul class="key">
        <li class="on-wide">{checksOf(report)}:</li>
        {words.verdictOrder
          .filter((verdict) => verdicts[verdict] > 0)
          .map((verdict) => (
            <li>
              <a href={placeOfVerdict(verdict)} data-show-verdict={verdict}>
                <span class={`dot fill-${verdict}`} />
                <strong>{verdicts[verdict]}</strong> {words.verdictName(verdict)}
              </a>
              {verdict === 'fail' && <Severities report={report} />}
            </li>
          ))}
      </ul>
    </div>
  );
}

/** What the numbers of the verdicts add up to. */
function checksOf(report: Report): string {
  const checks = entriesOf(report).length;
  const { targets } = report;
  return targets.length === 1 ? counted(checks, 'control') : `${counted(checks, 'check')} in ${targets.length} targets`;
}

function placeOfVerdict(verdict: Verdict): string {
  if (verdict === 'attested') return '#attested';
  return words.needsPerson({ verdict }) ? '#action-required' : '#appendix';
}

function Severities({ report }: { report: Report }): JSX.Element {
  const failures = words.failuresBySeverity(report.targets.flatMap(({ results }) => results));
  return (
    <>
      {': '}
      {failures.map(({ severity, count }, index) => (
        <>
          {index > 0 && ', '}
          <a href="#action-required" data-show-verdict="fail" data-show-severity={severity}>
            {count} {severity}
          </a>
        </>
      ))}
    </>
  );
}

function Worst({ report, layout, problems }: Props & { problems: readonly Problem[] }): JSX.Element {
  const closed = numbered(report).filter((one) => one.report.error !== undefined);
  const shown = problems.slice(0, MOST_PROBLEMS);
  return (
    <section aria-labelledby="worst">
      <h2 id="worst">{problems.length > 0 ? 'Worst problems' : 'Problems'}</h2>
      {problems.length + closed.length === 0 && <p>{nothingFails(report)}</p>}
      <ProblemCounts report={report} />
      <ol class="problems">
        {closed.slice(0, SHOWN_PLACES).map((one) => (
          <li>
            <a href={`#${closedAnchor(one)}`}>{plain(words.nameOfTarget(one.report.target))} could not be opened</a>
          </li>
        ))}
        {shown.map((problem) => (
          <li>
            <Badge tone={problem.severity}>{plain(problem.severity)}</Badge>{' '}
            <a href={`#${problemPlace(problem, report, layout)}`}>{plain(problem.headline)}</a>
            <span class="names">
              {namesOf(problem)}
              {report.targets.length > 1 && ` ${plain(words.placesOf(problem.targets))}`}
            </span>
          </li>
        ))}
      </ol>
      <MoreProblems left={problems.length - shown.length} screen="wide" report={report} />
      <MoreProblems left={problems.length - SHOWN_ON_PHONE} screen="narrow" report={report} />
    </section>
  );
}

function ProblemCounts({ report }: { report: Report }): JSX.Element | null {
  const sum = problemCounts(report.targets);
  return sum === undefined ? null : <p class="more on-wide">{`${sum.counts}${sum.grouping}.`}</p>;
}

/** A narrow screen shows fewer problems and their sum after them, so that the first step is on it. */
function MoreProblems({ left, screen, report }: MoreProps): JSX.Element | null {
  if (left <= 0) return null;
  const sum = screen === 'narrow' ? problemCounts(report.targets) : undefined;
  return (
    <p class={`more on-${screen}`}>
      <a href="#action-required">{counted(left, 'more problem')}</a>
      {sum && ` (${sum.findings})`}
    </p>
  );
}
type MoreProps = { left: number; screen: 'wide' | 'narrow'; report: Report };

function nothingFails({ summary }: Report): string {
  return summary.inconclusive > 0
    ? `No control fails, but ${counted(summary.inconclusive, 'control')} could not be checked.`
    : 'No control fails.';
}

export const closedAnchor = ({ number }: Numbered): string => `closed-${number + 1}`;

/** The card of the worst control of a problem, in the first target that has it. */
function problemPlace({ controls, targets, headline }: Problem, report: Report, layout: Layout): string {
  const entry = entriesOf(report).find(
    ({ result, report: { target } }) =>
      result.verdict === 'fail' && controls.includes(result.control.id) && targets.includes(target.name)
  );
  if (entry === undefined) return 'action-required';
  const ofApp = controls.length > 1;
  const finding = ofApp
    ? entry.result.findings.find(({ subject }) => headline.includes(`"${subject.name}"`))
    : undefined;
  return layout.anchorOf(entry, finding) ?? 'action-required';
}

function namesOf(problem: Problem): string {
  const short = newNames(problem).map(({ name, times }) => ({ name: shortName(name), times }));
  return plain(listNames(short, problem.controls.length > 1 ? 4 : SHOWN_NAMES));
}

/** The first step of one or more controls, and where to take it. */
type Step = { text: string; findings: number; setup?: string; place?: string; targets: Set<TargetReport['target']> };

function DoFirst({ report, problems }: { report: Report; problems: readonly Problem[] }): JSX.Element | null {
  const steps = stepsOf(report, problems);
  const [policy, permissions] = [policyStep(report), permissionsStep(report)];
  const helpers = [...policy, ...permissions];
  if (steps.length + helpers.length === 0) return null;
  const shown = steps.slice(0, Math.max(3, MOST_STEPS - helpers.length));
  return (
    <section aria-labelledby="do-first" class="first">
      <h2 id="do-first">Do first</h2>
      <ol class="steps">
        {policy.map((step) => (
          <li>{step}</li>
        ))}
        {shown.map((step) => (
          <li>
            <Prose text={step.text} /> <span class="closes">First step for {counted(step.findings, 'finding')}.</span>
            <StepPlaces step={step} />
          </li>
        ))}
        {permissions.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {steps.length > 0 && (
        <p class="more">
          Changes to review: <code>sf security-review plan-fixes report.json</code>
        </p>
      )}
    </section>
  );
}

/** In the order of the problems; a step closes the findings of the controls that it belongs to. */
function stepsOf(report: Report, problems: readonly Problem[]): Step[] {
  const failed = entriesOf(report).filter(({ result }) => result.verdict === 'fail');
  const steps = new Map<string, Step>();
  for (const id of new Set(problems.flatMap(({ controls }) => controls))) {
    for (const { result, report: about } of failed.filter((entry) => entry.result.control.id === id)) {
      const text = firstStepOf(result.control);
      const open = result.findings.filter(isOpen);
      const place = open.map(({ subject }) => words.placeOf(subject)).find((one) => one !== undefined);
      const step = steps.get(text) ?? { text, findings: 0, setup: result.control.setup, place, targets: new Set() };
      step.findings += open.length;
      step.targets.add(about.target);
      steps.set(text, step);
    }
  }
  return [...steps.values()];
}

function StepPlaces({ step: { text, place, setup, targets } }: { step: Step }): JSX.Element {
  return place === undefined ? (
    <SetupLinks setup={setup} steps={[text]} targets={[...targets]} />
  ) : (
    <span class="where">
      <Name value={place.slice(place.lastIndexOf('/') + 1)} />
    </span>
  );
}

/**
 * A link to the first page that the steps name in each org, and to all of them in one; the path where the address of
 * the org is not known. A link has the name of its page.
 */
export function SetupLinks({ setup, steps, targets }: SetupProps): JSX.Element | null {
  if (setup === undefined) return null;
  const named = setupPagesIn(steps);
  const pages = named.length > 0 ? named : [{ name: setupPageName(setup) ?? 'Setup', path: setup }];
  const links = targets.flatMap((target) =>
    pages.slice(0, targets.length === 1 ? pages.length : 1).flatMap(({ name, path }) => {
      const href = setupPage(target.instanceUrl, path);
      return href === undefined ? [] : [{ href, name: `Open ${name} in "${target.name}"` }];
    })
  );
  if (links.length === 0) {
    return (
      <span class="where">
        <code>{withBreaks(setup)}</code>
      </span>
    );
  }
  const most = targets.length === 1 ? links.length : SHOWN_PLACES;
  const more = links.length - most;
  return (
    <span class="where">
      {links.slice(0, most).map(({ href, name }) => (
        <>
          <a href={href} rel="noreferrer">
            {plain(name)}
          </a>{' '}
        </>
      ))}
      {more > 0 && `+${more}`}
    </span>
  );
}
/** A path may end a line after each slash. */
function withBreaks(path: string): JSX.Element[] {
  return plain(path)
    .split(/(?<=.\/)/)
    .map((part) => (
      <>
        {part}
        <wbr />
      </>
    ));
}
type SetupProps = {
  setup: string | undefined;
  steps: readonly string[];
  targets: ReadonlyArray<TargetReport['target']>;
};

/** First, because without a policy nothing is trusted: that may be the only reason of a problem. */
function policyStep(report: Report): JSX.Element[] {
  const { targets, scope } = report;
  const caused = untrustedProblems(report).length;
  const isOrg = targets.some(({ target, error }) => target.kind === 'org' && error === undefined);
  if (!isOrg || scope.policy !== undefined || targets.every(({ gate }) => gate === 'passed')) return [];
  return [
    <>
      Draft a policy. Without one nothing is trusted{caused > 0 && ` (${counted(caused, 'problem')})`}:{' '}
      <code>{['sf security-review init', ...namedOrg(targets)].join(' ')}</code>
    </>,
  ];
}

function permissionsStep({ targets }: Report): JSX.Element[] {
  const open = targets.flatMap(({ results }) => results.filter(({ verdict }) => verdict === 'inconclusive'));
  const grants = words.toDecide(open);
  return grants.length > 0
    ? [
        <a href="#to-check-the-rest">
          Give the auditing user the missing {grants.length === 1 ? 'permission' : 'permissions'}
        </a>,
      ]
    : [];
}

function namedOrg(targets: Report['targets']): string[] {
  const [org, ...others] = targets.filter(({ target, error }) => target.kind === 'org' && error === undefined);
  const name = org?.target.name ?? '';
  return others.length === 0 && words.isShellWord(name) ? [`-o ${name}`] : [];
}

/** How the areas of the guidance do; each leads to its results. */
function Areas({ report }: { report: Report }): JSX.Element | null {
  const entries = entriesOf(report);
  const rows = areas
    .map((area) => ({ area, own: entries.filter(({ result }) => result.control.area === area) }))
    .filter(({ own }) => own.length > 0);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="areas" class="areas">
      <h2 id="areas">By area</h2>
      <ul>
        {rows.map(({ area, own }) => {
          const verdicts = barCounts(own.map(({ result }) => result.verdict));
          return (
            <li>
              <a href="#action-required" data-show-area={area}>
                {area}
              </a>
              <Bar counts={verdicts} />
              <span class="count">{countsLabel(verdicts)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** More orgs than this make no table that a person reads; the worst come first. */
const MOST_COLUMNS = 40;

/** Controls × targets, for each kind of target of which there are several; a cell leads to the finding. */
export function Matrix({ report, layout }: Props): JSX.Element | null {
  const kinds = [...new Set(report.targets.map(({ target }) => target.kind))];
  const groups = kinds
    .map((kind) => ({ kind, targets: numbered(report).filter((one) => one.report.target.kind === kind) }))
    .filter(({ targets }) => targets.length > 1);
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="matrix">
      <h2 id="matrix">Controls and targets</h2>
      {groups.map(({ targets }) => (
        <MatrixOf targets={targets} report={report} layout={layout} />
      ))}
    </section>
  );
}

function MatrixOf({ targets, report, layout }: Props & { targets: readonly Numbered[] }): JSX.Element | null {
  const columns = targets
    .toSorted((one, other) => other.report.summary.fail - one.report.summary.fail)
    .slice(0, MOST_COLUMNS);
  const shown = new Set(columns.flatMap((column) => column.report.results.map(({ control }) => control.id)));
  const controls = new Map(layout.cards.filter(words.needsPerson).map(({ control }) => [control.id, control]));
  const rows = [...controls.values()].filter(({ id }) => shown.has(id));
  if (rows.length === 0) return null;
  const left = targets.length - columns.length;
  return (
    <>
      {left > 0 && <p>{`The ${MOST_COLUMNS} targets with the most failing controls, of ${targets.length}.`}</p>}
      <div class="scroll" role="region" aria-label="Controls and targets, a table" tabindex={0}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Control</th>
              {columns.map(({ report: { target }, number }) => (
                <th scope="col">
                  <a href={`#${anchorOf(number)}`}>{plain(target.name) || '(empty)'}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((control) => (
              <tr>
                <th scope="row">
                  {words.capitalized(plain(topicOf(control)))}{' '}
                  <Badge tone={control.severity}>{plain(control.severity)}</Badge>
                </th>
                {columns.map((column) => (
                  <Cell column={column} id={control.id} layout={layout} report={report} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const SIGNS = { fail: '✗', inconclusive: '?', attested: '✎', pass: '✓', 'not-applicable': '–' } as const;

function Cell({ column, id, layout, report }: Props & { column: Numbered; id: string }): JSX.Element {
  const result = column.report.results.find(({ control }) => control.id === id);
  if (result === undefined) return <td />;
  const entry = { ...column, result };
  const open = words.ranked(result.findings).filter(({ kind }) => kind !== 'latent');
  const text = `${SIGNS[result.verdict] ?? '?'}${result.verdict === 'fail' ? ` ${open.length}` : ''}`;
  const label = `${words.verdictName(result.verdict)}${result.verdict === 'fail' ? `, ${counted(open.length, 'finding')}` : ''}`;
  const tone = counts(result.control.severity, report.scope.failOn) ? ` tone-${plain(result.verdict)}` : '';
  return (
    <td class={`cell${tone}`}>
      {words.needsPerson(result) ? (
        <a href={`#${layout.anchorOf(entry, open[0]) ?? 'action-required'}`}>
          <span aria-hidden="true">{text}</span>
          <span class="sr">{label}</span>
        </a>
      ) : (
        <>
          <span aria-hidden="true">{text}</span>
          <span class="sr">{label}</span>
        </>
      )}
    </td>
  );
}
