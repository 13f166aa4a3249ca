import { expect } from 'chai';
import type { ControlInfo, Finding, Report, Result, Severity, Subject } from '../../src/engine/types.js';
import { problemsOf } from '../../src/render/problems.js';
import { renderSummary } from '../../src/render/summary.js';
import { hostile } from '../support/hostileNames.js';
import { reportOn } from '../support/reportVariants.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';

const control = (name: string, severity: Severity, more: Partial<ControlInfo> = {}): ControlInfo => ({
  id: `org/${name}`,
  title: `Nothing is wrong with ${name}`,
  severity,
  requirement: 'The line of the guidance.',
  rationale: 'Why it matters.',
  remediation: `Setup > ${name}: turn it on. Then tell the users.`,
  references: [],
  attestable: false,
  ...more,
});

const violation = (subject: Subject): Finding => ({
  kind: 'violation',
  subject,
  message: `${subject.name} is wrong.`,
  fingerprint: 'f',
});
const fail = (info: ControlInfo, subjects: readonly Subject[]): Result => ({
  control: info,
  verdict: 'fail',
  reason: 'Wrong.',
  findings: subjects.map(violation),
  gaps: [],
});
const user = (name: string): Subject => ({ type: 'User', name });
const app = (name: string): Subject => ({ type: 'ConnectedApp', name });
const mfa = control('mfa-enforced', 'critical', {
  topic: 'MFA',
  problem: { one: 'user can log in without MFA', many: 'users can log in without MFA' },
});
const users = [
  'mallory.admin@acme.example',
  'erp@acme.example',
  ...Array.from({ length: 7 }, (_, i) => `u${i}@a.example`),
];
const appControls = (['PKCE', 'rotation', 'idle limit'] as const).map((topic) =>
  control(`own-apps-${topic.replace(' ', '-')}`, 'high', { topic })
);

const show = (report: Report, width = 100): string => renderSummary(report, { exitCode: 3, width });

