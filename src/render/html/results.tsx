import type { ComponentChildren, JSX } from 'preact';
import { isOpen, counts } from '../../engine/report.js';
import type { Report, Subject } from '../../engine/types.js';
import { plain } from '../text.js';
import { groupsOf } from '../../common/lists.js';
import { counted } from '../../common/text.js';
import * as words from '../reportText.js';
import type { ControlTexts } from './controls.js';
import { End } from './decisions.js';
import { numbered, type Entry } from './entries.js';
import { Badge, Capped, filtered, Name, Prose, TargetName } from './components.js';
import type { Card, Layout, Merged } from './layout.js';
import { recordPage } from './links.js';
import { closedAnchor, SetupLinks } from './overview.js';
import { Snippets } from './snippets.js';

type Props = { report: Report; layout: Layout; texts: ControlTexts };

/** More targets than this are a number. */
const SHOWN_TARGETS = 4;

/** What is not settled, most urgent first: what could not be opened, then failures, then what is undecided. */
export function ActionRequired({ report, layout, texts }: Props): JSX.Element {
  const closed = numbered(report).filter((one) => one.report.error !== undefined);
  const open = layout.cards.filter((card) => words.needsPerson(card) && card.verdict !== 'attested');
  return (
    <section aria-labelledby="action-required" data-group data-view="control">
      <h2 id="action-required">
        Action required <Total value={closed.length + open.length} />
      </h2>
      {closed.length + open.length === 0 && <p>None: every control was checked, and none fails.</p>}
      {closed.map((one) => (
        <article class="result tone-undecided" id={closedAnchor(one)} {...filtered({ targets: [one.number] })}>
          <h3>
            <TargetName target={one.report.target} /> could not be opened
          </h3>
          <p class="reason">{plain(one.report.error?.message ?? '')}</p>
          <p>None of its controls was checked.</p>
          <Todo>
            <ul>
              {one.report.error?.actions.map((action) => (
                <li>{plain(action)}</li>
              ))}
            </ul>
          </Todo>
        </article>
      ))}
      {open.map((card) => (
        <OpenCard card={card} report={report} texts={texts} />
      ))}
    </section>
  );
}

/** What people attested; nothing to do before the attestations end. */
export function Attested({ report, layout, texts }: Props): JSX.Element | null {
  const cards = layout.cards.filter(({ verdict }) => verdict === 'attested');
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby="attested" data-group data-view="control">
      <h2 id="attested">
        Attested <Total value={cards.length} />
      </h2>
      {cards.map((card) => (
        <OpenCard card={card} report={report} texts={texts} />
      ))}
    </section>
  );
}

function OpenCard({ card, report, texts }: { card: Card; report: Report; texts: ControlTexts }): JSX.Element {
  const { control, verdict, entries } = card;
  const undone = verdict === 'fail' || verdict === 'inconclusive';
  const attestation = entries[0]?.result.attestation;
  return (
    <article class={`result tone-${plain(verdict)}`} id={card.anchor} {...about(card)}>
      <p class="kicker">
        <Marks card={card} report={report} />
        {attestation && <End expires={attestation.expires} asOf={report.asOf} />}
      </p>
      <h3>
        {plain(card.headline)} <Permalink anchor={card.anchor} />
      </h3>
      {verdict === 'fail' && <p class="wanted">Required: {plain(control.title)}.</p>}
      <Reasons card={card} report={report} />
      {undone && (
        <Todo>
          <Steps control={control} />
          <SetupLinks
            setup={control.setup}
            steps={control.fix ?? []}
            targets={entries.map((entry) => entry.report.target)}
          />
        </Todo>
      )}
      <Details card={card} report={report} />
      {undone && <Snippets card={card} asOf={report.asOf} />}
      <p class="aside">
        <a href={`#${texts.anchorOf(control)}`}>
          Why <Name value={control.id} /> matters
        </a>
      </p>
    </article>
  );
}

function Steps({ control: { fix = [], remediation } }: { control: Card['control'] }): JSX.Element {
  if (fix.length < 2)
    return (
      <p>
        <Prose text={remediation} />
      </p>
    );
  return (
    <ol>
      {fix.map((step) => (
        <li>
          <Prose text={step} />
        </li>
      ))}
    </ol>
  );
}

