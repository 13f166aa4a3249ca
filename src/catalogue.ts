import { referenceOf, type ControlReference } from './engine/reference.js';
import type { PolicySection, Severity } from './engine/types.js';
import { orgDomain } from './org/index.js';
import { packageDomain } from './package/index.js';
import { pages, rulesOf, type Rule } from './salesforce/rules/index.js';
import { submissionDomain } from './submission/index.js';

/** What the policy needs to know about a control: that it exists, whether it may be attested, its defaults. */
type CatalogueEntry = {
  id: string;
  severity: Severity;
  attestable: boolean;
  params?: Readonly<Record<string, unknown>>;
  compares?: readonly PolicySection[];
};

/** Every control of the tool. */
export const catalogue: readonly CatalogueEntry[] = [
  ...orgDomain.controls,
  ...packageDomain.controls,
  ...submissionDomain.controls,
].map(({ id, severity, attestable, params, compares }) => ({
  id,
  severity,
  attestable,
  ...(params === undefined ? {} : { params: params as Readonly<Record<string, unknown>> }),
  ...(compares === undefined ? {} : { compares }),
}));

/** A rule of Salesforce that a control checks, with its page. */
type RuleLink = Pick<Rule, 'id' | 'text' | 'effective'> & { url: string; cwe: number[]; asvs: string[] };

/** What is known about a control before it runs, with the rules that it checks. */
export type CataloguedControl = ControlReference & { rules: readonly RuleLink[] };

/** What is known about every control before it runs. */
export const reference = (): CataloguedControl[] =>
  [...referenceOf(orgDomain), ...referenceOf(packageDomain), ...referenceOf(submissionDomain)].map((control) => ({
    ...control,
    rules: rulesOf(control.id).map(linkOf),
  }));

function linkOf({ id, text, effective, page, cwe, asvs }: Rule): RuleLink {
  const start = effective === undefined ? {} : { effective };
  return { id, text, ...start, url: pages[page].url, cwe: [...cwe], asvs: [...asvs] };
}
