import type { Texts } from './texts.js';
import type { ApexClass, Expression, Scope } from './syntax.js';

/** An object: its class, exactly or at least, and how it was made. */
export type Self = { owner: ApexClass; exact: boolean; made?: { args: readonly Expression[]; frame: Frame } };
export type Bound = { expression: Expression; frame: Frame };
/** One run of a method. Without `bound` nothing is known of its caller; `root`: its callers are tried one by one. */
export type Core = {
  scope: Scope;
  self: Self;
  bound?: ReadonlyMap<string, Bound>;
  root: boolean;
  depth: number;
  memo: Map<string, Texts>;
};
/** A run of a method, seen from one of its steps. */
export type Frame = { core: Core; at: number };
