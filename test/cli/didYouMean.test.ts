import { expect } from 'chai';
import { didYouMean, oneOf, views } from '../../src/cli/flags.js';

describe('a value that is not known', () => {
  it('is named with the value that was probably meant, and all values', async () => {
    const error = await oneOf(views, 'view')('sumary').catch((one: unknown) => one);
    expect(error).to.deep.include({
      message: 'Invalid value "sumary" for --view.',
      actions: ['Did you mean summary?', 'Use one of: summary, table, detail.'],
      exitCode: 2,
    });
  });

  it('gets no suggestion where none is near', () => {
    expect(didYouMean('acme-hub', ['production', 'packaging'])).to.deep.equal([]);
    expect(didYouMean('acme-hb', ['production', 'acme-hub'])).to.deep.equal(['Did you mean acme-hub?']);
  });
});
