import { expect } from 'chai';
import { flowExamples } from '../../support/flowExamples.js';
import { seenIn } from '../../support/integrations.js';

describe('code, language by language', () => {
  for (const { language, file, what, code } of flowExamples) {
    it(`${language}: ${what}: ${code.split('\n').at(-1) ?? ''}`, async () => {
      const seen = await seenIn(file, code);
      // An authorization code flow may be asked for a scope that is too broad.
      const whats = seen.map((one) => one.split(' ')[0]).filter((one) => one !== 'authorization-code');
      expect(whats).to.deep.equal([what]);
    });
  }
});
