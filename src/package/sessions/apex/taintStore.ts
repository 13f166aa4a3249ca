import type { ApexClass, ApexFile, Marks, Method } from './syntax.js';

/** Where a value is kept: a variable of a method, or a field of a class, and the fields within it (`a.b`). */
export type Cell = { root: ApexClass | Method; path: string };

export type Memory = {
  classOf: (type: string, from: ApexClass) => ApexClass | undefined;
  /** A class, the classes that it extends, and those that it stands in. */
  lineage: (owner: ApexClass) => readonly ApexClass[];
  add: (cell: Cell, marks: Marks) => void;
  /** What is kept in a cell, in the fields within it, and in the objects that it is a field of. */
  read: (cell: Cell) => Marks;
  /** Whether anything was added since the last time this was asked. */
  grew: () => boolean;
};

export const memory = (files: readonly ApexFile[]): Memory => {
  const cells = new Map<ApexClass | Method, Map<string, Set<string>>>();
  const classes = new Map(files.flatMap((file) => file.classes.map((one) => [one.name, one])));
  let grown = false;

  const classOf = (type: string, from: ApexClass): ApexClass | undefined =>
    classes.get(`${from.name}.${type}`) ?? classes.get(`${outerOf(from.name)}.${type}`) ?? classes.get(type);

  const lineage = (owner: ApexClass): ApexClass[] => {
    const found: ApexClass[] = [];
    const visit = (one: ApexClass | undefined): void => {
      if (!one || found.includes(one)) return;
      found.push(one);
      if (one.extends !== undefined) visit(classOf(one.extends, one));
      if (one.name.includes('.')) visit(classes.get(outerOf(one.name)));
    };
    visit(owner);
    return found;
  };

  const add = ({ root, path }: Cell, marks: Marks): void => {
    const paths = cells.get(root) ?? new Map<string, Set<string>>();
    const kept = paths.get(path) ?? new Set<string>();
    const before = kept.size;
    marks.forEach((mark) => kept.add(mark));
    grown ||= kept.size > before;
    cells.set(root, paths.set(path, kept));
  };

  const read = ({ root, path }: Cell): Marks => {
    const found = [...(cells.get(root) ?? [])].flatMap(([at, marks]) =>
      at === path || at.startsWith(`${path}.`) || path.startsWith(`${at}.`) ? [marks] : []
    );
    const type = 'locals' in root ? root.locals.get(path) : root.fields.get(path)?.type;
    return union([...found, new Set(typesIn(type ?? '').map((one) => `type:${one}`))]);
  };

  const grew = (): boolean => {
    const since = grown;
    grown = false;
    return since;
  };

  return { classOf, lineage, add, read, grew };
};

export const union = (all: readonly Marks[]): Marks => {
  const filled = all.filter(({ size }) => size > 0);
  const [first, ...others] = filled;
  if (!first || others.length === 0) return first ?? new Set();
  return new Set(filled.flatMap((marks) => [...marks]));
};

const plain: ReadonlySet<string> = new Set(
  'string integer long decimal double boolean id date datetime time blob object list set map void sobject'.split(' ')
);

/** The types that a declaration names: of a list of services, the service. */
export const typesIn = (type: string): string[] =>
  type.split(/[<>,[\]]+/).filter((one) => one !== '' && !plain.has(one));

export const outerOf = (name: string): string => name.replace(/\..*/, '');

export const methodsNamed = ({ methods }: ApexClass, name: string, arity: number): Method[] =>
  methods.filter((one) => one.name === name && one.parameters.length === arity);

/** `this(…)` and `super(…)` call a constructor. */
export const calledName = (name: string): string => (name === 'this' || name === 'super' ? 'new' : name);
