import { expect } from 'chai';
import { catalogue } from '../../src/catalogue.js';
import { expiriesOf } from '../../src/policy/index.js';
import { parsePolicy } from '../../src/policy/parse.js';

const asOf = new Date('2026-11-23T23:59:00.000Z');
const policy = parsePolicy(
  `version: 1
orgs: [{ alias: hub, id: 00D000000000001AAA }]
trust:
  packages: [{ namespace: acmebase, owner: ops, reason: base, reviewBy: 2026-12-23 }]
  apps: [{ externalApp: "00D000000000001:Pipeline", owner: release, reason: CI, reviewBy: 2026-11-22 }]
  tokens: [{ org: hub, appName: Salesforce CLI, owner: release, reason: audits, reviewBy: 2026-12-24 }]
waivers:
  - { control: org/no-guest-sites, subject: "Site:Promo", reason: closes, owner: web, expires: 2026-11-23 }
justifications:
  - { control: org/app-removals-reviewed, subject: "AuditTrail:*", why: moved, owner: web, on: 2026-12-01, expires: 2026-12-10 }
attestations:
  - { control: org/contact-current, org: hub, owner: ciso, on: 2026-11-01, expires: 2027-05-01, reason: tested }
  - { control: org/own-apps-controls-reviewed, subject: "ConnectedApp:Sync", org: hub, owner: ciso, on: 2026-11-01, expires: 2027-05-02, reason: seen }
`,
  'security-review.yml',
  catalogue
);

describe('what of a policy ends', () => {
  it('names every dated entry, the one that ends first at the head, and counts a last day as a day that counts', () => {
    expect(
      expiriesOf(policy, asOf, 30).map(({ about, until, daysLeft, state }) => [until, daysLeft, state, about])
    ).to.deep.equal([
      ['2026-11-22', -1, 'ended', '00D000000000001:Pipeline'],
      ['2026-11-23', 0, 'ending', 'org/no-guest-sites Site:Promo'],
      ['2026-12-10', 17, 'not yet', 'org/app-removals-reviewed AuditTrail:*'],
      ['2026-12-23', 30, 'ending', 'acmebase'],
      ['2026-12-24', 31, 'counts', 'hub Salesforce CLI'],
      ['2027-05-01', 159, 'counts', 'org/contact-current hub'],
      ['2027-05-02', 160, 'counts', 'org/own-apps-controls-reviewed ConnectedApp:Sync hub'],
    ]);
  });

  it('looks ahead by the given number of days', () => {
    const ending = (days: number): number =>
      expiriesOf(policy, asOf, days).filter(({ state }) => state === 'ending').length;
    expect([0, 30, 31, 159].map(ending)).to.deep.equal([1, 2, 3, 4]);
  });
});
