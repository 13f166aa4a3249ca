import { createHash } from 'node:crypto';
import * as z from 'zod';

const topic = z.object({
  facts: z.string().describe('A hash of the facts that the answers of the topic are about.'),
  answers: z.record(z.string(), z.string()).describe('Path in the policy → what was answered.'),
});

const content = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  asOf: z.iso.datetime(),
  package: z.string(),
  topics: z.record(z.string(), topic).describe('By path: apps.AcmePay, secrets.Gateway, backend …'),
  facts: z
    .record(z.string(), z.array(z.string()))
    .describe('What the next draft compares: apps, scopes, callbacks, endpoints, dependencies.'),
});

/** What a draft says about itself in `draft.json`, for the next one. */
export const draftSchema = content.extend({
  sha256: z.string().describe('A hash of everything else: an edited file is refused.'),
});

export type DraftRecord = z.output<typeof draftSchema>;

/** Closes a record with the hash of its content. */
export const sealed = (record: Omit<DraftRecord, 'sha256'>): DraftRecord => ({ ...record, sha256: hashOf(record) });

/** Whether the record is unchanged since it was written. */
export const isWhole = ({ sha256, ...record }: DraftRecord): boolean => sha256 === hashOf(record);

/** A hash of plain data, whatever the order of its keys. */
export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex');

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => [key, ordered(one)])
  );
};

/** The JSON Schema of `draft.json`. */
export const draftJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(draftSchema, { io: 'input' }),
  title: 'Draft of a submission',
});
