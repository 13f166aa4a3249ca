import { referenceOf, type ControlReference } from './engine/reference.js';
import type { PolicySection } from './engine/types.js';
import { orgDomain } from './org/index.js';
import { packageDomain } from './package/index.js';
import { submissionDomain } from './submission/index.js';

/** What the policy needs to know about a control: that it exists, whether a person may attest it, its parameters. */
export type CatalogueEntry = {
  id: string;
  attestable: boolean;
  params?: Readonly<Record<string, unknown>>;
  compares?: readonly PolicySection[];
};

/** Every control of the tool. */
export const catalogue: readonly CatalogueEntry[] = [
  ...orgDomain.controls,
  ...packageDomain.controls,
  ...submissionDomain.controls,
].map(({ id, attestable, params, compares }) => ({
  id,
  attestable,
  ...(params === undefined ? {} : { params: params as Readonly<Record<string, unknown>> }),
  ...(compares === undefined ? {} : { compares }),
}));

/** What can be said about every control before it runs. */
export const reference = (): ControlReference[] => [
  ...referenceOf(orgDomain),
  ...referenceOf(packageDomain),
  ...referenceOf(submissionDomain),
];
