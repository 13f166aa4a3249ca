import { expect } from 'chai';
import { inconclusive, pass } from '../../src/engine/control.js';
import { matches, settle, type Settled } from '../../src/engine/applyPolicy.js';
import type {
  Attestation,
  Gap,
  Justification,
  Judgement,
  Violation,
  Policy,
  Target,
  Waiver,
} from '../../src/engine/types.js';
import { asOf, offence, policy, refused, saying, target } from './samples.js';

const control = saying(() => pass('Not asked here.'));
const attestable = { ...control, attestable: true };

const dated = { control: 'house/alarm-on', owner: 'ciso', on: '2026-11-01', expires: '2026-12-31' };
const waiver = (rest: Partial<Waiver> = {}): Waiver => ({
  ...dated,
  subject: 'Door:Front',
  reason: 'New lock in May',
  ...rest,
});
const justification = (rest: Partial<Justification> = {}): Justification => ({
  ...dated,
  subject: 'Door:Front',
  why: 'It is a shop',
  ...rest,
});
const attestation = (rest: Partial<Attestation> = {}): Attestation => ({
  ...dated,
  org: 'hub',
  reason: 'I looked',
  ...rest,
});

const fail = (...findings: [Violation, ...Violation[]]): Judgement => ({ verdict: 'fail', findings });
const allowed = (name: string): Violation => offence(name, { kind: 'justification' });
const hidden = inconclusive('Hidden.', [refused]);
const gap: Gap & { fact: string } = { fact: 'doors', ...refused };

const ask = (
  judgement: Judgement,
  entries: Partial<Policy>,
  options: { control?: typeof control; gaps?: Array<typeof gap>; target?: Target } = {}
): Settled =>
  settle(
    options.control ?? control,
    { judgement, gaps: options.gaps ?? [] },
    { ...policy, ...entries },
    options.target ?? target,
    asOf
  );

describe('justifications', () => {
  it('make a pass when every finding is answered, and stay on it; the reason quotes them', () => {
    const entries = [justification(), justification({ subject: 'Door:Back', why: 'It is a barn' })];
    const { result, used } = ask(fail(allowed('Front'), allowed('Back')), { justifications: entries });
    expect(result.verdict).to.equal('pass');
    expect(result.reason).to.contain('It is a shop').and.to.contain('It is a barn');
    expect(result.findings.map((finding) => finding.justification)).to.deep.equal(entries);
    expect([...used]).to.deep.equal(entries);
  });

  it('make it inconclusive when something could not be checked', () => {
    const { result } = ask(fail(allowed('Front')), { justifications: [justification()] }, { gaps: [gap] });
    expect(result.verdict).to.equal('inconclusive');
    expect(result.reason).to.contain('It is a shop');
  });

  it('leave a fail while one finding is not answered', () => {
    expect(ask(fail(allowed('Front'), allowed('Back')), { justifications: [justification()] }).result.verdict).to.equal(
      'fail'
    );
    expect(ask(fail(allowed('Front'), offence('Back')), { justifications: [justification()] }).result.verdict).to.equal(
      'fail'
    );
  });

  it('never answer a violation: that is a notice', () => {
    const { result, notices } = ask(fail(offence('Front')), { justifications: [justification()] });
    expect(result.verdict).to.equal('fail');
    expect(result.findings[0]).not.to.have.property('justification');
    expect(notices).to.deep.equal(['A violation cannot be justified: house/alarm-on, Door:Front.']);
  });

  it('count for their own control, subject, org and time only', () => {
    for (const other of [
      { control: 'house/doors-locked' },
      { subject: 'Door:Fron' },
      { subject: 'Window:Front' },
      { org: 'elsewhere' },
      { on: '2026-11-24' },
      { expires: '2026-11-22' },
    ]) {
      const { result } = ask(fail(allowed('Front')), { justifications: [justification(other)] });
      expect(result.verdict, JSON.stringify(other)).to.equal('fail');
    }
  });

  it('count on their first and on their last day', () => {
    for (const day of [{ on: '2026-11-23' }, { expires: '2026-11-23' }]) {
      expect(ask(fail(allowed('Front')), { justifications: [justification(day)] }).result.verdict).to.equal('pass');
    }
  });
});

