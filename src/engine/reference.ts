import type { Control, DataSheet, Domain, PolicySection, Requirement } from './types.js';

/** Everything that is known about a control before it runs: the generated pages and `explain` print the same. */
export type ControlReference = DataSheet & {
  domain: 'org' | 'package' | 'submission';
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
  const needed = control.needs.map((need) => collectors[need]);
  const permissions = new Map(
    needed.flatMap((collector) => collector.requires.map((anyOf) => [anyOf.join(' or '), anyOf] as const))
  );
  return {
    ...sheetOf(control),
    domain: name,
    reads: [...new Set(needed.flatMap((collector) => [...collector.reads]))],
    permissions: [...permissions.values()],
    parameters: { ...(control.params ?? {}) },
    compares: control.compares ?? [],
  };
};

/** The text of a control, without what the engine runs. */
function sheetOf<Facts>(control: Control<Facts>): DataSheet {
  const { id, title, severity, topic, problem, area, setup, requirement, source, why } = control;
  const { checks, fails, inconclusive, notes, fix, examples, references, attestable } = control;
  return {
    ...{ id, title, severity, topic, problem, area },
    ...(setup === undefined ? {} : { setup }),
    requirement,
    ...(source === undefined ? {} : { source }),
    ...{ why, checks, fails, inconclusive },
    ...(notes === undefined ? {} : { notes }),
    fix,
    ...(examples === undefined ? {} : { examples }),
    ...{ references, attestable },
  };
}
