import { expect } from 'chai';
import type { Freshness } from '../../src/engine/checkReport.js';
import { conflictsOf, mergeReports as mergeAt, type Parts } from '../../src/engine/merge.js';
import { reportOf, summaryOf } from '../../src/engine/report.js';
import { gateWeakenings } from '../../src/engine/weakening.js';
import type { Report, Result, Target, TargetReport } from '../../src/engine/types.js';
import { infoOf } from '../../src/engine/control.js';
import { offence, text } from './samples.js';

const tool = { name: 'sf-plugin-security-review', version: '1.4.0' };
const scope: Report['scope'] = {
  controls: 'all',
  policy: { file: 'security-review.yml', sha256: 'a' },
  failOn: 'medium',
  inconclusive: 'block',
};
const org = (number: number, name = `org${number}`): Target => ({
  kind: 'org',
  name,
  orgId: `00D${String(number).padStart(12, '0')}AAA`,
});
const result: Result = {
  control: infoOf({ ...text, id: 'house/alarm-on' }),
  verdict: 'fail',
  reason: '',
  findings: [{ ...offence('Front'), fingerprint: '1', drift: 'unchanged' }],
  gaps: [],
};
const passing: Result = { ...result, control: infoOf({ ...text, id: 'org/alarm-on' }), verdict: 'pass', findings: [] };
const ofPackage: Result = { ...passing, control: infoOf({ ...text, id: 'package/alarm-on' }) };
const now = new Date('2026-11-25T10:00:00.000Z');
const fresh: Freshness = {
  version: tool.version,
  now,
  maxEvidenceAge: 7,
  controls: [passing.control, ofPackage.control],
};
const merge = (
  by: Report['tool'],
  parts: Parts,
  again: (targets: readonly TargetReport[]) => readonly TargetReport[]
): Report => mergeAt(by, parts, again, now);
const of = (
  target: Target,
  results: readonly Result[] = [target.kind === 'org' ? passing : ofPackage],
  rest: Partial<TargetReport> = {}
): TargetReport => ({
  target,
  asOf: '2026-11-23T10:00:00.000Z',
  gate: 'passed',
  summary: summaryOf(results),
  results,
  off: [],
  notices: [],
  ...rest,
});
const report = (
  targets: readonly TargetReport[],
  rest: Partial<Report['scope']> = {},
  version = tool.version
): Report => reportOf({ ...tool, version }, listing({ ...scope, ...rest }), targets);
/** The tool lists in what a gate is weaker than the default. */
const listing = (gate: Report['scope']): Report['scope'] => {
  const weakened = gateWeakenings(gate);
  return weakened.length > 0 ? { weakened, ...gate } : gate;
};
const drift = { since: '2026-11-22T10:00:00.000Z', fixed: [], accepted: [], notSeen: [] };
const named = (first: Report, ...others: Report[]): Parts => [
  { file: '0.json', report: first },
  ...others.map((one, index) => ({ file: `${index + 1}.json`, report: one })),
];
const asTheyAre = (targets: readonly TargetReport[]): readonly TargetReport[] => targets;
const closed = { error: { name: 'Expired', message: 'Expired.', actions: [] }, gate: 'undecided' } as const;

