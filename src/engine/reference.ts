import type { Control, ControlInfo, Domain, PolicySection, Requirement } from './types.js';

/** Everything that can be said about a control before it runs: the generated pages and `explain` print the same. */
export type ControlReference = ControlInfo & {
  domain: 'org' | 'package' | 'submission';
  /** How it is decided. */
  decision: string;
  /** Objects, endpoints or files. */
  reads: readonly string[];
  /** Of each requirement any one permission is enough. */
  permissions: readonly Requirement[];
  /** Name → default. */
  parameters: Readonly<Record<string, unknown>>;
  /** Sections of the policy that the control compares with. */
  compares: readonly PolicySection[];
};

/** A domain of which only the texts, needs and reads are looked at. */
type Described<Source, Facts> = Pick<Domain<Source, Facts>, 'name' | 'controls' | 'collectors'>;

/** One entry for each control of a domain, in the order of the domain. */
export const referenceOf = <Source, Facts>(domain: Described<Source, Facts>): ControlReference[] =>
  domain.controls.map((control) => entryOf(control, domain));

const entryOf = <Source, Facts>(
  control: Control<Facts>,
  { name, collectors }: Described<Source, Facts>
): ControlReference => {
  const { id, title, severity, requirement, decision, rationale, remediation, references, attestable } = control;
  const needed = control.needs.map((need) => collectors[need]);
  const permissions = new Map(
    needed.flatMap((collector) => collector.requires.map((anyOf) => [anyOf.join(' or '), anyOf] as const))
  );
  return {
    id,
    domain: name,
    title,
    severity,
    attestable,
    requirement,
    decision,
    rationale,
    remediation,
    reads: [...new Set(needed.flatMap((collector) => [...collector.reads]))],
    permissions: [...permissions.values()],
    parameters: { ...(control.params ?? {}) },
    compares: control.compares ?? [],
    references,
  };
};
