import { expect } from 'chai';
import { inRoot } from '../scripts/tools/paths.js';
import { readRegexes } from './support/regexLiterals.js';
import { findSlowInput } from './support/regexSteps.js';

describe('the regular expressions of src', () => {
  it('take work that grows no faster than the text, so that one long line cannot stop a run', () => {
    const slow = readRegexes(inRoot('src')).flatMap(({ at, regex }) => {
      const found = findSlowInput(regex);
      return found
        ? [`${at} ${regex.source.slice(0, 100)}: ${JSON.stringify(found.input.slice(0, 40))} ${found.steps.join(', ')}`]
        : [];
    });
    expect(slow).to.deep.equal([]);
  }).timeout(180_000);

  for (const [kind, regex] of [
    ['every start is tried to the end', /\s+$/],
    ['a word is repeated', /<script\b[^>]*>/],
    ['two quantifiers take the same letters', /^\w*=\w*-?\w*!/],
    ['one letter is taken in two ways', /^(?:a|\w)*!$/],
    ['the name before a sign is searched from each letter', /\w+=/],
  ] as const) {
    it(`are found to be slow when ${kind}`, () => {
      expect(findSlowInput(regex), String(regex)).to.not.equal(undefined);
    });
  }

  for (const regex of [/(?<!\s)\s+$/, /<script\b[^<>]*>/, /^\w*=/, /\b\w+=/, /'(?:[^'\\]|\\.)*(?:'|$)/gs, /a{0,80}b/]) {
    it(`are found to be linear: ${regex.source}`, () => {
      expect(findSlowInput(regex)).to.equal(undefined);
    });
  }
});
