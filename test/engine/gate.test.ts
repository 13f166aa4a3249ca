import { expect } from 'chai';
import { gateOf, reportOf, summaryOf } from '../../src/engine/report.js';
import type { Finding, Gate, Policy, Result, TargetReport, Verdict } from '../../src/engine/types.js';
import { infoOf } from '../../src/engine/control.js';
import { offence, refused, target, text } from './samples.js';

const control = infoOf({ ...text, id: 'house/alarm-on' });
const entry = { control: control.id, owner: 'ciso', expires: '2026-12-31' };
const open: Finding = { ...offence('Front'), fingerprint: '1' };
const waived: Finding = { ...open, waiver: { ...entry, subject: 'Door:Front', reason: 'New lock in May' } };
const unanswered: Finding = { ...open, kind: 'justification' };
const answered: Finding = { ...unanswered, justification: { ...entry, subject: 'Door:Front', why: 'A shop' } };
const latent: Finding = { ...open, kind: 'latent' };

const result = (verdict: Verdict, findings: readonly Finding[] = [], rest: Partial<Result> = {}): Result => ({
  control,
  verdict,
  reason: '',
  findings,
  gaps: [],
  ...rest,
});
const gaps = [{ fact: 'doors', ...refused }];
const low = { control: { ...control, severity: 'low' as const } };
const block: Policy['gate'] = { failOn: 'medium', inconclusive: 'block' };
const allow: Policy['gate'] = { ...block, inconclusive: 'allow' };

describe('the gate of a target', () => {
  const table: ReadonlyArray<[string, readonly Result[], Gate, Policy['gate']?]> = [
    ['nothing at all', [], 'undecided'],
    ['nothing at all, and inconclusive is allowed', [], 'undecided', allow],
    [
      'a pass, attested and not applicable',
      [result('pass', [latent]), result('attested'), result('not-applicable')],
      'passed',
    ],
    ['a violation', [result('pass'), result('fail', [open])], 'failed'],
    ['an unanswered justification finding', [result('fail', [unanswered])], 'failed'],
    ['one waived, one open', [result('fail', [waived, open])], 'failed'],
    ['all waived', [result('fail', [waived])], 'passed'],
    ['one waived, one answered', [result('fail', [waived, answered])], 'passed'],
    ['all waived, but not all was seen', [result('fail', [waived], { gaps })], 'undecided'],
    ['all waived, not all was seen, which is allowed', [result('fail', [waived], { gaps })], 'passed', allow],
    ['inconclusive', [result('inconclusive')], 'undecided'],
    ['inconclusive is allowed', [result('inconclusive')], 'passed', allow],
    ['a fail and something inconclusive', [result('inconclusive'), result('fail', [open])], 'failed'],
    ['below the threshold', [result('fail', [open], low), result('inconclusive', [], low)], 'passed'],
    [
      'below the usual threshold, but the policy lowered it',
      [result('fail', [open], low)],
      'failed',
      { ...block, failOn: 'low' },
    ],
    ['at the threshold', [result('fail', [open])], 'failed', { ...block, failOn: 'high' }],
    ['above the severity', [result('fail', [open])], 'passed', { ...block, failOn: 'critical' }],
    ['never', [result('fail', [open]), result('inconclusive')], 'passed', { ...block, failOn: 'never' }],
    ['an attested result with gaps', [result('attested', [], { gaps })], 'passed'],
  ];
  for (const [name, results, gate, setting = block] of table) {
    it(`${name}: ${gate}`, () => {
      expect(gateOf(results, setting)).to.equal(gate);
    });
  }

  it('is undecided when the target could not be opened', () => {
    expect(gateOf([], block, false)).to.equal('undecided');
    expect(gateOf([], allow, false)).to.equal('passed');
  });
});

describe('a report', () => {
  const one = (gate: Gate, asOf: string, results: readonly Result[] = []): TargetReport => ({
    target,
    asOf,
    gate,
    summary: summaryOf(results),
    results,
    off: [],
    notices: [],
  });
  const scope = { controls: 'all', failOn: 'medium', inconclusive: 'block' } as const;
  const tool = { name: 'tool', version: '1.0.0' };

  it('has the worst gate, the oldest moment and the sum of its targets', () => {
    const report = reportOf(tool, scope, [
      one('passed', '2026-11-23T10:00:00.000Z', [result('pass'), result('fail', [waived, open])]),
      one('undecided', '2026-11-20T10:00:00.000Z', [result('inconclusive'), result('pass')]),
    ]);
    expect(report.gate).to.equal('undecided');
    expect(report.asOf).to.equal('2026-11-20T10:00:00.000Z');
    expect(report.summary).to.deep.equal({
      pass: 2,
      fail: 1,
      inconclusive: 1,
      'not-applicable': 0,
      attested: 0,
      waivedFindings: 1,
    });
  });

  it('fails when one of its targets fails, whatever the order', () => {
    const [failed, undecided] = [
      one('failed', '2026-11-23T10:00:00.000Z'),
      one('undecided', '2026-11-23T10:00:00.000Z'),
    ];
    expect(reportOf(tool, scope, [undecided, failed]).gate).to.equal('failed');
    expect(reportOf(tool, scope, [failed, undecided]).gate).to.equal('failed');
  });
});
