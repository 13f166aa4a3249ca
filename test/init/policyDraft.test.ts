import { expect } from 'chai';
import { parse } from 'yaml';
import { catalogue } from '../../src/catalogue.js';
import { collect } from '../../src/engine/collect.js';
import { evaluate, contextOf } from '../../src/engine/review.js';
import type { EvidenceOf, Policy, TargetReport } from '../../src/engine/types.js';
import { ofOrg, orgFactsOfDraft } from '../../src/init/orgProposals.js';
import { ofPackage, packageFactsOfDraft } from '../../src/init/packageProposals.js';
import { policyDraft } from '../../src/init/policyDraft.js';
import { together, type Found, type Proposal } from '../../src/init/proposals.js';
import { orgDomain } from '../../src/org/index.js';
import type { OrgFacts } from '../../src/org/facts.js';
import { openPackage, packageDomain } from '../../src/package/index.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { moveTo } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { open, stopAll } from '../org/support.js';
import { hostile } from '../support/hostileNames.js';

const standard = parsePolicy('version: 1', 'default', catalogue);
const draft = { day: '2026-11-23', lookedAt: ['the org hub'], skipped: [] };
const read = (text: string): Policy => parsePolicy(text, 'security-review.yml', catalogue);
const nothing: Found = { proposals: [], remarks: [], unseen: [] };

