import { expect } from 'chai';
import { inconclusive, notApplicable, pass } from '../../src/engine/control.js';
import { complete, partial, unavailable } from '../../src/engine/evidence.js';
import { judge } from '../../src/engine/judge.js';
import type { Gap, Judgement, JudgeContext } from '../../src/engine/types.js';
import { asOf, doorsLocked, offence, policy, refused, saying, street, type Street } from './samples.js';

const context: JudgeContext = { params: { days: 30 }, asOf, declared: { ...policy, audited: [] } };
const cut: Gap = { kind: 'limit', detail: 'Only the first door was shown.' };
const failing: Judgement = { verdict: 'fail', findings: [offence('Front')] };

type Case = {
  name: string;
  evidence?: Partial<Street>;
  says: Judgement;
  proves?: { doors?: 'fail'; alarm?: 'fail' };
  verdict: Judgement['verdict'];
  gaps?: ReadonlyArray<Gap & { fact: string }>;
};
const doorsCut = { doors: partial([], cut) };
const bothCut = { doors: partial([], cut), alarm: partial(true, refused) };

const cases: readonly Case[] = [
  { name: 'complete evidence is judged: pass', says: pass('Fine.'), verdict: 'pass' },
  { name: 'complete evidence is judged: fail', says: failing, verdict: 'fail' },
  { name: 'complete evidence is judged: not applicable', says: notApplicable('No house.'), verdict: 'not-applicable' },
  {
    name: 'a subject that could not be checked is in the gaps of a fail',
    says: { ...failing, unseen: [refused] },
    verdict: 'fail',
    gaps: [{ fact: 'doors, alarm', ...refused }],
  },
  {
    name: 'an inconclusive judge names its own gaps',
    says: inconclusive('Hidden.', [refused]),
    verdict: 'inconclusive',
    gaps: [{ fact: 'doors, alarm', ...refused }],
  },
  {
    name: 'one fact that is unavailable is enough',
    evidence: { alarm: unavailable(refused) },
    says: failing,
    proves: { alarm: 'fail' },
    verdict: 'inconclusive',
    gaps: [{ fact: 'alarm', ...refused }],
  },
  ...[pass('Fine.'), failing, notApplicable('No house.')].map((says): Case => ({
    name: `a part proves nothing by itself: ${says.verdict}`,
    evidence: doorsCut,
    says,
    verdict: 'inconclusive',
    gaps: [{ fact: 'doors', ...cut }],
  })),
  {
    name: 'a part that proves a fail',
    evidence: doorsCut,
    says: failing,
    proves: { doors: 'fail' },
    verdict: 'fail',
    gaps: [{ fact: 'doors', ...cut }],
  },
  {
    name: 'a part that proves a fail proves no pass',
    evidence: doorsCut,
    says: pass('Fine.'),
    proves: { doors: 'fail' },
    verdict: 'inconclusive',
  },
  {
    name: 'what another fact proves does not help',
    evidence: doorsCut,
    says: failing,
    proves: { alarm: 'fail' },
    verdict: 'inconclusive',
  },
  {
    name: 'two parts, one of which proves it',
    evidence: bothCut,
    says: failing,
    proves: { doors: 'fail' },
    verdict: 'inconclusive',
  },
  {
    name: 'two parts that both prove it',
    evidence: bothCut,
    says: failing,
    proves: { doors: 'fail', alarm: 'fail' },
    verdict: 'fail',
  },
  {
    name: 'an inconclusive judge keeps its reason on a part, and both kinds of gap',
    evidence: doorsCut,
    says: inconclusive('Hidden.', [refused]),
    verdict: 'inconclusive',
    gaps: [
      { fact: 'doors', ...cut },
      { fact: 'doors, alarm', ...refused },
    ],
  },
];

describe('judge', () => {
  for (const { name, evidence, says, proves, verdict, gaps } of cases) {
    it(name, () => {
      const control = saying(() => says, proves ? { provableFromPart: proves } : {});
      const judged = judge(control, { ...street, ...evidence }, context);
      expect(judged.judgement.verdict).to.equal(verdict);
      if (verdict === says.verdict) expect(judged.judgement).to.equal(says);
      if (gaps) expect(judged.gaps).to.deep.equal(gaps);
    });
  }

  it('does not ask a judge whose fact is unavailable, and says why in its reason', () => {
    const control = saying(() => {
      throw new Error('asked');
    });
    const judged = judge(control, { doors: unavailable(cut), alarm: unavailable(refused) }, context);
    expect(judged.judgement).to.have.property('reason', `${cut.detail} ${refused.detail}`);
    expect(judged).not.to.have.property('crash');
  });

  it('says one refusal once, however many facts it closed', () => {
    const judged = judge(
      saying(() => pass('Fine.')),
      { doors: unavailable(refused), alarm: unavailable(refused) },
      context
    );
    expect(judged.judgement).to.have.property('reason', refused.detail);
    expect(judged.gaps).to.have.length(2);
  });

  it('takes a fact that is not in the evidence for not seen', () => {
    const judged = judge(doorsLocked, {}, context);
    expect(judged.judgement.verdict).to.equal('inconclusive');
    expect(judged.gaps).to.have.length(1);
  });

  it('turns a judge that breaks into inconclusive, and hands out the error', () => {
    const bug = new TypeError('undefined is no door');
    const judged = judge(
      saying(() => {
        throw bug;
      }),
      street,
      context
    );
    expect(judged.judgement.verdict).to.equal('inconclusive');
    expect(judged.crash).to.equal(bug);
    expect(judged.gaps).to.deep.equal([
      { fact: 'doors, alarm', kind: 'error', detail: 'The control failed (TypeError).' },
    ]);
  });

  it('distinguishes a refusal from a missing input', () => {
    const control = saying(() => pass('Fine.'));
    const refusedOf = (gap: Gap): unknown => judge(control, { ...street, doors: unavailable(gap) }, context).refused;
    expect(refusedOf(refused)).to.equal(true);
    expect(refusedOf({ kind: 'not-given', detail: 'Nobody gave it.' })).to.equal(undefined);
  });

  it('hands the judge its own facts, parameters and moment, and nothing else', () => {
    const seen: unknown[] = [];
    const control = saying((facts, given) => {
      seen.push(facts, given);
      return pass('Fine.');
    });
    judge({ ...control, needs: ['alarm'] }, { ...street, doors: unavailable(refused) }, context);
    expect(seen).to.deep.equal([{ alarm: true }, context]);
  });

  it('lets a part fail although one member cannot be evaluated', () => {
    const doors = partial(
      [
        { name: 'Front', locked: false },
        { name: 'Back', locked: undefined },
      ],
      cut
    );
    const judged = judge(doorsLocked, { doors }, context);
    expect(judged.judgement.verdict).to.equal('fail');
    expect(judged.gaps.map(({ detail }) => detail)).to.deep.equal([cut.detail, 'Back cannot be seen.']);
  });

  it('judges what is complete and empty', () => {
    expect(judge(doorsLocked, { doors: complete([]) }, context).judgement.verdict).to.equal('not-applicable');
  });
});
