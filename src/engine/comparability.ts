import type { Report } from './types.js';

type Scope = Report['scope'];

/** One thing that two runs decided by differently, in words. */
type Difference = { what: string; one: string; other: string };

/** Why two runs do not answer the same question; nothing: they do. */
export const scopeDifferences = (one: Scope, other: Scope): Difference[] =>
  differing([
    ['controls', controlsOf(one), controlsOf(other)],
    ['severity threshold', one.failOn, other.failOn],
    ['inconclusive', one.inconclusive, other.inconclusive],
    ['changed since', one.changedSince?.ref ?? 'all files', other.changedSince?.ref ?? 'all files'],
  ]);

/** Why two reports cannot become one. */
export const partDifferences = (one: Scope, other: Scope): Difference[] => [
  ...differing([['policy (SHA-256)', one.policy?.sha256 ?? 'none', other.policy?.sha256 ?? 'none']]),
  ...scopeDifferences(one, other),
  ...differing([['gate on', one.gateOn ?? 'all', other.gateOn ?? 'all']]),
];

const differing = (rows: ReadonlyArray<[what: string, one: string, other: string]>): Difference[] =>
  rows.flatMap(([what, one, other]) => (one === other ? [] : [{ what, one, other }]));

const controlsOf = ({ controls }: Scope): string => (controls === 'all' ? 'all' : controls.toSorted().join(', '));