describe('reports that cannot become one', () => {
  const first = report([of(org(1))]);
  const pack: Target = { kind: 'package', name: 'Pay', path: 'a' };
  const other = (rest: Partial<Report['scope']>, version?: string): Report => report([of(org(2))], rest, version);
  const table: ReadonlyArray<[name: string, parts: Parts, says: RegExp[]]> = [
    ['nothing differs', named(first, other({})), []],
    ['one report', named(first), []],
    [
      'the version differs',
      named(first, other({}, '1.4.1')),
      [/1\.json: tool\.version is 1\.4\.1, and this is 1\.4\.0/],
    ],
    [
      'one is older than the policy allows',
      named(first, report([of(org(2), undefined, { asOf: '2026-11-17T10:00:00.000Z' })])),
      [/1\.json: targets\[0\]\.asOf is 2026-11-17.* more than 7 days ago \(maxEvidenceAge\)/],
    ],
    [
      'one is from the future',
      named(first, report([of(org(2), undefined, { asOf: '2099-01-01T00:00:00.000Z' })])),
      [/1\.json: targets\[0\]\.asOf is 2099-.* in the future/],
    ],
    [
      'one has no results',
      named(
        first,
        report([of(org(2), [], { off: ['org/alarm-on'] })], {
          weakened: [{ setting: 'controls.org/alarm-on.severity', control: 'org/alarm-on', message: 'It is off.' }],
        })
      ),
      [/1\.json: targets\[0\]\.results is empty: nothing was evaluated/],
    ],
    [
      'one says that it covers all controls, and does not',
      [
        {
          file: '0.json',
          report: report([of(org(2), [{ ...passing, control: infoOf({ ...text, id: 'org/other' }) }])]),
        },
      ],
      [
        /0\.json: targets\[0\]\.results does not cover its scope: org\/alarm-on is missing/,
        /beyond its scope: org\/other/,
      ],
    ],
    [
      'the severity of a control is lower, and not listed as a weakening',
      named(report([of(org(1), [{ ...passing, control: { ...passing.control, severity: 'info' } }])])),
      [
        /0\.json: targets\[0\]\.results\[0\] \(org\/alarm-on\): control\.severity is info, and scope\.weakened does not list/,
      ],
    ],
    [
      'the severity of a control is lower, and listed',
      named(
        report([of(org(1), [{ ...passing, control: { ...passing.control, severity: 'info' } }])], {
          weakened: [
            { setting: 'controls.org/alarm-on.severity', control: 'org/alarm-on', message: 'It has severity info.' },
          ],
        })
      ),
      [],
    ],
    [
      'a control that cannot be attested is attestable',
      named(report([of(org(1), [{ ...passing, control: { ...passing.control, attestable: true } }])])),
      [/control\.attestable is true, and this control is not attestable/],
    ],
    [
      'a control is off, and not listed as a weakening',
      named(report([of(org(1), [passing], { off: ['org/other'] })])),
      [/0\.json: targets\[0\]\.off: org\/other is off, and scope\.weakened does not list it/],
    ],
    [
      'no control can fail the gate, and that is not listed',
      named(report([of(org(1))], { failOn: 'never', weakened: [] })),
      [/0\.json: scope\.failOn is never, and scope\.weakened does not list it/],
    ],
    [
      'only new findings count, and there was no earlier report',
      named(report([of(org(1))], { gateOn: 'new' })),
      [/0\.json: scope\.gateOn is new, and targets\[0\] was compared with no earlier report/],
    ],
    ['the file of the policy differs', named(first, other({ policy: { file: 'x.yml', sha256: 'a' } })), []],
    [
      'the policy differs',
      named(first, other({ policy: { file: 'x.yml', sha256: 'b' } })),
      [/policy \(SHA-256\): b in 1\.json, a in 0\.json/],
    ],
    ['one has no policy', named(first, other({ policy: undefined })), [/none in 1\.json/]],
    ['the threshold differs', named(first, other({ failOn: 'high' })), [/threshold: high in 1\.json, medium in 0/]],
    ['inconclusive differs', named(first, other({ inconclusive: 'allow' })), [/inconclusive: allow in 1\.json/]],
    [
      'the controls differ',
      named(first, other({ controls: ['org/alarm-on'] })),
      [/controls: org\/alarm-on in 1\.json, all in 0\.json/],
    ],
    [
      'the order of the controls differs',
      named(
        report([of(org(1))], { controls: ['org/alarm-on', 'package/x'] }),
        other({ controls: ['package/x', 'org/alarm-on'] })
      ),
      [],
    ],
    [
      'one gates on new findings',
      named(first, report([of(org(2), undefined, { drift })], { gateOn: 'new' })),
      [/gate on: new in 1\.json, all in 0\.json/],
    ],
    [
      'two things in two files',
      named(first, other({ failOn: 'low' }), report([of(org(3), undefined, { drift })], { gateOn: 'new' })),
      [/1\.json/, /2\.json/],
    ],
    [
      'the same org under two aliases',
      named(first, report([of(org(1, 'other'))])),
      [/the org other \(00D0+1AAA\) is in 0\.json and in 1\.json/],
    ],
    [
      'the same org twice in one file',
      named(report([of(org(1)), of(org(1))])),
      [/org1 .* is in 0\.json and in 0\.json/],
    ],
    ['two orgs with one alias', named(first, report([of(org(2, 'org1'))])), []],
    [
      'an org that could not be opened, and is in another report',
      named(first, report([of({ kind: 'org', name: 'org1' }, [], closed)])),
      [/the org org1 \(not opened\) is in 0\.json and in 1\.json/],
    ],
    ['the same package twice', named(report([of(pack)]), report([of(pack)])), [/the package Pay \(a\)/]],
    ['two folders of one package', named(report([of(pack)]), report([of({ ...pack, path: 'b' })])), []],
    ['a package and an org of the same name', named(first, report([of({ ...pack, name: 'org1' })])), []],
  ];
  for (const [name, parts, says] of table) {
    it(`${name}: ${says.length === 0 ? 'can' : 'named'}`, () => {
      const conflicts = conflictsOf(parts, fresh);
      expect(conflicts, conflicts.join('\n')).to.have.length(says.length);
      says.forEach((pattern, index) => expect(conflicts[index]).to.match(pattern));
    });
  }
});

