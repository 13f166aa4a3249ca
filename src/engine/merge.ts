import { sameId } from '../common/ids.js';
import { gateOfTarget, reportOf, summaryOf } from './report.js';
import { unfitIn, type Freshness } from './checkReport.js';
import { partDifferences } from './comparability.js';
import { expireEntries } from './expireEntries.js';
import { gateWeakenings } from './weakening.js';
import type { Report, Target, TargetReport } from './types.js';

/** A report and its file. */
export type ReportPart = { file: string; report: Report };
export type Parts = readonly [ReportPart, ...ReportPart[]];

/** Why these reports cannot become one report of today, in words that name file and key; nothing: they can. */
export const conflictsOf = (parts: Parts, fresh: Freshness): string[] => {
  const [first, ...others] = parts;
  return [
    ...parts.flatMap(({ file, report }) => unfitIn(report, fresh).map((why) => `${file}: ${why}`)),
    ...others.flatMap(({ file, report }) =>
      partDifferences(report.scope, first.report.scope).map(
        ({ what, one, other }) => `${what}: ${one} in ${file}, ${other} in ${first.file}`
      )
    ),
    ...twiceIn(parts),
  ];
};

/**
 * One report out of several, its targets in the order given. What has expired by today no longer counts; `again` judges
 * what depends on the other targets; gates and counts follow from the results. `failOn` is the threshold of the reports unless another is asked for.
 */
export const mergeReports = (
  tool: Report['tool'],
  [first, ...others]: Parts,
  again: (targets: readonly TargetReport[]) => readonly TargetReport[],
  today: Date,
  failOn = first.report.scope.failOn
): Report => {
  const scope = commonScope({ ...first.report.scope, failOn }, others);
  const current = [first, ...others].flatMap(({ report }) =>
    report.targets.map((target) => expireEntries(target, today))
  );
  const targets = again(current).map((target): TargetReport => ({
    ...target,
    gate: gateOfTarget(target, scope),
    summary: summaryOf(target.results),
  }));
  return reportOf(tool, scope, targets);
};

/** Reports of several domains list what concerns their own controls; the gate is that of the merged report. */
const commonScope = (
  { weakened: own = [], params, ...scope }: Report['scope'],
  others: readonly ReportPart[]
): Report['scope'] => {
  const ofControls = [...own, ...others.flatMap(({ report }) => report.scope.weakened ?? [])].filter(
    ({ setting }) => !setting.startsWith('gate.')
  );
  const distinct = new Map(
    [...gateWeakenings(scope), ...ofControls].map((one) => [`${one.setting} ${one.message}`, one])
  );
  const set = { ...params };
  for (const { report } of others) Object.assign(set, report.scope.params);
  return {
    ...scope,
    ...(Object.keys(set).length > 0 ? { params: set } : {}),
    ...(distinct.size > 0 ? { weakened: [...distinct.values()] } : {}),
  };
};

type Placed = { file: string; target: Target };

/** The same target twice: an org under whatever name, a package with the same name and path. */
const twiceIn = (parts: Parts): string[] => {
  const seen = new Map<string, Placed[]>();
  const twice: string[] = [];
  for (const { file, report } of parts) {
    for (const { target } of report.targets) {
      const keys = keysOf(target);
      const before = keys.flatMap((key) => seen.get(key) ?? []).find((one) => isSame(one.target, target));
      if (before) {
        twice.push(
          `the ${target.kind} ${target.name} (${target.orgId ?? target.path ?? 'not opened'}) is in ${before.file} and in ${file}`
        );
      }
      for (const key of keys) seen.set(key, [...(seen.get(key) ?? []), { file, target }]);
    }
  }
  return twice;
};

/** Under which keys a target is looked up, so that hundreds of them are not compared each with each. */
const keysOf = ({ kind, name, orgId }: Target): string[] => [
  `${kind} ${name}`,
  ...(orgId === undefined ? [] : [`id ${orgId.slice(0, 15)}`]),
];

const isSame = (one: Target, other: Target): boolean => {
  if (one.kind !== other.kind) return false;
  if (one.kind !== 'org') return one.name === other.name && one.path === other.path;
  // One that could not be opened has no id, and is known by its name.
  return one.orgId === undefined || other.orgId === undefined
    ? one.name === other.name
    : sameId(one.orgId, other.orgId);
};
