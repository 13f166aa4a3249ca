import fc from 'fast-check';
import { properties } from '../support/properties.js';

/** A few runs of each property, always the same ones; `npm run fuzz` tries many more. */
describe('the readers of files, with made-up input', () => {
  for (const { name, weight, property } of properties) {
    it(name, () => fc.assert(property, { seed: 2026, numRuns: 40 * weight }));
  }
});
