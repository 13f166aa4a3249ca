import { decide } from '../engine/control.js';
import { reasonOfFail } from '../engine/applyPolicy.js';
import type { Finding, Result, Subject, Target, TargetReport } from '../engine/types.js';
import { some } from '../common/text.js';
import { orgControls } from './controls/index.js';
import { isLinked, linkedOrgsAudited } from './controls/linked-orgs-audited.js';

/** Judges the linked orgs of several reports again: a linked org that is audited in one of them is nothing. */
export const linkedAgain = (targets: readonly TargetReport[]): readonly TargetReport[] => {
  const audited = targets
    .filter((report) => report.error === undefined && report.target.temporary === undefined && isWhole(report))
    .map(({ target }) => target);
  return targets.map((target) => ({
    ...target,
    results: target.results.map((result) =>
      result.control.id === linkedOrgsAudited.id ? resultAgain(result, audited) : result
    ),
  }));
};

/** Whether a report evaluates every org control for its target. */
const isWhole = ({ results }: TargetReport): boolean => {
  const evaluated = new Set(results.map(({ control }) => control.id));
  return orgControls.every(({ id }) => evaluated.has(id));
};

const resultAgain = (result: Result, audited: readonly Target[]): Result => {
  const isAudited = ({ type, name, id }: Subject): boolean =>
    type === 'Org' &&
    audited.some(
      ({ orgId, namespace }) =>
        orgId !== undefined && isLinked({ namespace: name, ...(id ? { orgId: id } : {}) }, { orgId, namespace })
    );
  const answered = new Set<string>();
  const isOpen = (subject: Subject | undefined): boolean => {
    if (subject === undefined || !isAudited(subject)) return true;
    answered.add(subject.name);
    return false;
  };
  const findings = result.findings.filter(({ kind, subject }) => kind === 'latent' || isOpen(subject));
  const gaps = result.gaps.filter(({ kind, subject }) => kind !== 'not-given' || isOpen(subject));
  return answered.size === 0 ? result : { ...result, findings, gaps, ...outcome(findings, gaps, [...answered]) };
};

const outcome = (
  findings: readonly Finding[],
  gaps: Result['gaps'],
  answered: readonly string[]
): Pick<Result, 'verdict' | 'reason'> => {
  const found = `Audited in the merged reports: ${some(answered)}.`;
  const left = decide([...findings, ...gaps], 'Each linked org is audited.');
  const reason = left.verdict === 'fail' ? reasonOfFail(left.findings) : left.reason;
  return { verdict: left.verdict, reason: `${reason} ${found}` };
};
