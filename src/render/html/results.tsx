import type { ComponentChildren, JSX } from 'preact';
import { counts } from '../../engine/report.js';
import type { Finding, Report, Result, Subject } from '../../engine/types.js';
import { plain } from '../text.js';
import * as words from '../reportText.js';
import type { ControlTexts } from './controls.js';
import { End } from './decisions.js';
import { entriesOf, numbered, type Entry } from './entries.js';
import { Badge, Capped, filtered, Name, TargetName } from './components.js';

type Props = { report: Report; texts: ControlTexts };

/** What is not settled, most urgent first: what could not be opened, then failures, then what was not seen, then attested. */
export const NeedsPerson = ({ report, texts }: Props): JSX.Element => {
  const closed = numbered(report).filter((one) => one.report.error !== undefined);
  const open = entriesOf(report)
    .filter(({ result }) => words.needsPerson(result))
    .toSorted((one, other) => words.byUrgency(one.result, other.result));
  return (
    <section aria-labelledby="needs-a-person" data-group>
      <h2 id="needs-a-person">
        Needs a person <Total value={closed.length + open.length} />
      </h2>
      {closed.length + open.length === 0 && <p>Nothing: every control was decided, and none fails.</p>}
      {closed.map((one) => (
        <article class="result tone-undecided" {...filtered({ target: one.number })}>
          <h3>
            <TargetName target={one.report.target} /> could not be opened
          </h3>
          <p class="reason">{plain(one.report.error?.message ?? '')}</p>
          <p>None of its controls was decided.</p>
          <Todo>
            <ul>
              {one.report.error?.actions.map((action) => (
                <li>{plain(action)}</li>
              ))}
            </ul>
          </Todo>
        </article>
      ))}
      {open.map((entry) => (
        <Card entry={entry} report={report} texts={texts} />
      ))}
    </section>
  );
};

const Card = ({ entry, report, texts }: { entry: Entry } & Props): JSX.Element => {
  const { result, number } = entry;
  const { control, verdict, reason } = result;
  return (
    <article
      class={`result tone-${plain(verdict)}`}
      {...filtered({ target: number, verdict, severity: control.severity })}
    >
      <p class="kicker">
        <Marks entry={entry} report={report} />
        {result.attestation && <End expires={result.attestation.expires} asOf={report.asOf} />}
      </p>
      <h3>
        <span class="wanted">Wanted:</span> {plain(control.title)}
      </h3>
      {!isTold(result) && <p class="reason">{plain(reason)}</p>}
      <Details entry={entry} report={report} />
      {(verdict === 'fail' || verdict === 'inconclusive') && (
        <Todo>
          <p>{plain(control.remediation)}</p>
        </Todo>
      )}
      <p class="aside">
        <a href={`#${texts.anchorOf(control)}`}>
          Why <Name value={control.id} /> matters
        </a>
      </p>
    </article>
  );
};

const Todo = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <div class="todo">
    <h4>What to do</h4>
    {children}
  </div>
);

/** Whether the reason is what the list below tells first, with its subjects. */
const isTold = ({ verdict, reason, findings, gaps }: Result): boolean =>
  (verdict === 'fail' && findings.some(({ message }) => message !== '' && reason.startsWith(message))) ||
  (verdict === 'inconclusive' && gaps.some(({ detail }) => detail !== '' && reason.includes(detail)));

/** What was found, and what was not seen. */
const Details = ({ entry: { result }, report }: { entry: Entry; report: Report }): JSX.Element => (
  <>
    <Capped items={words.ranked(result.findings)}>
      {(shown) => (
        <ul class="findings">
          {alike(shown).map((findings) => (
            <FindingItem findings={findings} asOf={report.asOf} />
          ))}
        </ul>
      )}
    </Capped>
    <Gaps gaps={result.gaps} />
  </>
);

type Alike = [Finding, ...Finding[]];

/** Findings of which the same is said are told once: eleven users without a second factor are one sentence. */
const alike = (findings: readonly Finding[]): Alike[] => {
  const groups = new Map<string, Alike>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.message, finding.kind, finding.waiver, finding.justification]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
};

