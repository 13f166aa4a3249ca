import { NO_MARKS, unionOf, type Mark, type Marks } from './marks.js';
import type { ApexClass, Method } from './syntax.js';

/** Where a value is kept: a variable of a method, or a field of a class, and the fields within it (`a.b`). */
export type TaintCell = { root: ApexClass | Method; path: string };

/** The values of variables and fields, whatever the order in which they get them. */
export class TaintStore {
  private readonly roots = new Map<ApexClass | Method, Map<string, Map<string, Set<Mark>>>>();
  private grown = false;

  public add({ root, path }: TaintCell, marks: Marks): void {
    if (marks.size === 0) return;
    const variables = this.roots.get(root) ?? new Map<string, Map<string, Set<Mark>>>();
    const name = variableOf(path);
    const paths = variables.get(name) ?? new Map<string, Set<Mark>>();
    const kept = paths.get(path) ?? new Set<Mark>();
    const before = kept.size;
    marks.forEach((mark) => kept.add(mark));
    this.grown ||= kept.size > before;
    this.roots.set(root, variables.set(name, paths.set(path, kept)));
  }

  /** What is kept in a cell, in the fields within it, and in the objects that it is a field of. */
  public read({ root, path }: TaintCell): Marks {
    const paths = this.roots.get(root)?.get(variableOf(path));
    if (!paths) return NO_MARKS;
    return unionOf(
      [...paths].flatMap(([at, marks]) =>
        at === path || at.startsWith(`${path}.`) || path.startsWith(`${at}.`) ? [marks] : []
      )
    );
  }

  /** Everything that is kept for a class. */
  public all(root: ApexClass | Method): Marks {
    return unionOf([...(this.roots.get(root)?.values() ?? [])].flatMap((paths) => [...paths.values()]));
  }

  /** Whether anything was added since the last time this was asked. */
  public grew(): boolean {
    const since = this.grown;
    this.grown = false;
    return since;
  }
}

function variableOf(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

const plain: ReadonlySet<string> = new Set(
  'string integer long decimal double boolean id date datetime time blob object list set map void sobject'.split(' ')
);

/** The types that a declaration names: of a list of services, the service. */
export function typesIn(type: string): string[] {
  return type.split(/[<>,[\]]+/).filter((one) => one !== '' && !plain.has(one));
}
