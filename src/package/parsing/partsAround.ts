/** A part of a text: whole lines. */
export type TextPart = { text: string; offset: number };

/** After such a sign at the end of a line a new statement or literal begins; also after `>`, but not after `=>`. */
const ENDS: ReadonlySet<string> = new Set([...';{})/*']);
/** Blanks at the end of a line that are looked through. */
const MOST_BLANKS = 100;

/**
 * The parts of a text around some places: from one line that ends a statement to the next such line. A pattern that
 * matches neither such a sign with blanks and a line end after it nor any place elsewhere finds in these parts what it
 * finds in the whole text. Without places: the whole text.
 */
export function partsAround(text: string, places: readonly number[] | undefined): readonly TextPart[] {
  if (places === undefined) return [{ text, offset: 0 }];
  const parts: TextPart[] = [];
  let done = 0;
  for (const place of [...places].sort((one, other) => one - other)) {
    if (place <= done) continue;
    const start = startBefore(text, place, done);
    done = endBehind(text, place);
    parts.push({ text: text.slice(start, done), offset: start });
  }
  return parts;
}

/** What a global pattern matches in some parts, each with its place in the whole text. */
export function matchesIn(
  parts: readonly TextPart[],
  pattern: RegExp
): Array<{ match: RegExpExecArray; index: number }> {
  const matches: Array<{ match: RegExpExecArray; index: number }> = [];
  for (const { text, offset } of parts) {
    // Not by matchAll, which makes a new pattern for each part.
    // eslint-disable-next-line no-param-reassign -- where a pattern is at is its own state
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text))
      matches.push({ match, index: offset + match.index });
  }
  return matches;
}

/** Whether a sticky pattern matches at a place. */
export function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  // eslint-disable-next-line no-param-reassign -- where a pattern is at is its own state
  pattern.lastIndex = at;
  return pattern.test(text);
}

function startBefore(text: string, place: number, done: number): number {
  let at = text.lastIndexOf('\n', place - 1);
  while (at >= done && !endsStatement(text, at)) at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  return Math.max(done, at + 1);
}

function endBehind(text: string, place: number): number {
  let at = text.indexOf('\n', place);
  while (at >= 0 && !endsStatement(text, at)) at = text.indexOf('\n', at + 1);
  return at < 0 ? text.length : at + 1;
}

function endsStatement(text: string, lineEnd: number): boolean {
  for (let at = lineEnd - 1; at >= 0 && lineEnd - at <= MOST_BLANKS; at -= 1) {
    const sign = text[at] ?? '';
    if (sign !== ' ' && sign !== '\t' && sign !== '\r' && sign !== '\n')
      return ENDS.has(sign) || (sign === '>' && text[at - 1] !== '=');
  }
  return false;
}
