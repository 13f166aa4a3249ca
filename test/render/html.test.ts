import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { reportOf } from '../../src/engine/report.js';
import type { Report, Result } from '../../src/engine/types.js';
import { decisionsOf, endsSoon } from '../../src/render/html/decisions.js';
import { recordPage, salesforcePage } from '../../src/render/html/links.js';
import { renderHtml } from '../../src/render/html/page.js';
import { hostileReport } from '../support/hostileReport.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';

/** The sample with its first target alone, and its results changed. */
const withResults = (change: (results: readonly Result[]) => Result[]): Report => {
  const [hub] = sampleReport.targets;
  if (!hub) throw new Error('The sample has no target.');
  return reportOf(sampleReport.tool, sampleReport.scope, [{ ...hub, results: change(hub.results) }]);
};
const head = (html: string): string => html.slice(0, html.indexOf('<main>'));
/** What a reader reads. */
const textOf = (html: string): string =>
  html
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('HTML', () => {
  const html = renderHtml(sampleReport);

  describe('links', () => {
    const cases: ReadonlyArray<[reference: string, href: string | undefined]> = [
      [
        'https://help.salesforce.com/s/articleView?id=1&type=1',
        'https://help.salesforce.com/s/articleView?id=1&type=1',
      ],
      ['https://salesforce.com', 'https://salesforce.com/'],
      ['HTTPS://Developer.Salesforce.com/docs', 'https://developer.salesforce.com/docs'],
      ['http://help.salesforce.com/', undefined],
      ['https://evil.example/', undefined],
      ['https://evilsalesforce.com/', undefined],
      ['https://salesforce.com.evil.example/', undefined],
      ['https://help.salesforce.com@evil.example/', undefined],
      ['https://evil@help.salesforce.com/', undefined],
      ['https://help.salesforce.com:8443/', undefined],
      ['https://evil.example\\.salesforce.com/', undefined],
      ['https://evil.example#.salesforce.com', undefined],
      ['//help.salesforce.com/', undefined],
      ['javascript:alert(1)//https://help.salesforce.com/', undefined],
      ['java\nscript:alert(1)', undefined],
      ['data:text/html,https://help.salesforce.com', undefined],
      ['RFC 9700', undefined],
      ['', undefined],
    ];
    for (const [reference, href] of cases) {
      it(`${JSON.stringify(reference)} ${href === undefined ? 'stays text' : 'becomes a link'}`, () =>
        expect(salesforcePage(reference)).to.equal(href));
    }

    const org = 'https://acme.my.salesforce.com';
    const records: ReadonlyArray<[type: string, id: string | undefined, href: string | undefined]> = [
      [
        'User',
        '005000000000001AAA',
        `${org}/lightning/setup/ManageUsers/page?address=%2F005000000000001AAA%3Fnoredirect%3D1%26isUserEntityOverride%3D1`,
      ],
      ['Profile', '00e000000000001', `${org}/lightning/setup/EnhancedProfiles/page?address=%2F00e000000000001`],
      ['PermissionSet', '0PS000000000001', `${org}/lightning/setup/PermSets/page?address=%2F0PS000000000001`],
      ['User', '00e000000000001', undefined],
      ['User', '005/../../x0001', undefined],
      ['User', undefined, undefined],
      ['Site', '0DM000000000001', undefined],
      ['constructor', '005000000000001', undefined],
    ];
    for (const [type, id, href] of records) {
      it(`${type} ${id} ${href === undefined ? 'stays text' : 'leads to its page in Setup'}`, () =>
        expect(recordPage(org, { type, name: 'ada', ...(id === undefined ? {} : { id }) })).to.equal(href));
    }
    it('lead to no record of an org whose address is not one of Salesforce', () =>
      expect(recordPage('https://evil.example', { type: 'User', name: 'ada', id: '005000000000001' })).to.equal(
        undefined
      ));

    it('lead to Salesforce or to a place on the page that is there', () => {
      for (const page of [html, renderHtml(hostileReport(sampleReport))]) {
        const targets = [...page.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href);
        expect(targets).not.to.deep.equal([]);
        for (const href of targets) {
          if (href.startsWith('#')) expect(page).to.contain(` id="${href.slice(1)}"`);
          else expect(href).to.match(/^https:\/\/(?:help|acme\.my)\.salesforce\.com\//);
        }
      }
    });

    it('show a reference to any other place as text', () => {
      const other = renderHtml(
        withResults((results) =>
          results.map((result) => ({
            ...result,
            control: { ...result.control, references: ['https://other.example/page'] },
          }))
        )
      );
      expect(other).to.contain('https://other.example/page').and.not.to.contain('href="https://other');
    });
  });

  it('names in its policy the hashes of its one style and its one script, and nothing else', () => {
    const hashes = ['style', 'script'].map((name) => {
      const found = [...html.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text = '']) => text);
      expect(found).to.have.length(1);
      return createHash('sha256').update(found.join('')).digest('base64');
    });
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).to.equal(
      `default-src 'none'; style-src 'sha256-${hashes[0]}'; script-src 'sha256-${hashes[1]}'; base-uri 'none'; form-action 'none'`
    );
    expect(html.indexOf('Content-Security-Policy')).to.be.lessThan(html.indexOf('<style>'));
  });

  it('is the same for the same report', () => {
    expect(renderHtml(JSON.parse(JSON.stringify(sampleReport)) as Report)).to.equal(html);
  });

  it('shows at its head the gate, the counts and what changed', () => {
    const text = textOf(head(html));
    for (const part of [
      'Gate failed',
      '3 fail : 2 critical , 1 high',
      '1 target could not be opened',
      '1 new, 1 fixed, 1 accepted, 1 not fully checked again',
      '23 Nov 2026',
    ]) {
      expect(text).to.contain(part);
    }
  });

  it('names at its head the worst problems by their failure, and the first steps with a link to Setup', () => {
    const text = textOf(head(html));
    expect(text).to.match(/Worst problems .*\d+ users can log in without MFA/);
    expect(text).to.match(/Do first .*Setup > Identity Verification: turn it on\. First step for \d+ findings\./);
    expect(head(html)).to.contain('href="https://acme.my.salesforce.com/lightning/setup/IdentityVerification/home"');
  });

  it('drafts a policy first where it is missing, because without one nothing is trusted', () => {
    const { policy, ...scope } = sampleReport.scope;
    const [hub] = sampleReport.targets;
    if (!hub || !policy) throw new Error('The sample has no target or no policy.');
    const text = textOf(renderHtml({ ...sampleReport, scope, targets: [hub] }));
    expect(text).to.match(
      /Do first Draft a policy\. Without one nothing is trusted.*: sf security-review init -o acme-hub Setup > /
    );
  });

  it('shows the path of the Setup page where the address of the org is not known or not one of Salesforce', () => {
    for (const instanceUrl of [undefined, 'https://evil.example', 'javascript:alert(1)']) {
      const [hub, ...others] = sampleReport.targets;
      const changed = { ...sampleReport, targets: [{ ...hub, target: { ...hub?.target, instanceUrl } }, ...others] };
      const page = head(renderHtml(changed as Report));
      expect(page.replaceAll('<wbr/>', '')).to.contain('<code>/lightning/setup/IdentityVerification/home</code>');
      expect(page).not.to.match(/href="(?!#)/);
    }
  });

  it('shows one card for a control that fails in several orgs, and a matrix that leads to it', () => {
    const [hub] = sampleReport.targets;
    if (!hub) throw new Error('The sample has no target.');
    const other = { ...hub, target: { ...hub.target, name: 'acme-ns' } };
    const page = renderHtml(reportOf(sampleReport.tool, sampleReport.scope, [hub, other]));
    expect(page.match(/Required: Every user needs a second factor/g)).to.have.length(1);
    expect(textOf(page)).to.contain('in all 2');
    const [, anchor = ''] = /<td class="cell tone-fail"><a href="#([\w-]+)"/.exec(page.replaceAll('\n', '')) ?? [];
    expect(page).to.contain(` id="${anchor}"`);
  });

  it('gives the policy entry that answers a finding', () => {
    expect(textOf(html)).to.contain('Justify it: entry for security-review.yml justifications:');
    expect(textOf(html)).to.contain('subject: ConnectedApp:AcmePay why: &lt;reason>');
  });

  it('shows in how many points the policy weakens the review', () => {
    const weakened = [{ setting: 'controls.org/mfa-enforced', control: 'org/mfa-enforced', message: 'It is off.' }];
    const page = renderHtml({ ...sampleReport, scope: { ...sampleReport.scope, weakened } });
    expect(textOf(head(page))).to.contain('The policy weakens 1 control.');
    const section = /<section aria-labelledby="weakened">.*?<\/section>/s.exec(page)?.[0] ?? '';
    expect(textOf(section)).to.match(/The policy weakens 1 control\s+controls\.org\/mfa-enforced It is off\./);
    expect(textOf(page)).to.contain('It is off.');
  });

  it('has a place to sign', () => {
    expect(textOf(html)).to.match(/Sign-off .*Prepared by .*Reviewed by .*Approved by/);
  });

  it('shows what the result rests on', () => {
    const text = textOf(html);
    for (const part of [
      'Controls all',
      'medium and above',
      'security-review.yml',
      'a'.repeat(64),
      'sf-plugin-security-review 0.1.0',
    ]) {
      expect(text).to.contain(part);
    }
  });

  it('says at its head if only new findings count in the gate', () => {
    const onlyNew = renderHtml({ ...sampleReport, scope: { ...sampleReport.scope, gateOn: 'new' } });
    expect(textOf(head(onlyNew))).to.contain('Only new findings count in the gate');
    expect(textOf(html)).not.to.contain('Only new findings');
  });

  it('says in title and headline that controls were chosen', () => {
    const chosen = renderHtml(passedReport);
    expect(chosen).to.match(/<title>[^<]*chosen controls: org\/passwords-rotated/);
    expect(chosen).to.match(/<h1>(?:(?!<\/h1>).)*chosen controls: org\/passwords-rotated/s);
    expect(textOf(head(html))).not.to.contain('chosen');
  });

  it('states that no action is required only if none is', () => {
    expect(textOf(renderHtml(passedReport))).to.contain('None: every control was checked, and none fails.');
    expect(textOf(html)).not.to.contain('None: every control');
  });

  it('puts what could not be opened, then failures by severity, before what could not be checked', () => {
    const order = [...html.matchAll(/<article class="result tone-([a-z-]+)"[^>]*?(?:data-severity="(\w+)")?>/g)];
    expect(order.map(([, verdict, severity]) => [verdict, severity])).to.deep.equal([
      ['undecided', undefined],
      ['fail', 'critical'],
      ['fail', 'critical'],
      ['fail', 'high'],
      ['inconclusive', 'critical'],
      ['attested', 'high'],
    ]);
  });

  it('shows what could not be checked, the permission for it, and what to do', () => {
    const text = textOf(html);
    expect(text).to.contain(
      'sites Salesforce refused to list the sites. (no-access) grant: View Setup and Configuration'
    );
    expect(text).to.contain('What to do Setup > Identity Verification: turn it on.');
    expect(text).to.contain('What to do Log in again: sf org login web --alias acmepay-ns.');
    expect(text).to.contain('force-app/main/AcmePay.connectedApp-meta.xml:12');
  });

  it('has the metadata that fixes a finding, to paste', () => {
    const text = textOf(html);
    expect(text).to.contain('Fix it: metadata for Security.settings-meta.xml');
    expect(html).to.contain('&lt;enableMFADirectUILoginOptIn>true');
  });

  it('names trust that ends soon on the first screen', () => {
    const endingTrust = [
      { entry: 'app Old Sync', until: '2026-11-25' },
      { entry: 'package base', until: '2026-12-10' },
    ];
    const targets = sampleReport.targets.map((target) => ({ ...target, endingTrust }));
    const text = textOf(renderHtml({ ...sampleReport, targets }));
    const first = text.slice(0, text.indexOf('Worst problems'));
    expect(first).to.contain('Trust in app Old Sync ends on 25 Nov 2026, +1 more.');
  });

  it('merges findings with the same text into one sentence, each subject named and marked', () => {
    const same = withResults((results) =>
      results.map((result) => ({
        ...result,
        findings: result.findings.slice(0, 3).map((finding) => ({ ...finding, message: 'No second factor.' })),
      }))
    );
    const text = textOf(renderHtml(same));
    const mfa = text.slice(text.indexOf('Required: Every user needs'), text.indexOf('Why org/mfa-enforced'));
    expect(mfa.split('No second factor.')).to.have.length(4);
    expect(mfa).to.contain('User ada@acme.example new');
    expect(mfa).to.contain('waived by ciso until 1 Oct 2027: Leaves in May');
    // A sentence that begins with the name of its subject is one sentence, too: `Each may log in without …`.
    const crowded = textOf(renderHtml(crowdedReport));
    expect(crowded.split('may log in without')).to.have.length.below(10);
    expect(crowded).to.contain('Each may log in without');
    expect(crowded.split('User ').length).to.be.greaterThan(200);
  });

  it('shows what is fixed, and what was not checked, since the earlier report', () => {
    const text = textOf(html);
    expect(text).to.match(
      /Org acme-hub since 22 Nov 2026 1 new or grown · 0 unchanged · 1 fixed · 1 accepted · 1 not fully checked again/
    );
    expect(text).to.match(/Fixed: fully checked.*User:lee@acme\.example.*Not fully checked again.*Site:Promo/);
    expect(textOf(renderHtml(passedReport))).not.to.contain('What changed');
  });

  describe('decisions of people', () => {
    const ends: ReadonlyArray<[expires: string, soon: boolean]> = [
      ['2026-11-23', true],
      ['2026-12-23', true],
      ['2026-12-24', false],
      ['2026-11-22', true],
    ];
    for (const [expires, soon] of ends) {
      it(`one that ends on ${expires} ${soon ? 'is pointed out' : 'is not pointed out'} on 23 Nov 2026`, () =>
        expect(endsSoon(expires, '2026-11-23T22:00:00.000Z')).to.equal(soon));
    }

    it('are listed once, those that end first at the top', () => {
      const decisions = decisionsOf(sampleReport).map(({ what, expires }) => [what, expires]);
      expect(decisions).to.deep.equal([
        ['Attestation', '2027-05-01'],
        ['Waiver', '2027-10-01'],
        ['Justification', '2027-10-01'],
      ]);
      const twice = withResults((results) =>
        results.map((result) => ({ ...result, findings: [...result.findings, ...result.findings] }))
      );
      expect(decisionsOf(twice)).to.have.length(2);
    });

    it('that end soon are counted at the head, and marked where they stand', () => {
      const soon = renderHtml(
        withResults((results) =>
          results.map((result) => ({
            ...result,
            findings: result.findings.map((finding) =>
              finding.waiver ? { ...finding, waiver: { ...finding.waiver, expires: '2026-12-03' } } : finding
            ),
          }))
        )
      );
      expect(textOf(head(soon))).to.contain('1 decision of the policy ends within 30 days');
      expect(textOf(soon)).to.contain('Decisions 2 1 ending soon');
      expect(soon.split('ends in 10 days')).to.have.length(3);
      expect(html).not.to.contain('ends in');
    });
  });

  it('stays a page when every string is hostile: no tag, no attribute and no line of its own', () => {
    const tags = (page: string): string[] => [...page.matchAll(/<\/?[a-zA-Z!][^\s>]*/g)].map(([tag]) => tag);
    const allowed = new Set(tags(html));
    for (const tag of tags(renderHtml(hostileReport(sampleReport)))) expect(allowed.has(tag), tag).to.equal(true);
    expect(renderHtml(hostileReport(sampleReport)).replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Cf}]/u);
  });
});
