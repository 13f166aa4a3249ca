import * as z from 'zod';
import { DEFAULT_MAX_EVIDENCE_AGE } from '../engine/checkReport.js';
import { roles, severities } from '../engine/types.js';
import type { Policy } from '../engine/types.js';
import type { Catalogue } from './catalogue.js';
import { attestations, justifications, waivers } from './entries.js';
import { always, noTwins, settingRules, trustedAppRules, trustedPackageRules } from './rules.js';
import { submission } from './submission.js';
import { answer, cidr, day, externalApp, key, salesforceId, nonEmptyText } from './values.js';

const trusted = {
  owner: key(answer, 'Who answers for the entry. A placeholder is refused.', 'platform team'),
  reason: key(answer, 'Why it is trusted.', 'Backup vendor, contract 2026-114.'),
  reviewBy: key(day, 'After this day it is no longer trusted. At most 400 days ahead.', '2027-06-30'),
};
const inOrg = 'The org: an alias of `orgs`, or an org id.';

const trustedPackage = z
  .strictObject({
    id: key(salesforceId('a package', '033').optional(), 'The package id.', '033000000000001AAA'),
    namespace: key(nonEmptyText.optional(), 'The namespace of the package.', 'acmebackup'),
    ...trusted,
  })
  .superRefine(trustedPackageRules, always);

const trustedApp = z
  .strictObject({
    org: key(nonEmptyText.optional(), inOrg, 'acme-hub'),
    id: key(salesforceId('an app', '0H4', '0xI').optional(), 'The id of the app in that org.', '0H4000000000001AAA'),
    externalApp: key(
      externalApp.optional(),
      'An External Client App, the same in every org: `<id of its org>:<developer name>`.',
      '00D000000000001:AcmeSync'
    ),
    ...trusted,
  })
  .superRefine(trustedAppRules, always);

const trustedToken = z.strictObject({
  org: key(nonEmptyText, inOrg, 'acme-hub'),
  appName: key(nonEmptyText, 'The name of the app, as OAuth Usage shows it.', 'Acme Loader'),
  ...trusted,
});

const ipRange = z.strictObject({
  cidr: key(cidr, 'A CIDR range, IPv4 or IPv6.', '198.51.100.0/24'),
  name: key(nonEmptyText, 'What the range is.', 'Office Berlin'),
});

const trust = z.strictObject({
  packages: key(
    z.array(trustedPackage).default([]),
    'Installed packages, by id, namespace or both; with both, both must match.'
  ),
  apps: key(z.array(trustedApp).default([]), 'Apps, by `externalApp`, or by `org` and `id`.'),
  tokens: key(z.array(trustedToken).default([]), 'Apps that may have live tokens without being installed.'),
  ipRanges: key(z.array(ipRange).default([]), 'The addresses from which users may log in.'),
});

const org = z.strictObject({
  alias: key(nonEmptyText, 'The alias of the org in the Salesforce CLI.', 'acme-hub'),
  id: key(salesforceId('an org', '00D'), 'The org id.', '00D000000000001AAA'),
  namespace: key(nonEmptyText.optional(), 'The namespace of the org.', 'acme'),
  roles: key(
    z.array(z.enum(roles)).optional(),
    'Adds to the roles that the org proves. `partner-business` is never detected.',
    ['dev-hub']
  ),
});

const owner = z.enum(['isv', 'subscriber']);
const integration = z.strictObject({
  name: key(nonEmptyText, 'The name of the integration.', 'Payment gateway'),
  app: key(nonEmptyText.optional(), 'The developer name of its app.', 'AcmePayGateway'),
  flow: key(
    z
      .enum(['authorization-code', 'client-credentials', 'jwt-bearer', 'canvas', 'token-exchange', 'saml', 'none'])
      .optional(),
    'The OAuth flow that it uses.',
    'authorization-code'
  ),
  callbackOwner: key(owner.optional(), 'The owner of the server that is called back.', 'isv'),
  secretOwner: key(owner.optional(), 'The owner of the client secret.', 'isv'),
  sourceDir: key(nonEmptyText.optional(), 'The folder of its code, relative to this file.', '../gateway'),
  endpoints: key(
    z.array(nonEmptyText).optional(),
    'Hosts, URLs, `*.host`, or components such as `ApexClass:Gateway` that compute the address.',
    ['gateway.acme.example']
  ),
});

