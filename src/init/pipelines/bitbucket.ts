import {
  audit,
  check,
  closingNotes,
  environment,
  indented,
  install,
  mergeStep,
  nightly,
  pinned,
  type PipelineInput,
  type PipelineOrg,
} from './steps.js';

/** A pipeline for Bitbucket Pipelines. */
export const bitbucket = (input: PipelineInput): string =>
  [
    ...head(input),
    'pipelines:',
    ...(input.sourceDirs === undefined ? [] : ['  pull-requests:', "    '**':", '      - step: *package']),
    '  custom:',
    '    nightly:',
    ...nightlySteps(input),
    ...(input.orgs.length > 1 ? fleetStep(input) : []),
    '',
  ].join('\n');

const head = (input: PipelineInput): string[] => [
  '# Checks the package on every pull request, and package and orgs every night.',
  '# The night: Repository settings > Pipelines > Schedules, pipeline custom: nightly, daily',
  `# (as cron, for the API: ${nightly}).`,
  '# For each org: a deployment environment security-review-<org> with the secured variables SF_JWT_KEY_BASE64 (the private',
  '# key, base64, one line) and SF_CLIENT_ID, and with SF_USERNAME and SF_INSTANCE_URL. Limit it to the default branch.',
  ...closingNotes(input),
  `image: node:${pinned.node}-bookworm`,
  'options:',
  '  max-time: 60',
  'clone:',
  '  depth: full # the newest tag says what was released',
  ...(input.sourceDirs === undefined ? [] : packageStep(input)),
];

const exported = (variables: Readonly<Record<string, string>>): string[] =>
  Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);

/** In a subshell: the shell that runs the whole step has work to do after it. */
const scripts = (before: readonly string[], lines: readonly string[], columns: number): string[] => {
  const space = ' '.repeat(columns);
  return [
    `${space}script:`,
    ...before.map((line) => `${space}  - ${line}`),
    `${space}  - |`,
    `${space}    (`,
    indented(lines, columns + 4),
    `${space}    )`,
  ];
};

/** Test results are found in folders of certain names, or as an artifact of this type. */
const artifacts = (report: string, columns: number): string[] =>
  [
    'artifacts:',
    '  upload:',
    `    - name: security-review-${report}`,
    '      type: shared',
    '      paths: [reports/**]',
    '      capture-on: always',
    ...(report === 'fleet'
      ? []
      : [
          `    - name: security-review-${report}-junit`,
          '      type: test-reports',
          `      paths: [reports/${report}.junit.xml]`,
          '      capture-on: always',
        ]),
  ].map((line) => `${' '.repeat(columns)}${line}`);

const packageStep = (input: PipelineInput): string[] => [
  'definitions:',
  '  steps:',
  '    - step: &package',
  '        name: Check the package',
  ...scripts([...exported(environment), ...install(input)], check(input), 8),
  ...artifacts('package', 8),
];

/** Side by side: a step that fails stops the steps after it, and a package that fails must not hide an org. */
const nightlySteps = (input: PipelineInput): string[] => {
  const columns = input.orgs.length + (input.sourceDirs === undefined ? 0 : 1) > 1 ? 12 : 6;
  const steps = [
    ...(input.sourceDirs === undefined ? [] : [`${' '.repeat(columns)}- step: *package`]),
    ...input.orgs.flatMap((org) => orgStep(input, org, columns)),
  ];
  return columns === 6 ? steps : ['      - parallel:', '          steps:', ...steps];
};

const orgStep = (input: PipelineInput, { alias }: PipelineOrg, columns: number): string[] => [
  `${' '.repeat(columns)}- step:`,
  `${' '.repeat(columns + 4)}name: Audit ${alias}`,
  `${' '.repeat(columns + 4)}deployment: security-review-${alias}`,
  ...scripts([...exported({ ...environment, ORG: alias }), ...install(input)], audit, columns + 4),
  ...artifacts(`org-${alias}`, columns + 4),
];

const fleetStep = (input: PipelineInput): string[] => [
  '      - step:',
  '          name: Merge the reports',
  ...scripts([...exported(environment), ...install(input)], mergeStep(input.orgs), 10),
  ...artifacts('fleet', 10),
];
