import * as z from 'zod';
import { roles, severities } from '../engine/types.js';
import type { Attestation, Policy } from '../engine/types.js';
import type { Catalogue } from './catalogue.js';
import {
  always,
  attestationRules,
  controlsOf,
  entryRules,
  justificationRules,
  listRules,
  noTwins,
  settingRules,
  trustedAppRules,
  trustedPackageRules,
} from './rules.js';
import { submission } from './submission.js';
import { answer, cidr, day, externalApp, salesforceId, subject, text } from './values.js';

const trusted = {
  owner: answer,
  reason: answer,
  reviewBy: day.describe('After this day it is no longer trusted. At most 400 days ahead.'),
};

const trustedPackage = z
  .strictObject({ id: salesforceId('a package', '033').optional(), namespace: text.optional(), ...trusted })
  .superRefine(trustedPackageRules, always);

const trustedApp = z
  .strictObject({
    org: text.optional(),
    id: salesforceId('an app', '0H4', '0xI').optional(),
    externalApp: externalApp.optional(),
    ...trusted,
  })
  .superRefine(trustedAppRules, always);

const trust = z.strictObject({
  packages: z.array(trustedPackage).default([]).describe('By id, namespace or both; both must match where both stand.'),
  apps: z.array(trustedApp).default([]).describe('By externalApp, the same in every org, or by org and id.'),
  tokens: z
    .array(z.strictObject({ org: text, appName: text, ...trusted }))
    .default([])
    .describe('Apps that may have live tokens without being installed.'),
  ipRanges: z
    .array(z.strictObject({ cidr, name: text }))
    .default([])
    .describe('Where people may log in from.'),
});

const org = z.strictObject({
  alias: text,
  id: salesforceId('an org', '00D'),
  namespace: text.optional(),
  roles: z
    .array(z.enum(roles))
    .optional()
    .describe('Adds to a role that the org proves, and decides the others. partner-business is never detected.'),
});

const owner = z.enum(['isv', 'subscriber']);
const integration = z.strictObject({
  name: text,
  app: text.optional().describe('The developer name of its app.'),
  flow: z
    .enum(['authorization-code', 'client-credentials', 'jwt-bearer', 'canvas', 'token-exchange', 'saml', 'none'])
    .optional(),
  callbackOwner: owner.optional(),
  secretOwner: owner.optional(),
  sourceDir: text.optional().describe('Its code, relative to this file.'),
  endpoints: z
    .array(text)
    .optional()
    .describe('Hosts, URLs, *.host, or components such as ApexClass:Gateway whose code computes where it goes.'),
});

const gate = z.strictObject({
  failOn: z.enum([...severities, 'never']).default('medium'),
  inconclusive: z.enum(['block', 'allow']).default('block'),
});

/** The value of one parameter must look like its default. */
const param = (standard: unknown): z.ZodType => {
  if (typeof standard === 'number') return Number.isInteger(standard) ? z.int().min(0) : z.number();
  if (typeof standard === 'boolean') return z.boolean();
  if (Array.isArray(standard)) return z.array(text);
  return day.safeParse(standard).success ? day : text;
};

const setting = (control: Catalogue[number] | undefined): z.ZodType => {
  const params =
    control === undefined
      ? z.record(z.string(), z.unknown())
      : z.strictObject(
          Object.fromEntries(
            Object.entries(control.params ?? {}).map(([name, standard]) => [name, param(standard).optional()])
          )
        );
  return z
    .strictObject({
      severity: z
        .enum([...severities, 'off'])
        .optional()
        .describe('Off, or lower than the default: with owner, reason and expires.'),
      params: params.optional(),
      owner: answer.optional(),
      reason: answer.optional(),
      expires: day.optional().describe('After this day the default counts again. At most 400 days ahead.'),
    })
    .superRefine(settingRules(control?.severity), always);
};

/** Ids that a policy may name: the controls of this version. */
const idsOf = (catalogue: Catalogue): string[] => catalogue.map(({ id }) => id).sort();

/** Days. */
export const DEFAULT_MAX_EVIDENCE_AGE = 7;

const onlyPlaces = (id: string): string =>
  `${id} cannot be attested: the tool can read the answer. Only a place that it did not understand can be, by subject.`;

