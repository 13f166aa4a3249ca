import * as z from 'zod';
import { gapKinds } from '../engine/types.js';

/** Grows when a fact changes its shape or its meaning: evidence of another version is refused, never guessed. */
export const schemaVersion = 1;
export const format = 'security-review-evidence';
/** What fits into a string of Node with room to spare. */
export const mostBytes = 256 * 1024 * 1024;

const moment = z.iso.datetime();

const subject = z.looseObject({
  type: z.string(),
  name: z.string(),
  id: z.string().optional(),
  file: z.string().optional(),
  line: z.int().optional(),
});

const gap = z.looseObject({
  kind: z.enum(gapKinds),
  detail: z.string(),
  grants: z.array(z.string()).optional(),
  subject: subject.optional(),
});

const value = z.unknown().refine((given) => given !== undefined, 'is missing');

const files = z.array(z.string());
const account = z
  .strictObject({
    evaluated: files.optional(),
    excluded: z.array(z.strictObject({ file: z.string(), reason: z.string() })).optional(),
    open: z
      .array(
        z.strictObject({
          file: z.string(),
          line: z.int().min(1).optional(),
          why: z.string(),
          kind: z.enum(['not-understood', 'unreadable', 'limit']).optional(),
          type: z.string().optional(),
          name: z.string().optional(),
        })
      )
      .optional()
      .describe('Not read, or not understood: a gap of every control that needs the fact.'),
    inScope: files.optional(),
    unread: files.optional(),
  })
  .optional()
  .describe('What was done with each file that the fact is read from.');

const evidence = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('complete'), value, account }),
  z.looseObject({ status: z.literal('partial'), value, gap, account }),
  z.looseObject({ status: z.literal('unavailable'), gap, account }),
]);

const target = z.looseObject({
  kind: z.enum(['org', 'package']),
  name: z.string(),
  username: z.string().optional(),
  path: z.string().optional(),
});

const closed = z.strictObject({
  target,
  asOf: moment.describe('The moment of the try.'),
  error: z
    .strictObject({ name: z.string(), message: z.string(), actions: z.array(z.string()) })
    .describe('Why the target could not be opened.'),
});

const opened = z.strictObject({
  target,
  asOf: moment.describe('The moment when the evidence was collected; a replay judges as of it.'),
  org: z
    .strictObject({ orgId: z.string(), namespace: z.string().optional() })
    .optional()
    .describe('Counts as audited in the run.'),
  selection: z.strictObject({
    controls: z.array(z.string()).describe('The controls that were selected; only their facts were collected.'),
    params: z.record(z.string(), z.unknown()).describe('Their parameters, by control.'),
  }),
  facts: z.record(z.string(), evidence).describe('What was seen, by fact, and how much of it.'),
});

/** The contract of an evidence file. */
export const evidenceSchema = z.strictObject({
  format: z.literal(format),
  schemaVersion: z.literal(schemaVersion),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  domain: z.enum(['org', 'package']),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of everything else in the file, as JSON without white space.'),
  targets: z.array(z.union([opened, closed])).min(1),
});

/** The JSON Schema of an evidence file. */
export const evidenceJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(evidenceSchema, { io: 'input' }),
  title: 'Security review evidence',
});
