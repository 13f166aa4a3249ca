import { daysBefore, isoDay } from '../common/dates.js';
import { defined } from '../common/defined.js';
import { DEFAULT_MAX_EVIDENCE_AGE } from './checkReport.js';
import { collect, type Progress } from './collect.js';
import { targetCoverage } from './coverage.js';
import { isOff } from './controlSettings.js';
import { judge, type Judged } from './judge.js';
import { policyNotices } from './policyWarnings.js';
import { gateOf, summaryOf } from './report.js';
import { matches, settle } from './applyPolicy.js';
import type {
  CollectContext,
  Control,
  Declared,
  Domain,
  EvidenceOf,
  Finding,
  Policy,
  RequiredPermission,
  Result,
  Target,
  TargetReport,
} from './types.js';

/** What one run decides about one target, besides domain and source. */
export type Run = {
  policy: Policy;
  target: Target;
  /** The moment as of which it is judged. */
  asOf: Date;
  /** When the evidence was collected, if that was not at `asOf`. */
  collected?: Date;
  /** Ids or globs of `--control`; absent: all. */
  only?: readonly string[];
  audited: Declared['audited'];
  /** What reports about packages show of this target. */
  packages?: Declared['packages'];
  progress?: Progress;
  /** Called for a judge that broke: the control's id and the error. */
  onCrash?: (control: string, error: Error) => void;
};

/** Everything in one call: a domain, a source of it, and a run. */
export const review = async <Source, Facts>(
  domain: Domain<Source, Facts>,
  source: Source,
  run: Run
): Promise<TargetReport> => evaluate(domain, await collectEvidence(domain, source, run), run);

/** Collects what the controls of a run need. */
export const collectEvidence = async <Source, Facts>(
  domain: Domain<Source, Facts>,
  source: Source,
  run: Gathering
): Promise<EvidenceOf<Facts>> => {
  const controls = active(domain.controls, run);
  const needed = new Set([
    ...controls.flatMap(({ needs, contradictions }) => [...needs, ...(contradictions?.needs ?? [])]),
    ...domain.describes,
  ]);
  const evidence = await collect(domain.collectors, needed, source, contextOf(domain, run), run.progress);
  if (domain.accountFor === undefined) return evidence;
  const { fact, account } = domain.accountFor(source);
  const kept = evidence[fact];
  return kept === undefined ? evidence : { ...evidence, [fact]: { ...kept, account } };
};

/** What collecting depends on. */
type Gathering = Pick<Run, 'policy' | 'asOf' | 'collected' | 'only' | 'progress'>;

/** What the collectors of a run may know of it. */
export const contextOf = <Source, Facts>(domain: Domain<Source, Facts>, run: Gathering): CollectContext => {
  const controls = active(domain.controls, run);
  return {
    asOf: run.collected ?? run.asOf,
    evaluatedFor: run.asOf,
    params: Object.fromEntries(controls.map((control) => [control.id, paramsOf(control, run.policy)])),
    required: requiredBy(domain, controls),
  };
};

/** Judges evidence, however it was come by, and makes the report of one target. */
export const evaluate = <Source, Facts>(
  domain: Domain<Source, Facts>,
  collected: EvidenceOf<Facts>,
  run: Run
): TargetReport => {
  const { policy, asOf } = run;
  const controls = active(domain.controls, run);
  const evidence = domain.reselect?.(collected, requiredBy(domain, controls)) ?? collected;
  const { notices: described, population, ...seen } = domain.describe(evidence, policy);
  const coverage = targetCoverage(evidence);
  const target = { ...run.target, ...seen, ...(coverage ? { coverage } : {}) };
  const declared = defined<Declared>({
    orgs: policy.orgs,
    trust: policy.trust,
    integrations: policy.integrations,
    submission: policy.submission,
    audited: run.audited,
    packages: run.packages,
  });
  const judgedWith = (control: Control<Facts>, trust: Policy['trust']): Judged =>
    judge(control, evidence, {
      params: paramsOf(control, policy),
      asOf,
      collected: run.collected,
      declared: { ...declared, trust },
    });
  const settled = controls.map((control) => {
    const judged = judgedWith(control, policy.trust);
    if (judged.crash) run.onCrash?.(control.id, judged.crash);
    const one = settle(control, judged, policy, target, asOf);
    const trusted = endingTrustOf(
      control,
      policy,
      asOf,
      one.result,
      (trust) => settle(control, judgedWith(control, trust), policy, target, asOf).result.findings
    );
    return trusted.length > 0 ? { ...one, result: { ...one.result, trusted } } : one;
  });
  const results = settled.map(({ result }) => result);
  const used = new Set(settled.flatMap((one) => [...one.used]));
  const ids = new Set(controls.map((control) => control.id));
  return {
    target,
    asOf: asOf.toISOString(),
    gate: gateOf(results, policy.gate),
    summary: summaryOf(results),
    results,
    off: selected(domain.controls, run.only).flatMap(({ id }) => (isOff(policy, id, asOf) ? [id] : [])),
    notices: [
      ...described,
      ...new Set(settled.flatMap(({ notices }) => notices)),
      ...policyNotices(policy, target, asOf, { controls: ids, used, population }),
    ],
  };
};

