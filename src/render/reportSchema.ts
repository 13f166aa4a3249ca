import * as z from 'zod';
import { areas, gapKinds, roles, severities, temporaryOrgs, verdicts } from '../engine/types.js';

/** Keys may be added to the contract, so a reader lets unknown ones pass (and drops them). */
const subject = z.object({
  type: z.string().min(1),
  name: z.string(),
  id: z.string().optional(),
  externalApp: z.string().optional().describe('The scoped name of an External Client App, the same in every org.'),
  file: z.string().optional().describe('Relative to the project root, with forward slashes.'),
  line: z.int().min(1).optional(),
});

const severity = z.enum(severities);
const gate = z.enum(['passed', 'failed', 'undecided']);
const failOn = z.enum([...severities, 'never']);
const inconclusive = z.enum(['block', 'allow']);
const moment = z.iso.datetime();

const entry = {
  control: z.string(),
  org: z.string().optional(),
  owner: z.string(),
  on: z.string().optional(),
  expires: z.string(),
};
const waiver = z.object({ ...entry, subject: z.string(), reason: z.string() });
const justification = z.object({
  ...entry,
  subject: z.string(),
  why: z.string(),
  supplementedBy: z.string().optional(),
});
const attestation = z.object({ ...entry, subject: z.string().optional(), on: z.string(), reason: z.string() });

const finding = z.object({
  fingerprint: z.string().describe('Stable over runs: no wording, no line number.'),
  kind: z.enum(['violation', 'justification', 'latent']),
  message: z.string(),
  subject,
  at: z.string().optional().describe('Tells two findings about one subject apart.'),
  components: z
    .array(
      z.object({
        type: z.enum(['Profile', 'PermissionSet', 'ConnectedApp', 'ExternalClientApplication', 'Settings']),
        fullName: z.string().describe('As the Metadata API names it; of a setting, its path.'),
        label: z.string().optional(),
        permission: z.string().optional().describe('The user permission that it should not grant.'),
        value: z.string().optional().describe('The value of a setting that closes the finding.'),
      })
    )
    .optional()
    .describe('The metadata of the org that has to change, where its names are known.'),
  waiver: waiver.optional(),
  justification: justification.optional(),
  count: z.int().min(1).optional().describe('How many users or places an aggregated finding is about.'),
  since: z.iso.date().optional().describe('The day on which the subject came into the org.'),
  drift: z
    .enum(['new', 'unchanged', 'grown', 'accepted'])
    .optional()
    .describe(
      'grown: the count is larger than in the earlier report; it counts like a new one. accepted: open in the earlier report, waived or justified now.'
    ),
  uncovered: z
    .literal(true)
    .optional()
    .describe('Waived or justified in the earlier report, and no longer: it counts like a new one.'),
});

const gap = z.object({
  fact: z.string(),
  kind: z.enum(gapKinds),
  detail: z.string(),
  grants: z.array(z.string()).optional().describe('API names of permissions that would close the gap.'),
  subject: subject.optional(),
  readable: z.literal(true).optional().describe('Another run can read the answer: no attestation covers it.'),
  disproof: z
    .object({ subject, message: z.string(), kind: z.literal('justification').optional() })
    .optional()
    .describe('What disproves an attestation of this gap.'),
  attestation: attestation.optional().describe('The one that answers this gap, where it names a subject.'),
});

const control = z.object({
  id: z.string(),
  title: z.string(),
  severity,
  requirement: z.string(),
  rationale: z.string(),
  remediation: z.string(),
  fix: z.array(z.string()).optional().describe('The steps of the remediation.'),
  references: z.array(z.string()),
  attestable: z.boolean(),
  topic: z.string().optional().describe('One to three words for lists.'),
  problem: z
    .object({ one: z.string(), many: z.string() })
    .optional()
    .describe('The failure, after a count of subjects.'),
  area: z.enum(areas).optional(),
  setup: z.string().optional().describe('The Setup page where it is fixed, as a path under the URL of the org.'),
});

const result = z.object({
  control,
  verdict: z.enum(verdicts),
  reason: z.string(),
  findings: z.array(finding),
  gaps: z.array(gap),
  attestation: attestation.optional().describe('Where several answer the result together, the one that ends first.'),
  trusted: z
    .array(z.object({ until: z.iso.date(), findings: z.array(finding) }))
    .optional()
    .describe('What the policy trusts until a day on which the report may still be merged; it counts after that day.'),
});