function about({ control, verdict, entries }: Card): ReturnType<typeof filtered> {
  const { severity, area } = control;
  return filtered({ targets: entries.map(({ number }) => number), verdict, severity, area });
}

function Permalink({ anchor }: { anchor: string }): JSX.Element {
  return (
    <a class="permalink" href={`#${anchor}`} aria-label="Link to this place" title="Copy the link">
      #
    </a>
  );
}

function Todo({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <div class="todo">
      <h4>What to do</h4>
      {children}
    </div>
  );
}

/** Reasons that the findings and gaps below do not give already, each once. */
function Reasons({ card, report }: { card: Card; report: Report }): JSX.Element {
  const reasons = groupsOf(
    card.entries.filter((one) => !isRepeated(one)),
    ({ result }) => result.reason
  );
  return (
    <>
      {reasons.map((entries) => (
        <p class="reason">
          {plain(entries[0].result.reason)} <InTargets entries={entries} of={card} report={report} />
        </p>
      ))}
    </>
  );
}

function isRepeated({ result: { verdict, reason, findings, gaps } }: Entry): boolean {
  return (
    verdict === 'fail' ||
    (verdict === 'inconclusive' && gaps.some(({ detail }) => detail !== '' && reason.includes(detail))) ||
    findings.some(({ message }) => message !== '' && reason.startsWith(message))
  );
}

/** In which targets, where that is not all of the card. */
function InTargets({ entries, of, report }: InTargetsProps): JSX.Element | null {
  if (report.targets.length < 2 || of.entries.length < 2) return null;
  const names = entries.map((entry) => `"${plain(entry.report.target.name)}"`);
  const more = names.length - SHOWN_TARGETS;
  const text =
    names.length === of.entries.length
      ? `in all ${names.length}`
      : `in ${names.slice(0, SHOWN_TARGETS).join(', ')}${more > 0 ? ` +${more}` : ''}`;
  return <span class="place">({text})</span>;
}
type InTargetsProps = { entries: readonly Entry[]; of: Card; report: Report };

/** What was found, and what could not be checked. */
function Details({ card, report }: { card: Card; report: Report }): JSX.Element {
  return (
    <>
      <Capped items={card.findings}>
        {(shown) => (
          <ul class="findings">
            {alike(shown).map((findings) => (
              <FindingItem findings={findings} card={card} report={report} />
            ))}
          </ul>
        )}
      </Capped>
      <Gaps card={card} report={report} />
    </>
  );
}

type Alike = [Merged, ...Merged[]];

/**
 * Findings with the same sentence are listed under it once, also if it begins with the name of each: eleven users without
 * a second factor are one sentence.
 */
function alike(findings: readonly Merged[]): Alike[] {
  return groupsOf(findings, (merged) => {
    const { kind, waiver, justification } = merged.finding;
    return JSON.stringify([sharedText(merged), kind, waiver, justification]);
  });
}

function sharedText({ finding }: Merged): string {
  return words.withoutSubject(finding) ?? finding.message;
}

function FindingItem({ findings, card, report }: { findings: Alike; card: Card; report: Report }): JSX.Element {
  const [first, ...others] = findings;
  const { finding } = first;
  const { message, waiver, justification } = finding;
  const shared = sharedText(first);
  const text = others.length > 0 && shared !== message ? `Each ${shared}` : message;
  return (
    <li class={isOpen(finding) ? undefined : 'settled'}>
      <ul class="subjects">
        {findings.map((one) => (
          <SubjectItem merged={one} card={card} report={report} />
        ))}
      </ul>
      <p>{plain(text)}</p>
      {words.marks({ ...finding, drift: undefined }).map((mark) => (
        <p class="mark">{plain(mark)}</p>
      ))}
      {[waiver, justification].map((decision) => decision && <End expires={decision.expires} asOf={report.asOf} />)}
    </li>
  );
}

function SubjectItem({ merged, card, report }: { merged: Merged; card: Card; report: Report }): JSX.Element {
  const { finding, entries, anchor } = merged;
  const { subject, drift } = finding;
  return (
    <li id={anchor} {...filtered({ targets: entries.map(({ number }) => number) })}>
      <span class="type">{plain(subject.type)}</span> <SubjectName merged={merged} />
      <SubjectPlace of={subject} />
      {drift !== undefined && <Badge tone={drift}>{plain(drift)}</Badge>}{' '}
      <InTargets entries={entries} of={card} report={report} /> <Permalink anchor={anchor} />
    </li>
  );
}

