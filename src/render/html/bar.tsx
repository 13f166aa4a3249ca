import type { JSX } from 'preact';
import type { Verdict } from '../../engine/types.js';

/** What a bar shows, from the worst to the best. */
export const shownVerdicts = ['fail', 'inconclusive', 'attested', 'pass', 'not-applicable'] as const;
export const verdictNames: Readonly<Record<Verdict, string>> = {
  fail: 'fail',
  inconclusive: 'inconclusive',
  attested: 'attested',
  pass: 'pass',
  'not-applicable': 'not applicable',
};

export type Counts = Readonly<Record<Verdict, number>>;

export function barCounts(verdicts: readonly Verdict[]): Counts {
  const count = (verdict: Verdict): number => verdicts.filter((one) => one === verdict).length;
  return {
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    attested: count('attested'),
    pass: count('pass'),
    'not-applicable': count('not-applicable'),
  };
}

/** `25 fail, 4 inconclusive, 1 pass` */
export function countsLabel(counts: Counts): string {
  const parts = shownVerdicts.filter((verdict) => counts[verdict] > 0);
  return parts.map((verdict) => `${counts[verdict]} ${verdictNames[verdict]}`).join(', ');
}

/** How many controls have which verdict. A picture without a style attribute, which the policy of the page forbids. */
export function Bar({ counts }: { counts: Counts }): JSX.Element {
  const total = shownVerdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  const parts = shownVerdicts.map((verdict, index) => ({
    verdict,
    width: counts[verdict],
    start: shownVerdicts.slice(0, index).reduce((sum, earlier) => sum + counts[earlier], 0),
  }));
  return (
    <svg
      class="bar"
      viewBox={`0 0 ${Math.max(total, 1)} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={countsLabel(counts)}
    >
      {parts
        .filter(({ width }) => width > 0)
        .map(({ verdict, width, start }) => (
          <rect class={`fill-${verdict}`} x={start} y={0} width={width} height={1} />
        ))}
    </svg>
  );
}
