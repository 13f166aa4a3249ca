import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue } from '../../src/catalogue.js';
import { addEntry, parsePolicy } from '../../src/policy/index.js';

const today = new Date('2026-11-29');
const waiver = {
  control: 'org/mfa-enforced',
  org: '00DHs000000Gma9MAC',
  subject: 'User:ops@acme.example',
  reason: 'leaves in May: see "ticket" #12',
  owner: 'security',
  expires: '2027-02-01',
};
const example = readFileSync('examples/orgs/security-review.yml', 'utf8');

describe('an entry that is added to a policy', () => {
  it('makes the section where it is missing, and is valid', () => {
    const text = addEntry('# ours\nversion: 1\n', ['waivers'], waiver);
    expect(text).to.contain('# ours\nversion: 1\n');
    expect(parsePolicy(text, 'x.yml', catalogue, today).waivers).to.deep.equal([waiver]);
  });

  it('comes last in its list, and leaves every other line and comment as it was', () => {
    const text = addEntry(`${example}waivers:\n  # the first\n  - ${JSON.stringify(waiver)}\n`, ['waivers'], {
      ...waiver,
      subject: 'User:*',
    });
    expect(parsePolicy(text, 'x.yml', catalogue, today).waivers.map(({ subject }) => subject)).to.deep.equal([
      'User:ops@acme.example',
      'User:*',
    ]);
    for (const comment of example.match(/#.*/g) ?? []) expect(text).to.contain(comment);
    expect(text).to.contain('# the first');
  });

  it('goes into a list of the trust section', () => {
    const entry = { id: '033Hs0000000Q11', owner: 'release', reason: 'our base', reviewBy: '2027-06-30' };
    const { trust } = parsePolicy(addEntry(example, ['trust', 'packages'], entry), 'x.yml', catalogue, today);
    expect(trust.packages.at(-1)).to.deep.equal(entry);
    expect(trust.packages.length).to.equal(2);
  });

  it('goes into a list that was written as []', () => {
    const text = addEntry('version: 1\nwaivers: []\n', ['waivers'], waiver);
    expect(parsePolicy(text, 'x.yml', catalogue, today).waivers).to.deep.equal([waiver]);
  });
});
