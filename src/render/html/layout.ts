import { isOpen } from '../../engine/report.js';
import type { ControlInfo, Finding, Report, Result, Verdict } from '../../engine/types.js';
import { groupsOf } from '../../common/lists.js';
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

/** Results of one control with one verdict. */
type Group = readonly [Entry, ...Entry[]];

/** The results of all targets as cards, the most urgent first. */
export function layoutOf(report: Report): Layout {
  const entries = entriesOf(report).toSorted((one, other) => words.byUrgency(one.result, other.result));
  const places = new Map<Finding | Result, string>();
  const cards = groupsOf(entries, ({ result }) => JSON.stringify([result.verdict, result.control]))
    .toSorted(byWeight)
    .map((group, index) => cardOf(group, `result-${index + 1}`, places));
  return {
    cards,
    anchorOf: ({ result }, finding) => (finding === undefined ? undefined : places.get(finding)) ?? places.get(result),
  };
}

/** As the list of the worst problems: by urgency, then the most open findings first. */
function byWeight(one: Group, other: Group): number {
  const [first, second] = [one[0].result, other[0].result];
  const urgency = words.byUrgency(anonymous(first), anonymous(second));
  return urgency || openIn(other) - openIn(one) || words.byUrgency(first, second);
}

/** Without its id, which would decide before the number of findings. */
function anonymous(result: Result): Result {
  return { ...result, control: { ...result.control, id: '' } };
}

function openIn(entries: Group): number {
  return entries.reduce((sum, { result }) => sum + result.findings.filter(isOpen).length, 0);
}

function cardOf(entries: Group, anchor: string, places: Map<Finding | Result, string>): Card {
  const { control, verdict } = entries[0].result;
  for (const { result } of entries) places.set(result, anchor);
  const findings = mergedIn(entries).map((one, index) => ({ ...one, anchor: `${anchor}-${index + 1}` }));
  for (const { same, anchor: place } of findings.slice(0, words.shownFindings)) {
    for (const finding of same) places.set(finding, place);
  }
  return { anchor, control, verdict, entries, findings, headline: headlineIn(control, verdict, findings) };
}

/** Each finding once, those that count first. The Id of a subject differs from org to org; the finding is the same. */
function mergedIn(entries: Group): Array<Omit<Merged, 'anchor'> & { same: readonly Finding[] }> {
  const all = entries.flatMap((entry) => entry.result.findings.map((finding) => ({ entry, finding })));
  const groups = groupsOf(all, ({ finding }) => {
    const { subject } = finding;
    const rest = { ...finding, fingerprint: '', subject: '' };
    return JSON.stringify([rest, subject.type, subject.name, subject.file, subject.line]);
  });
  const byFirst = new Map(groups.map((group) => [group[0].finding, group]));
  return words.ranked([...byFirst.keys()]).map((finding) => {
    const group = byFirst.get(finding) ?? [];
    return {
      finding,
      same: group.map((one) => one.finding),
      entries: [...new Set(group.map(({ entry }) => entry))],
    };
  });
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
