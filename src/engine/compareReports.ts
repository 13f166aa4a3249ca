import { sameId } from '../common/ids.js';
import { countsTowardGate, gateOf, isOpen } from './report.js';
import type { Drift, Finding, RemovedFinding, Policy, Report, Result, Target, TargetReport } from './types.js';

/** A run compared with an earlier report. */
type Compared = {
  targets: readonly TargetReport[];
  /** How many targets the earlier report also contains. */
  common: number;
  /** Targets of the earlier report that are not part of this run. */
  missing: readonly Target[];
};

/**
 * Marks what changed since an earlier report. With `gateOn` new, only what is new counts in the gate. `undecided`: the same
 * targets in the same order, evaluated as if the policy had decided nothing, with the parameters of the earlier report; it
 * tells accepted from fixed. `changed`: the controls with other parameters than in the earlier report.
 */
export const compareReports = (
  targets: readonly TargetReport[],
  earlier: readonly TargetReport[],
  gate: Policy['gate'],
  gateOn: Report['scope']['gateOn'],
  undecided: readonly TargetReport[] = [],
  changed: ReadonlySet<string> = new Set()
): Compared => {
  const pairs = targets.map((now) => ({ now, before: earlierOf(now.target, targets, earlier) }));
  const found = new Set(pairs.map(({ before }) => before));
  return {
    targets: pairs.map(({ now, before }, index) =>
      since(now, before, gate, gateOn, { target: undecided[index], changed })
    ),
    common: pairs.filter(({ before }) => before !== undefined).length,
    missing: earlier.filter((before) => !found.has(before)).map(({ target }) => target),
  };
};

/** The same org under whatever name; one that could not be opened has no id, and is known by its name. */
const earlierOf = (
  target: Target,
  targets: readonly TargetReport[],
  earlier: readonly TargetReport[]
): TargetReport | undefined => {
  const named = earlier.filter((before) => isNamed(before.target, target));
  if (target.kind !== 'org') {
    // Folders of one project share its name; only then does the path tell them apart.
    const alone = named.length === 1 && targets.filter((one) => isNamed(one.target, target)).length === 1;
    return alone ? named[0] : named.find((before) => before.target.path === target.path);
  }
  const { orgId } = target;
  const same = earlier.find(
    ({ target: before }) => before.kind === 'org' && orgId !== undefined && sameId(orgId, before.orgId)
  );
  return same ?? named.find((before) => orgId === undefined || before.target.orgId === undefined);
};

const isNamed = (one: Target, other: Target): boolean => one.kind === other.kind && one.name === other.name;

type Undecided = { target: TargetReport | undefined; changed: ReadonlySet<string> };

const since = (
  now: TargetReport,
  before: TargetReport | undefined,
  gate: Policy['gate'],
  gateOn: Report['scope']['gateOn'],
  undecided: Undecided
): TargetReport => {
  const held = before?.error === undefined ? before : undefined;
  const earlier = new Map(held?.results.map((result) => [result.control.id, result]));
  const results = now.results.map((result) => marked(result, earlier.get(result.control.id)));
  return {
    ...now,
    results,
    gate: gateOf(results, gate, now.error === undefined, countsTowardGate(gateOn)),
    drift: driftOf(now, held, undecided),
  };
};

const marked = (result: Result, earlier: Result | undefined): Result => {
  const key = ({ kind, fingerprint }: Finding): string => `${kind} ${fingerprint}`;
  const known = Map.groupBy(earlier?.findings ?? [], key);
  const mark = (finding: Finding): Finding => {
    if (finding.kind === 'latent') return finding;
    const before = known.get(key(finding));
    if (!before) return { ...finding, drift: 'new' };
    const most = Math.max(...before.map((one) => ('count' in one ? (one.count ?? Infinity) : Infinity)));
    if (finding.count !== undefined && finding.count > most) return { ...finding, drift: 'grown' };
    if (!isOpen(finding) && before.every(isOpen)) return { ...finding, drift: 'accepted' };
    const uncovered = isOpen(finding) && !before.every(isOpen);
    return { ...finding, drift: 'unchanged', ...(uncovered ? { uncovered } : {}) };
  };
  return { ...result, findings: result.findings.map(mark) };
};

/** What is gone is fixed only if everything was evaluated again, and no decision of the policy hides it. */
const driftOf = (now: TargetReport, before: TargetReport | undefined, undecided: Undecided): Drift => {
  const fixed: RemovedFinding[] = [];
  const accepted: RemovedFinding[] = [];
  const notSeen: RemovedFinding[] = [];
  if (!before) return { fixed, accepted, notSeen };
  const present = fingerprintsIn(undecided.target?.results);
  const results = new Map(now.results.map((result) => [result.control.id, result]));
  // With other parameters, the evidence may not reach as far as that of the earlier report.
  const partly = new Set(undecided.target?.results.flatMap((result) => (isWhole(result) ? [] : [result.control.id])));
  const isFarther = (id: string): boolean => undecided.changed.has(id) && partly.has(id);
  for (const { control, findings } of before.results) {
    const result = results.get(control.id);
    const offending = fingerprintsIn(result && [result]);
    const whole =
      result !== undefined && isWhole(result) && sameExtent(now.target, before.target) && !isFarther(control.id);
    for (const { kind, subject, message, fingerprint } of findings) {
      if (kind === 'latent' || offending.has(fingerprint)) continue;
      const { id, severity } = control;
      const list = present.has(fingerprint) ? accepted : whole ? fixed : notSeen;
      list.push({ control: id, severity, kind, subject, message, fingerprint });
    }
  }
  return { since: before.asOf, fixed, accepted, notSeen };
};

const fingerprintsIn = (results: readonly Result[] = []): Set<string> =>
  new Set(
    results.flatMap(({ findings }) => findings).flatMap((one) => (one.kind === 'latent' ? [] : [one.fingerprint]))
  );

const isWhole = ({ verdict, gaps }: Result): boolean =>
  (verdict === 'pass' || verdict === 'not-applicable' || verdict === 'fail') && gaps.length === 0;

/** A run over another folder of the same project did not look at the first one; a zip is always the whole package. */
const sameExtent = (one: Target, other: Target): boolean =>
  one.path === other.path || (isZip(one.path) && isZip(other.path));

const isZip = (path: string | undefined): boolean => path?.toLowerCase().endsWith('.zip') === true;
