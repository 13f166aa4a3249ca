import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Policy } from '../../src/engine/types.js';
import { endingTrust, noticesOfTrust, policyJsonSchema, type Catalogue } from '../../src/policy/index.js';
import { noticesOf } from '../../src/policy/notices.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { nothingAnswered } from '../support/submission.js';
import { catalogue } from './catalogue.js';

const example = `version: 1
orgs:                                   # the fleet that must be audited
  - { alias: acme-hub, id: 00D000000000001, roles: [dev-hub] }
  - { alias: acmepay-ns, id: 00D000000000002AAA, namespace: acmepay }
trust:                                  # default deny; reviewBy in the past = not trusted
  packages: [{ id: "033000000000001", namespace: acmebase, owner: ops, reason: our base package, reviewBy: 2027-03-01 }]
  apps:
    - { externalApp: "00D000000000001:ReleasePipeline", owner: release, reason: JWT for CI, reviewBy: 2027-03-01 }
    - { org: acme-hub, id: 0H4000000000001, owner: release, reason: Salesforce CLI, reviewBy: 2027-03-01 }
  tokens: [{ org: acme-hub, appName: Salesforce CLI, owner: release, reason: the audit itself, reviewBy: 2027-03-01 }]
  ipRanges: [{ cidr: 198.51.100.0/24, name: office VPN }]
integrations:
  - { name: Payment gateway, app: AcmePay, flow: authorization-code, callbackOwner: isv, secretOwner: isv, sourceDir: ../gateway }
justifications:
  - { control: package/broad-scopes-justified, subject: ConnectedApp:AcmePay, why: "Opens a page.", supplementedBy: "SAML", owner: ciso, on: 2026-10-01, expires: 2027-10-01 }
attestations:
  - { control: org/contact-current, org: acme-hub, owner: ciso, on: 2026-11-01, expires: 2027-05-01, reason: Security Contact tested }
waivers:
  - { control: org/no-guest-sites, subject: "Site:Promo", reason: closes with release 4.2, owner: web, expires: 2026-12-31 }
controls: { org/passwords-rotated: { params: { days: 180 } } }
gate: { failOn: medium, inconclusive: block }
`;

const policyOf = (text: string): Policy => parsePolicy(`version: 1\n${text}`, 'security-review.yml', catalogue);
const trusted = 'owner: ops, reason: needed';

describe('the example of a policy', () => {
  it('means exactly what it says', () => {
    const policy = parsePolicy(example, 'security-review.yml', catalogue);
    expect(policy).to.deep.equal({ ...(parse(example) as object), submission: nothingAnswered, maxEvidenceAge: 7 });
  });

  it('keeps days, numbers in quotes and words such as off as they are written', () => {
    const by = 'owner: ops, reason: replaced, expires: 2026-12-31';
    const [range] = policyOf('trust: { ipRanges: [{ cidr: "::/0", name: off }] }').trust.ipRanges;
    expect(range).to.deep.equal({ cidr: '::/0', name: 'off' });
    expect(policyOf(`controls: { org/mfa-enforced: { severity: off, ${by} } }`).controls).to.deep.equal({
      'org/mfa-enforced': { severity: 'off', owner: 'ops', reason: 'replaced', expires: '2026-12-31' },
    });
  });

  it('may last a year, a leap day included', () => {
    const attested = (on: string, expires: string): Policy =>
      policyOf(
        `attestations: [{ control: org/contact-current, org: hub, owner: ops, reason: known, on: ${on}, expires: ${expires} }]`
      );
    expect(attested('2026-11-01', '2027-11-01').attestations).to.have.length(1);
    expect(attested('2028-02-29', '2029-02-28').attestations).to.have.length(1);
    expect(() => attested('2028-02-29', '2029-03-01')).to.throw();
  });

  it('may leave out every answer for the submission, and keeps those that are given', () => {
    const submission = { backend: { storage: 'A vault.' }, secrets: [{ name: 'Key', rotation: { everyDays: 90 } }] };
    expect(policyOf(`submission: ${JSON.stringify(submission)}`).submission).to.deep.equal({
      ...nothingAnswered,
      ...submission,
    });
  });

  it('may say much about every parameter', () => {
    const params = { since: '2026-01-01', strict: true, ratio: 0.7, names: ['a'], mode: 'none' };
    const { controls } = policyOf(
      `controls: { org/own-apps-are-external-client-apps: { severity: high, params: ${JSON.stringify(params)} } }`
    );
    expect(controls).to.deep.equal({ 'org/own-apps-are-external-client-apps': { severity: 'high', params } });
  });
});

describe('the notices of a policy', () => {
  const notices: ReadonlyArray<[name: string, text: string, catalogue: Catalogue, ...notices: string[]]> = [
    [
      'a section that a control reads',
      `trust: { packages: [{ namespace: a, ${trusted}, reviewBy: 2027-01-01 }] }`,
      catalogue,
    ],
    ['an empty section', 'trust: { ipRanges: [] }', catalogue],
    ['the fleet, which the tool itself reads', 'orgs: [{ alias: hub, id: 00D000000000001 }]', []],
    [
      'a section that no control reads',
      'trust: { ipRanges: [{ cidr: 10.0.0.0/8, name: office }] }',
      catalogue,
      "The policy's section trust.ipRanges is not used by any control of this version.",
    ],
  ];
  for (const [name, text, controls, ...wanted] of notices) {
    it(name, () => expect(noticesOf(policyOf(text), controls)).to.deep.equal(wanted));
  }

  it('name trust whose review is overdue or due within 30 days', () => {
    const policy = policyOf(
      'trust:\n' +
        `  packages: [{ namespace: old, ${trusted}, reviewBy: 2026-11-22 }, { namespace: due, ${trusted}, reviewBy: 2026-11-23 }, { namespace: fine, ${trusted}, reviewBy: 2026-12-24 }]\n` +
        `  tokens: [{ org: hub, appName: CLI, ${trusted}, reviewBy: 2025-01-01 }]\n`
    );
    const asOf = new Date('2026-11-23T23:59:00Z');
    expect(noticesOfTrust(endingTrust(policy, asOf), asOf)).to.deep.equal([
      'Trust in tokens of CLI ended on 1 Jan 2025: review it, or remove it from the policy.',
      'Trust in package old ended on 22 Nov 2026: review it, or remove it from the policy.',
      'Trust in package due ends on 23 Nov 2026: review it before that day.',
    ]);
  });
});

describe('the JSON Schema of a policy', () => {
  const schema = JSON.parse(JSON.stringify(policyJsonSchema(catalogue))) as Record<string, unknown>;

  it('is closed, and asks for nothing but the version', () => {
    expect(schema).to.include({ type: 'object', additionalProperties: false });
    expect(schema.required).to.deep.equal(['version']);
  });

  it('knows the controls and their parameters, for completion', () => {
    const text = JSON.stringify(schema);
    expect(text).to.contain('"org/passwords-rotated":').and.to.contain('"days":{"default":365,"type":"integer"');
  });

  it('accepts the example', () => {
    const validator = z.fromJSONSchema(schema);
    expect(validator.safeParse(parse(example)).error?.message).to.equal(undefined);
    expect(validator.safeParse({ ...(parse(example) as object), waiver: [] }).success).to.equal(false);
  });
});