describe('attestations', () => {
  it('turn inconclusive into attested where the control allows it', () => {
    const entry = attestation();
    const { result, used } = ask(hidden, { attestations: [entry] }, { control: attestable, gaps: [gap] });
    expect(result.verdict).to.equal('attested');
    expect(result.reason).to.equal('ciso attested until 31 Dec 2026: I looked');
    expect(result.attestation).to.equal(entry);
    expect(result.gaps).to.deep.equal([gap]);
    expect([...used]).to.deep.equal([entry]);
  });

  it('do nothing for a control that can be read', () => {
    const { result, used } = ask(hidden, { attestations: [attestation()] });
    expect(result.verdict).to.equal('inconclusive');
    expect(result).not.to.have.property('attestation');
    expect(used.size).to.equal(0);
  });

  it('never touch a fail, a pass or what is not applicable', () => {
    for (const judgement of [fail(offence('Front')), pass('Fine.')]) {
      const { result } = ask(judgement, { attestations: [attestation()] }, { control: attestable });
      expect(result.verdict).to.equal(judgement.verdict);
    }
  });

  it('answer what was not understood only by its exact subject, under any control', () => {
    const place = { type: 'File', name: 'sync.js', file: 'sync.js', line: 7 };
    const unexplained = {
      fact: 'doors',
      kind: 'not-understood' as const,
      detail: 'sync.js:7: No rule.',
      subject: place,
    };
    const verdict = (control_: typeof control, ...attestations: Attestation[]): string =>
      ask(hidden, { attestations }, { control: control_, gaps: [unexplained] }).result.verdict;
    for (const one of [control, attestable]) {
      expect(verdict(one, attestation({ subject: 'File:sync.js' }))).to.equal('attested');
      expect(verdict(one, attestation())).to.equal('inconclusive');
      expect(verdict(one, attestation({ subject: 'File:*' }))).to.equal('inconclusive');
    }
  });

  it('never answer other gaps of a control that is not attestable, subject or not', () => {
    const known = { ...gap, kind: 'not-given' as const, subject: { type: 'Door', name: 'Front' } };
    const attestations = [attestation({ subject: 'Door:Front' })];
    expect(ask(hidden, { attestations }, { gaps: [known] }).result.verdict).to.equal('inconclusive');
  });

  it('come after justifications: what is justified but not wholly seen can be attested', () => {
    const entries = { justifications: [justification()], attestations: [attestation()] };
    const { result } = ask(fail(allowed('Front')), entries, { control: attestable, gaps: [gap] });
    expect(result.verdict).to.equal('attested');
    expect(result.findings[0]).to.have.property('justification');
  });

  it('answer neither what was refused nor for a control that broke: it may hide a violation', () => {
    const policyWith = { ...policy, attestations: [attestation()] };
    for (const why of [{ refused: true as const }, { crash: new Error('broken') }]) {
      const { result } = settle(attestable, { judgement: hidden, gaps: [gap], ...why }, policyWith, target, asOf);
      expect(result).to.deep.include({ verdict: 'inconclusive' });
      expect(result).not.to.have.property('attestation');
    }
  });

  it('with a subject answer its gaps only, and together all of them', () => {
    const [front, back] = ['Front', 'Back'].map((name) => attestation({ subject: `Door:${name}`, reason: name }));
    if (!front || !back) throw new Error('Two entries are needed.');
    back.expires = '2026-12-01';
    const gaps = ['Front', 'Back'].map((name) => ({ ...gap, subject: { type: 'Door', name } }));
    const answers = (attestations: Attestation[], seen = gaps): Settled =>
      ask(hidden, { attestations }, { control: attestable, gaps: seen });

    const part = answers([front]);
    expect(part.result).to.deep.include({
      verdict: 'inconclusive',
      reason: 'Hidden. Answered in part: ciso attested Door:Front until 31 Dec 2026: Front',
    });
    expect(part.result.gaps.map(({ attestation: given }) => given)).to.deep.equal([front, undefined]);
    expect([...part.used]).to.deep.equal([front]);

    const all = answers([front, back]);
    expect(all.result).to.deep.include({ verdict: 'attested', attestation: back });
    expect(all.result.reason).to.match(/attested Door:Front .* · ciso attested Door:Back until 1 Dec 2026/);
    expect(all.notices).to.deep.equal([]);

    expect(answers([attestation({ subject: 'Door:*' })]).result.verdict).to.equal('attested');
    expect(answers([attestation({ subject: 'Door:Side' })]).used.size).to.equal(0);
    // What is about no subject is answered for the whole control only.
    expect(answers([attestation({ subject: 'Door:*' })], [...gaps, gap as never]).result.verdict).to.equal(
      'inconclusive'
    );
  });

  it('trap: of a control that hides some subjects only, sign nothing else', () => {
    const doors = { ...attestable, attestableSubjects: ['Door'] };
    const gaps = [{ ...gap, subject: { type: 'Door', name: 'Front' } }];
    const settled = (attestations: readonly Attestation[]): Settled =>
      ask(hidden, { attestations }, { control: doors, gaps });
    expect(settled([attestation({ subject: 'Door:Front' })]).result.verdict).to.equal('attested');
    for (const entry of [attestation(), attestation({ subject: '*' }), attestation({ subject: 'Window:*' })]) {
      const { result, notices } = settled([entry]);
      expect(result.verdict).to.equal('inconclusive');
      expect(notices).to.deep.equal(['Attestation house/alarm-on answers nothing without a subject of type Door.']);
    }
  });

  it('without a subject sign every subject, also later ones, and the report states it', () => {
    const gaps = [{ ...gap, subject: { type: 'Door', name: 'Front' } }];
    const { result, notices } = ask(hidden, { attestations: [attestation()] }, { control: attestable, gaps });
    expect(result.verdict).to.equal('attested');
    expect(notices).to.deep.equal([
      'Attestation house/alarm-on names no subject: it signs Door:Front, and whatever comes later.',
    ]);
  });

  it('expire', () => {
    const { result } = ask(hidden, { attestations: [attestation({ expires: '2026-11-22' })] }, { control: attestable });
    expect(result.verdict).to.equal('inconclusive');
  });
});

