import { expect } from 'chai';
import { cidrInterval, interval, isUnroutable, mergeIntervals, rangeText } from '../../src/salesforce/ipRanges.js';

const range = (from: string, to: string): ReturnType<typeof interval> & object => {
  const found = interval(from, to);
  if (!found) throw new Error(`${from}-${to} is no range`);
  return found;
};

describe('IP ranges', () => {
  it('puts IPv4 and its IPv4-mapped form at one place', () => {
    expect(interval('1.2.3.4', '1.2.3.5')).to.deep.equal(interval('::ffff:1.2.3.4', '::FFFF:102:305'));
  });

  it('merges what overlaps, touches or lies within, in any order', () => {
    const merged = mergeIntervals([
      range('10.0.1.0', '10.0.1.255'),
      range('10.0.4.0', '10.0.4.255'),
      range('10.0.0.0', '10.0.0.255'),
      range('10.0.4.7', '10.0.4.9'),
    ]);
    expect(merged.map(rangeText)).to.deep.equal(['10.0.0.0-10.0.1.255', '10.0.4.0-10.0.4.255']);
  });

  it('keeps apart what one address separates', () => {
    expect(mergeIntervals([range('10.0.0.0', '10.0.0.0'), range('10.0.0.2', '10.0.0.2')])).to.have.length(2);
  });

  it('takes a range with one end that is no address for none', () => {
    expect(interval('2001:db8::', 'x')).to.equal(undefined);
    expect(interval('', '2001:db8::')).to.equal(undefined);
  });

  it('does not touch what it merges', () => {
    const first = Object.freeze(range('10.0.0.0', '10.0.0.1'));
    mergeIntervals([first, range('10.0.0.2', '10.0.0.3')]);
    expect(rangeText(first)).to.equal('10.0.0.0-10.0.0.1');
  });

  it('reads a network, or one address', () => {
    const texts = ['198.51.100.77/24', '198.51.100.7', '2001:db8::/32', '0.0.0.0/0', '::/0'];
    expect(texts.map((text) => cidrInterval(text)).map((one) => one && rangeText(one))).to.deep.equal([
      '198.51.100.0-198.51.100.255',
      '198.51.100.7-198.51.100.7',
      '2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
      '0.0.0.0-255.255.255.255',
      '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
  });

  for (const text of [
    '',
    'office',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/-1',
    '1.2.3.4/8/8',
    '1.2.3/8',
    '::/129',
    '1.2.3.4/1.5',
  ]) {
    it(`takes "${text}" for no network`, () => {
      expect(cidrInterval(text)).to.equal(undefined);
    });
  }

  it('knows what never reaches Salesforce over the internet', () => {
    expect(isUnroutable(range('172.16.0.0', '172.31.255.255'))).to.equal(true);
    expect(isUnroutable(range('172.16.0.0', '172.32.0.0'))).to.equal(false);
    expect(isUnroutable(range('fd00::', 'fd00::1'))).to.equal(true);
    expect(isUnroutable(range('198.51.100.0', '198.51.100.0'))).to.equal(false);
  });
});
