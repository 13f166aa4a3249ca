import type { Report, Result, TargetReport } from '../../engine/types.js';

/** A target and its number, which identifies it in anchors and filters. */
export type Numbered = { report: TargetReport; number: number };
/** A result and the target that it is about. */
export type Entry = Numbered & { result: Result };

export const numbered = ({ targets }: Report): Numbered[] => targets.map((report, number) => ({ report, number }));

export const entriesOf = (report: Report): Entry[] =>
  numbered(report).flatMap((target) => target.report.results.map((result) => ({ ...target, result })));

export const anchorOf = (number: number): string => `target-${number + 1}`;
