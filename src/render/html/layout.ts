import { isOpen } from '../../engine/report.js';
import type { ControlInfo, Finding, Report, Result, Verdict } from '../../engine/types.js';
import { headlineOf } from '../problems.js';
import * as words from '../reportText.js';
import { entriesOf, type Entry } from './entries.js';

/** A finding, in every target that has it. */
export type Merged = { finding: Finding; entries: readonly Entry[]; anchor: string };
/** One control with one verdict, in every target that has it. */
export type Card = {
  anchor: string;
  control: ControlInfo;
  verdict: Verdict;
  entries: readonly Entry[];
  /** What counts first; each finding once, however many targets have it. */
  findings: readonly Merged[];
  /** The failure of a control that fails, otherwise what it requires. */
  headline: string;
};

/** Where everything is on the page. */
export type Layout = {
  cards: readonly Card[];
  /** The place of a finding of a target, or of its card where the page shows only the first of many. */
  anchorOf(entry: Entry, finding?: Finding): string | undefined;
};

/** The results of all targets as cards, the most urgent first. */
export function layoutOf(report: Report): Layout {
  const groups = new Map<string, Entry[]>();
  for (const entry of entriesOf(report).toSorted((one, other) => words.byUrgency(one.result, other.result))) {
    const key = JSON.stringify([entry.result.verdict, entry.result.control]);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  const places = new Map<Finding | Result, string>();
  const cards = [...groups.values()]
    .toSorted(byWeight)
    .map((entries, index) => cardOf(entries, `result-${index + 1}`, places));
  return {
    cards,
    anchorOf: ({ result }, finding) => (finding === undefined ? undefined : places.get(finding)) ?? places.get(result),
  };
}

/** As the list of the worst problems: by urgency, then the most open findings first. */
function byWeight(one: readonly Entry[], other: readonly Entry[]): number {
  const [first, second] = [one[0]?.result, other[0]?.result];
  if (first === undefined || second === undefined) return 0;
  const urgency = words.byUrgency(anonymous(first), anonymous(second));
  return urgency || openIn(other) - openIn(one) || words.byUrgency(first, second);
}

/** Without its id, which would decide before the number of findings. */
function anonymous(result: Result): Result {
  return { ...result, control: { ...result.control, id: '' } };
}

function openIn(entries: readonly Entry[]): number {
  return entries.reduce((sum, { result }) => sum + result.findings.filter(isOpen).length, 0);
}

function cardOf(entries: readonly Entry[], anchor: string, places: Map<Finding | Result, string>): Card {
  const [first] = entries;
  if (first === undefined) throw new Error('A card has a result.');
  const { control, verdict } = first.result;
  for (const { result } of entries) places.set(result, anchor);
  const findings = mergedIn(entries).map((one, index) => ({ ...one, anchor: `${anchor}-${index + 1}` }));
  for (const { same, anchor: place } of findings.slice(0, words.shownFindings)) {
    for (const finding of same) places.set(finding, place);
  }
  return { anchor, control, verdict, entries, findings, headline: headlineIn(control, verdict, findings) };
}

type Group = Omit<Merged, 'anchor'> & { same: readonly Finding[] };

/** Each finding once, those that count first. The Id of a subject differs from org to org; the finding is the same. */
function mergedIn(entries: readonly Entry[]): Group[] {
  const groups = new Map<string, { finding: Finding; same: Finding[]; entries: Set<Entry> }>();
  for (const entry of entries) {
    for (const finding of entry.result.findings) {
      const { subject } = finding;
      const rest = { ...finding, fingerprint: '', subject: '' };
      const key = JSON.stringify([rest, subject.type, subject.name, subject.file, subject.line]);
      const group = groups.get(key) ?? { finding, same: [], entries: new Set() };
      group.same.push(finding);
      group.entries.add(entry);
      groups.set(key, group);
    }
  }
  const order = words.ranked([...groups.values()].map(({ finding }) => finding));
  const rank = new Map(order.map((finding, index) => [finding, index]));
  return [...groups.values()]
    .map((group) => ({ ...group, entries: [...group.entries] }))
    .toSorted((one, other) => (rank.get(one.finding) ?? 0) - (rank.get(other.finding) ?? 0));
}

function headlineIn(control: ControlInfo, verdict: Verdict, findings: readonly Merged[]): string {
  if (verdict === 'inconclusive') return `Could not be checked: ${control.title}`;
  if (verdict !== 'fail') return control.title;
  const open = findings.filter(({ finding }) => isOpen(finding));
  const subjects = new Set(
    open.flatMap(({ finding: { subject }, entries }) =>
      entries.map(({ number }) => JSON.stringify([number, subject.type, subject.name, subject.file]))
    )
  );
  return headlineOf(control, subjects.size, open[0]?.finding);
}
