import { expect } from 'chai';
import { catalogue } from '../../src/catalogue.js';
import { resultSchemas } from '../../src/cli/resultSchemas.js';
import { expiriesOf, parsePolicy } from '../../src/policy/index.js';

const text = `version: 1
controls:
  package/pkce-required: { severity: low, owner: ciso, reason: Leaves in May, expires: 2027-01-31 }
`;

describe('the schema of what check-policy answers', () => {
  it('covers a control that is turned down until a day', () => {
    const policy = parsePolicy(text, 'security-review.yml', catalogue, new Date('2026-11-30'));
    const entries = expiriesOf(policy, new Date('2026-11-30'), 30);
    expect(entries.map(({ section }) => section)).to.deep.equal(['controls']);
    const result = { file: 'security-review.yml', sha256: '', notices: [], entries };
    expect(resultSchemas['check-policy'].safeParse(result).error).to.equal(undefined);
  });
});
