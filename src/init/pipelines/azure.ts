import {
  audit,
  check,
  closingNotes,
  environmentLines,
  indented,
  install,
  mergeStep,
  nightly,
  pinned,
  pipelineFile,
  secretNames,
  settingNames,
  type PipelineInput,
  type PipelineOrg,
} from './steps.js';

/** A pipeline for Azure Pipelines. */
export const azure = (input: PipelineInput): string =>
  pipelineFile(input, { head, packageJob, orgJobs, fleetJob });

const head = (input: PipelineInput): string[] => [
  '# Checks the package on every pull request, and package and orgs every night. In Azure Repos, pull requests come from a',
  '# branch policy (build validation), not from the line pr.',
  '# For each org: a variable group security-review-<org> with the secrets SF_JWT_KEY_BASE64 (the private key, base64, one',
  '# line) and SF_CLIENT_ID, and with SF_USERNAME and SF_INSTANCE_URL.',
  ...closingNotes(input),
  'trigger: none',
  'pr:',
  "  branches: { include: ['*'] }",
  'schedules:',
  `  - cron: '${nightly}'`,
  '    displayName: Every night',
  '    branches: { include: [main] }',
  '    always: true',
  'pool: { vmImage: ubuntu-latest }',
  'variables:',
  ...environmentLines(2),
  'jobs:',
];

const setUp = (input: PipelineInput): string[] => [
  '      - checkout: self',
  '        fetchDepth: 0 # the newest tag says what was released',
  '        fetchTags: true',
  ...tools(input),
];

const tools = (input: PipelineInput): string[] => [
  '      - task: UseNode@1',
  `        inputs: { version: '${pinned.node}' }`,
  '      - bash: |',
  indented(['set -eu', ...install(input)], 10),
  '        displayName: Install',
];

/** A job that runs again cannot publish an artifact of the same name: each attempt has its own. */
const published = (artifact: string): string[] => [
  '      - publish: reports',
  `        artifact: ${artifact}-$(System.JobAttempt)`,
  '        condition: succeededOrFailed()',
];

const keep = (report: string): string[] => [
  ...published(`security-review-${report}`),
  '      - task: PublishTestResults@2',
  '        condition: succeededOrFailed()',
  `        inputs: { testResultsFormat: JUnit, testResultsFiles: reports/${report}.junit.xml, testRunTitle: ${report} }`,
];

const packageJob = (input: PipelineInput): string[] => [
  '  - job: package',
  '    timeoutInMinutes: 60',
  '    steps:',
  ...setUp(input),
  '      - bash: |',
  indented(check(input), 10),
  '        displayName: Check the package',
  ...keep('package'),
  // The extension SARIF SAST Scans Tab shows the artifact of this name. A build artifact can be published again.
  '      - task: PublishBuildArtifacts@1',
  '        condition: succeededOrFailed()',
  '        inputs: { PathtoPublish: reports/package.sarif, ArtifactName: CodeAnalysisLogs }',
];

/** The name of a job contains letters, digits and underscores only. */
const jobName = ({ alias }: PipelineOrg): string => `org_${alias.replaceAll('-', '_')}`;

const notOnPullRequest = "ne(variables['Build.Reason'], 'PullRequest')";

const orgJobs = (input: PipelineInput): string[] => input.orgs.flatMap((org) => orgJob(input, org));

const orgJob = (input: PipelineInput, org: PipelineOrg): string[] => [
  `  - job: ${jobName(org)}`,
  `    condition: ${notOnPullRequest}`,
  '    variables:',
  `      - group: security-review-${org.alias}`,
  '    timeoutInMinutes: 60',
  '    steps:',
  ...setUp(input),
  '      - bash: |',
  indented(audit, 10),
  '        displayName: Audit the org',
  '        env:',
  `          ORG: '${org.alias}'`,
  ...[...secretNames, ...settingNames].map((name) => `          ${name}: $(${name})`),
  ...keep(`org-${org.alias}`),
];

const fleetJob = (input: PipelineInput): string[] => [
  '  - job: fleet',
  '    workspace: { clean: all } # an agent of yours may have the reports of an earlier night',
  `    condition: and(not(canceled()), ${notOnPullRequest})`,
  '    dependsOn:',
  ...input.orgs.map((org) => `      - ${jobName(org)}`),
  '    timeoutInMinutes: 60',
  '    steps:',
  '      - checkout: self',
  ...tools(input),
  '      - download: current',
  "        patterns: '**/org-*.json'",
  '        continueOnError: true',
  '      - bash: |',
  indented([...gathered, ...mergeStep(input.orgs)], 10),
  '        displayName: Merge the reports',
  ...published('security-review-fleet'),
];

/** Of several attempts the last report of an org counts. */
const gathered = [
  'rm -rf reports && mkdir reports',
  `find "$(Pipeline.Workspace)" -path '*/security-review-org-*/org-*.json' | sort -V |`,
  '  while IFS= read -r file; do cp "$file" reports/; done',
];
