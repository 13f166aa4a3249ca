import type { JSX } from 'preact';
import type { Verdict } from '../../engine/types.js';
import { verdictName, verdictOrder } from '../reportText.js';

export type Counts = Readonly<Record<Verdict, number>>;

export function barCounts(verdicts: readonly Verdict[]): Counts {
  const counts = { fail: 0, inconclusive: 0, attested: 0, pass: 0, 'not-applicable': 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}

/** `25 fail, 4 inconclusive, 1 pass` */
export function countsLabel(counts: Counts): string {
  const parts = verdictOrder.filter((verdict) => counts[verdict] > 0);
  return parts.map((verdict) => `${counts[verdict]} ${verdictName(verdict)}`).join(', ');
}

/** How many controls have which verdict. A picture without a style attribute, which the policy of the page forbids. */
export function Bar({ counts }: { counts: Counts }): JSX.Element {
  const parts: JSX.Element[] = [];
  let start = 0;
  for (const verdict of verdictOrder) {
    const width = counts[verdict];
    if (width > 0) parts.push(<rect class={`fill-${verdict}`} x={start} y={0} width={width} height={1} />);
    start += width;
  }
  return (
    <svg
      class="bar"
      viewBox={`0 0 ${Math.max(start, 1)} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={countsLabel(counts)}
    >
      {parts}
    </svg>
  );
}
