import { unionOf, type Mark, type Marks } from './marks.js';
import type { ApexClass, Method } from './syntax.js';

/** Where a value is kept: a variable of a method, or a field of a class, and the fields within it (`a.b`). */
export type TaintCell = { root: ApexClass | Method; path: string };

/** `grown`: at which of all growths of the store this part of it grew last. */
type Part = { grown: number };
type Variable = Part & { paths: Map<string, Set<Mark>> };
/** `filled`: the variables in the order in which they got their first value. */
type Root = Part & { variables: Map<string, Variable>; filled: Variable[] };

/** The values of variables and fields, whatever the order in which they get them. */
export class TaintStore {
  private readonly roots = new Map<ApexClass | Method, Root>();
  /** How often anything was added. */
  private growths = 0;
  /** What was read since `watch`, and after how many growths for the first time. */
  private asked = new Map<Part, number>();

  public add({ root: owner, path }: TaintCell, marks: Marks): void {
    if (marks.size === 0) return;
    const root = this.root(owner);
    const variable = variableOf(root, path);
    const kept = variable.paths.get(path) ?? new Set<Mark>();
    const before = kept.size;
    for (const mark of marks) kept.add(mark);
    if (kept.size === before) return;
    if (variable.paths.size === 0) root.filled.push(variable);
    variable.paths.set(path, kept);
    this.growths += 1;
    root.grown = this.growths;
    variable.grown = this.growths;
  }

  /** What is kept in a cell, in the fields within it, and in the objects that it is a field of. */
  public read({ root, path }: TaintCell): Marks {
    const variable = variableOf(this.root(root), path);
    this.ask(variable);
    const found: Marks[] = [];
    for (const [at, marks] of variable.paths) {
      if (at === path || at.startsWith(`${path}.`) || path.startsWith(`${at}.`)) found.push(marks);
    }
    return unionOf(found);
  }

  /** Everything that is kept for a class. */
  public all(owner: ApexClass | Method): Marks {
    const root = this.root(owner);
    this.ask(root);
    return unionOf(root.filled.flatMap(({ paths }) => [...paths.values()]));
  }

  /** Notes what is read from now on. The answer tells whether any of that has grown since it was read. */
  public watch(): () => boolean {
    const asked = new Map<Part, number>();
    this.asked = asked;
    return () => {
      for (const [{ grown }, read] of asked) if (grown > read) return true;
      return false;
    };
  }

  private ask(part: Part): void {
    if (!this.asked.has(part)) this.asked.set(part, this.growths);
  }

  private root(owner: ApexClass | Method): Root {
    const root = this.roots.get(owner) ?? { grown: 0, variables: new Map<string, Variable>(), filled: [] };
    this.roots.set(owner, root);
    return root;
  }
}

function variableOf({ variables }: Root, path: string): Variable {
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  const variable = variables.get(name) ?? { grown: 0, paths: new Map<string, Set<Mark>>() };
  variables.set(name, variable);
  return variable;
}

const plain: ReadonlySet<string> = new Set(
  'string integer long decimal double boolean id date datetime time blob object list set map void sobject'.split(' ')
);

/** The types that a declaration names: of a list of services, the service. */
export function typesIn(type: string): string[] {
  return type.split(/[<>,[\]]+/).filter((one) => one !== '' && !plain.has(one));
}
