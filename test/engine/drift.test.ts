import { expect } from 'chai';
import { compareReports } from '../../src/engine/compareReports.js';
import { gateOf, summaryOf } from '../../src/engine/report.js';
import type { Finding, Gate, Policy, Report, Result, Target, TargetReport, Verdict } from '../../src/engine/types.js';
import { infoOf } from '../../src/engine/control.js';
import { offence, refused, target as hub, text } from './samples.js';

const control = infoOf({ ...text, id: 'house/alarm-on' });
const entry = { control: control.id, owner: 'ciso', expires: '2026-12-31', subject: 'Door:Front' };
const waiver = { ...entry, reason: 'New lock in May' };
const justification = { ...entry, why: 'A shop' };
const front: Finding = { ...offence('Front'), fingerprint: 'front' };
const back: Finding = { ...offence('Back'), fingerprint: 'back' };
const gaps = [{ fact: 'doors', ...refused }];
const block: Policy['gate'] = { failOn: 'medium', inconclusive: 'block' };

const result = (verdict: Verdict, findings: readonly Finding[] = [], rest: Partial<Result> = {}): Result => ({
  control,
  verdict,
  reason: '',
  findings,
  gaps: [],
  ...rest,
});
const fail = (...findings: Finding[]): Result => result('fail', findings);
const reported = (results: readonly Result[], rest: Partial<TargetReport> = {}): TargetReport => ({
  target: hub,
  asOf: '2026-11-22T10:00:00.000Z',
  gate: gateOf(results, block),
  summary: summaryOf(results),
  results,
  off: [],
  notices: [],
  ...rest,
});
const closed = (target: Target): TargetReport =>
  reported([], { target, gate: 'undecided', error: { name: 'Expired', message: 'Expired.', actions: [] } });

const one = (
  now: TargetReport,
  before: TargetReport,
  gateOn?: Report['scope']['gateOn'],
  gate = block
): TargetReport => {
  const [only] = compareReports([now], [before], gate, gateOn).targets;
  if (!only) throw new Error('No target came back.');
  return only;
};
const marks = ({ results }: TargetReport): Array<Finding['drift']> =>
  results.flatMap(({ findings }) => findings.map(({ drift }) => drift));
const names = (gone: NonNullable<TargetReport['drift']>['fixed'] | undefined): string[] =>
  (gone ?? []).map(({ subject }) => subject.name);

describe('drift: a finding', () => {
  const latent: Finding = { ...front, kind: 'latent' };
  const unanswered: Finding = { ...front, kind: 'justification' };
  const table: ReadonlyArray<[name: string, now: Finding, before: Finding[], mark: Finding['drift']]> = [
    ['that the earlier report did not contain is new', front, [back], 'new'],
    ['that it held is unchanged', front, [back, front], 'unchanged'],
    ['whose wording and line changed is unchanged', { ...front, message: 'Else.' }, [front], 'unchanged'],
    ['that was latent and became a violation is new', front, [latent], 'new'],
    ['that needed a justification and became a violation is new', front, [unanswered], 'new'],
    ['that is latent has no mark', latent, [latent], undefined],
    ['that was open and is waived now is accepted', { ...front, waiver }, [front], 'accepted'],
    ['that was waived and still is is unchanged', { ...front, waiver }, [{ ...front, waiver }], 'unchanged'],
  ];
  for (const [name, now, before, mark] of table) {
    it(name, () => {
      const verdict = now.kind === 'latent' ? 'pass' : 'fail';
      expect(marks(one(reported([result(verdict, [now])]), reported([fail(...before)])))).to.deep.equal([mark]);
    });
  }

  it('of another control is another finding', () => {
    const other = { ...fail(front), control: { ...control, id: 'house/other' } };
    expect(marks(one(reported([fail(front)]), reported([other])))).to.deep.equal(['new']);
  });

  it('is uncovered when its waiver or justification no longer counts, and only then', () => {
    const uncovered = (now: Finding, before: Finding): unknown =>
      one(reported([fail(now)]), reported([fail(before)])).results[0]?.findings[0]?.uncovered;
    expect(uncovered(front, { ...front, waiver })).to.equal(true);
    expect(uncovered(unanswered, { ...unanswered, justification })).to.equal(true);
    expect(uncovered(front, front)).to.equal(undefined);
    expect(uncovered({ ...front, waiver }, { ...front, waiver })).to.equal(undefined);
  });
});

