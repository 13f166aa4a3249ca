/** What is used of `eslint-scope`, which brings no types. */
declare module 'eslint-scope' {
  import type { AnyNode, Program } from 'acorn';

  export type Variable = { name: string; identifiers: readonly AnyNode[]; scope: Scope };
  export type Reference = { identifier: AnyNode; resolved: Variable | null };
  export type Scope = {
    type: string;
    block: AnyNode;
    variables: readonly Variable[];
    references: readonly Reference[];
  };
  export function analyze(
    program: Program,
    options: { ecmaVersion: number; sourceType: 'module' | 'script'; fallback: 'iteration' }
  ): { scopes: readonly Scope[] };
}
