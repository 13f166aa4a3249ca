const CONTEXT = 3;
/** Comparisons of one file; a larger part is replaced as a whole, which is the same change in more lines. */
const MOST_COMPARISONS = 4_000_000;

type Step = { sign: ' ' | '-' | '+'; line: string };

/** What `git apply` and `patch -p1` take; empty if nothing changed. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const steps = stepsOf(linesOf(before), linesOf(after));
  const hunks = hunksOf(steps).map(({ from, to }) => hunkText(steps, from, to));
  return [`--- a/${file}\n`, `+++ b/${file}\n`, ...hunks].join('');
}

/** Each with its line end. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stepsOf(before: readonly string[], after: readonly string[]): Step[] {
  const { start, end } = sameEnds(before, after);
  const same = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: ' ', line }));
  return [
    ...same(before.slice(0, start)),
    ...middleOf(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** How many lines, or letters, two texts have in common at their start and at their end. */
export function sameEnds(before: ArrayLike<string>, after: ArrayLike<string>): { start: number; end: number } {
  const shorter = Math.min(before.length, after.length);
  let [start, end] = [0, 0];
  while (start < shorter && before[start] === after[start]) start += 1;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { start, end };
}

/** The longest common lines of both stay. */
function middleOf(before: readonly string[], after: readonly string[]): Step[] {
  if (before.length * after.length > MOST_COMPARISONS) return [...signed('-', before), ...signed('+', after)];
  const lengths = before.map(() => new Array<number>(after.length + 1).fill(0));
  lengths.push(new Array<number>(after.length + 1).fill(0));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const best =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
      (lengths[row] ?? [])[column] = best;
    }
  }
  const steps: Step[] = [];
  let [row, column] = [0, 0];
  while (row < before.length && column < after.length) {
    if (before[row] === after[column]) {
      steps.push({ sign: ' ', line: before[row] ?? '' });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      steps.push({ sign: '-', line: before[row] ?? '' });
      row += 1;
    } else {
      steps.push({ sign: '+', line: after[column] ?? '' });
      column += 1;
    }
  }
  return [...steps, ...signed('-', before.slice(row)), ...signed('+', after.slice(column))];
}

function signed(sign: Step['sign'], lines: readonly string[]): Step[] {
  return lines.map((line) => ({ sign, line }));
}

/** Where changes are, with the lines around them; neighbours are one. */
function hunksOf(steps: readonly Step[]): Array<{ from: number; to: number }> {
  const hunks: Array<{ from: number; to: number }> = [];
  for (const [index, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    const last = hunks.at(-1);
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(steps.length, index + CONTEXT + 1)];
    if (last && from <= last.to) last.to = to;
    else hunks.push({ from, to });
  }
  return hunks;
}

function hunkText(steps: readonly Step[], from: number, to: number): string {
  const count = (part: readonly Step[], other: Step['sign']): number =>
    part.filter(({ sign }) => sign !== other).length;
  const [earlier, own] = [steps.slice(0, from), steps.slice(from, to)];
  const [before, after] = [count(own, '+'), count(own, '-')];
  const head = `@@ -${count(earlier, '+') + (before > 0 ? 1 : 0)},${before} +${count(earlier, '-') + (after > 0 ? 1 : 0)},${after} @@\n`;
  const lines = own.map(({ sign, line }) =>
    line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`
  );
  return head + lines.join('');
}