describe('an entry that names an org', () => {
  const orgs = [
    { alias: 'hub', id: '00D000000000001' },
    { alias: 'namespace', id: '00D000000000002AAA' },
  ];
  const verdict = (org: string, given: Target, known: Policy['orgs'] = orgs): string =>
    ask(hidden, { attestations: [attestation({ org })], orgs: known }, { control: attestable, target: given }).result
      .verdict;

  it('finds it by an alias of the policy and by id, in 15 or 18 characters', () => {
    for (const org of ['hub', '00D000000000001', '00D000000000001AAA']) {
      expect(verdict(org, target), org).to.equal('attested');
    }
  });

  it('finds it by its alias in the policy when the machine has another one', () => {
    expect(verdict('hub', { ...target, name: 'my-hub' })).to.equal('attested');
  });

  it('trap: does not count by a name that is bound to no id: another machine calls another org by it', () => {
    expect(verdict('hub', target, [])).to.equal('inconclusive');
    expect(verdict(target.username ?? '', target)).to.equal('inconclusive');
  });

  it('is not fooled by another org that this machine calls by an alias of the policy', () => {
    expect(verdict('namespace', { ...target, name: 'namespace' })).to.equal('inconclusive');
  });

  it('tells ids apart by case', () => {
    expect(verdict('00d000000000001', target)).to.equal('inconclusive');
  });
});

describe('waivers', () => {
  it('never change a verdict', () => {
    const entry = waiver();
    const { result, used } = ask(fail(offence('Front')), { waivers: [entry] });
    expect(result.verdict).to.equal('fail');
    expect(result.findings[0]).to.have.property('waiver', entry);
    expect([...used]).to.deep.equal([entry]);
  });

  it('match a subject with a star', () => {
    const { result } = ask(fail(offence('Front'), offence('Back')), { waivers: [waiver({ subject: 'Door:*t' })] });
    expect(result.findings.map((finding) => finding.waiver !== undefined)).to.deep.equal([true, false]);
  });

  it('leave latent findings alone', () => {
    const latent = [{ ...offence('Front'), kind: 'latent' as const }];
    const { result } = ask(pass('Fine.', latent), { waivers: [waiver()] });
    expect(result.findings).to.have.length(1);
    expect(result.findings[0]).not.to.have.property('waiver');
  });
});

