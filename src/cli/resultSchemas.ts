import * as z from 'zod';
import { areas, severities } from '../engine/types.js';
import { incidentResult } from '../incident/result.js';
import { sections } from '../init/proposals.js';

// What the commands that make no report put under `result` with --json: the contract for scripts.

const domain = z.enum(['org', 'package', 'submission']);

/** What `list-rules` lists. */
const ruleSchema = z.object({
  id: z.string(),
  page: z.object({
    id: z.string(),
    title: z.string(),
    url: z.url(),
    titleUnverified: z
      .literal(true)
      .optional()
      .describe('The English title is ours: the page was not read in English.'),
  }),
  text: z.string().describe('The rule in the words of this tool.'),
  effective: z.iso.date().optional().describe('First day in force; absent if the page names none.'),
  release: z.string().optional().describe('The page names this release and no day.'),
  checked: z.iso.date().describe('When it was last compared with the page.'),
  controls: z.array(z.string()).describe('The controls that check it.'),
  person: z.string().optional().describe('The role that must act.'),
  cwe: z.array(z.int()),
  asvs: z.array(z.string()).describe('Requirements of OWASP ASVS 5.0.0.'),
  cvss: z
    .object({ from: z.number(), to: z.number() })
    .optional()
    .describe('CVSS base scores, where Salesforce publishes them.'),
  inForce: z.boolean().describe('On the day that was asked for.'),
});
export type ListedRule = z.output<typeof ruleSchema>;

const ruleLink = ruleSchema.pick({ id: true, text: true, effective: true, cwe: true, asvs: true }).extend({
  url: z.url(),
});

/** What `list-controls` lists, and `explain` gives one of. */
const controlReferenceSchema = z.object({
  id: z.string(),
  domain,
  title: z.string().describe('The passing state.'),
  severity: z.enum(severities),
  topic: z.string().describe('One to three words for lists.'),
  problem: z.object({ one: z.string(), many: z.string() }).describe('The failure, after a count of subjects.'),
  area: z.enum(areas),
  setup: z.string().optional().describe('The Setup page where it is fixed, as a path under the URL of the org.'),
  attestable: z.boolean(),
  requirement: z.string().describe('The line of the guidance.'),
  source: z.string().optional().describe('Page and date, if not the guidance itself.'),
  why: z.string(),
  checks: z.array(z.string()),
  fails: z.array(z.string()),
  inconclusive: z.array(z.string()),
  notes: z.array(z.string()).optional(),
  fix: z.array(z.string()).min(1),
  examples: z.object({ bad: z.string(), good: z.string() }).optional(),
  references: z.array(z.string()),
  rules: z.array(ruleLink).describe('The rules of Salesforce that the control checks.'),
  reads: z.array(z.string()).describe('Objects, endpoints or files.'),
  permissions: z.array(z.array(z.string()).min(1)).describe('Of each entry any one permission is enough.'),
  parameters: z.record(z.string(), z.unknown()).describe('Name and default.'),
  compares: z.array(z.string()).describe('Sections of the policy.'),
});

/** What `check-policy` answers about a valid policy. */
const checkedPolicySchema = z.object({
  file: z.string(),
  sha256: z.string(),
  notices: z.array(z.string()),
  entries: z
    .array(
      z.object({
        section: z.enum([
          'controls',
          'waivers',
          'justifications',
          'attestations',
          'trust.packages',
          'trust.apps',
          'trust.tokens',
        ]),
        about: z.string().describe('A control with its subject, a package, an app.'),
        owner: z.string(),
        until: z.iso.date().describe('The last day on which it counts.'),
        daysLeft: z.int().describe('Negative once it has ended.'),
        state: z.enum(['ended', 'ending', 'counts', 'not yet']),
      })
    )
    .describe('Every dated entry, the one that ends first at the head.'),
});

export type CheckedPolicy = z.output<typeof checkedPolicySchema>;

/** What `init` answers. */
const initialisedSchema = z.object({
  files: z.array(z.string()).describe('What was written.'),
  proposals: z.array(
    z.object({
      section: z.enum(sections),
      target: z.string().describe('The org or package that shows it.'),
      about: z.string(),
      entry: z.record(z.string(), z.string()),
      lists: z.record(z.string(), z.array(z.string())).optional().describe('Keys of the entry with several values.'),
      fill: z.array(z.string()).describe('Keys that only a person can fill in.'),
    })
  ),
  unseen: z.array(
    z.object({
      section: z.enum(sections),
      target: z.string(),
      detail: z.string(),
      grants: z.array(z.string()).optional(),
    })
  ),
  skipped: z.array(z.string()).describe('What was not looked at, and why.'),
});

/** What `waive`, `trust`, `attest` and `justify` answer. */
export const answeredSchema = z.object({
  section: z.string().describe('Of the policy: waivers, trust.apps.'),
  entry: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  file: z.string().optional().describe('The policy file, if the entry was added.'),
});

/** What `plan-fixes` answers. */
export const plannedFixesSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()).describe('In the folder.'),
  findings: z.array(
    z.object({
      fingerprint: z.string(),
      control: z.string(),
      target: z.string(),
      closedBy: z.enum(['diff', 'deploy', 'code', 'manual']),
    })
  ),
});

export type PlannedFixes = z.output<typeof plannedFixesSchema>;

/** File in `schemas/` → schema. */
export const resultSchemas = {
  'list-controls': z.array(controlReferenceSchema),
  'list-rules': z.array(ruleSchema),
  explain: controlReferenceSchema,
  'check-policy': checkedPolicySchema,
  init: initialisedSchema,
  'draft-incident-report': incidentResult,
  waive: answeredSchema,
  trust: answeredSchema,
  attest: answeredSchema,
  justify: answeredSchema,
  'plan-fixes': plannedFixesSchema,
} satisfies Record<string, z.ZodType>;

/** The JSON Schema of what a command puts under `result`. A later version may add keys. */
export const resultJsonSchema = (command: keyof typeof resultSchemas): Record<string, unknown> => ({
  ...z.toJSONSchema(resultSchemas[command], { io: 'input' }),
  title: `Result of sf security-review ${command}`,
});