/** As a person does who takes everything over: the first `# ` of every proposed line goes. */
const uncommented = (text: string): string => text.replace(/^# /gm, '');
/** As a person does who fills everything in. */
const filledIn = (text: string): string =>
  uncommented(text)
    .replace(/(reviewBy): ""/g, '$1: 2027-06-30')
    .replace(/(flow): ""/g, '$1: jwt-bearer')
    .replace(/(Owner): ""/g, '$1: isv')
    .replace(/(id): ""/g, '$1: 00D000000000001AAA')
    .replace(/: ""/g, () => `: filled ${(counter += 1)}`);
let counter = 0;

const proposal = (more: Partial<Proposal>): Proposal => ({
  section: 'trust.packages',
  target: 'hub',
  about: 'Toolkit',
  entry: { id: '033000000000001AAA' },
  fill: ['owner', 'reason', 'reviewBy'],
  ...more,
});

/** Days in the attestations of a draft. */
function datedIn(text: string): string {
  return text
    .replace(/\bon: ""|\bon: filled \d+/g, 'on: 2026-11-20')
    .replace(/expires: (?:""|filled \d+)/g, 'expires: 2027-11-19');
}

describe('the draft of a policy', () => {
  after(stopAll);

  it('decides nothing, whatever was found', () => {
    const found = { ...nothing, proposals: [proposal({}), proposal({ section: 'orgs', entry: { alias: 'hub' } })] };
    for (const one of [nothing, found]) expect(read(policyDraft(draft, one))).to.deep.equal(standard);
  });

  it('is not valid when an entry lacks owner, reason or last day', () => {
    const text = policyDraft(draft, { ...nothing, proposals: [proposal({})] });
    expect(() => read(uncommented(text))).to.throw(/trust\.packages\[0\]\.owner[^]*reason[^]*reviewBy/);
  });

  it('trusts an entry that is taken over and filled in', () => {
    const text = policyDraft(draft, { ...nothing, proposals: [proposal({ entry: { namespace: 'acme' } })] });
    expect(read(filledIn(text)).trust.packages).to.have.length(1);
  });

  it('names what could not be read, with the missing permissions', () => {
    const unseen = [{ section: 'trust.apps', target: 'hub', detail: 'No access.', grants: ['ViewSetup'] }] as const;
    const text = policyDraft(draft, { ...nothing, unseen });
    expect(text).to.contain(
      '## Could not be read in hub, so there may be more: No access. Missing permissions: ViewSetup.'
    );
  });

  describe('takes names as they come', () => {
    const names = {
      ...hostile,
      yaml: 'a: b # c\u0085- d\u2028e',
      quotes: '"\\" \'',
      half: 'x\ud800y',
      end: '---\n...\n',
    };
    for (const [kind, name] of Object.entries(names)) {
      it(`${kind}: stays a comment, and a value that is exact when it is taken over`, () => {
        const found: Found = {
          proposals: [
            proposal({
              section: 'trust.tokens',
              about: name,
              target: name,
              entry: { org: '00D000000000001AAA', appName: name },
            }),
          ],
          remarks: [{ section: 'orgs', target: name, text: name }],
          unseen: [{ section: 'orgs', target: name, detail: name, grants: [name] }],
        };
        const text = policyDraft({ day: '2026-11-23', lookedAt: [name], skipped: [name] }, found);
        expect(read(text)).to.deep.equal(standard);
        expect(text).not.to.match(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/u);
        const live = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
        expect(live).to.deep.equal(['version: 1']);
        expect(parse(uncommented(text))).to.deep.include.keys('trust');
        expect(read(filledIn(text)).trust.tokens[0]?.appName).to.equal(name);
      });
    }
  });

  describe('of the simulated orgs', () => {
    for (const [name, build] of Object.entries(SCENARIOS)) {
      it(`${name}: no verdict and no gate changes, and everything that was found is proposed`, async () => {
        const asOf = new Date();
        const { reader } = await open(moveTo(build(), asOf));
        const facts = new Set(Object.keys(orgDomain.collectors) as Array<keyof OrgFacts>);
        const context = contextOf(orgDomain, { policy: standard, asOf });
        const evidence = await collect(orgDomain.collectors, facts, reader, context);
        const found = ofOrg({ name, orgId: reader.orgId }, evidence);
        const policy = read(policyDraft(draft, found));
        const report = (given: Policy): TargetReport => assessed(evidence, given, reader.orgId, asOf);
        expect(report(policy)).to.deep.equal(report(standard));
        const answered = read(datedIn(filledIn(policyDraft(draft, found))));
        expect(answered.attestations).to.have.length(
          6 * found.proposals.filter(({ section }) => section === 'attestations').length
        );
        expect(answered.trust.packages).to.have.length(
          found.proposals.filter(({ section }) => section === 'trust.packages').length
        );
        const unread = orgFactsOfDraft.filter((fact) => evidence[fact]?.status !== 'complete');
        expect(found.unseen).to.have.length(unread.length);
      });
    }

    const assessed = (evidence: EvidenceOf<OrgFacts>, policy: Policy, orgId: string, asOf: Date): TargetReport =>
      evaluate(orgDomain, evidence, { policy, target: { kind: 'org', name: 'hub' }, asOf, audited: [{ orgId }] });
  });

  it('of package source: its apps as integrations, its callbacks as endpoints, and no verdict changes', async () => {
    const asOf = new Date();
    const source = { ...(await openPackage(inRoot('examples', 'acme-pay'))), integrations: [] };
    const needed = new Set(packageDomain.controls.flatMap(({ needs }) => [...needs, ...packageFactsOfDraft]));
    const evidence = await collect(
      packageDomain.collectors,
      needed,
      source,
      contextOf(packageDomain, { policy: standard, asOf })
    );
    const found = ofPackage('Acme Pay', evidence);
    const text = policyDraft(draft, found);
    const proposed = (section: string): Proposal[] => found.proposals.filter((one) => one.section === section);
    expect(proposed('integrations').map(({ entry }) => entry.app)).to.deep.equal([
      'AcmePayGateway',
      'AcmeReports',
      'AcmeSupport',
    ]);
    expect(proposed('attestations').map(({ entry }) => entry.subject)).to.deep.equal([
      'ExternalClientApp:AcmeReports',
      'ExternalClientApp:AcmeSupport',
    ]);
    expect(
      read(datedIn(filledIn(text))).attestations.filter(({ subject }) => subject?.endsWith(':AcmeReports'))
    ).to.have.length(9);
    expect(text).to.contain('called back at https://gateway.acme.example/oauth/callback');
    const report = (policy: Policy): TargetReport =>
      evaluate(packageDomain, evidence, { policy, target: { kind: 'package', name: 'x' }, asOf, audited: [] });
    expect(report(read(text))).to.deep.equal(report(standard));
  });
});

describe('proposals', () => {
  const org = (name: string, more: Partial<EvidenceOf<OrgFacts>> = {}): Found =>
    ofOrg({ name, orgId: '00D000000000001AAA', namespace: 'acme' }, more);
  const complete = <T>(value: T): { status: 'complete'; value: T } => ({ status: 'complete', value });

  it('never leave a fact out in silence: what was not read is reported', () => {
    expect(org('hub').unseen).to.have.length(orgFactsOfDraft.length);
  });

  it('propose a package of two orgs once, and no second entry for an org that another one is linked to', () => {
    const installed = complete([{ subscriberPackageId: '033000000000001AAA', name: 'Toolkit' }]);
    const linked = complete({
      read: true,
      links: [
        { namespace: 'Acme', packages: [] },
        { namespace: 'other', packages: [] },
      ],
    });
    const found = together([
      org('hub', { installedPackages: installed, linkedOrgs: linked }),
      org('packaging', { installedPackages: installed }),
    ]);
    expect(
      found.proposals.map(({ section, entry }) => [section, entry.alias ?? entry.namespace ?? entry.id])
    ).to.deep.equal([
      ['orgs', 'hub'],
      ['orgs', 'other'],
      ['trust.packages', '033000000000001AAA'],
      ['orgs', 'packaging'],
    ]);
  });

  it('propose ranges that are one CIDR range of known addresses, and say why not otherwise', () => {
    const range = (start: string, end: string): { start: string; end: string } => ({ start, end });
    const ranges = [
      range('198.51.100.0', '198.51.100.255'),
      range('198.51.100.7', '198.51.100.7'),
      range('2001:db8::', '2001:db8::ffff'),
      range('198.51.100.1', '198.51.100.4'),
      range('0.0.0.0', '127.255.255.255'),
      range('10.0.0.0', '10.0.0.255'),
      range('nowhere', '10.0.0.255'),
    ];
    const profiles = complete([
      { id: '1', name: 'Staff', activeUsers: 1, ranges },
      { id: '2', name: 'Blind', activeUsers: 1, unseen: 'It was not sent.' },
    ]);
    const { proposals, remarks } = org('hub', { profileLoginRanges: profiles });
    expect(proposals.flatMap(({ entry }) => entry.cidr ?? [])).to.deep.equal([
      '198.51.100.0/24',
      '198.51.100.7/32',
      '2001:db8::/112',
    ]);
    expect(remarks.map(({ text }) => text.replace(/.*: |\.$/g, ''))).to.deep.equal([
      'it is no single CIDR range',
      'it is very wide',
      'no login comes from there',
      'it is no range of addresses',
      'The ranges of the profile Blind could not be read. It was not sent',
    ]);
  });
});
