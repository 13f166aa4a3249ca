import { expect } from 'chai';
import { combine, complete, mapEvidence, partial, unavailable } from '../../src/engine/evidence.js';
import type { Evidence, Gap } from '../../src/engine/types.js';
import { refused } from './samples.js';

const cut: Gap = { kind: 'limit', detail: 'Cut off.' };
const gone = (): Evidence<number> => unavailable(refused);
const sum = (one: number, other: number): number => one + other;

describe('evidence', () => {
  it('is complete only if all of it is', () => {
    expect(combine([complete(1), complete(2)], sum)).to.deep.equal(complete(3));
    expect(combine([complete(1), partial(2, cut)], sum)).to.deep.equal(partial(3, cut));
    expect(combine([partial(1, refused), partial(2, cut)], sum)).to.deep.equal(partial(3, refused));
  });

  it('is unavailable if one of it is, wherever it stands', () => {
    expect(combine([partial(1, cut), gone()], sum)).to.deep.equal(unavailable(refused));
    expect(combine([gone(), complete(1)], sum)).to.deep.equal(unavailable(refused));
  });

  it('keeps its gaps when its value is mapped', () => {
    const double = (value: number): number => value * 2;
    expect(mapEvidence(complete(2), double)).to.deep.equal(complete(4));
    expect(mapEvidence(partial(2, cut), double)).to.deep.equal(partial(4, cut));
    expect(mapEvidence(gone(), double)).to.deep.equal(gone());
  });
});
