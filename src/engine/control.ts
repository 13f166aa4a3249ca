import { shortTime } from '../common/dates.js';
import { defined } from '../common/defined.js';
import { counted, some } from '../common/text.js';
import type {
  Control,
  ControlInfo,
  DataSheet,
  Severity,
  Gap,
  Judgement,
  JudgeContext,
  Latent,
  Subject,
  Violation,
} from './types.js';

/** Gives a domain its own `control` function, so that a judge sees exactly the facts that it names in `needs`. */
export const controlOver =
  <Facts>() =>
  <const Need extends keyof Facts, Params = undefined>(
    control: Control<Facts, Need, Params>
  ): Control<Facts, Need, Params> =>
    control;

/** What a report keeps of the text of a control, with the severity that counts in this run. */
export function infoOf(control: DataSheet, severity: Severity = control.severity): ControlInfo {
  const { id, title, requirement, why, fix, references, attestable, topic, problem, area, setup } = control;
  return {
    id,
    title,
    severity,
    requirement,
    rationale: why,
    remediation: remediationOf(fix),
    fix,
    references,
    attestable,
    topic,
    problem,
    area,
    ...(setup === undefined ? {} : { setup }),
  };
}

/** One step is a sentence; several are numbered. */
function remediationOf(fix: readonly string[]): string {
  return fix.length === 1 ? (fix[0] ?? '') : fix.map((step, index) => `${index + 1}. ${step}`).join(' ');
}

export const pass = (reason: string, latent: readonly Latent[] = []): Judgement => ({
  verdict: 'pass',
  reason,
  ...rest(latent),
});
export const notApplicable = (reason: string, latent: readonly Latent[] = []): Judgement => ({
  verdict: 'not-applicable',
  reason,
  ...rest(latent),
});
export const inconclusive = (
  reason: string,
  unseen: readonly Gap[] = [],
  latent: readonly Latent[] = []
): Judgement => ({
  verdict: 'inconclusive',
  reason,
  unseen,
  ...rest(latent),
});

/** Something worth knowing that never fails. `at` tells it from others about the same subject. */
export const note = (subject: Subject, message: string, at?: string): Latent =>
  defined<Latent>({ kind: 'latent', subject, message, at });

/** Events that evidence judged as of a later moment cannot contain: those after it was collected. */
export const gapForEventsAfter = (
  events: string,
  { asOf, collected = asOf }: Pick<JudgeContext, 'asOf' | 'collected'>
): Gap[] => {
  if (asOf.getTime() <= collected.getTime()) return [];
  const detail = `${events} after ${shortTime(collected)}, when the evidence was collected, could not be checked as of ${shortTime(asOf)}.`;
  return [{ kind: 'not-given', detail }];
};

/** What looking at one member of a population can give: findings, notes or gaps; `undefined` means that it passes. */
export type SubjectOutcome = Violation | Latent | Gap | ReadonlyArray<Violation | Latent | Gap> | undefined;

/**
 * Looks at every member of a population. Findings make it fail; else a member that cannot be judged makes it
 * inconclusive; else it passes. The author says what an empty population means; it is never a silent pass.
 */
export const each = <T>(
  population: readonly T[],
  whenEmpty: Judgement,
  look: (member: T) => SubjectOutcome,
  whenFine = population.length === 1 ? 'The only subject passes.' : `All ${population.length} subjects pass.`
): Judgement => {
  if (population.length === 0) return whenEmpty;
  return decide(population.map(look), whenFine);
};

/** Turns what was seen into a judgement: findings first, then gaps, then a pass for the reason given. */
export const decide = (looks: readonly SubjectOutcome[], whenFine: string): Judgement => {
  const seen = looks.flatMap((look) => (look === undefined ? [] : isList(look) ? [...look] : [look]));
  const violations: Violation[] = [];
  const latent: Latent[] = [];
  const unseen: Gap[] = [];
  for (const one of seen) {
    if ('detail' in one) unseen.push(one);
    else if (one.kind === 'latent') latent.push(one);
    else violations.push(one);
  }
  const [first, ...others] = violations;
  if (first) {
    return { verdict: 'fail', findings: [first, ...others], ...(unseen.length ? { unseen } : {}), ...rest(latent) };
  }
  if (unseen.length > 0) return inconclusive(unseenIn(unseen), unseen, latent);
  return pass(whenFine, latent);
};

/** The first reason with its subjects, unless it names them itself, and how many other reasons there are. */
const unseenIn = (gaps: readonly Gap[]): string => {
  const details = [...new Set(gaps.map(({ detail }) => detail))];
  const [first = ''] = details;
  const names = gaps.flatMap(({ detail, subject }) =>
    detail === first && subject && !first.includes(subject.name) ? [subject.name] : []
  );
  const others = details.length > 1 ? ` And ${counted(details.length - 1, 'more reason')}.` : '';
  return `${names.length > 0 ? `${some(names)}: ` : ''}${first}${others}`;
};

const isList = (look: NonNullable<SubjectOutcome>): look is ReadonlyArray<Violation | Latent | Gap> =>
  Array.isArray(look);

const rest = (latent: readonly Latent[]): { latent?: readonly Latent[] } => (latent.length > 0 ? { latent } : {});
