import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { policyKeys, type Schema } from '../../scripts/tools/policy.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { catalogue } from '../../src/catalogue.js';
import { policyJsonSchema } from '../../src/policy/index.js';

const keys = policyKeys(policyJsonSchema(catalogue) as Schema);
const page = readFileSync(inRoot('docs/policy.md'), 'utf8');

describe('the page about the policy', () => {
  it('has every key of the schema', () => {
    const missing = keys.filter(({ name }) => !page.includes(`\`${name}\``) && !page.includes(`## ${name}\n`));
    expect(missing.map(({ name }) => name)).to.deep.equal([]);
  });

  it('describes every key', () => {
    expect(keys.filter(({ schema }) => !schema.description).map(({ name }) => name)).to.deep.equal([]);
  });

  it('gives an example for every key that is not a list or a mapping of other keys', () => {
    const leaves = keys.filter(({ schema }) => schema.type !== 'object' && schema.items?.type !== 'object');
    expect(leaves.filter(({ schema }) => schema.examples === undefined).map(({ name }) => name)).to.deep.equal([]);
  });

  it('gives examples that have the form that the key asks for', () => {
    const wrong = keys.filter(({ schema }) =>
      (schema.examples ?? []).some(
        (example) =>
          (schema.enum !== undefined && !schema.enum.includes(example)) ||
          (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(String(example)))
      )
    );
    expect(wrong.map(({ name }) => name)).to.deep.equal([]);
  });
});
