import { expect } from 'chai';
import { contradictionsIn } from '../../src/engine/checkReport.js';
import { expireEntries } from '../../src/engine/expireEntries.js';
import { reportOf, summaryOf, gateOf } from '../../src/engine/report.js';
import type { Finding, Report, Result, TargetReport } from '../../src/engine/types.js';
import { sampleReport } from '../support/sampleReport.js';
import { infoOf } from '../../src/engine/control.js';
import { offence, target, text } from './samples.js';

const scope: Report['scope'] = { controls: 'all', failOn: 'medium', inconclusive: 'block' };
const control = infoOf({ ...text, id: 'house/alarm-on' });
const dated = { control: control.id, owner: 'ciso', on: '2026-11-01', expires: '2026-11-24' };
const open: Finding = { ...offence('Front'), fingerprint: '1' };
const waived: Finding = { ...open, waiver: { ...dated, subject: 'Door:Front', reason: 'New lock in May' } };
const justified: Finding = {
  ...open,
  kind: 'justification',
  justification: { ...dated, subject: 'Door:Front', why: 'It is a shop' },
};
const gap = { fact: 'doors', kind: 'not-given' as const, detail: 'The door is behind a fence.' };
const attestation = { ...dated, org: 'hub', reason: 'I looked' };
const attested: Partial<Result> = {
  control: { ...control, attestable: true },
  verdict: 'attested',
  gaps: [gap],
  attestation,
};

function result(rest: Partial<Result>): Result {
  return { control, verdict: 'pass', reason: 'Fine.', findings: [], gaps: [], ...rest };
}

function targetOf(rest: Partial<Result>): TargetReport {
  const results = [result(rest)];
  const gate = gateOf(results, scope);
  return { target, asOf: '2026-11-23T10:00:00.000Z', gate, summary: summaryOf(results), results, off: [], notices: [] };
}

function contradictions(rest: Partial<Result>): string[] {
  return contradictionsIn(reportOf({ name: 'x', version: '1' }, scope, [targetOf(rest)])).map((why) =>
    why.replace('targets[0].results[0] (house/alarm-on): ', '')
  );
}

describe('A report that contradicts itself', () => {
  it("isn't written by this tool", () => {
    expect(contradictionsIn(sampleReport)).to.deep.equal([]);
  });

  const consistent: ReadonlyArray<[string, Partial<Result>]> = [
    ['a pass', {}],
    ['a fail with a waived finding', { verdict: 'fail', findings: [waived] }],
    ['a pass with a justified finding', { findings: [justified] }],
    ['a justified finding, and not everything seen', { verdict: 'inconclusive', findings: [justified], gaps: [gap] }],
    ['an attestation of an attestable control', attested],
    [
      'a place that was not understood, attested by subject',
      {
        verdict: 'attested',
        attestation: { ...attestation, subject: 'File:a.js' },
        gaps: [{ ...gap, kind: 'not-understood', attestation: { ...attestation, subject: 'File:a.js' } }],
      },
    ],
  ];
  for (const [name, rest] of consistent) {
    it(`is not found in ${name}`, () => {
      expect(contradictions(rest)).to.deep.equal([]);
    });
  }

  const inconsistent: ReadonlyArray<[string, Partial<Result>, string]> = [
    ['a pass with an open violation', { findings: [open] }, 'verdict is pass, and violation Door:Front is open'],
    ['a pass with a waived violation', { findings: [waived] }, 'verdict is pass, and violation Door:Front is open'],
    ['a pass with gaps', { gaps: [gap] }, 'verdict is pass, and there are gaps'],
    ['a fail without a finding', { verdict: 'fail' }, 'verdict is fail, and no finding is open'],
    ['attested without an attestation', { verdict: 'attested', gaps: [gap] }, 'there is no attestation'],
    ['attested where the control is not attestable', { ...attested, control }, 'no attestation covers a gap'],
    [
      'attested where a fact was never collected',
      { ...attested, gaps: [{ ...gap, kind: 'not-collected' }] },
      'no attestation covers a gap of kind not-collected',
    ],
    [
      'attested as a whole where a place was not understood',
      { ...attested, gaps: [{ ...gap, kind: 'not-understood' }] },
      'no attestation covers a gap of kind not-understood',
    ],
    ['an attestation with a pass', { attestation }, 'attestation is there, and verdict is pass'],
    [
      'a justified violation',
      { findings: [{ ...justified, kind: 'violation' }] },
      'violation Door:Front is a violation, and cannot be justified',
    ],
    [
      'a waiver of another control',
      { verdict: 'fail', findings: [{ ...waived, waiver: { ...dated, control: 'x', subject: 'a', reason: 'b' } }] },
      'waiver.control is x',
    ],
    [
      'a waiver that had expired',
      {
        verdict: 'fail',
        findings: [{ ...open, waiver: { ...dated, expires: '2026-11-22', subject: 'a', reason: 'b' } }],
      },
      'waiver of ciso does not count on the day of the report',
    ],
  ];
  for (const [name, rest, why] of inconsistent) {
    it(`is named by key: ${name}`, () => {
      expect(contradictions(rest).join()).to.contain(why);
    });
  }

  const edits: ReadonlyArray<[string, (report: Report) => Report, RegExp]> = [
    ['the gate', (report) => ({ ...report, gate: 'passed' }), /^gate is passed, and its targets give failed/],
    ['a count', (report) => ({ ...report, summary: { ...report.summary, fail: 0 } }), /^summary\.fail is 0/],
    ['the moment', (report) => ({ ...report, asOf: '2026-12-01T00:00:00.000Z' }), /^asOf is 2026-12-01/],
    [
      'the gate of a target',
      (report) => ({ ...report, targets: report.targets.map((one) => ({ ...one, gate: 'passed' as const })) }),
      /^targets\[0\]\.gate is passed/,
    ],
    [
      'a result twice',
      (report) => ({
        ...report,
        targets: report.targets.map((one) => ({ ...one, results: [...one.results, ...one.results] })),
      }),
      /^targets\[0\] has .* twice/,
    ],
    [
      'the coverage',
      (report) => {
        const coverage = { files: 3, evaluated: 1, excluded: [], notUnderstood: 1 };
        return { ...report, targets: report.targets.map((one) => ({ ...one, target: { ...one.target, coverage } })) };
      },
      /^targets\[0\]\.target\.coverage\.files is 3, and its parts add up to 2/,
    ],
  ];
  for (const [name, edit, why] of edits) {
    it(`is found after an edit of ${name}`, () => {
      expect(contradictionsIn(edit(sampleReport))[0]).to.match(why);
    });
  }
});