describe('drift: a finding that is gone', () => {
  const table: ReadonlyArray<[name: string, now: Result[], becomes: 'fixed' | 'notSeen' | 'neither']> = [
    ['is fixed when its control passes', [result('pass')], 'fixed'],
    ['is fixed when its control does not apply any more', [result('not-applicable')], 'fixed'],
    ['is fixed when its control fails for something else', [fail(back)], 'fixed'],
    ['is fixed when it is only latent now', [result('pass', [{ ...front, kind: 'latent' }])], 'fixed'],
    ['is out of sight when its control is inconclusive', [result('inconclusive', [], { gaps })], 'notSeen'],
    ['is out of sight when its control fails with a gap', [result('fail', [back], { gaps })], 'notSeen'],
    ['is out of sight when its control is attested', [result('attested')], 'notSeen'],
    ['is out of sight when its control passes with a gap', [result('pass', [], { gaps })], 'notSeen'],
    ['is out of sight when its control is off or not selected', [], 'notSeen'],
    ['is not gone while its control still finds it', [fail(front, back)], 'neither'],
    ['is not gone when it fails in another way', [fail({ ...front, kind: 'justification' })], 'neither'],
  ];
  for (const [name, now, becomes] of table) {
    it(name, () => {
      const { drift } = one(reported(now), reported([fail(front)]));
      expect(names(drift?.fixed), 'fixed').to.deep.equal(becomes === 'fixed' ? ['Front'] : []);
      expect(names(drift?.notSeen), 'not seen').to.deep.equal(becomes === 'notSeen' ? ['Front'] : []);
    });
  }

  it('is accepted when it is still there under a policy that decides nothing, whatever its control says now', () => {
    for (const now of [[result('pass')], [fail(back)], []]) {
      const { targets } = compareReports([reported(now)], [reported([fail(front)])], block, 'new', [
        reported([fail(front)]),
      ]);
      expect(names(targets[0]?.drift?.accepted)).to.deep.equal(['Front']);
      expect([targets[0]?.drift?.fixed, targets[0]?.drift?.notSeen]).to.deep.equal([[], []]);
    }
  });

  it('is fixed when it is gone under a policy that decides nothing, or is only latent there', () => {
    for (const undecided of [result('pass'), result('pass', [{ ...front, kind: 'latent' }])]) {
      const { targets } = compareReports([reported([result('pass')])], [reported([fail(front)])], block, 'new', [
        reported([undecided]),
      ]);
      expect(names(targets[0]?.drift?.fixed)).to.deep.equal(['Front']);
    }
  });

  it('could not be checked when the target could not be opened', () => {
    const { drift } = one(closed(hub), reported([fail(front)]));
    expect(drift).to.deep.include({ since: '2026-11-22T10:00:00.000Z', fixed: [] });
    expect(names(drift?.notSeen)).to.deep.equal(['Front']);
  });

  it("keeps its text of the earlier report; a note isn't a finding", () => {
    const { drift } = one(reported([result('pass')]), reported([fail({ ...back, kind: 'latent' }, front)]));
    expect(drift?.fixed).to.deep.equal([
      {
        control: control.id,
        severity: control.severity,
        kind: 'violation',
        subject: front.subject,
        message: front.message,
        fingerprint: 'front',
      },
    ]);
  });
});

describe('drift: the gate', () => {
  const waived = { ...front, waiver };
  const low = { control: { ...control, severity: 'low' as const } };
  const table: ReadonlyArray<[name: string, now: Result, before: Result, gate: Gate, settings?: Policy['gate']]> = [
    ['a new violation', fail(front), result('pass'), 'failed'],
    ['an unchanged violation', fail(front), fail(front), 'passed'],
    ['an unchanged and a new one', fail(front, back), fail(front), 'failed'],
    ['a new one that is waived', fail(waived), result('pass'), 'passed'],
    ['a waiver that expired', fail(front), fail(waived), 'failed'],
    ['a new one below the threshold', result('fail', [front], low), result('pass', [], low), 'passed'],
    ['inconclusive, before and now', result('inconclusive'), result('inconclusive'), 'undecided'],
    ['an unchanged violation, and a gap', result('fail', [front], { gaps }), fail(front), 'undecided'],
    [
      'an unchanged violation, and a gap, which is allowed',
      result('fail', [front], { gaps }),
      fail(front),
      'passed',
      { ...block, inconclusive: 'allow' },
    ],
    ['a violation that is out of sight', result('inconclusive'), fail(front), 'undecided'],
  ];
  for (const [name, now, before, gate, settings] of table) {
    it(`on new findings, ${name}: ${gate}`, () => {
      expect(one(reported([now]), reported([before]), 'new', settings).gate).to.equal(gate);
    });
  }

  it('on all findings is what it is without an earlier report', () => {
    expect(one(reported([fail(front)]), reported([fail(front)])).gate).to.equal('failed');
  });

  it('on new findings stays undecided for a target that could not be opened', () => {
    expect(one(closed(hub), reported([fail(front)]), 'new').gate).to.equal('undecided');
  });
});