/** What a control finds once the trust ends that ends while the report may still be merged, day by day. */
const endingTrustOf = <Facts>(
  { compares = [] }: Control<Facts>,
  { trust, maxEvidenceAge }: Policy,
  asOf: Date,
  { findings }: Result,
  findWith: (trust: Policy['trust']) => readonly Finding[]
): NonNullable<Result['trusted']> => {
  // Where its policy is not at hand, a report is merged by the default.
  const mergeable = Math.max(maxEvidenceAge, DEFAULT_MAX_EVIDENCE_AGE);
  const [today, last] = [isoDay(asOf), isoDay(daysBefore(asOf, -mergeable))];
  const lists = (['packages', 'apps', 'tokens'] as const).filter((list) => compares.includes(`trust.${list}`));
  const ends = lists.flatMap((list) => trust[list].map(({ reviewBy }) => reviewBy));
  const known = new Set(findings.map(({ kind, fingerprint }) => `${kind} ${fingerprint}`));
  return [...new Set(ends)]
    .filter((until) => until >= today && until < last)
    .sort()
    .flatMap((until) => {
      const lasting = <T extends { reviewBy: string }>(entries: readonly T[]): T[] =>
        entries.filter(({ reviewBy }) => reviewBy > until);
      const { packages, apps, tokens } = trust;
      const rest = { ...trust, packages: lasting(packages), apps: lasting(apps), tokens: lasting(tokens) };
      const added = findWith(rest).filter(
        ({ kind, fingerprint }) => kind !== 'latent' && !known.has(`${kind} ${fingerprint}`)
      );
      added.forEach(({ kind, fingerprint }) => known.add(`${kind} ${fingerprint}`));
      return added.length > 0 ? [{ until, findings: added }] : [];
    });
};

/** The controls whose id equals one of the patterns or matches it as a glob; all without patterns. */
export const selected = <Facts>(
  controls: ReadonlyArray<Control<Facts>>,
  only: readonly string[] | undefined
): ReadonlyArray<Control<Facts>> =>
  only === undefined ? controls : controls.filter(({ id }) => only.some((pattern) => matches(pattern, id)));

const active = <Facts>(
  controls: ReadonlyArray<Control<Facts>>,
  { only, policy, asOf }: Pick<Run, 'only' | 'policy' | 'asOf'>
): ReadonlyArray<Control<Facts>> => selected(controls, only).filter(({ id }) => !isOff(policy, id, asOf));

/** The control's own parameters, each replaced where the policy names it. */
const paramsOf = <Facts>(control: Control<Facts>, policy: Policy): unknown => ({
  ...(control.params ?? {}),
  ...policy.controls[control.id]?.params,
});

/** What the collectors of these controls require of the auditing user, and for which controls. */
const requiredBy = <Source, Facts>(
  { collectors }: Domain<Source, Facts>,
  controls: ReadonlyArray<Control<Facts>>
): RequiredPermission[] => {
  const found = new Map<string, { anyOf: RequiredPermission['anyOf']; controls: string[] }>();
  for (const control of controls) {
    for (const anyOf of control.needs.flatMap((need) => [...collectors[need].requires])) {
      const key = anyOf.join('|');
      const entry = found.get(key) ?? { anyOf, controls: [] };
      if (!entry.controls.includes(control.id)) entry.controls.push(control.id);
      found.set(key, entry);
    }
  }
  return [...found.values()];
};
