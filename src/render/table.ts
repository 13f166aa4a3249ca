import { columns, padded, plain, wrap } from './text.js';

/** Blanks between two columns. */
const GAP = '  ';
/** The narrowest that the last column gets, whatever the terminal. */
const NARROWEST = 20;

/** A plain table for a terminal: the last column is wrapped, the others take the width of their longest cell. */
export function renderTable(heads: readonly string[], rows: ReadonlyArray<readonly string[]>, width: number): string {
  const cells = [heads, ...rows].map((row) => row.map(plain));
  const widths = heads.map((_, index) => Math.max(...cells.map((row) => columns(row[index] ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, 0);
  const last = Math.max(NARROWEST, width - before);
  const rule = widths.map((one, index) => '─'.repeat(index === widths.length - 1 ? Math.min(one, last) : one));
  const [head = [], ...others] = cells;
  return [head, rule, ...others].flatMap((row) => renderRow(row, widths, last)).join('\n');
}

function renderRow(row: readonly string[], widths: readonly number[], last: number): string[] {
  const first = row.slice(0, -1).map((cell, index) => padded(cell, widths[index] ?? 0));
  const indent = ' '.repeat(first.reduce((sum, cell) => sum + columns(cell) + GAP.length, 0));
  return wrap(row.at(-1) ?? '', last).map((line, index) =>
    (index === 0 ? [...first, line].join(GAP) : indent + line).trimEnd()
  );
}