describe('Entries that have expired since a report was made', () => {
  const later = new Date('2026-11-25T00:00:00.000Z');
  const verdictOf = (rest: Partial<Result>, today = later): [string, string, number] => {
    const { results, notices } = expireEntries(targetOf(rest), today);
    return [results[0]?.verdict ?? '', gateOf(results, scope), notices.length];
  };

  it('no longer waive, justify or attest, and each is a notice', () => {
    expect(verdictOf({ verdict: 'fail', findings: [waived] })).to.deep.equal(['fail', 'failed', 1]);
    expect(verdictOf({ findings: [justified] })).to.deep.equal(['fail', 'failed', 1]);
    expect(verdictOf(attested)).to.deep.equal(['inconclusive', 'undecided', 1]);
  });

  it('still count on their last day', () => {
    const lastDay = new Date('2026-11-24T23:59:59.000Z');
    expect(verdictOf({ findings: [justified] }, lastDay)).to.deep.equal(['pass', 'passed', 0]);
    expect(verdictOf(attested, lastDay)).to.deep.equal(['attested', 'passed', 0]);
  });

  it('leave a report without contradictions', () => {
    for (const rest of [{ verdict: 'fail' as const, findings: [waived] }, { findings: [justified] }, attested]) {
      const expired = expireEntries(targetOf(rest), later);
      const again = { ...expired, gate: gateOf(expired.results, scope), summary: summaryOf(expired.results) };
      expect(contradictionsIn(reportOf({ name: 'x', version: '1' }, scope, [again]))).to.deep.equal([]);
    }
  });

  it('no longer trust what the policy trusted until a day before', () => {
    const trusted = [{ until: '2026-11-24', findings: [open] }];
    expect(verdictOf({ trusted }, new Date('2026-11-24T23:59:59.000Z'))).to.deep.equal(['pass', 'passed', 0]);
    expect(verdictOf({ trusted })).to.deep.equal(['fail', 'failed', 1]);
    const { results, notices } = expireEntries(targetOf({ trusted }), later);
    expect(results[0])
      .to.deep.include({ findings: [open] })
      .and.not.have.property('trusted');
    expect(notices).to.deep.equal(['Trust in Door Front ended on 24 Nov 2026.']);
  });

  it('make an unchanged finding count like a new one', () => {
    const { results } = expireEntries(
      targetOf({ verdict: 'fail', findings: [{ ...waived, drift: 'unchanged' }] }),
      later
    );
    expect(results[0]?.findings[0]).to.include({ drift: 'unchanged', uncovered: true });
  });
});