describe('a result', () => {
  it('states the first finding and how many more', () => {
    expect(ask(fail(offence('Front'), offence('Back')), {}).result.reason).to.equal(
      'Front is open. And 1 more finding.'
    );
    expect(ask(fail(offence('Front')), {}).result.reason).to.equal('Front is open.');
    expect(ask(fail(offence('Front'), offence('Back'), offence('Side')), {}).result.reason).to.equal(
      'Front is open. And 2 more findings.'
    );
  });

  it('has the text of the control, the severity of the policy, and no function', () => {
    const { result } = ask(pass('Fine.'), { controls: { 'house/alarm-on': { severity: 'low' } } });
    expect(result.control.severity).to.equal('low');
    expect(result.control).to.have.all.keys([
      'id',
      'title',
      'severity',
      'requirement',
      'rationale',
      'remediation',
      'references',
      'attestable',
      'fix',
      'topic',
      'problem',
      'area',
    ]);
  });
});

describe('the subject of a waiver or a justification', () => {
  const door = (name: string, rest: Partial<Violation['subject']>): Violation =>
    offence(name, { subject: { type: 'Door', name, ...rest } });
  const [first, second] = [door('Front', { id: '0H4000000000001AAA' }), door('Front', { id: '0H4000000000002AAA' })];
  const waivedIn = (findings: [Violation, ...Violation[]], subject: string): [boolean[], readonly string[]] => {
    const { result, notices } = ask(fail(...findings), { waivers: [waiver({ subject })] });
    return [result.findings.map((finding) => finding.waiver !== undefined), notices];
  };

  it('may be the id, in 15 or 18 characters, or the file', () => {
    expect(waivedIn([first, second], 'Door:0H4000000000002AAA')[0]).to.deep.equal([false, true]);
    expect(waivedIn([first, second], 'Door:0H4000000000002')[0]).to.deep.equal([false, true]);
    expect(waivedIn([door('Front', { file: 'a/front.xml' })], 'Door:a/front.xml')[0]).to.deep.equal([true]);
    expect(waivedIn([first], 'Window:0H4000000000001AAA')[0]).to.deep.equal([false]);
  });

  it('trap: covers no second app of the same name, and not the first one either: that is a notice', () => {
    const [covered, notices] = waivedIn([first, second], 'Door:Front');
    expect(covered).to.deep.equal([false, false]);
    expect(notices).to.deep.equal([
      'Door:Front is the name of 2 subjects under house/alarm-on, so the entry covers none of them. Name one by its id: Door:0H4000000000001AAA.',
    ]);
  });

  it('trap: covers no finding that shares its name with a subject that could not be checked', () => {
    const unclear: typeof gap = {
      fact: 'doors',
      kind: 'unreadable',
      detail: 'Unknown owner.',
      subject: second.subject,
    };
    const { result, notices } = ask(fail(first), { waivers: [waiver({ subject: 'Door:Front' })] }, { gaps: [unclear] });
    expect(result.findings.map((finding) => finding.waiver)).to.deep.equal([undefined]);
    expect(notices.join()).to.contain('is the name of 2 subjects');
  });

  it('trap: covers no component of that name in another folder, but all files of one component', () => {
    const files = (...all: string[]): [Violation, ...Violation[]] =>
      all.map((file) => door('Front', { file })) as [Violation, ...Violation[]];
    const [covered, notices] = waivedIn(files('a/front.xml', 'b/front.xml'), 'Door:Front');
    expect(covered).to.deep.equal([false, false]);
    expect(notices.join()).to.contain('Name one by its file: Door:a/front.xml.');
    expect(waivedIn(files('a/front.xml', 'a/front-lock.xml'), 'Door:Front')).to.deep.equal([[true, true], []]);
    expect(waivedIn(files('a/front.xml', 'b/front.xml'), 'Door:b/front.xml')[0]).to.deep.equal([false, true]);
  });

  it('trap: covers no app by its name that came after the entry was written; its id does', () => {
    const [before, after] = ['2026-10-01', '2026-11-20'].map((since) => ({ ...first, since })) as [
      Violation,
      Violation,
    ];
    const on = (offence_: Violation, subject: string): [boolean[], readonly string[]] => {
      const { result, notices } = ask(fail(offence_), { waivers: [waiver({ subject, on: '2026-11-01' })] });
      return [result.findings.map((finding) => finding.waiver !== undefined), notices];
    };
    expect(on(before, 'Door:Front')).to.deep.equal([[true], []]);
    const [covered, notices] = on(after, 'Door:Front');
    expect(covered).to.deep.equal([false]);
    expect(notices.join()).to.contain('Name it by its id: Door:0H4000000000001AAA.');
    expect(on(after, 'Door:0H4000000000001AAA')).to.deep.equal([[true], []]);
    expect(on(after, 'Door:*')[0]).to.deep.equal([true]);
  });

  it('covers several findings of one subject by its name', () => {
    expect(waivedIn([first, { ...first, at: 'hinge' }], 'Door:Front')).to.deep.equal([[true, true], []]);
  });
});

