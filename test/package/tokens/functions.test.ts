import { expect } from 'chai';
import { functionsIn } from '../../../src/package/oauthFlows/tokens/functions.js';
import { closing, statementEnd } from '../../../src/package/parsing/brackets.js';

describe('the functions of a text', () => {
  it('are found in a function, with the end of each', () => {
    const code = 'function outer(a) { const inner = (b) => { return "}"; }; return inner(a); }';
    const found = functionsIn(code, 'JavaScript').map(({ name, body, end }) => [name, code.slice(body, end)]);
    expect(found).to.deep.equal([
      ['outer', '{ const inner = (b) => { return "}"; }; return inner(a); }'],
      ['inner', '{ return "}"; }'],
    ]);
  });

  it('have the same brackets in whatever order they are asked for', () => {
    const code = 'a(b[c{d}e], (f)) g(';
    expect([1, 3, 5, 12].map((at) => closing(code, at))).to.deep.equal([15, 9, 7, 14]);
    const other = `${code} `;
    expect([12, 5, 3, 1, 18].map((at) => closing(other, at))).to.deep.equal([14, 7, 9, 15, other.length]);
  });

  for (const [shape, code] of [
    ['calls in one another', 'a('.repeat(400_000)],
    ['classes in one another', 'class A{m(){'.repeat(80_000)],
    ['arrow functions in one another', 'a=x=>'.repeat(200_000)],
    ['strings that do not end', '`a(' + '"a('.repeat(300_000)],
  ] as const) {
    it(`are found in a megabyte of ${shape}, in work that grows with its length`, () => {
      expect(functionsIn(code, 'TypeScript').length).to.be.below(5001);
      expect(statementEnd(code, 0)).to.be.at.most(code.length);
    });
  }
});
