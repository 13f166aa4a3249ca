import { shortDay } from '../common/dates.js';
import { isLive, reasonOfFail } from './applyPolicy.js';
import { isUnjustified } from './report.js';
import type { Attestation, Finding, Result, TargetReport } from './types.js';

type Entry = { control: string; subject?: string; expires: string; on?: string };

/** A report as of another day: what people decided no longer counts where it has expired since. */
export function expireEntries(target: TargetReport, today: Date): TargetReport {
  const notices = new Set<string>();
  const ended = (label: string, entry: Entry | undefined): boolean => {
    if (entry === undefined || isLive(entry, today)) return false;
    const subject = entry.subject === undefined ? '' : ` ${entry.subject}`;
    notices.add(`${label} ${entry.control}${subject} expired on ${shortDay(entry.expires)}.`);
    return true;
  };
  const results = target.results.map((result) => {
    const { trusted = [], ...rest } = result;
    const isOver = ({ until }: { until: string }): boolean => !isLive({ expires: until }, today);
    const untrusted = trusted.filter(isOver).flatMap(({ until, findings }) => {
      findings.forEach(({ subject }) =>
        notices.add(`Trust in ${subject.type} ${subject.name} ended on ${shortDay(until)}.`)
      );
      return findings;
    });
    const lasting = trusted.filter((one) => !isOver(one));
    const findings = [...result.findings, ...untrusted].map((finding) => withoutExpired(finding, ended));
    const now = { ...rest, findings, ...(lasting.length > 0 ? { trusted: lasting } : {}) };
    return withoutAttestations(reopened(now), ended);
  });
  return notices.size === 0 ? target : { ...target, results, notices: [...target.notices, ...notices] };
}

type Ended = (label: string, entry: Entry | undefined) => boolean;

function withoutExpired(finding: Finding, ended: Ended): Finding {
  const { waiver, justification, ...rest } = finding;
  const [waiverEnded, justificationEnded] = [ended('Waiver', waiver), ended('Justification', justification)];
  if (!waiverEnded && !justificationEnded) return finding;
  const kept = {
    ...rest,
    ...(waiver && !waiverEnded ? { waiver } : {}),
    ...(justification && !justificationEnded ? { justification } : {}),
  };
  // With `--gate-on new` it counts like a new one.
  return (kept.drift === 'unchanged' || kept.drift === 'accepted') && !kept.waiver && !kept.justification
    ? { ...kept, drift: 'unchanged', uncovered: true }
    : kept;
}

/** A verdict that rested on a justification is a fail again. */
function reopened(result: Result): Result {
  const [first, ...others] = result.findings.filter(isUnjustified);
  if (result.verdict === 'fail' || first === undefined) return result;
  const { control, findings, gaps, trusted } = result;
  const rest = trusted ? { trusted } : {};
  return { ...rest, control, verdict: 'fail', reason: reasonOfFail([first, ...others]), findings, gaps };
}

function withoutAttestations(result: Result, ended: Ended): Result {
  const { attestation, ...rest } = result;
  const isOver = (entry: Attestation | undefined): boolean => ended('Attestation', entry);
  const gaps = result.gaps.map(({ attestation: own, ...gap }) =>
    own && !isOver(own) ? { ...gap, attestation: own } : gap
  );
  const over = isOver(attestation) || result.gaps.some(({ attestation: own }) => isOver(own));
  if (!over) return result;
  if (result.verdict !== 'attested') return { ...result, gaps };
  const details = [...new Set(gaps.map(({ detail }) => detail))].join(' ');
  return { ...rest, gaps, verdict: 'inconclusive', reason: `${details} Its attestation has expired.`.trim() };
}
