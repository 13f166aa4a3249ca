import { expect } from 'chai';
import { minimalPermissions } from '../../src/engine/minimalPermissions.js';
import type { Requirement } from '../../src/engine/types.js';

describe('the fewest permissions that meet all requirements', () => {
  const cases: ReadonlyArray<[name: string, requirements: readonly Requirement[], least: string[]]> = [
    ['none', [], []],
    ['one without alternative', [['A']], ['A']],
    ['the first, which is the narrowest, of alternatives', [['A', 'B']], ['A']],
    ['an alternative that is needed anyway', [['A', 'B'], ['B']], ['B']],
    [
      'an alternative that was chosen before',
      [
        ['A', 'B'],
        ['C', 'A'],
      ],
      ['A'],
    ],
    ['each once, sorted', [['C'], ['A'], ['C']], ['A', 'C']],
  ];
  for (const [name, requirements, least] of cases) {
    it(name, () => expect(minimalPermissions(requirements)).to.deep.equal(least));
  }
});
