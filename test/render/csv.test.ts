import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { renderCsv } from '../../src/render/csv.js';
import type { Report } from '../../src/engine/types.js';
import { hostile } from '../support/hostileNames.js';
import { findingOf, gap, justification, reportOn, resultWith, waiver } from '../support/reportVariants.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';

type Row = Record<string, string>;
const rowsOf = (report: Report): Row[] => parse(renderCsv(report), { columns: true, bom: true });
/** The cells of a row that are not empty, without those that every row of the target has. */
const told = (row: Row | undefined): Row =>
  Object.fromEntries(
    Object.entries(row ?? {}).filter(
      ([column, cell]) => cell !== '' && !['target kind', 'target', 'gate', 'as of', 'scope'].includes(column)
    )
  );

describe('CSV', () => {
  const control = { control: 'package/one', severity: 'high', wanted: 'One is as it should be', reason: 'The reason.' };
  const subject = { 'subject type': 'ConnectedApp', 'subject name': 'AcmePay' };

  it('has one row for each finding and gap', () => {
    const findings = [
      findingOf({
        subject: { type: 'ConnectedApp', name: 'AcmePay', id: '0H4', file: 'a/b.xml', line: 12 },
        at: 'full',
        drift: 'new',
        waiver,
        justification: { ...justification, supplementedBy: 'SAML' },
      }),
    ];
    const gaps = [{ ...gap, grants: ['ViewSetup', 'ApiEnabled'], subject: { type: 'File', name: 'c.xml' } }];
    const [finding, unseen, ...others] = rowsOf(reportOn([resultWith('fail', { findings, gaps })]));
    expect(others).to.deep.equal([]);
    expect(told(finding)).to.deep.equal({
      row: 'finding',
      ...control,
      verdict: 'fail',
      'finding kind': 'violation',
      ...subject,
      'subject id': '0H4',
      file: 'a/b.xml',
      line: '12',
      at: 'full',
      message: 'AcmePay offends.',
      'waiver subject': 'ConnectedApp:AcmePay',
      'waiver owner': 'ciso',
      'waiver expires': '2027-10-01',
      'waiver reason': 'Leaves in May',
      'justification subject': 'ConnectedApp:AcmePay',
      'justification owner': 'ciso',
      'justification expires': '2027-10-01',
      justification: 'It opens a page',
      'supplemented by': 'SAML',
      drift: 'new',
      fingerprint: 'a'.repeat(32),
      'what to do': 'Turn it on.',
    });
    expect(told(unseen)).to.deep.equal({
      row: 'gap',
      ...control,
      verdict: 'fail',
      'subject type': 'File',
      'subject name': 'c.xml',
      message: 'One file does not parse.',
      'gap kind': 'unreadable',
      fact: 'apps',
      grants: 'ViewSetup ApiEnabled',
      'what to do': 'Turn it on.',
    });
  });

  it('has a row for a control without either, an attestation, and a target that could not be opened', () => {
    const entry = { control: 'package/one', owner: 'ciso', on: '2026-11-01', expires: '2027-05-01', reason: 'Tested' };
    const rows = rowsOf(reportOn([resultWith('pass'), resultWith('attested', { attestation: entry })]));
    expect(rows.map(told)).to.deep.equal([
      { row: 'control', ...control, verdict: 'pass' },
      {
        row: 'control',
        ...control,
        verdict: 'attested',
        'attestation owner': 'ciso',
        'attestation on': '2026-11-01',
        'attestation expires': '2027-05-01',
        attestation: 'Tested',
      },
    ]);
    const error = { name: 'Expired', message: 'It expired.', actions: ['Log in.', 'Try again.'] };
    expect(rowsOf(reportOn([], {}, { error })).map(told)).to.deep.equal([
      { row: 'target error', message: 'It expired.', 'what to do': 'Log in. Try again.' },
    ]);
    expect(rowsOf(reportOn([])).map(told)).to.deep.equal([{ row: 'target' }]);
  });

  it('loses no finding, gap, notice or control of a report', () => {
    const rows = rowsOf(sampleReport);
    const count = (kind: string): number => rows.filter(({ row }) => row === kind).length;
    const { targets } = sampleReport;
    const results = targets.flatMap((target) => target.results);
    expect(count('finding')).to.equal(results.flatMap(({ findings }) => findings).length);
    expect(count('gap')).to.equal(results.flatMap(({ gaps }) => gaps).length);
    expect(count('notice')).to.equal(targets.flatMap(({ notices }) => notices).length);
    expect(count('off')).to.equal(targets.flatMap(({ off }) => off).length);
    expect(rows.filter(({ row }) => row === 'earlier finding').map(({ drift }) => drift)).to.deep.equal([
      'fixed',
      'accepted',
      'not seen',
    ]);
    expect(new Set(rows.map((row) => row.control).filter(Boolean))).to.include.all.keys(
      results.map(({ control: { id } }) => id)
    );
    expect(rowsOf(crowdedReport)).to.have.length(250);
  });

  it('says in every row of which target it is, its gate, and that controls were chosen', () => {
    for (const row of rowsOf(passedReport)) {
      expect(row).to.deep.include({
        'target kind': 'org',
        target: 'acme-hub',
        gate: 'passed',
        'as of': '2026-11-23T10:00:00.000Z',
        scope: 'chosen controls: org/passwords-rotated, package/no-device-flow',
      });
    }
    expect(rowsOf(sampleReport)[0]?.scope).to.equal('all controls');
  });

  it('opens in Excel: a mark for UTF-8, and CRLF at the end of every row', () => {
    const text = renderCsv(sampleReport);
    expect(text.startsWith('\uFEFF"row",')).to.equal(true);
    expect(text.endsWith('\r\n')).to.equal(true);
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  });

  it('is the same text for the same report', () =>
    expect(renderCsv(sampleReport)).to.equal(renderCsv(structuredClone(sampleReport))));

  const formulas: ReadonlyArray<[value: string, cell: string]> = [
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'=1"],
    ['\r=1', "'=1"],
    ['\n=1', "'=1"],
    ['\u200B=1', "'=1"],
    ['  =1', "'=1"],
    ['"=1', `'"=1`],
    ['" =1', `'" =1`],
    ["'=1", "''=1"],
    ['“=1', "'“=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠1', "'＠1"],
    ['a;=1', "a;'=1"],
    ['a; "=1";+2', `a;' "=1";'+2`],
    ['a=b', 'a=b'],
    ['a,-b', 'a,-b'],
    ['ops@acme.example', 'ops@acme.example'],
    ["it's", "it's"],
  ];
  for (const [value, cell] of formulas) {
    it(`writes ${JSON.stringify(value)} as ${cell}`, () => {
      const finding = findingOf({ subject: { type: 'User', name: value }, message: `${value}` });
      const [row] = rowsOf(reportOn([resultWith('fail', { findings: [finding] })]));
      expect([row?.['subject name'], row?.message]).to.deep.equal([cell, cell]);
    });
  }

  const names = { ...hostile, cells: 'a","b\r\n"c",=1', quote: '"', nul: 'a\u0000b' };
  for (const [name, value] of Object.entries(names)) {
    it(`stays one cell of one row: ${name}`, () => {
      const findings = [findingOf({ subject: { type: 'User', name: value }, message: value })];
      const report = reportOn([resultWith('fail', { findings, reason: value })]);
      const [row, ...others] = rowsOf(report);
      expect(others).to.deep.equal([]);
      expect(row?.fingerprint).to.equal('a'.repeat(32));
      expect(Object.values(row ?? {}).join('')).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    });
  }
});
