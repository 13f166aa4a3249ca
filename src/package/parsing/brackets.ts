/** Characters of one string; a longer one is data. */
const MOST_LETTERS = 100_000;
/** Characters of one statement outside of brackets. */
const MOST_STEPS = 5000;

/** Where brackets close in the text that was last asked about: each of a million calls in one another is read once. */
let known: { code: string; closings: Map<number, number> } = { code: '', closings: new Map() };

/** Where the bracket that opens at an offset closes; strings are skipped. */
export function closing(code: string, start: number): number {
  if (known.code !== code) known = { code, closings: new Map() };
  const { closings } = known;
  const open: number[] = [];
  for (let at = start; at < code.length; at += 1) {
    const one = code[at] ?? '';
    if (/["'`]/.test(one)) at = endOfString(code, at);
    else if ('([{'.includes(one)) {
      const end = closings.get(at);
      if (end === undefined) open.push(at);
      else at = end;
    } else if (')]}'.includes(one)) closings.set(open.pop() ?? at, at);
    if (open.length === 0) return at;
  }
  for (const one of open) closings.set(one, code.length);
  return code.length;
}

/** Up to where quotes of a kind do not end, in the text that was last asked about: none in between is read again. */
let unended: { code: string; until: Map<string, number> } = { code: '', until: new Map() };

/** The last character of a string; quoted text that does not end on its line is not a string. */
function endOfString(code: string, start: number): number {
  if (unended.code !== code) unended = { code, until: new Map() };
  const quote = code[start] ?? '';
  if (start < (unended.until.get(quote) ?? 0)) return start;
  const last = Math.min(code.length, start + MOST_LETTERS);
  let at = start + 1;
  while (at < last && code[at] !== quote && !(code[at] === '\n' && quote !== '`')) at += code[at] === '\\' ? 2 : 1;
  if (at < last && code[at] === quote) return at;
  unended.until.set(quote, at);
  return start;
}

/** The arguments or parameters of a list, without blanks around them. */
export function splitArguments(list: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at <= list.length; at += 1) {
    const one = list[at] ?? ',';
    if (/["'`]/.test(one)) at = endOfString(list, at);
    else if ('([{'.includes(one)) at = closing(list, at);
    else if (one === ',') {
      found.push(list.slice(from, at).trim());
      from = at + 1;
    }
  }
  return found.filter((one) => one !== '');
}

/**
 * Where a statement ends: its semicolon, the bracket around it, or a line end after which nothing goes on. `onCut`: it
 * is longer than what is followed.
 */
export function statementEnd(code: string, from: number, onCut?: () => void): number {
  let steps = 0;
  for (let at = from; at < code.length; at += 1) {
    steps += 1;
    if (steps > MOST_STEPS) {
      onCut?.();
      return at;
    }
    const one = code[at] ?? '';
    if (/["'`]/.test(one)) at = endOfString(code, at);
    else if ('([{'.includes(one)) at = closing(code, at);
    else if (')]};'.includes(one)) return at;
    else if (one === '\n' && !goesOn(code, from, at)) return at;
  }
  return code.length;
}

function goesOn(code: string, from: number, at: number): boolean {
  const before = code.slice(Math.max(from, at - 200), at).trimEnd();
  // The members of a new object of C# begin on a line of their own.
  if (/\bnew\s[\w.<>, ]{1,150}(?:\([^()]*\))?$/.test(before) && /^\s*\{/.test(code.slice(at, at + 80))) return true;
  return (
    /(?:^|[=+,(&|?:.\\]|=>|\bawait|\breturn)$/.test(before) ||
    /^\s*(?:[.+|:)]|\?[.?:\s]|&[&.]|->)/.test(code.slice(at, at + 80))
  );
}
