import { expect } from 'chai';
import fc from 'fast-check';
import { wordScan } from '../../src/package/parsing/wordScan.js';
import { namesSecret } from '../../src/package/secrets/hardCodedCredentials.js';
import { wordsOfTexts } from '../../src/package/parsing/words.js';

const WORDS = ['ab', 'abc', 'cab', 'bab', 'a_b', 'c', ':aa', 'aab'];
const ofAscii = ['a', 'b', 'c', 'A', 'B', 'C', '_', ':', ' ', 'é'];
const soup = fc.string({ unit: fc.constantFrom(...ofAscii), maxLength: 40 });
const withOthers = fc.string({ unit: fc.constantFrom(...ofAscii, '\u212A', '\u0141', '\u{1F600}'), maxLength: 40 });

function found(words: readonly string[], text: string): Set<string> {
  const seen = new Set<string>();
  wordScan(words)(text, (word, end) => seen.add(`${words[word] ?? ''} ${end}`));
  return seen;
}

function contained(words: readonly string[], text: string): Set<string> {
  const ends = [...text].length === 0 ? [] : [...text.split('').keys()].map((at) => at + 1);
  return new Set(
    words.flatMap((word) =>
      ends.filter((end) => text.slice(0, end).toLowerCase().endsWith(word)).map((end) => `${word} ${end}`)
    )
  );
}

describe('package/parsing', () => {
  it('finds every word of a text with its place, in any case', () => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(found(WORDS, text)).to.deep.equal(contained(WORDS, text));
      }),
      { numRuns: 2000, seed: 1 }
    );
  });

  it('misses no word between characters that are not of Latin 1', () => {
    fc.assert(
      fc.property(withOthers, (text) => {
        const seen = found(WORDS, text);
        expect([...contained(WORDS, text)].filter((one) => !seen.has(one))).to.deep.equal([]);
      }),
      { numRuns: 2000, seed: 1 }
    );
  });

  it('finds a word over the end of a portion, and the words of two automatons', () => {
    const text = `${'-'.repeat(65_534)}secret${'-'.repeat(70_000)}token`;
    expect([...found(['secret', 'token'], text)]).to.deep.equal(['secret 65540', 'token 135545']);
    const many = Array.from({ length: 30_000 }, (_, index) => `word${index}`);
    expect([...found(many, 'Word29999')]).to.include.members(['word29999 9', 'word2 5']);
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
      fc.property(withOthers, fc.constantFrom('ab', 'a', 'c_a'), (text, word) => {
        expect(wordsOfTexts([word])(text).has(word)).to.equal(new RegExp(`\\b${word}\\b`, 'i').test(text));
      }),
      { numRuns: 2000, seed: 1 }
    );
  });
});