const gate = z.strictObject({
  failOn: key(
    z.enum([...severities, 'never']).default('medium'),
    'The lowest severity that can fail the gate.',
    'medium'
  ),
  inconclusive: key(
    z.enum(['block', 'allow']).default('block'),
    'Whether an inconclusive control keeps the gate from passing.',
    'block'
  ),
});

/** The value of one parameter must look like its default. */
function paramType(standard: unknown): z.ZodType {
  if (typeof standard === 'number') return Number.isInteger(standard) ? z.int().min(0) : z.number();
  if (typeof standard === 'boolean') return z.boolean();
  if (Array.isArray(standard)) return z.array(nonEmptyText);
  return day.safeParse(standard).success ? day : nonEmptyText;
}

function paramsOf(control: Catalogue[number] | undefined): z.ZodType {
  if (control === undefined) return z.record(z.string(), z.unknown());
  const params = Object.entries(control.params ?? {});
  return z.strictObject(
    Object.fromEntries(
      params.map(([name, standard]) => [name, paramType(standard).optional().meta({ default: standard })])
    )
  );
}

function setting(control: Catalogue[number] | undefined): z.ZodType {
  return z
    .strictObject({
      severity: key(
        z.enum([...severities, 'off']).optional(),
        'Another severity. `off` or a lower one needs `owner`, `reason` and `expires`.',
        'high'
      ),
      params: key(paramsOf(control).optional(), 'Parameters of the control.'),
      owner: key(answer.optional(), 'Who answers for the change.', 'platform team'),
      reason: key(answer.optional(), 'Why the control is weaker.', 'The new login policy starts in May.'),
      expires: key(day.optional(), 'After this day the default applies again. At most 400 days ahead.', '2027-05-31'),
    })
    .superRefine(settingRules(control?.severity), always);
}

type PolicySchema = ReturnType<typeof newPolicySchema>;
/** A schema costs more than its use, and a run reads several policies with the same controls. */
const schemas = new WeakMap<Catalogue, PolicySchema>();

/** The one schema of `security-review.yml`; the controls of this version decide which ids and parameters are known. */
export function policySchema(catalogue: Catalogue): PolicySchema {
  const known = schemas.get(catalogue) ?? newPolicySchema(catalogue);
  schemas.set(catalogue, known);
  return known;
}

// The inferred type is the point: a test compares it with `Policy`.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
function newPolicySchema(catalogue: Catalogue) {
  const known = new Map(catalogue.map((control) => [control.id, control]));
  const ids = [...known.keys()].sort();
  const settings = Object.fromEntries(ids.map((id) => [id, setting(known.get(id)).optional()]));
  return z.strictObject({
    version: key(z.literal(1), 'The version of the format.', 1),
    orgs: key(
      z.array(org).superRefine(noTwins('alias', 'Give every org its own alias.'), always).default([]),
      'The fleet that must be audited.'
    ),
    trust: key(trust.prefault({}), 'Everything else is not trusted.'),
    integrations: key(
      z.array(integration).superRefine(noTwins('name', 'Give every integration its own name.'), always).default([]),
      'What the solution connects to.'
    ),
    submission: key(submission.prefault({}), 'Answers for `draft-submission`.'),
    justifications: key(
      justifications(ids).default([]),
      'Why something is needed that the guidance allows with a reason.'
    ),
    attestations: key(
      attestations(ids, catalogue).default([]),
      'What the owner confirms because no API shows it, for a year at most.'
    ),
    waivers: key(waivers(ids).default([]), 'Known and accepted findings. A waiver never changes a verdict.'),
    // The keys are data, so the compiler cannot know them.
    controls: key(
      (z.strictObject(settings) as unknown as z.ZodType<Policy['controls'], Policy['controls']>).default({}),
      'By control: another severity, off, or parameters.'
    ),
    gate: key(gate.prefault({}), 'What fails the run.'),
    maxEvidenceAge: key(
      z.int().min(0).default(DEFAULT_MAX_EVIDENCE_AGE),
      'Days. Older evidence and older reports are refused.',
      7
    ),
  });
}

/** The JSON Schema of `security-review.yml`, for editors. */
export function policyJsonSchema(catalogue: Catalogue): Record<string, unknown> {
  return { ...z.toJSONSchema(policySchema(catalogue), { io: 'input' }), title: 'security-review.yml' };
}
