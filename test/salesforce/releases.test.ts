import { expect } from 'chai';
import { hasReached } from '../../src/salesforce/releases.js';

describe('the release of an org', () => {
  it('is compared by year and season', () => {
    const reached = ["Summer '26", "Winter '27", "Spring '27", "Summer '27", "Winter '28", 'Summer ’27'].map(
      (release) => hasReached(release, "Summer '27")
    );
    expect(reached).to.deep.equal([false, false, false, true, true, true]);
  });

  it('is unknown where the label is not the name of a release', () => {
    expect([undefined, '', 'Version 70', "Autumn '27"].map((label) => hasReached(label, "Summer '27"))).to.deep.equal(
      Array(4).fill(undefined)
    );
  });
});
