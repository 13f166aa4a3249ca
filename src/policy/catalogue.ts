import type { PolicySection, Severity } from '../engine/types.js';

/** What the policy must know of the controls of this version, over all domains. A `Control` is one. */
export type Catalogue = ReadonlyArray<{
  id: string;
  attestable: boolean;
  severity: Severity;
  /** Default parameters: their names are the known ones, their types the wanted ones. */
  params?: Readonly<Record<string, unknown>>;
  compares?: readonly PolicySection[];
}>;
