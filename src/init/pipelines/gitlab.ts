import {
  audit,
  check,
  environment,
  indented,
  install,
  mergeStep,
  nightly,
  pinned,
  tarballNotes,
  type PipelineInput,
} from './steps.js';

/** A pipeline for GitLab CI/CD. */
export const gitlab = (input: PipelineInput): string =>
  [
    ...head(input),
    ...(input.sourceDirs === undefined ? [] : packageJob(input)),
    ...(input.orgs.length === 0 ? [] : orgJob(input)),
    ...(input.orgs.length > 1 ? fleetJob : []),
    '',
  ].join('\n');

const onSchedule = `'$CI_PIPELINE_SOURCE == "schedule"'`;

const head = (input: PipelineInput): string[] => [
  '# Checks the package on every merge request, and package and orgs every night.',
  `# The night: Build > Pipeline schedules > New schedule, with the interval ${nightly}`,
  '# For each org: the CI/CD variables SF_JWT_KEY_BASE64 (the private key, base64, one line) and SF_CLIENT_ID, both masked',
  '# and protected, SF_USERNAME and SF_INSTANCE_URL, with the environment scope security-review/<org>.',
  ...tarballNotes(input).map((line) => `# ${line}`),
  '# Exit codes: 0 passed, 3 failed, 4 undecided, 1 no report, 2 wrong command line.',
  'workflow:',
  '  rules:',
  `    - if: '$CI_PIPELINE_SOURCE == "merge_request_event"'`,
  `    - if: ${onSchedule}`,
  'stages: [review, fleet]',
  'default:',
  `  image: node:${pinned.node}-bookworm`,
  '  timeout: 1 hour',
  '  interruptible: true',
  '  before_script:',
  ...install(input).map((line) => `    - ${line}`),
  'variables:',
  "  GIT_DEPTH: '0' # the newest tag says what was released",
  ...Object.entries(environment).map(([name, value]) => `  ${name}: '${value}'`),
];

/** In a subshell: the shell that runs the whole job has work to do after it. */
const script = (lines: readonly string[]): string[] => [
  '  script:',
  '    - |',
  '      (',
  indented(lines, 6),
  '      )',
];

const artifacts = (report: string): string[] => [
  '  artifacts:',
  '    when: always',
  '    access: developer',
  '    expire_in: 30 days',
  '    paths: [reports]',
  '    reports:',
  `      junit: reports/${report}.junit.xml`,
];

const packageJob = (input: PipelineInput): string[] => [
  'package:',
  '  stage: review',
  '  rules:',
  `    - if: ${onSchedule}`,
  `    - if: '$CI_PIPELINE_SOURCE == "merge_request_event"'`,
  ...script(check(input)),
  ...artifacts('package'),
];

const orgJob = ({ orgs }: PipelineInput): string[] => [
  'org:',
  '  stage: review',
  '  rules:',
  `    - if: ${onSchedule}`,
  '  parallel:',
  '    matrix:',
  `      - ORG: [${orgs.map(({ alias }) => `'${alias}'`).join(', ')}]`,
  '  environment:',
  '    name: security-review/$ORG',
  '    action: access',
  ...script(audit),
  ...artifacts('org-$ORG'),
];

const fleetJob: readonly string[] = [
  'fleet:',
  '  stage: fleet',
  '  rules:',
  `    - if: ${onSchedule}`,
  '      when: always',
  '  needs: [org]',
  ...script(mergeStep),
  '  artifacts:',
  '    when: always',
  '    access: developer',
  '    expire_in: 30 days',
  '    paths: [reports]',
];
