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

  public of(kind: Mark['kind'], key: string): Mark {
    const id = `${kind}:${key}`;
    const mark = this.all.get(id) ?? { kind, key };
    this.all.set(id, mark);
    return mark;
  }

  public set(kind: Mark['kind'], keys: Iterable<string>): Marks {
    return new Set([...keys].map((key) => this.of(kind, key)));
  }
}

export function unionOf(all: readonly Marks[]): Marks {
  const filled = all.filter(({ size }) => size > 0);
  const [first, ...others] = filled;
  if (!first || others.length === 0) return first ?? NO_MARKS;
  return new Set(filled.flatMap((marks) => [...marks]));
}

export function keysOf(marks: Marks, kind: Mark['kind']): string[] {
  return [...marks].flatMap((mark) => (mark.kind === kind ? [mark.key] : []));
}

export function hasSession(marks: Marks): boolean {
  for (const { kind } of marks) if (kind === 'session') return true;
  return false;
}

export function mayBeSession(marks: Marks): boolean {
  for (const { kind } of marks) if (kind === 'session' || kind === 'content') return true;
  return false;
}
