import type { Marks } from '../apex/syntax.js';
import { union } from '../apex/taintStore.js';

/** Where a value is kept: a variable of a function, and what hangs on it: `{ root: function, path: 'request.headers' }`. */
export type Cell = { root: object; path: string };
export type Memory = {
  add: (cell: Cell, marks: Marks) => void;
  /** What is kept there, in what hangs on it, and in what it hangs on. */
  read: (cell: Cell) => Marks;
  /** Whether something was learned since this was asked last. */
  grew: () => boolean;
};

export const memory = (): Memory => {
  const roots = new Map<object, Map<string, Map<string, Set<string>>>>();
  let grown = false;
  const variable = (path: string): string => path.split('.', 1)[0] ?? path;
  return {
    add: ({ root, path }, marks) => {
      if (marks.size === 0) return;
      const variables = roots.get(root) ?? new Map<string, Map<string, Set<string>>>();
      const paths = variables.get(variable(path)) ?? new Map<string, Set<string>>();
      const kept = paths.get(path) ?? new Set<string>();
      const before = kept.size;
      marks.forEach((mark) => kept.add(mark));
      grown ||= kept.size > before;
      roots.set(root, variables.set(variable(path), paths.set(path, kept)));
    },
    read: ({ root, path }) =>
      union(
        [...(roots.get(root)?.get(variable(path)) ?? [])].flatMap(([at, marks]) =>
          at === path || at.startsWith(`${path}.`) || path.startsWith(`${at}.`) ? [marks] : []
        )
      ),
    grew: () => {
      const since = grown;
      grown = false;
      return since;
    },
  };
};
