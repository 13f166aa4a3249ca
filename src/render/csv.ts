import { stringify } from 'csv-stringify/sync';
import type { Finding, RemovedFinding, Report, Result, Subject, TargetReport } from '../engine/types.js';
import * as words from './reportText.js';
import { asvsCell, weaknessCell } from './taxonomies.js';
import { plain, withoutMarks } from './text.js';

/** Every row has all columns; their order is part of what a spreadsheet or a script relies on. */
const columns = [
  'row',
  'target kind',
  'target',
  'org id',
  'gate',
  'as of',
  'control',
  'severity',
  'verdict',
  'wanted',
  'reason',
  'finding kind',
  'subject type',
  'subject name',
  'subject id',
  'file',
  'line',
  'at',
  'message',
  'gap kind',
  'fact',
  'grants',
  'waiver subject',
  'waiver owner',
  'waiver expires',
  'waiver reason',
  'justification subject',
  'justification owner',
  'justification expires',
  'justification',
  'supplemented by',
  'attestation owner',
  'attestation on',
  'attestation expires',
  'attestation',
  'drift',
  'fingerprint',
  'what to do',
  'scope',
  'cwe',
  'asvs',
] as const;
type Row = { [Column in (typeof columns)[number]]?: string | number | undefined };

/** The report as rows: one for each finding and gap, and for whatever has neither. */
export const renderCsv = ({ targets, scope }: Report): string =>
  csvOf(
    columns,
    targets.flatMap((target) => rowsOf(target, scope))
  );

/** Rows under these columns, as a spreadsheet can open them: no cell is a formula. */
export const csvOf = (
  header: readonly string[],
  rows: ReadonlyArray<Readonly<Record<string, string | number | undefined>>>
): string =>
  stringify(rows.map(safe), {
    header: true,
    columns: [...header],
    // Without the mark, Excel reads UTF-8 as the code page of the machine.
    bom: true,
    // eslint-disable-next-line camelcase -- the library's name
    record_delimiter: 'windows',
    // eslint-disable-next-line camelcase
    quoted_string: true,
  });

const rowsOf = (report: TargetReport, scope: Report['scope']): Row[] => {
  const { target, gate, asOf, error, results, off, notices } = report;
  const about: Row = {
    'target kind': target.kind,
    target: target.name,
    'org id': target.orgId,
    gate,
    'as of': asOf,
    scope: [
      scope.controls === 'all' ? 'all controls' : `chosen controls: ${scope.controls.join(', ')}`,
      ...(scope.changedSince ? [words.changesOf(scope.changedSince)] : []),
      ...(scope.weakened ? [words.weakenedOf(scope.weakened)] : []),
    ].join('; '),
  };
  const rows: Row[] = [
    ...(error ? [{ row: 'target error', message: error.message, 'what to do': error.actions.join(' ') }] : []),
    ...results.flatMap(resultRows),
    ...words.goneOf(report).flatMap(({ state, gone }) => gone.map((one) => goneRow(one, state))),
    ...[words.coverageOf(target) ?? []].flat().map((message) => ({ row: 'coverage', message })),
    ...off.map((control) => ({ row: 'off', control })),
    ...notices.map((message) => ({ row: 'notice', message })),
  ];
  return (rows.length > 0 ? rows : [{ row: 'target' }]).map((row) => ({ ...row, ...about }));
};

const resultRows = ({ control, verdict, reason, findings, gaps, attestation }: Result): Row[] => {
  const undone = verdict === 'fail' || verdict === 'inconclusive';
  const about: Row = {
    control: control.id,
    severity: control.severity,
    verdict,
    wanted: control.title,
    reason,
    'what to do': undone ? withoutMarks(control.remediation) : undefined,
    cwe: weaknessCell(control.id),
    asvs: asvsCell(control.id),
    ...attestationCells(attestation),
  };
  const rows: Row[] = [
    ...findings.map(findingRow),
    ...gaps.map(({ fact, kind, detail, grants = [], subject, attestation: own }) => ({
      row: 'gap',
      ...(subject ? subjectCells(subject) : {}),
      message: detail,
      'gap kind': kind,
      fact,
      grants: grants.join(' '),
      ...(own ? attestationCells(own) : {}),
    })),
  ];
  return (rows.length > 0 ? rows : [{ row: 'control' }]).map((row) => ({ ...about, ...row }));
};

const attestationCells = (attestation: Result['attestation']): Row => ({
  'attestation owner': attestation?.owner,
  'attestation on': attestation?.on,
  'attestation expires': attestation?.expires,
  attestation: attestation?.reason,
});

const findingRow = ({ kind, subject, message, at, waiver, justification, drift, fingerprint }: Finding): Row => ({
  row: 'finding',
  'finding kind': kind,
  ...subjectCells(subject),
  at,
  message,
  'waiver subject': waiver?.subject,
  'waiver owner': waiver?.owner,
  'waiver expires': waiver?.expires,
  'waiver reason': waiver?.reason,
  'justification subject': justification?.subject,
  'justification owner': justification?.owner,
  'justification expires': justification?.expires,
  justification: justification?.why,
  'supplemented by': justification?.supplementedBy,
  drift,
  fingerprint,
});

const goneRow = ({ control, severity, kind, subject, message, fingerprint }: RemovedFinding, drift: string): Row => ({
  row: 'earlier finding',
  control,
  severity,
  'finding kind': kind,
  ...subjectCells(subject),
  message,
  drift,
  fingerprint,
});

const subjectCells = ({ type, name, id, file, line }: Subject): Row => ({
  'subject type': type,
  'subject name': name,
  'subject id': id,
  file,
  line,
});

const safe = (row: Readonly<Record<string, string | number | undefined>>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [column, typeof cell === 'string' ? inert(plain(cell)) : cell])
  );

/**
 * No cell is a formula. csv-stringify's `escape_formulas` looks at the first character only; spreadsheets also skip
 * spaces and quotes before a formula, and where the list separator is a semicolon, whatever follows one in the file can
 * become a cell of its own.
 */
const inert = (cell: string): string => cell.replace(/(^|;)(?=[\s"'“”‘’]*[=+\-@＝＋－＠﹦﹢﹣﹫])/gu, "$1'");