const count = z.int().min(0);
const summary = z.object({
  pass: count,
  fail: count,
  inconclusive: count,
  'not-applicable': count,
  attested: count,
  waivedFindings: count,
});

const target = z.object({
  kind: z.enum(['org', 'package', 'submission']),
  name: z.string(),
  orgId: z.string().optional(),
  username: z.string().optional(),
  namespace: z.string().optional(),
  organization: z.string().optional().describe('The name of the company in the org.'),
  instanceUrl: z.string().optional().describe('The URL of the org, for links to its Setup.'),
  roles: z.array(z.enum(roles)).optional(),
  temporary: z.enum(temporaryOrgs).optional().describe('Never counts as a linked org.'),
  path: z.string().optional(),
  version: z.string().optional().describe('Of a package: its version number in sfdx-project.json.'),
  externalClientApps: z
    .array(
      z.object({
        name: z.string(),
        externalApp: z
          .string()
          .optional()
          .describe('The id of the org that owns the app, a colon, and its name there.'),
      })
    )
    .optional()
    .describe('Of a package: its External Client Apps.'),
  coverage: z
    .object({
      files: count.describe('In scope.'),
      evaluated: count,
      excluded: z.array(z.object({ reason: z.string(), files: count })),
      notUnderstood: count.describe('Not read, or not understood: the controls that need them have gaps.'),
    })
    .optional()
    .describe('The files of package source, and what became of each.'),
});

const gone = z.object({
  control: z.string(),
  severity,
  kind: z.enum(['violation', 'justification']),
  subject,
  message: z.string(),
  fingerprint: z.string(),
});
const drift = z.object({
  since: moment
    .optional()
    .describe('The time of the earlier report; absent if that report does not contain the target.'),
  fixed: z.array(gone).describe('Fully evaluated, and no longer found.'),
  accepted: z
    .array(gone)
    .describe('Still there: the policy trusts it now, turned its control off or changed a parameter.'),
  notSeen: z.array(gone).describe('Not evaluated, or not fully: this does not mean fixed.'),
});

const targetReport = z.object({
  target,
  asOf: moment,
  error: z
    .object({ name: z.string(), message: z.string(), actions: z.array(z.string()) })
    .optional()
    .describe('Only if the target could not be opened.'),
  gate,
  summary,
  results: z.array(result),
  off: z.array(z.string()).describe('Ids of controls that the policy turned off.'),
  notices: z.array(z.string()),
  endingTrust: z
    .array(z.object({ entry: z.string(), until: z.iso.date() }))
    .optional()
    .describe('Trusted entries of the policy that ended or end within 30 days.'),
  drift: drift.optional().describe('Only when the run was compared with an earlier report.'),
  elsewhere: z
    .array(z.string())
    .optional()
    .describe('Limited to changed files: ids of controls without a result, because all they found is in other files.'),
});

/** The contract of a report: the content of `--json` and of a `.json` output file. */
export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  asOf: moment.describe('The oldest of the targets.'),
  scope: z.object({
    controls: z.union([z.literal('all'), z.array(z.string())]),
    policy: z.object({ file: z.string(), sha256: z.string() }).optional(),
    failOn,
    inconclusive,
    params: z
      .record(z.string(), z.record(z.string(), z.unknown()))
      .optional()
      .describe('The parameters that the policy sets, by control. Absent: none.'),
    weakened: z
      .array(z.object({ setting: z.string(), control: z.string().optional(), message: z.string() }))
      .optional()
      .describe('In which points the policy is weaker than the default. Absent: in none.'),
    gateOn: z.literal('new').optional().describe('Only findings that are not in the earlier report count in the gate.'),
    changedSince: z
      .object({ ref: z.string(), files: count })
      .optional()
      .describe('The report shows, and the gate counts, only what is in the files that changed since this git ref.'),
  }),
  gate,
  summary,
  targets: z.array(targetReport).min(1),
});

/** The JSON Schema of a report. */
export const reportJsonSchema = (): Record<string, unknown> => ({
  // As input: a report of a later version may have more keys.
  ...z.toJSONSchema(reportSchema, { io: 'input' }),
  title: 'Security review report',
});
