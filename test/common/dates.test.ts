import { expect } from 'chai';
import { shortDay, shortTime } from '../../src/common/dates.js';

describe('dates in sentences', () => {
  it('are a day in UTC, whatever the zone of the moment', () => {
    expect(shortDay('2026-11-23')).to.equal('23 Nov 2026');
    expect(shortDay('2024-09-11T09:00:00.000Z')).to.equal('11 Sep 2024');
    expect(shortDay('2026-01-01T00:30:00.000+0100')).to.equal('31 Dec 2025');
  });

  it('name the zone with a time', () => {
    expect(shortTime('2026-11-20T09:05:59.000Z')).to.equal('20 Nov 2026, 09:05 UTC');
    expect(shortTime(new Date('2026-11-20T00:00:00.000Z'))).to.equal('20 Nov 2026, 00:00 UTC');
  });

  it('leave what is no date as it is', () => {
    expect(shortDay('someday')).to.equal('someday');
    expect(shortTime('')).to.equal('');
  });
});
