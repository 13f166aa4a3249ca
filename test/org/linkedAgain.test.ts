import { expect } from 'chai';
import { infoOf } from '../../src/engine/control.js';
import { complete, partial } from '../../src/engine/evidence.js';
import { judge } from '../../src/engine/judge.js';
import { summaryOf } from '../../src/engine/report.js';
import { settle } from '../../src/engine/applyPolicy.js';
import type { Gap, Policy, Result, Target, TargetReport, Verdict } from '../../src/engine/types.js';
import { linkedOrgsAudited } from '../../src/org/controls/linked-orgs-audited.js';
import { orgControls } from '../../src/org/controls/index.js';
import type { LinkedOrgs } from '../../src/org/facts.js';
import { linkedAgain } from '../../src/org/rejudgeLinkedOrgs.js';
import { policy as house } from '../engine/samples.js';
import { organization, orgId } from './controls/samples.js';

type Link = LinkedOrgs['links'][number];

const asOf = new Date('2026-11-23T10:00:00.000Z');
const payId = '00D0000000000PaAAA';
const webId = '00D0000000000WeAAA';
const pay: Link = { namespace: 'acmepay', orgId: payId.slice(0, 15), packages: [] };
const web: Link = { namespace: 'acmeweb', packages: ['Web'] };
const refused: Gap = { kind: 'no-access', detail: 'The registry was refused.' };
const waiver = {
  control: linkedOrgsAudited.id,
  subject: 'Org:acmeweb',
  reason: 'Leaves in May',
  owner: 'ciso',
  expires: '2027-01-01',
};

/** What the control itself says of a Dev Hub that is audited alone. */
const alone = (links: readonly Link[], rest: Partial<Policy> = {}, gap?: Gap): Result => {
  const policy = { ...house, ...rest };
  const linked = { read: true, links };
  const evidence = {
    linkedOrgs: gap ? partial(linked, gap) : complete(linked),
    roleSigns: complete([{ role: 'dev-hub' as const, holds: true, because: 'x' }]),
    organization: complete(organization),
  };
  const declared = { ...policy, audited: [{ orgId }] };
  const judged = judge(linkedOrgsAudited, evidence, { params: {}, asOf, declared });
  return settle(linkedOrgsAudited, judged, policy, { kind: 'org', name: 'hub', orgId }, asOf).result;
};
const of = (target: Target, results: readonly Result[] = [], error?: TargetReport['error']): TargetReport => ({
  target,
  asOf: asOf.toISOString(),
  ...(error ? { error } : {}),
  gate: 'passed',
  summary: summaryOf(results),
  results,
  off: [],
  notices: [],
});
/** A report that evaluates every org control for an org. */
const whole = (target: Target, controls = orgControls): TargetReport =>
  of(
    target,
    controls.map((control): Result => ({
      control: infoOf(control),
      verdict: 'pass',
      reason: 'Fine.',
      findings: [],
      gaps: [],
    }))
  );
const payOrg: Target = { kind: 'org', name: 'pay', orgId: payId };
const webOrg: Target = { kind: 'org', name: 'web', orgId: webId, namespace: 'AcmeWeb' };
const lost = { name: 'Expired', message: 'Expired.', actions: [] };
const inPolicy: Partial<Policy> = { orgs: [{ alias: 'pay', id: payId }] };

