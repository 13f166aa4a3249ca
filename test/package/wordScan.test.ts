import { expect } from 'chai';
import fc from 'fast-check';
import { wordScan } from '../../src/package/parsing/wordScan.js';
import { namesSecret } from '../../src/package/secrets/hardCodedCredentials.js';
import { wordsOfText } from '../../src/package/parsing/words.js';

const LISTS = [['ab', 'abc', 'cab'], ['bab', 'a_b'], ['c'], [':aa', 'aab']];
const soup = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'A', 'B', 'C', '_', ':', ' ', 'é', '\u212A'),
  maxLength: 40,
});

describe('package/parsing', () => {
  it('finds the lists of which a text contains a word, in any case', () => {
    const scan = wordScan(LISTS);
    fc.assert(
      fc.property(soup, (text) => {
        const contained = LISTS.map((words, list) =>
          words.some((word) => text.toLowerCase().includes(word)) ? 1 << list : 0
        );
        expect(scan(text)).to.equal(contained.reduce((sum, bit) => sum | bit, 0));
      }),
      { numRuns: 2000, seed: 1 }
    );
  });

  it('sees a name of a secret with a value wherever one pattern for both does', () => {
    const both =
      /(?<![\w$-])(?=[\w$-]*(?:secret|passw|pwd|token|key|jwt|cred))[\w$-]+(?:=|['"\]]{0,2}\s{0,4}(?:=>|[:=,])\s{0,4}['"`])/i;
    const pieces = fc.array(
      fc.constantFrom('key', 'Token', 'a', '-', '$', '=', '>', "'", '"', ' ', ']', ':', ',', '\n')
    );
    fc.assert(
      fc.property(pieces, (all) => {
        expect(namesSecret(all.join(''))).to.equal(both.test(all.join('')));
      }),
      { numRuns: 5000, seed: 1 }
    );
  });

  it('takes a word for one only between signs that are in no word', () => {
    fc.assert(
      fc.property(soup, fc.constantFrom('ab', 'a', 'c_a'), (text, word) => {
        expect(wordsOfText(text)(word)).to.equal(new RegExp(`\\b${word}\\b`, 'i').test(text));
      }),
      { numRuns: 2000, seed: 1 }
    );
  });
});