const FindingItem = ({ findings, asOf }: { findings: Alike; asOf: string }): JSX.Element => {
  const [{ message, waiver, justification, kind }] = findings;
  const settled = kind === 'latent' || waiver !== undefined || justification !== undefined;
  return (
    <li class={settled ? 'settled' : undefined}>
      <ul class="subjects">
        {findings.map(({ subject, drift }) => (
          <li>
            <Name value={`${subject.type}:${subject.name}`} />
            <Place of={subject} />
            {drift !== undefined && <Badge tone={drift === 'grown' ? 'new' : drift}>{plain(drift)}</Badge>}
          </li>
        ))}
      </ul>
      <p>{plain(message)}</p>
      {words.marks({ ...findings[0], drift: undefined }).map((mark) => (
        <p class="mark">{plain(mark)}</p>
      ))}
      {[waiver, justification].map((decision) => decision && <End expires={decision.expires} asOf={asOf} />)}
    </li>
  );
};

/** Where a subject stands, unless it is named by that. */
const Place = ({ of: subject }: { of: Subject }): JSX.Element | null => {
  const place = words.placeOf(subject);
  if (place === undefined || place === subject.name) return null;
  return (
    <span class="place">
      {' in '}
      <Name value={place} />
    </span>
  );
};

const Gaps = ({ gaps }: { gaps: Entry['result']['gaps'] }): JSX.Element | null => {
  if (gaps.length === 0) return null;
  return (
    <div class="gaps">
      <h4>Not seen</h4>
      <Capped items={words.grouped(gaps)}>
        {(shown) => (
          <ul>
            {shown.map((unseen) => (
              <li>
                <Capped items={unseen.about}>
                  {(names) => (
                    <ul class="subjects">
                      {names.map((name) => (
                        <li>
                          <Name value={name} />
                        </li>
                      ))}
                    </ul>
                  )}
                </Capped>
                <p>
                  {plain(unseen.detail)} <span class="kind">({plain(unseen.kind)})</span>
                </p>
                {words.grants(unseen).map((grant) => (
                  <p class="mark">{plain(grant)}</p>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Capped>
    </div>
  );
};

/** What needs nobody, folded. */
export const Rest = ({ report }: { report: Report }): JSX.Element | null => {
  const rest = entriesOf(report)
    .filter(({ result }) => !words.needsPerson(result))
    .toSorted((one, other) => words.byUrgency(one.result, other.result));
  if (rest.length === 0) return null;
  const noted = rest.filter(({ result }) => result.findings.length > 0);
  const silent = rest.filter(({ result }) => result.findings.length === 0);
  return (
    <section aria-labelledby="the-rest">
      <h2 id="the-rest">The rest</h2>
      <Fold name="Worth knowing" entries={noted} report={report} />
      <Fold name="Passed" entries={silent.filter(({ result }) => result.verdict === 'pass')} report={report} />
      <Fold
        name="Not applicable"
        entries={silent.filter(({ result }) => result.verdict === 'not-applicable')}
        report={report}
      />
    </section>
  );
};

const Fold = ({ name, entries, report }: FoldProps): JSX.Element | null => {
  if (entries.length === 0) return null;
  return (
    <details data-group>
      <summary>
        {name} <Total value={entries.length} />
      </summary>
      <ul class="rest">
        {entries.map((entry) => (
          <Settled entry={entry} report={report} />
        ))}
      </ul>
    </details>
  );
};
type FoldProps = { name: string; entries: readonly Entry[]; report: Report };

const Settled = ({ entry, report }: { entry: Entry; report: Report }): JSX.Element => {
  const { control, verdict, reason } = entry.result;
  return (
    <li class="result" {...filtered({ target: entry.number, verdict, severity: control.severity })}>
      <p class="kicker">
        <Marks entry={entry} report={report} />
        <Name value={control.id} />
      </p>
      <p>
        <strong>{plain(control.title)}.</strong> {plain(reason)}
      </p>
      <Details entry={entry} report={report} />
    </li>
  );
};

/** Verdict, severity, and the target where there are several. */
const Marks = ({ entry, report }: { entry: Entry; report: Report }): JSX.Element => {
  const { control, verdict } = entry.result;
  return (
    <>
      <Badge tone={verdict}>{plain(verdict.replace('-', ' '))}</Badge>
      <Badge tone={control.severity}>{plain(control.severity)}</Badge>
      {report.targets.length > 1 && <TargetName target={entry.report.target} />}
      {!counts(control.severity, report.scope.failOn) && <span class="place">not in the gate</span>}
    </>
  );
};

/** How many entries a group has; the filters keep it true. */
const Total = ({ value }: { value: number }): JSX.Element => <span class="total">{value}</span>;
