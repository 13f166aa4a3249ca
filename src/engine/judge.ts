import { counted } from '../common/text.js';
import { inconclusive } from './control.js';
import { gapsIn } from './coverage.js';
import { valueOf } from './evidence.js';
import type { Contradiction, Control, Evidence, EvidenceOf, Gap, Judgement, JudgeContext } from './types.js';

/** A judgement, the gaps of the evidence under it, and the error of a judge that broke. */
export type Judged = {
  judgement: Judgement;
  gaps: ReadonlyArray<Gap & { fact: string }>;
  /** Evidence was refused, cut off or unreadable: more than not given, so no attestation can replace it. */
  refused?: true;
  crash?: Error;
};

const notCollected: Evidence<never> = {
  status: 'unavailable',
  gap: { kind: 'not-collected', detail: 'This fact was not collected.' },
};

export const judge = <Facts>(control: Control<Facts>, evidence: EvidenceOf<Facts>, context: JudgeContext): Judged => {
  const judged = verdictOf(control, evidence, context);
  const { contradictions } = control;
  if (contradictions === undefined || judged.gaps.length === 0 || judged.crash) return judged;
  const facts = Object.fromEntries(
    contradictions.needs.map((need) => [need, valueOf<unknown>(evidence[need])])
  ) as Partial<Facts>;
  const found = contradictions.find(facts, context);
  return { ...judged, gaps: judged.gaps.map((gap) => withDisproof(gap, found)) };
};

/** The gap, with the first thing that contradicts an attestation of it. */
function withDisproof<G extends Gap>(gap: G, found: readonly Contradiction[]): G {
  const { subject: about } = gap;
  const one = found.find(({ about: { type, name } }) => type === about?.type && name === about.name);
  if (one === undefined) return gap;
  const { subject, message, kind } = one;
  return { ...gap, disproof: { subject, message, ...(kind ? { kind } : {}) } };
}

/** The one place where missing evidence turns into a verdict. */
const verdictOf = <Facts>(control: Control<Facts>, evidence: EvidenceOf<Facts>, context: JudgeContext): Judged => {
  const gaps: Array<Gap & { fact: string }> = [];
  const blind: Gap[] = [];
  const partly: Array<{ need: keyof Facts; gaps: Gap[] }> = [];
  const facts: Partial<Record<keyof Facts, unknown>> = {};
  for (const need of control.needs) {
    const held: Evidence<unknown> = evidence[need] ?? notCollected;
    const missing = gapsIn(held);
    gaps.push(...missing.map((gap) => ({ fact: String(need), ...gap })));
    if (held.status !== 'unavailable' && missing.length > 0) partly.push({ need, gaps: missing });
    if (held.status === 'unavailable') blind.push(held.gap);
    else facts[need] = held.value;
  }
  const refused = gaps.some(({ kind }) => kind !== 'not-given' && kind !== 'not-understood')
    ? ({ refused: true } as const)
    : {};
  if (blind.length > 0) return { judgement: inconclusive(reasonOfGaps(blind)), gaps, ...refused };

  const { judgement, crash } = attempt(() => control.judge(facts as Facts, context));
  // A part proves nothing by itself: missing evidence neither fails nor passes a control.
  const unsupported = partly.filter(({ need }) => control.provableFromPart?.[need] !== judgement.verdict);
  const unseen = 'unseen' in judgement ? (judgement.unseen ?? []) : [];
  const all = [...gaps, ...unseen.map((gap) => ({ fact: control.needs.join(', '), ...gap }))];
  if (unsupported.length === 0 || judgement.verdict === 'inconclusive')
    return { judgement, gaps: all, ...refused, ...crash };
  return { judgement: inconclusive(reasonOfGaps(unsupported.flatMap((one) => one.gaps))), gaps: all, ...refused };
};

/** The first reasons, and how many more: hundreds of files may be open. */
const reasonOfGaps = (gaps: readonly Gap[]): string => {
  const details = [...new Set(gaps.map((gap) => gap.detail))];
  const more = details.length - MOST_DETAILS;
  return [...details.slice(0, MOST_DETAILS), ...(more > 0 ? [`And ${counted(more, 'more reason')}.`] : [])].join(' ');
};

const MOST_DETAILS = 5;

/** A bug in a judge is no verdict about the subject. */
const attempt = (ask: () => Judgement): { judgement: Judgement; crash?: { crash: Error } } => {
  try {
    return { judgement: ask() };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return {
      judgement: inconclusive('The control itself failed. Please report this as a bug.', [
        // Not its message: an unexpected error may quote the data that caused it.
        { kind: 'error', detail: `The control failed (${error.name}).` },
      ]),
      crash: { crash: error },
    };
  }
};