describe('drift: a target', () => {
  const org = (name: string, orgId?: string): Target => ({ kind: 'org', name, ...(orgId ? { orgId } : {}) });
  const pack = (name: string, path: string): Target => ({ kind: 'package', name, path });
  const [idA, idB] = ['00D000000000001AAA', '00D000000000002AAA'];
  const of = (target: Target, found: Finding = front): TargetReport => reported([fail(found)], { target });
  /** Per target of the run: whether the earlier report held it. */
  const held = (now: readonly TargetReport[], before: readonly TargetReport[]): boolean[] =>
    compareReports(now, before, block, undefined).targets.map(({ drift }) => drift?.since !== undefined);

  const table: ReadonlyArray<[name: string, now: Target[], before: TargetReport[], held: boolean[]]> = [
    ['is the same org under another alias', [org('new', idA)], [of(org('old', idA))], [true]],
    ['is another org under the same alias', [org('hub', idA)], [of(org('hub', idB))], [false]],
    ['has an id of 15 or 18 characters', [org('hub', idA)], [of(org('hub', idA.slice(0, 15)))], [true]],
    ['that was not opened then is seen for the first time', [org('hub', idA)], [closed(org('hub'))], [false]],
    ['is a package with the same name elsewhere', [pack('Pay', 'a')], [of(pack('Pay', 'b'))], [true]],
    ['is a package with another name', [pack('Pay', 'a')], [of(pack('Web', 'a'))], [false]],
    [
      'is the same folder, where folders of one project share a name',
      [pack('Pay', 'a'), pack('Pay', 'c')],
      [of(pack('Pay', 'b')), of(pack('Pay', 'a'))],
      [true, false],
    ],
  ];
  for (const [name, now, before, expected] of table) {
    it(name, () =>
      expect(
        held(
          now.map((target) => of(target)),
          before
        )
      ).to.deep.equal(expected)
    );
  }

  it('that the earlier report did not contain has only new findings', () => {
    const now = compareReports([of(org('hub', idA)), of(org('pay', idB))], [of(org('hub', idA))], block, 'new').targets;
    expect(now.map(marks)).to.deep.equal([['unchanged'], ['new']]);
    expect(now[1]?.drift).to.deep.equal({ fixed: [], accepted: [], notSeen: [] });
    expect(now.map(({ gate }) => gate)).to.deep.equal(['passed', 'failed']);
  });

  it('of the earlier report that is not part of this run is named; what is common is counted', () => {
    const { common, missing } = compareReports(
      [of(org('a', idA))],
      [of(org('b', idB)), of(org('a', idA))],
      block,
      undefined
    );
    expect([common, missing]).to.deep.equal([1, [org('b', idB)]]);
  });

  it('over another folder of the same project has seen nothing of the first one', () => {
    const gone = (now: string, before: string): string[] =>
      names(one(reported([result('pass')], { target: pack('Pay', now) }), of(pack('Pay', before))).drift?.fixed);
    expect(gone('force-app/a', '.')).to.deep.equal([]);
    expect(gone('.', '.')).to.deep.equal(['Front']);
    expect(gone('pay-1.1.zip', 'pay-1.0.ZIP'), 'a zip is the whole package').to.deep.equal(['Front']);
  });
});

describe('a finding that is gone while the parameters of its control changed', () => {
  const before = reported([fail(front)]);
  const id = before.results[0]?.control.id ?? '';
  const driftWith = (undecided: TargetReport, changed: readonly string[]): TargetReport['drift'] =>
    compareReports([reported([result('pass')])], [before], block, undefined, [undecided], new Set(changed)).targets[0]
      ?.drift;

  it('is accepted when the parameters of the earlier report still find it', () => {
    expect(driftWith(before, [id])?.accepted.map(({ subject }) => subject.name)).to.deep.equal(['Front']);
  });

  it('could not be checked when the evidence does not reach as far as these parameters', () => {
    const gap = { fact: 'doors', kind: 'limit' as const, detail: 'Not read.' };
    const open = reported([{ ...result('inconclusive'), gaps: [gap] }]);
    expect(driftWith(open, [id])).to.deep.include({ fixed: [], accepted: [] });
    expect(driftWith(open, [])?.fixed).to.have.length(1);
  });

  it('is fixed when these parameters find nothing either', () => {
    expect(driftWith(reported([result('pass')]), [id])?.fixed).to.have.length(1);
  });
});

describe('an aggregated finding', () => {
  const driftOf = (now: number, before: number): Finding['drift'] => {
    const tokens = (count: number): TargetReport => reported([fail({ ...front, count } as Finding)]);
    const [target] = compareReports([tokens(now)], [tokens(before)], block, 'new').targets;
    return target?.results[0]?.findings[0]?.drift;
  };

  it('has grown when its count is larger than before, and counts like a new one', () => {
    expect([driftOf(51, 1), driftOf(51, 51), driftOf(1, 51)]).to.deep.equal(['grown', 'unchanged', 'unchanged']);
    const grown = reported([fail({ ...front, count: 51 } as Finding)]);
    const before = reported([fail({ ...front, count: 1 } as Finding)]);
    expect(compareReports([grown], [before], block, 'new').targets[0]?.gate).to.equal('failed');
  });
});
