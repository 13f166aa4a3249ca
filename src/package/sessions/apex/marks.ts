/** What is known of a value. Each mark exists once in a flow, so that sets of them can be compared. */
export type Mark =
  | { kind: 'session'; key: string }
  /** The content of a page that is not in the package: it may be a session id, and rarely is one. */
  | { kind: 'content'; key: string }
  | { kind: 'page'; key: string }
  | { kind: 'type'; key: string }
  /** A literal that shows where a value goes. */
  | { kind: 'text'; key: string };
export type Marks = ReadonlySet<Mark>;

export const NO_MARKS: Marks = new Set();

/** Makes marks. There are as many as the code has places, types and literals: a finite lattice. */
export class MarkTable {
  private readonly all = new Map<string, Mark>();

  public set(kind: Mark['kind'], keys: Iterable<string>): Marks {
    const marks = new Set<Mark>();
    for (const key of keys) {
      const id = `${kind}:${key}`;
      const mark = this.all.get(id) ?? { kind, key };
      this.all.set(id, mark);
      marks.add(mark);
    }
    return marks;
  }
}

export function unionOf(all: readonly Marks[]): Marks {
  const filled = all.filter(({ size }) => size > 0);
  const [first, ...others] = filled;
  // Mostly the others add nothing: then no new set is made.
  if (!first || others.every((one) => isWithin(one, first))) return first ?? NO_MARKS;
  const union = new Set<Mark>();
  for (const marks of filled) for (const mark of marks) union.add(mark);
  return union;
}

function isWithin(part: Marks, whole: Marks): boolean {
  if (part.size > whole.size) return false;
  for (const mark of part) if (!whole.has(mark)) return false;
  return true;
}

/** Without the marks of some kinds. */
export function without(marks: Marks, kinds: ReadonlyArray<Mark['kind']>): Marks {
  return new Set([...marks].filter(({ kind }) => !kinds.includes(kind)));
}

export function keysOf(marks: Marks, kind: Mark['kind']): string[] {
  const keys: string[] = [];
  for (const mark of marks) if (mark.kind === kind) keys.push(mark.key);
  return keys;
}

export function hasSession(marks: Marks): boolean {
  for (const { kind } of marks) if (kind === 'session') return true;
  return false;
}

export function mayBeSession(marks: Marks): boolean {
  for (const { kind } of marks) if (kind === 'session' || kind === 'content') return true;
  return false;
}