/** A user, profile or permission set leads to its page in Setup. */
function SubjectName({ merged: { finding, entries } }: { merged: Merged }): JSX.Element {
  const { subject } = finding;
  const href = recordPage(entries[0]?.report.target.instanceUrl, subject);
  if (href === undefined) return <Name value={subject.name} />;
  return (
    <a href={href} rel="noreferrer">
      <Name value={subject.name} />
    </a>
  );
}

/** The file of a subject, unless that is its name. */
function SubjectPlace({ of: subject }: { of: Subject }): JSX.Element | null {
  const place = words.placeOf(subject);
  if (place === undefined || place === subject.name) return null;
  return (
    <span class="place">
      {' in '}
      <Name value={place} />
    </span>
  );
}

function Gaps({ card, report }: { card: Card; report: Report }): JSX.Element | null {
  const gaps = card.entries.flatMap((entry) => entry.result.gaps);
  if (gaps.length === 0) return null;
  const withGaps = card.entries.filter(({ result }) => result.gaps.length > 0);
  return (
    <div class="gaps">
      <h4>
        Could not be checked <InTargets entries={withGaps} of={card} report={report} />
      </h4>
      <Capped items={words.grouped(gaps)}>
        {(shown) => (
          <ul>
            {shown.map((gap) => (
              <li>
                <Capped items={[...new Set(gap.about)]}>
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
                  {plain(gap.detail)} <span class="kind">({plain(gap.kind)})</span>
                </p>
                {words.grants(gap).map((grant) => (
                  <p class="mark">{plain(grant)}</p>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Capped>
    </div>
  );
}

/** What requires no action, folded. */
export function Rest({ report, layout }: Omit<Props, 'texts'>): JSX.Element | null {
  const rest = layout.cards.filter((card) => !words.needsPerson(card));
  if (rest.length === 0) return null;
  const silent = rest.filter(({ findings }) => findings.length === 0);
  const of = (verdict: string): Card[] => silent.filter((card) => card.verdict === verdict);
  return (
    <section aria-labelledby="the-rest">
      <h2 id="the-rest">No action required</h2>
      <Fold name="Notes" cards={rest.filter(({ findings }) => findings.length > 0)} report={report} />
      <Fold name="Passed" cards={of('pass')} report={report} />
      <Fold name="Not applicable" cards={of('not-applicable')} report={report} />
    </section>
  );
}

function Fold({ name, cards, report }: { name: string; cards: readonly Card[]; report: Report }): JSX.Element | null {
  if (cards.length === 0) return null;
  return (
    <details data-group>
      <summary>
        {name} <Total value={cards.length} />
      </summary>
      <ul class="rest">
        {cards.map((card) => (
          <li class="result" id={card.anchor} {...about(card)}>
            <p class="kicker">
              <Marks card={card} report={report} />
            </p>
            <p>
              <strong>{plain(card.headline)}.</strong>
            </p>
            <Reasons card={card} report={report} />
            <Details card={card} report={report} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Verdict, severity, control, and the targets where there are several. */
function Marks({ card, report }: { card: Card; report: Report }): JSX.Element {
  const { control, verdict, entries } = card;
  const more = entries.length - SHOWN_TARGETS;
  return (
    <>
      <Badge tone={verdict}>{plain(verdict.replace('-', ' '))}</Badge>
      <Badge tone={control.severity}>{plain(control.severity)}</Badge>
      <Name value={control.id} />
      {report.targets.length > 1 &&
        entries.slice(0, SHOWN_TARGETS).map((entry) => <TargetName target={entry.report.target} />)}
      {report.targets.length > 1 && more > 0 && <span class="place">and {counted(more, 'more', 'more')}</span>}
      {!counts(control.severity, report.scope.failOn) && <span class="place">not in the gate</span>}
    </>
  );
}

/** How many entries a group has; the filters keep it true. */
function Total({ value }: { value: number }): JSX.Element {
  return <span class="total">{value}</span>;
}
