import type { Verdict } from '../../src/engine/types.js';

/**
 * What a verdict may become when less is seen: never a better one, never the accusation of somebody who did nothing, and
 * never one that rests on a proof that was not there before.
 */
export const mayBecome: Record<Verdict, readonly Verdict[]> = {
  pass: ['pass', 'inconclusive'],
  'not-applicable': ['not-applicable', 'inconclusive'],
  attested: ['attested', 'inconclusive'],
  fail: ['fail', 'inconclusive'],
  inconclusive: ['inconclusive'],
};