/** The one schema of `security-review.yml`; the controls of this version decide which ids and parameters are known. */
// The inferred type is the point: a test compares it with `Policy`.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type, @typescript-eslint/explicit-module-boundary-types
export const policySchema = (catalogue: Catalogue) => {
  const known = new Map(catalogue.map((control) => [control.id, control]));
  const ids = idsOf(catalogue);
  const control = z.enum(ids);
  const attestable = z.enum(
    // Under a package control one place of the source that was not understood can be attested, by its subject.
    ids.filter((id) => (known.get(id)?.attestable ?? true) || id.startsWith('package/')),
    {
      error: ({ input }) =>
        known.has(String(input)) ? `${String(input)} cannot be attested: the tool can read the answer.` : undefined,
    }
  );
  const entry = {
    control,
    org: text.optional(),
    owner: answer,
    on: day.optional(),
    expires: day.describe('The last day. At most 400 days ahead.'),
  };
  const settings = Object.fromEntries(ids.map((id) => [id, setting(known.get(id)).optional()]));

  return z.strictObject({
    version: z.literal(1),
    orgs: z
      .array(org)
      .superRefine(noTwins('alias', 'Give every org its own alias.'), always)
      .default([])
      .describe('The fleet that must be audited.'),
    trust: trust.prefault({}).describe('Default deny: what is not listed is not trusted.'),
    integrations: z
      .array(integration)
      .superRefine(noTwins('name', 'Give every integration its own name.'), always)
      .default([])
      .describe('What the solution connects to.'),
    submission: submission.prefault({}).describe('Answers for the submission, for draft-submission.'),
    justifications: z
      .array(
        z
          .strictObject({ ...entry, subject, why: answer, supplementedBy: text.optional() })
          .superRefine(justificationRules, always)
      )
      .superRefine(noTwins('why', 'Every justification gives its own reason.'), always)
      .default([])
      .describe('Why something is needed that the guidance allows with reasons.'),
    attestations: z
      .array(
        z
          .strictObject({
            ...entry,
            control: z
              .union([attestable, z.array(attestable).min(1)])
              .describe('A control, or a list of controls that one look at one app in Setup answers.'),
            subject: subject
              .optional()
              .describe('Only the gaps of this subject; without it, all except what was not understood.'),
            on: day,
            reason: answer,
          })
          .superRefine(attestationRules, always)
          .superRefine((written, context) => {
            if (written.subject !== undefined) return;
            const isRefused = (id: string): boolean => id.startsWith('package/') && known.get(id)?.attestable === false;
            for (const id of controlsOf(written).filter(isRefused))
              context.addIssue({ code: 'custom', path: ['control'], message: onlyPlaces(id) });
          }, always)
          .superRefine(listRules, always)
      )
      .transform((entries) => entries.flatMap(forEachControl))
      .default([])
      .describe('What a person answers because no API can show it; for a year at most.'),
    waivers: z
      .array(z.strictObject({ ...entry, subject, reason: answer }).superRefine(entryRules, always))
      .default([])
      .describe('Known and accepted findings; never changes a verdict.'),
    // The keys are data, so the compiler cannot know them.
    controls: (z.strictObject(settings) as unknown as z.ZodType<Policy['controls'], Policy['controls']>)
      .default({})
      .describe('Per control: another severity, off, or parameters.'),
    gate: gate.prefault({}).describe('What fails the run.'),
    maxEvidenceAge: z
      .int()
      .min(0)
      .default(DEFAULT_MAX_EVIDENCE_AGE)
      .describe('Days. Older evidence is refused on replay.'),
  });
};

/**
 * An entry for each control of a list. Of an app both its package and the org that owns it ask: what names an org answers
 * the package also.
 */
const forEachControl = ({
  control,
  ...entry
}: Omit<Attestation, 'control'> & { control: string | string[] }): Attestation[] => {
  if (typeof control === 'string') return [{ ...entry, control }];
  const { org: about, ...rest } = entry;
  return control.map((id) =>
    id.startsWith('org/') && about !== undefined ? { ...rest, org: about, control: id } : { ...rest, control: id }
  );
};

/** The JSON Schema of `security-review.yml`, for editors. */
export const policyJsonSchema = (catalogue: Catalogue): Record<string, unknown> => ({
  ...z.toJSONSchema(policySchema(catalogue), { io: 'input' }),
  title: 'security-review.yml',
});
