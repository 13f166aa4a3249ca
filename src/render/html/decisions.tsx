import type { JSX } from 'preact';
import type { Report } from '../../engine/types.js';
import { plain } from '../text.js';
import { DAY, shortDay } from '../../common/dates.js';
import { compare } from '../../common/lists.js';
import { entriesOf, type Entry } from './entries.js';
import { Badge, Capped, Day, Name, Table, TargetName } from './components.js';

/** How many days before its end a decision is pointed out. */
const soonDays = 30;

/** Something that a person decided, and until when it counts. */
type Decision = {
  what: 'Attestation' | 'Justification' | 'Waiver';
  control: string;
  subject?: string;
  owner: string;
  expires: string;
  reason: string;
  entry: Entry;
};

/** Every decision that the report rests on, once for each target; those that end first come first. */
export const decisionsOf = (report: Report): Decision[] => {
  const decisions = new Map<string, Decision>();
  for (const entry of entriesOf(report)) {
    for (const decision of decisionsAbout(entry)) {
      const { entry: about, ...own } = decision;
      decisions.set(JSON.stringify([about.number, own]), decision);
    }
  }
  return [...decisions.values()].toSorted((one, other) => compare(one.expires, other.expires));
};

const decisionsAbout = (entry: Entry): Decision[] => {
  const { attestation, findings, gaps } = entry.result;
  const attestations = [attestation, ...gaps.map((gap) => gap.attestation)].filter((one) => one !== undefined);
  return [
    ...attestations.map((one) => ({ what: 'Attestation' as const, ...one, entry })),
    ...findings.flatMap(({ waiver, justification }) => [
      ...(waiver ? [{ what: 'Waiver' as const, ...waiver, entry }] : []),
      ...(justification
        ? [
            {
              what: 'Justification' as const,
              ...justification,
              reason: [justification.why, justification.supplementedBy].filter(Boolean).join('; supplemented by '),
              entry,
            },
          ]
        : []),
    ]),
  ];
};

/** Days that a decision still counts, the day of the report not among them. */
const daysLeft = (expires: string, asOf: string): number =>
  Math.round((Date.parse(expires.slice(0, 10)) - Date.parse(asOf.slice(0, 10))) / DAY);

/** Whether a decision ends within a month of the report. */
export const endsSoon = (expires: string, asOf: string): boolean => daysLeft(expires, asOf) <= soonDays;

/** When a decision ends, pointed out if that is soon. */
export const End = ({ expires, asOf }: { expires: string; asOf: string }): JSX.Element | null => {
  if (!endsSoon(expires, asOf)) return null;
  const days = daysLeft(expires, asOf);
  const when = days < 0 ? 'has ended' : days === 0 ? 'ends today' : `ends in ${days === 1 ? '1 day' : `${days} days`}`;
  return <Badge tone="undecided">{when}</Badge>;
};

/** Waivers, justifications and attestations, by whom and until when. */
export const Decisions = ({ report }: { report: Report }): JSX.Element | null => {
  const decisions = decisionsOf(report);
  if (decisions.length === 0) return null;
  const soon = decisions.filter(({ expires }) => endsSoon(expires, report.asOf)).length;
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">Decisions</h2>
      <p>
        Each counts through the day named.{' '}
        {soon === 0
          ? `None ends within ${soonDays} days of ${shortDay(report.asOf)}.`
          : `${soon} of ${decisions.length} ${soon === 1 ? 'ends' : 'end'} within ${soonDays} days of ${shortDay(report.asOf)}.`}
      </p>
      <Capped items={decisions}>
        {(shown) => (
          <Table
            label="Attestations, justifications and waivers"
            columns={['Decision', 'Until', 'Owner', 'About', 'Reason']}
            rows={shown.map((decision) => rowOf(decision, report.asOf))}
          />
        )}
      </Capped>
    </section>
  );
};

const rowOf = ({ what, control, subject, owner, expires, reason, entry }: Decision, asOf: string): Row => ({
  about: { targets: [entry.number] },
  cells: [
    <span class="short">{what}</span>,
    <>
      <Day moment={expires} /> <End expires={expires} asOf={asOf} />
    </>,
    plain(owner),
    <>
      <Name value={control} /> {subject !== undefined && <Name value={subject} />}{' '}
      <TargetName target={entry.report.target} />
    </>,
    plain(reason),
  ],
});
type Row = Parameters<typeof Table>[0]['rows'][number];
