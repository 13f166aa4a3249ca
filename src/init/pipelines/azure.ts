import {
  audit,
  check,
  environment,
  indented,
  install,
  mergeStep,
  nightly,
  pinned,
  secretNames,
  settingNames,
  tarballNotes,
  type PipelineInput,
  type PipelineOrg,
} from './steps.js';

/** A pipeline for Azure Pipelines. */
export const azure = (input: PipelineInput): string =>
  [
    ...head(input),
    ...(input.sourceDirs === undefined ? [] : packageJob(input)),
    ...input.orgs.flatMap((org) => orgJob(input, org)),
    ...(input.orgs.length > 1 ? fleetJob(input) : []),
    '',
  ].join('\n');

const head = (input: PipelineInput): string[] => [
  '# Checks the package on every pull request, and package and orgs every night. In Azure Repos, pull requests come from a',
  '# branch policy (build validation), not from the line pr.',
  '# For each org: a variable group security-review-<org> with the secrets SF_JWT_KEY_BASE64 (the private key, base64, one',
  '# line) and SF_CLIENT_ID, and with SF_USERNAME and SF_INSTANCE_URL.',
  ...tarballNotes(input).map((line) => `# ${line}`),
  '# Exit codes: 0 passed, 3 failed, 4 undecided, 1 no report, 2 wrong command line.',
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
  ...Object.entries(environment).map(([name, value]) => `  ${name}: '${value}'`),
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
  indented(install(input), 10),
  '        displayName: Install',
];

const published = (path: string, artifact: string): string[] => [
  `      - publish: ${path}`,
  `        artifact: ${artifact}`,
  '        condition: succeededOrFailed()',
];

const keep = (report: string): string[] => [
  ...published('reports', `security-review-${report}`),
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
  // The extension SARIF SAST Scans Tab shows the artifact of this name.
  ...published('reports/package.sarif', 'CodeAnalysisLogs'),
];

/** The name of a job contains letters, digits and underscores only. */
const jobName = ({ alias }: PipelineOrg): string => `org_${alias.replaceAll('-', '_')}`;

const notOnPullRequest = "ne(variables['Build.Reason'], 'PullRequest')";

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
  `    condition: and(not(canceled()), ${notOnPullRequest})`,
  '    dependsOn:',
  ...input.orgs.map((org) => `      - ${jobName(org)}`),
  '    timeoutInMinutes: 60',
  '    steps:',
  '      - checkout: self',
  ...tools(input),
  ...input.orgs.flatMap(({ alias }) => [
    '      - download: current',
    `        artifact: security-review-org-${alias}`,
    '        continueOnError: true',
  ]),
  '      - bash: |',
  '          mkdir -p reports',
  '          cp "$(Pipeline.Workspace)"/security-review-org-*/org-*.json reports/',
  indented(mergeStep, 10),
  '        displayName: Merge the reports',
  ...published('reports', 'security-review-fleet'),
];