describe('a merged report', () => {
  it('keeps the order, the moment, the findings and the drift of each target', () => {
    const [one, two] = [
      of(org(2), [result], { asOf: '2026-11-21T10:00:00.000Z', drift, notices: ['Expires soon.'] }),
      of(org(1), [], closed),
    ];
    const merged = merge(tool, named(report([one]), report([two])), asTheyAre);
    expect(merged.targets.map(({ target }) => target.name)).to.deep.equal(['org2', 'org1']);
    expect(merged.targets).to.deep.equal([{ ...one, gate: 'failed' }, two]);
    expect(merged).to.deep.include({ tool, scope, asOf: '2026-11-21T10:00:00.000Z', gate: 'failed' });
    expect(merged.summary.fail).to.equal(1);
  });

  it('has a gate that follows from what is left after judging again', () => {
    const again = (targets: readonly TargetReport[]): readonly TargetReport[] =>
      targets.map((target) => ({ ...target, results: [{ ...result, verdict: 'pass', findings: [] }] }));
    const merged = merge(tool, named(report([of(org(1), [result], { gate: 'failed' })])), again);
    expect([merged.gate, merged.summary.fail, merged.summary.pass]).to.deep.equal(['passed', 0, 1]);
  });

  it('gates on new findings where its reports did, an expired waiver included', () => {
    const gate = (findings: Result['findings']): string =>
      merge(tool, named(report([of(org(1), [{ ...result, findings }])], { gateOn: 'new' })), asTheyAre).gate;
    const [unchanged] = result.findings;
    if (!unchanged) throw new Error('The sample has a finding.');
    expect(gate([unchanged])).to.equal('passed');
    expect(gate([{ ...unchanged, drift: 'new' }])).to.equal('failed');
    expect(gate([{ ...unchanged, uncovered: true }])).to.equal('failed');
  });

  it('lists the threshold that it was merged with, when that is weaker than the default', () => {
    const merged = mergeAt(tool, named(report([of(org(1), [result])])), asTheyAre, now, 'critical');
    expect([merged.gate, merged.scope.weakened?.map(({ setting }) => setting)]).to.deep.equal([
      'passed',
      ['gate.failOn'],
    ]);
    const back = mergeAt(tool, named(merged), asTheyAre, now, 'medium');
    expect([back.gate, back.scope.weakened]).to.deep.equal(['failed', undefined]);
  });

  it('is undecided while a target could not be opened', () => {
    const parts = named(report([of(org(1))]), report([of(org(2), [], closed)]));
    expect(merge(tool, parts, asTheyAre).gate).to.equal('undecided');
  });

  it('can be merged again', () => {
    const merged = merge(tool, named(report([of(org(1))]), report([of(org(2))])), asTheyAre);
    const more = named(merged, report([of(org(3))]));
    expect(conflictsOf(more, fresh)).to.deep.equal([]);
    expect(merge(tool, more, asTheyAre).targets).to.have.length(3);
  });
});
