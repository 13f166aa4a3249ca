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
  type PipelineInput,
} from './steps.js';

/** A pipeline for GitLab CI/CD. */
export const gitlab = (input: PipelineInput): string =>
  pipelineFile(input, { head, packageJob, orgJobs: orgJob, fleetJob });

const onSchedule = `'$CI_PIPELINE_SOURCE == "schedule"'`;
/** Orgs are audited from the default branch only: their reports are what becomes a baseline. */
const onDefaultBranch = `'$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'`;

const head = (input: PipelineInput): string[] => [
  '# Checks the package on every merge request, and package and orgs every night.',
  `# The night: Build > Pipeline schedules > New schedule, for the default branch, with the interval ${nightly}`,
  '# For each org: the CI/CD variables SF_JWT_KEY_BASE64 (the private key, base64, one line) and SF_CLIENT_ID, both masked',
  '# and protected, SF_USERNAME and SF_INSTANCE_URL, with the environment scope security-review/<org>.',
  ...closingNotes(input),
  'workflow:',
  '  rules:',
  `    - if: '$CI_PIPELINE_SOURCE == "merge_request_event"'`,
  `    - if: ${onSchedule}`,
  'stages: [review, fleet]',
  'default:',
  `  image: node:${pinned.node}-bookworm`,
  '  timeout: 1 hour',
  '  before_script:',
  ...install(input).map((line) => `    - ${line}`),
  'variables:',
  "  GIT_DEPTH: '0' # the newest tag says what was released",
  ...environmentLines(2),
];

/** In a subshell: the shell that runs the whole job has work to do after it. */
export const gitlabScript = (lines: readonly string[]): string[] => [
  '  script:',
  '    - |',
  '      (',
  indented(lines, 6),
  '      )',
];

/** They stay when the gate fails: that is when the report is read. */
export const gitlabArtifacts = (report: string): string[] => [
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
  '  interruptible: true # by a newer commit of the merge request; an audit always ends with a logout',
  '  rules:',
  `    - if: ${onSchedule}`,
  `    - if: '$CI_PIPELINE_SOURCE == "merge_request_event"'`,
  ...gitlabScript(check(input)),
  ...gitlabArtifacts('package'),
];

const orgJob = ({ orgs }: PipelineInput): string[] => [
  'org:',
  '  stage: review',
  '  rules:',
  `    - if: ${onDefaultBranch}`,
  '  parallel:',
  '    matrix:',
  `      - ORG: [${orgs.map(({ alias }) => `'${alias}'`).join(', ')}]`,
  '  environment:',
  '    name: security-review/$ORG',
  '    action: access',
  ...gitlabScript(audit),
  ...gitlabArtifacts('org-$ORG'),
];

const fleetJob = ({ orgs }: PipelineInput): string[] => [
  'fleet:',
  '  stage: fleet',
  '  rules:',
  `    - if: ${onDefaultBranch}`,
  '      when: always',
  '  needs: [org]',
  ...gitlabScript(mergeStep(orgs)),
  '  artifacts:',
  '    when: always',
  '    access: developer',
  '    expire_in: 30 days',
  '    paths: [reports]',
];
