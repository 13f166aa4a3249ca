import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { incidentReads, orgDomain } from '../src/org/index.js';
import { packageDomain } from '../src/package/index.js';
import { draftJsonSchema, submissionDomain } from '../src/submission/index.js';
import { catalogue, reference, type CataloguedControl } from '../src/catalogue.js';
import { evidenceJsonSchema } from '../src/evidence/schema.js';
import { resultJsonSchema, resultSchemas } from '../src/cli/resultSchemas.js';
import { policyJsonSchema } from '../src/policy/index.js';
import { reportJsonSchema } from '../src/render/reportSchema.js';
import { auditingUserPage, permissionSetFiles } from './tools/auditingUser.js';
import { build } from './tools/build.js';
import { commandReference, commandSnapshot } from './tools/commands.js';
import { controlReference, readsReference, controlIndex } from './tools/controls.js';
import { flowsReference } from './tools/flows.js';
import { manifestOf } from './tools/manifest.js';
import { inRoot } from './tools/paths.js';
import { pipelineTemplates } from './tools/pipelineTemplates.js';
import { policyPage } from './tools/policy.js';
import { rulesPage } from './tools/rules.js';

// Everything in the repository that is made from the code. With --check nothing is written, and a stale file is an error.
const check = process.argv.includes('--check');
if (!check) await build();

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const current = (file: string): string | undefined => {
  try {
    return readFileSync(inRoot(file), 'utf8');
  } catch {
    return undefined;
  }
};

const controlsOf = (name: CataloguedControl['domain']): CataloguedControl[] =>
  reference().filter(({ domain }) => domain === name);

const manifest = await manifestOf();
const generated: Record<string, string> = {
  'oclif.manifest.json': json(manifest),
  'command-snapshot.json': json(commandSnapshot(manifest)),
  'schemas/evidence.schema.json': json(evidenceJsonSchema()),
  'schemas/report.schema.json': json(reportJsonSchema()),
  ...Object.fromEntries(
    (Object.keys(resultSchemas) as Array<keyof typeof resultSchemas>).map((command) => [
      `schemas/${command}.schema.json`,
      json(resultJsonSchema(command)),
    ])
  ),
  'schemas/security-review.schema.json': json(policyJsonSchema(catalogue)),
  'test/contract.json': json(
    Object.fromEntries(
      [...orgDomain.controls, ...packageDomain.controls, ...submissionDomain.controls].map(
        ({ id, severity, attestable }) => [id, { severity, attestable }]
      )
    )
  ),
  'docs/controls/org.md': controlReference('audit-org', controlsOf('org')),
  'docs/controls/package.md': controlReference('check-package', controlsOf('package')),
  'docs/controls/submission.md': controlReference('draft-submission', controlsOf('submission')),
  'docs/rules.md': rulesPage(),
  'docs/policy.md': policyPage(policyJsonSchema(catalogue), catalogue),
  'schemas/draft.schema.json': json(draftJsonSchema()),
  'docs/commands.md': commandReference(manifest),
  'docs/auditing-user.md': auditingUserPage(orgDomain.collectors, orgDomain.controls),
  ...permissionSetFiles(orgDomain.collectors),
  'docs/flows-in-code.md': flowsReference(),
  'docs/what-it-reads.md': readsReference({
    'audit-org': orgDomain.collectors,
    'draft-incident-report': incidentReads(),
  }),
  ...pipelineTemplates(),
  'docs/controls/README.md': controlIndex([orgDomain, packageDomain, submissionDomain]),
};

const stale = Object.entries(generated).filter(([file, text]) => current(file) !== text);
for (const [file, text] of check ? [] : stale) {
  mkdirSync(dirname(inRoot(file)), { recursive: true });
  writeFileSync(inRoot(file), text);
  console.log(`written: ${file}`);
}
if (check && stale.length > 0) {
  console.error(`Stale, run npm run docs: ${stale.map(([file]) => file).join(', ')}`);
  process.exitCode = 1;
}
