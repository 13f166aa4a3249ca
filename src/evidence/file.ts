import { createHash } from 'node:crypto';
import * as z from 'zod';
import { groupsOf } from '../common/lists.js';
import { isNestedTooDeep, jsonText } from '../engine/jsonText.js';
import type { CollectContext, Declared, Domain, EvidenceOf, Report, Target, TargetReport } from '../engine/types.js';
import { evidenceSchema, format, schemaVersion } from './schema.js';

/** What was collected about one target of a run, or why it could not be opened. `asOf`: the moment of it. */
export type Collected<Facts> = { target: Target; asOf: string } & (OpenedTarget<Facts> | Closed);
type OpenedTarget<Facts> = {
  org?: Declared['audited'][number];
  selection: { controls: readonly string[]; params: Readonly<Record<string, unknown>> };
  facts: EvidenceOf<Facts>;
};
type Closed = { error: NonNullable<TargetReport['error']> };

/** What was selected, from the context of the collectors. */
export const selectionOf = ({ params }: CollectContext): OpenedTarget<never>['selection'] => ({
  controls: Object.keys(params),
  params,
});

type Tool = Report['tool'];
type Name = Domain<never, never>['name'];

/** The text of an evidence file. */
export const evidenceText = <Facts>(tool: Tool, domain: Name, targets: ReadonlyArray<Collected<Facts>>): string => {
  const content = { format, schemaVersion, tool, domain, targets };
  return jsonText({ ...content, sha256: hashOf(content) });
};

/** Finds accidents and careless edits; an attacker can hash a forged file as well. */
const hashOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

const contents = { org: 'orgs', package: 'package source', submission: 'a submission' };
const header = z.looseObject({ format: z.literal(format), tool: z.looseObject({ name: z.string() }) });

/**
 * The targets of an evidence file, and the version of the tool that saved it.
 *
 * @throws an Error that says in words what is wrong with the file
 */
export const parseEvidence = <Source, Facts>(
  text: string,
  tool: Tool,
  { name: domain, collectors }: Domain<Source, Facts>
): { targets: Array<Collected<Facts>>; version: string } => {
  const parsed = jsonOf(text);
  const head = header.safeParse(parsed).data;
  if (!head) throw new Error('it is no evidence file');
  if (head.tool.name !== tool.name) throw new Error(`it was saved by another tool (${head.tool.name.slice(0, 50)})`);
  if (head['schemaVersion'] !== schemaVersion) {
    const found = String(JSON.stringify(head['schemaVersion'])).slice(0, 20);
    throw new Error(`its schema version is ${found}, and this version of the tool reads ${schemaVersion}`);
  }
  const { sha256, ...content } = parsed as Record<string, unknown>;
  if (sha256 !== hashOf(content)) throw new Error('it was changed after it was saved');
  const valid = evidenceSchema.safeParse(parsed);
  if (!valid.success) {
    const [issue] = valid.error.issues;
    throw new Error(`it does not follow its schema: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  if (valid.data.domain !== domain) {
    throw new Error(`it is about ${contents[valid.data.domain]}, and this command judges ${contents[domain]}`);
  }
  const wrong = wrongTargets(valid.data.targets, domain);
  if (wrong !== undefined) throw new Error(wrong);
  // As it was read: a schema would put keys into its own order, and the same evidence gives the same bytes.
  const { targets } = parsed as { targets: Array<Collected<Facts>> };
  return { targets: targets.map((one) => whole(one, Object.keys(collectors))), version: valid.data.tool.version };
};

/** A run opens targets of one kind, and each of them once. */
function wrongTargets(
  targets: ReadonlyArray<{ target: Pick<Target, 'kind' | 'name' | 'path' | 'orgId'> }>,
  domain: Name
): string | undefined {
  const same = groupsOf(targets, ({ target: { kind, name, path, orgId } }) => orgId ?? `${kind} ${name} ${path ?? ''}`);
  const twice = same.find(({ length }) => length > 1)?.[1]?.target;
  const other = targets.find(({ target }) => target.kind !== domain)?.target;
  if (other) return `its target ${other.name} is of the kind ${other.kind}`;
  return twice && `it contains the target ${twice.name} twice`;
}

const jsonOf = (text: string): unknown => {
  if (isNestedTooDeep(text)) throw new Error('it is nested too deep');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('it is no JSON, or was cut off');
  }
};

/** Of what was saved only the facts that this version knows; of what it knows and was not saved, that it is not there. */
const whole = <Facts>(one: Collected<Facts>, known: readonly string[]): Collected<Facts> => {
  if ('error' in one) return one;
  const saved: Readonly<Record<string, unknown>> = one.facts;
  const missing = {
    status: 'unavailable',
    gap: {
      kind: 'not-collected',
      detail:
        'The evidence does not contain this fact: no control that needs it was selected when it was saved. Collect it again.',
    },
  };
  const facts = Object.fromEntries(known.map((fact) => [fact, Object.hasOwn(saved, fact) ? saved[fact] : missing]));
  return { ...one, facts: facts as EvidenceOf<Facts> };
};