describe('linked orgs, judged again over merged reports', () => {
  type Case = {
    name: string;
    before: Result;
    others: readonly TargetReport[];
    verdict: Verdict;
    says: RegExp;
    findings?: readonly string[];
  };
  const table: readonly Case[] = [
    {
      name: 'audited in another report, by id',
      before: alone([pay]),
      others: [whole(payOrg)],
      verdict: 'pass',
      says: /^Each linked org is audited\. Audited in the merged reports: acmepay\.$/,
    },
    {
      name: 'audited in another report, by namespace in whatever case',
      before: alone([web]),
      others: [whole(webOrg)],
      verdict: 'pass',
      says: /acmeweb/,
    },
    {
      name: 'a gap, because the policy names the org',
      before: alone([pay], inPolicy),
      others: [whole(payOrg)],
      verdict: 'pass',
      says: /acmepay/,
    },
    {
      name: 'one of two is audited',
      before: alone([pay, web]),
      others: [whole(payOrg)],
      verdict: 'fail',
      says: /^The org of namespace \w+ is linked to this Dev Hub \(no entry in the namespace registry.* Audited in the merged reports: acmepay\.$/,
      findings: ['acmeweb'],
    },
    {
      name: 'the violation is audited, the one of the policy is not',
      before: alone([web, pay], inPolicy),
      others: [whole(webOrg)],
      verdict: 'inconclusive',
      says: /^acmepay: .* in the policy \(pay\) but not in this run\. Audited in the merged reports: acmeweb\.$/,
    },
    {
      name: 'trap: the other report could not open the org',
      before: alone([pay]),
      others: [of(payOrg, [], lost)],
      verdict: 'fail',
      says: /^The org of namespace \w+ is linked/,
      findings: ['acmepay'],
    },
    {
      name: 'trap: a package of the same name is no org',
      before: alone([web]),
      others: [of({ kind: 'package', name: 'acmeweb', path: 'acmeweb' })],
      verdict: 'fail',
      says: /^The org of namespace \w+ is linked/,
      findings: ['acmeweb'],
    },
    {
      name: 'trap: the registry was not fully read',
      before: alone([pay], inPolicy, refused),
      others: [whole(payOrg)],
      verdict: 'inconclusive',
      says: /^The registry was refused\./,
    },
    {
      name: 'trap: the other report lacks a control',
      before: alone([pay]),
      others: [whole(payOrg, orgControls.slice(1))],
      verdict: 'fail',
      says: /^The org of namespace \w+ is linked/,
      findings: ['acmepay'],
    },
    {
      name: 'trap: a sandbox with the namespace does not count as the linked org',
      before: alone([web]),
      others: [whole({ ...webOrg, temporary: 'sandbox' })],
      verdict: 'fail',
      says: /^The org of namespace \w+ is linked/,
      findings: ['acmeweb'],
    },
    {
      name: 'another org is audited',
      before: alone([pay]),
      others: [whole({ ...payOrg, orgId: webId })],
      verdict: 'fail',
      says: /^The org of namespace \w+ is linked/,
      findings: ['acmepay'],
    },
    {
      name: 'nothing was missing',
      before: alone([]),
      others: [whole(payOrg)],
      verdict: 'pass',
      says: /^No org is linked/,
    },
  ];
  for (const { name, before, others, verdict, says, findings = [] } of table) {
    it(`${name}: ${verdict}`, () => {
      const hub = of({ kind: 'org', name: 'hub', orgId }, [before]);
      const [again, ...rest] = linkedAgain([hub, ...others]);
      const result = again?.results[0];
      expect(result?.verdict).to.equal(verdict);
      expect(result?.reason).to.match(says);
      expect(result?.findings.map(({ subject }) => subject.name)).to.deep.equal(findings);
      expect(rest).to.deep.equal(others);
    });
  }

  it('keeps the waiver of what is left', () => {
    const before = alone([pay, web], { waivers: [waiver] });
    const [hub] = linkedAgain([of({ kind: 'org', name: 'hub', orgId }, [before]), whole(payOrg)]);
    expect(hub?.results[0]?.verdict).to.equal('fail');
    expect(hub?.results[0]?.findings.map((finding) => finding.waiver)).to.deep.equal([waiver]);
  });

  it('leaves other controls alone', () => {
    const other = { ...alone([pay]), control: { ...infoOf(linkedOrgsAudited), id: 'org/other' } };
    expect(linkedAgain([of(payOrg, [other])])[0]?.results).to.deep.equal([other]);
  });
});