describe('the summary on the terminal', () => {
  it('puts the count first, names two subjects and the short id of the control', () => {
    expect(show(reportOn([fail(mfa, users.map(user))]))).to.contain(
      ' ✗ 9 users can log in without MFA  mallory.admin, erp, +7  mfa-enforced\n'
    );
  });

  it('begins names in one column, whatever the length of a headline and of a name', () => {
    const named = (id: string, many: string, names: readonly string[]): Result =>
      fail(
        control(id, 'high', { problem: { one: many, many } }),
        names.map((name) => ({ type: 'Setting', name }))
      );
    const text = show(
      reportOn([
        fail(mfa, users.map(user)),
        named('a', 'apps are not on the list', ['Loader', 'Sync']),
        named('with-a-long-name', 'apps are not on the list of apps we trust', ['Handy Loader', 'Other']),
      ])
    );
    const starts = ['mallory.admin', 'Loader, Sync', 'Handy Loader'].map((name) =>
      text
        .split('\n')
        .find((line) => line.includes(name))
        ?.indexOf(name)
    );
    expect(new Set(starts).size, text).to.equal(1);
  });

  it('never cuts a name: one that does not fit gives way to the id of the control', () => {
    const name = 'A_Connected_App_With_A_Name_Of_Many_Words_1234';
    const result = fail(mfa, [app(name)]);
    expect(show(reportOn([result]))).to.contain(`  ${name}  mfa-enforced\n`);
    expect(show(reportOn([result]), 70))
      .to.match(/^ ✗ 1 user can log in without MFA +mfa-enforced$/m)
      .and.not.to.contain('…');
  });

  it('says that the name of an org is an alias, and of what kind any other target is', () => {
    const [target] = reportOn([]).targets;
    if (!target) throw new Error('no target');
    const headFor = (about: Partial<Report['targets'][number]['target']>): string | undefined =>
      show({ ...sampleReport, targets: [{ ...target, target: { kind: 'org', name: 'broken', ...about } }] }).split(
        '\n'
      )[0];
    expect(headFor({ username: 'ada@acme.example' })).to.match(/^[A-Z]+ {2}alias "broken"$/);
    expect(headFor({ name: 'ada@acme.example', username: 'ada@acme.example' })).to.match(
      / {2}org "ada@acme\.example"$/
    );
    expect(headFor({ kind: 'package' })).to.match(/ {2}package "broken"$/);
  });

  it('uses the singular for one subject', () => {
    expect(show(reportOn([fail(mfa, [user('ada@acme.example')])]))).to.contain('✗ 1 user can log in without MFA  ada');
  });

  it('shows an app that fails several controls as one problem', () => {
    const results = appControls.map((info) => fail(info, [app('Legacy Sync')]));
    const text = show(reportOn(results));
    expect(text).to.contain('✗ App "Legacy Sync" fails 3 controls  PKCE, rotation, idle limit\n');
    expect(text.match(/Legacy Sync/g)).to.have.length(1);
  });

  it('names a setting by its last part', () => {
    const subject = { type: 'Setting', name: 'ExternalClientApp.enableConsumerSecretApiAccess' };
    expect(show(reportOn([fail(mfa, [subject])]))).to.contain('  enableConsumerSecretApiAccess  ');
  });

  it('adds up: findings and problems, and the subjects of a problem that several orgs have', () => {
    const twice = fail(mfa, users.slice(0, 2).map(user));
    const waiver = { ...violation(user('erp@acme.example')), message: 'It has a waiver.' };
    const results = [
      { ...twice, findings: [...twice.findings, waiver] },
      ...appControls.map((info) => fail(info, [app('Legacy Sync')])),
    ];
    expect(show(reportOn(results))).to.contain(
      '\n6 open findings in 2 problems: by control, or by app if it fails 3 or more.\n'
    );
    const [hub] = reportOn([fail(mfa, [user('ada')])]).targets;
    const [other] = reportOn([fail(mfa, [user('bob'), user('ada'), user('cy')])]).targets;
    if (!hub || !other) throw new Error('no target');
    const named = (one: typeof hub, name: string): typeof hub => ({ ...one, target: { ...one.target, name } });
    const targets = [named(hub, 'one'), named(other, 'two'), named(other, 'three')];
    const text = show({ ...sampleReport, targets });
    expect(text).to.contain('✗ 7 users can log in without MFA  ada ×3, bob ×2, +2 in 3 targets');
    expect(text).to.contain('\n7 open findings in 1 problem.\n');
  });

  it('states before the problems how many of them a missing policy can cause', () => {
    const trusted = control('connected-apps-trusted', 'critical');
    const subject = { ...app('Loader'), id: '0H4000000000001AAA' };
    const [target] = reportOn([fail(trusted, [subject]), fail(mfa, [user('ada')])]).targets;
    if (!target) throw new Error('no target');
    const targets = [{ ...target, target: { kind: 'org' as const, name: 'hub' } }];
    const { policy, ...scope } = sampleReport.scope;
    const note = 'No policy yet: that alone can cause 1 of them (1 critical).';
    const text = show({ ...sampleReport, scope, targets });
    expect(text.indexOf(note), text).to.be.greaterThan(0).and.lessThan(text.indexOf('CRITICAL'));
    expect(show({ ...sampleReport, scope: { ...scope, policy: { file: 'p', sha256: 'a' } }, targets })).not.to.contain(
      'No policy yet'
    );
    expect(policy).to.equal(sampleReport.scope.policy);
  });

  it('keeps an app that fails two controls under each of them', () => {
    const results = appControls.slice(0, 2).map((info) => fail(info, [app('Legacy Sync')]));
    expect(problemsOf(reportOn(results).targets)).to.have.length(2);
  });

  it('counts neither waived nor informational findings', () => {
    const waiver = { control: mfa.id, subject: 'User:ada', reason: 'leaves', owner: 'ciso', expires: '2027-01-01' };
    const result = fail(mfa, users.map(user));
    const [first, second, ...rest] = result.findings;
    if (!first || !second) throw new Error('no findings');
    const findings = [{ ...first, waiver }, { ...second, kind: 'latent' } as Finding, ...rest];
    expect(show(reportOn([{ ...result, findings }]))).to.contain('✗ 7 users can log in without MFA');
  });

  for (const width of [60, 80, 100, 160]) {
    it(`takes at most 30 lines for the worst org at ${width} columns`, () => {
      const results = Array.from({ length: 40 }, (_, index) =>
        fail(
          control(`a-rather-long-name-of-a-control-${index}`, index % 3 === 0 ? 'critical' : 'high'),
          users.map(user)
        )
      );
      const open = ['no-access', 'not-supported', 'not-given', 'error'].map((kind, index): Result => ({
        control: control(`undecided-${index}`, 'high', { attestable: true }),
        verdict: 'inconclusive',
        reason: '',
        findings: [],
        gaps: [
          { fact: 'x', kind: kind as 'error', detail: 'Not known.', ...(index === 0 ? { grants: ['ViewSetup'] } : {}) },
        ],
      }));
      const text = show(reportOn([...results, ...open]), width);
      expect(text.split('\n').length, text).to.be.at.most(30);
      expect(text).to.match(/\d+ more problems: --view table shows all\./);
    });
  }

  it('takes at most 5 lines for a clean org', () => {
    const text = renderSummary(passedReport, { exitCode: 0 });
    expect(text.split('\n').length, text).to.be.at.most(5);
    expect(text).to.match(/^PASSED {2}org "acme-hub"/);
  });

  it('says that controls were chosen', () =>
    expect(renderSummary(passedReport, { exitCode: 0 })).to.contain('(chosen: org/passwords-rotated, '));

  it('shows a fleet as one line per target and merges the problems', () => {
    const [hub] = sampleReport.targets;
    if (!hub) throw new Error('no target');
    const fleet = Array.from({ length: 5 }, (_, i) => ({ ...hub, target: { ...hub.target, name: `org${i}` } }));
    const text = show({ ...sampleReport, targets: fleet });
    expect(text.split('\n').filter((line) => line.startsWith('FAILED    alias "org'))).to.have.length(5);
    expect(text).to.contain('in 5 targets');
  });

  it('names a target that could not be opened, and how to open it', () => {
    const text = show({ ...sampleReport, targets: sampleReport.targets.slice(1, 2) });
    expect(text).to.contain('The session of acmepay-ns has expired.').and.to.contain('sf org login web');
  });

  it('names trust that ends soon', () => {
    const endingTrust = [{ entry: 'app Old Sync', until: '2026-01-31' }];
    const targets = sampleReport.targets.map((target) => ({ ...target, endingTrust }));
    expect(show({ ...sampleReport, targets })).to.match(
      /^REVIEW {8}Trust in app Old Sync ended on 31 Jan 2026 \(sf security-review check-policy\)$/m
    );
  });

  it('agrees in number, leaves marks of code out, and separates the org from the headline', () => {
    const waits = (id: string): Result => ({
      control: { ...mfa, id, attestable: true },
      verdict: 'inconclusive',
      reason: '',
      findings: [],
      gaps: [{ fact: 'x', kind: 'not-supported', detail: 'No API shows it.' }],
    });
    expect(show(reportOn([waits('org/a')]))).to.contain('1 waits for your sign-off: a\n');
    expect(show(reportOn([waits('org/a'), waits('org/b')]))).to.contain('2 wait for your sign-off: a, b\n');
    const marked = { ...mfa, fix: ['Write it under `trust.apps`.'], remediation: 'Write it under `trust.apps`.' };
    const text = show(reportOn([fail(marked, [user('ada')])]));
    expect(text).to.contain('Write it under trust.apps.').and.not.to.contain('`');
    const [hub] = reportOn([fail(mfa, [user('ada')])]).targets;
    if (!hub) throw new Error('no target');
    const fleet = ['one', 'two', 'three'].map((name) => ({ ...hub, target: { ...hub.target, name } }));
    expect(show({ ...sampleReport, targets: fleet })).to.match(/ in 3 targets/);
  });

  it('names each way to close what is inconclusive on a line, with the controls', () => {
    const open = (id: string, kind: 'not-supported' | 'not-given'): Result => ({
      control: control(id, 'high', { attestable: kind === 'not-supported' }),
      verdict: 'inconclusive',
      reason: '',
      findings: [],
      gaps: [{ fact: 'x', kind, detail: 'Not known.' }],
    });
    const results = [
      open('contact', 'not-supported'),
      open('packaged', 'not-given'),
      open('plan', 'not-supported'),
      open('rotated', 'not-supported'),
    ];
    expect(show(reportOn(results))).to.match(
      /^INCONCLUSIVE {2}3 wait for your sign-off: contact, plan, \+1\n {14}1 needs input \(policy or flags\): packaged$/m
    );
  });

  it('offers init first where there is no policy', () => {
    const report = reportOn([fail(mfa, users.map(user))]);
    const { policy, ...scope } = report.scope;
    void policy;
    const orgTarget = report.targets.map((one) => ({ ...one, target: { kind: 'org' as const, name: 'hub' } }));
    expect(show({ ...report, scope, targets: orgTarget })).to.match(/^START {9}1 sf security-review init -o hub /m);
  });

  it('offers the permission set where grants are missing', () =>
    expect(show(sampleReport)).to.contain('Assign the permission set in permission-set/'));

  it('states the exit code and the files', () => {
    const text = renderSummary(sampleReport, { exitCode: 3, files: ['out.html'] });
    expect(text.split('\n').at(-1)).to.match(
      /^Details: --view table · out\.html · sf security-review explain [\w-]+ · exit 3$/
    );
  });

  for (const [name, value] of Object.entries(hostile)) {
    it(`shows nothing that a terminal acts on: ${name}`, () => {
      const text = show(reportOn([fail(mfa, [user(value)]), fail(appControls[0] ?? mfa, [app(value)])]));
      expect(text.replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Cf}]/u);
    });
  }

  it('fits the width', () => {
    for (const width of [40, 60, 80, 100]) {
      for (const report of [sampleReport, passedReport, crowdedReport]) {
        for (const line of show(report, width).split('\n')) expect(line.length, line).to.be.at.most(width);
      }
    }
  });
});
