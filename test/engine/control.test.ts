import { expect } from 'chai';
import { decide, each, notApplicable } from '../../src/engine/control.js';
import type { Gap, Latent } from '../../src/engine/types.js';
import { offence, refused } from './samples.js';

const latent: Latent = { kind: 'latent', subject: { type: 'Door', name: 'Shed' }, message: 'The shed is old.' };
const another: Gap = { kind: 'limit', detail: 'Too many doors.' };

describe('decide', () => {
  it('fails for a violation, and keeps gaps and notes', () => {
    expect(decide([refused, [latent, offence('Front')], undefined], 'Fine.')).to.deep.equal({
      verdict: 'fail',
      findings: [offence('Front')],
      unseen: [refused],
      latent: [latent],
    });
  });

  it('is inconclusive for a gap, and says how many more there are', () => {
    expect(decide([refused, another, latent], 'Fine.')).to.deep.equal({
      verdict: 'inconclusive',
      reason: 'The door is behind a fence. And 1 more reason.',
      unseen: [refused, another],
      latent: [latent],
    });
  });

  it('fails for a justification finding like for a violation', () => {
    expect(decide([offence('Front', { kind: 'justification' })], 'Fine.').verdict).to.equal('fail');
  });

  it('passes for the given reason without an outcome', () => {
    expect(decide([undefined, []], 'Fine.')).to.deep.equal({ verdict: 'pass', reason: 'Fine.' });
    expect(decide([latent], 'Fine.')).to.deep.equal({ verdict: 'pass', reason: 'Fine.', latent: [latent] });
  });
});

describe('each', () => {
  it('takes the word of the author for an empty population', () => {
    expect(each([], notApplicable('No doors.'), () => undefined).verdict).to.equal('not-applicable');
  });

  it('counts the population of a pass', () => {
    const fine = (population: readonly string[]): unknown =>
      each(population, notApplicable('No doors.'), () => undefined);
    expect(fine(['Front'])).to.have.property('reason', 'The only subject passes.');
    expect(fine(['Front', 'Back'])).to.have.property('reason', 'All 2 subjects pass.');
  });
});