describe('a fingerprint', () => {
  const of = (one: Violation): string | undefined => ask(fail(one), {}).result.findings[0]?.fingerprint;
  const base = offence('Front', { subject: { type: 'Door', name: 'Front', file: 'house/front.xml', line: 3 } });

  it('does not depend on wording, line or kind', () => {
    const same = { ...base, message: 'Another text.', subject: { ...base.subject, line: 99 } };
    expect(of(same)).to.equal(of(base));
  });

  it('depends on control, type, name, id or else file, and what tells two findings apart', () => {
    const others = [
      { ...base, at: 'hinge' },
      { ...base, at: 'handle' },
      ...[{ type: 'Window' }, { name: 'Back' }, { file: 'shed/front.xml' }, { id: '1' }].map((rest) => ({
        ...base,
        subject: { ...base.subject, ...rest },
      })),
    ];
    expect(new Set([base, ...others].map(of)).size).to.equal(others.length + 1);
    const elsewhere = ask(fail(base), {}, { control: { ...control, id: 'house/doors-locked' } }).result.findings[0];
    expect(elsewhere?.fingerprint).not.to.equal(of(base));
  });
});

describe('matches', () => {
  const table: ReadonlyArray<[string, string, boolean]> = [
    ['Door:Front', 'Door:Front', true],
    ['Door:Front', 'Door:Front2', false],
    ['Door:*', 'Door:', true],
    ['*', '', true],
    ['*:Front', 'Door:Front', true],
    ['D*r:F*t', 'Door:Front', true],
    ['D*r:F*t', 'Door:Fron', false],
    ['ab*ba', 'aba', false],
    ['a*b*a', 'aba', true],
    ['a*bb*a', 'aba', false],
    ['Door.Front', 'Door:Front', false],
    ['Door:?ront', 'Door:Front', false],
  ];
  for (const [pattern, text, expected] of table) {
    it(`${pattern} ${expected ? 'is' : 'is not'} ${text}`, () => {
      expect(matches(pattern, text)).to.equal(expected);
    });
  }
});

describe('an attestation about one subject', () => {
  const about = { type: 'ExternalClientApp', name: 'Acme_Door' };
  const entry = attestation({ org: undefined, subject: 'ExternalClientApp:Acme_Door' });
  const unseen: Gap & { fact: string } = {
    fact: 'doors',
    kind: 'not-given',
    detail: 'Only Setup shows it.',
    subject: about,
  };
  const open = inconclusive('Only Setup shows it.', [unseen]);

  it('is refused for an answer that the tool can read in another run', () => {
    const gaps = [{ ...unseen, readable: true as const }];
    const { result } = ask(open, { attestations: [entry] }, { control: attestable, gaps });
    expect(result.verdict).to.equal('inconclusive');
    const whole = ask(open, { attestations: [attestation({ org: undefined })] }, { control: attestable, gaps });
    expect(whole.result.verdict).to.equal('inconclusive');
  });

  it('is a violation where something that was seen contradicts it, and nothing without it', () => {
    const disproof = {
      subject: { ...about, file: 'server.js', line: 3 },
      message: 'server.js asks for a code without code_challenge.',
    };
    const gaps = [{ ...unseen, disproof }];
    const { result, used } = ask(open, { attestations: [entry] }, { control: attestable, gaps });
    expect(result.verdict).to.equal('fail');
    expect(result.findings.map(({ kind, subject, message }) => ({ kind, subject, message }))).to.deep.equal([
      {
        kind: 'violation',
        subject: disproof.subject,
        message:
          'The attestation of ciso (1 Nov 2026) is contradicted: server.js asks for a code without code_challenge.',
      },
    ]);
    expect(used.has(entry)).to.equal(true);
    expect(ask(open, {}, { control: attestable, gaps }).result.verdict).to.equal('inconclusive');
  });
});
