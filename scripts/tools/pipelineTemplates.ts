import { gitlabArtifacts, gitlabScript } from '../../src/init/pipelines/gitlab.js';
import {
  audit,
  checkGiven,
  environment,
  environmentLines,
  exitCodesNote,
  indented,
  installGiven,
  pinned,
  reviewGiven,
  secretNames,
  settingNames,
} from '../../src/init/pipelines/steps.js';

/**
 * Reusable parts of pipelines for teams with several repositories, by their path: a component for GitLab, templates for
 * Azure, a pipe for Bitbucket, a step of a shared library for Jenkins. They run the same scripts as the files that
 * `init` writes; GitHub has `action.yml`. Inputs reach a script as variables of the environment only.
 */
export function pipelineTemplates(): Record<string, string> {
  return {
    'pipelines/gitlab/templates/check-package.yml': gitlabPackage,
    'pipelines/gitlab/templates/audit-org.yml': gitlabOrgs,
    'pipelines/azure/check-package.yml': azurePackage,
    'pipelines/azure/audit-org.yml': azureOrg,
    'pipelines/bitbucket/pipe.yml': bitbucketPipe,
    'pipelines/bitbucket/pipe.sh': bitbucketScript,
    'pipelines/bitbucket/Dockerfile': bitbucketImage,
    'pipelines/jenkins/vars/securityReview.groovy': jenkinsStep,
  };
}

const file = (...parts: ReadonlyArray<string | readonly string[]>): string => [...parts.flat(), ''].join('\n');

const tarballInputs = (space: string): string[] => [
  `${space}tarball:`,
  `${space}  description: Path of the plugin's tarball in the repository. The plugin has no release in a registry yet.`,
  `${space}sha512:`,
  `${space}  description: SHA-512 of the tarball, 128 hexadecimal digits.`,
  `${space}  regex: ^[0-9a-f]{128}$`,
];

const gitlabJob = (variables: readonly string[], script: readonly string[], report: string): string[] => [
  '  stage: $[[ inputs.stage ]]',
  `  image: node:${pinned.node}-bookworm`,
  '  timeout: 1 hour',
  '  variables:',
  "    GIT_DEPTH: '0' # the newest tag says what was released",
  ...environmentLines(4),
  "    TARBALL: '$[[ inputs.tarball ]]'",
  "    SHA512: '$[[ inputs.sha512 ]]'",
  ...variables,
  '  before_script:',
  ...installGiven.map(
    (line) => `    - ${line.includes(': ') || line.startsWith('printf') ? JSON.stringify(line) : line}`
  ),
  ...gitlabScript(script),
  ...gitlabArtifacts(report),
];

const gitlabHead = (about: string): string[] => [
  `# ${about}`,
  '# A component: copy this folder into a component project, or include the file with include:local or include:project.',
  `# ${exitCodesNote}`,
  'spec:',
  '  inputs:',
  '    stage:',
  '      default: test',
  ...tarballInputs('    '),
];

const gitlabPackage = file(
  gitlabHead('Checks the source of a package.'),
  [
    '    source-dirs:',
    '      description: Folders with package source, with commas between them. Empty for the project of the repository.',
    "      default: ''",
    '---',
    'security-review-package:',
  ],
  gitlabJob(["    SOURCE_DIRS: '$[[ inputs.source-dirs ]]'"], checkGiven, 'package')
);

const gitlabOrgs = file(
  gitlabHead('Audits orgs in scheduled pipelines of the default branch, one job an org.'),
  [
    '    orgs:',
    '      description: Names of orgs, of lower-case letters, digits and hyphens. Each has the variables of docs/pipelines.md,',
    '        with the environment scope security-review/<org>.',
    '      type: array',
    '---',
    'security-review-org:',
    '  rules:',
    `    - if: '$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'`,
    '  parallel:',
    '    matrix:',
    '      - ORG: $[[ inputs.orgs ]]',
    '  environment:',
    '    name: security-review/$ORG',
    '    action: access',
  ],
  gitlabJob([], audit, 'org-$ORG')
);

const azureSteps = (script: readonly string[], title: string, values: readonly string[], report: string): string[] => [
  'steps:',
  '  - task: UseNode@1',
  `    inputs: { version: '${pinned.node}' }`,
  '  - bash: |',
  indented(['set -eu', ...installGiven], 6),
  '    displayName: Install',
  '    env:',
  '      TARBALL: ${{ parameters.tarball }}',
  '      SHA512: ${{ parameters.sha512 }}',
  ...environmentLines(6),
  '  - bash: |',
  indented(script, 6),
  `    displayName: ${title}`,
  '    env:',
  ...values,
  ...environmentLines(6),
  '  - publish: reports',
  `    artifact: security-review-${report}-$(System.JobAttempt)`,
  '    condition: succeededOrFailed()',
  '  - task: PublishTestResults@2',
  '    condition: succeededOrFailed()',
  '    inputs:',
  '      testResultsFormat: JUnit',
  `      testResultsFiles: reports/${report}.junit.xml`,
  `      testRunTitle: ${report}`,
];

const azureHead = (about: string): string[] => [
  `# ${about}`,
  '# A template of steps, for a job that checked the repository out with fetchDepth: 0 and fetchTags: true.',
  `# ${exitCodesNote}`,
  'parameters:',
  '  - name: tarball # path of the plugin in the repository; it has no release in a registry yet',
  '    type: string',
  '  - name: sha512 # of the tarball, 128 hexadecimal digits',
  '    type: string',
];

const azurePackage = file(
  azureHead('Checks the source of a package.'),
  [
    '  - name: sourceDirs # with commas between them; empty for the project of the repository',
    '    type: string',
    "    default: ''",
  ],
  azureSteps(checkGiven, 'Check the package', ['      SOURCE_DIRS: ${{ parameters.sourceDirs }}'], 'package'),
  [
    '  - task: PublishBuildArtifacts@1',
    '    condition: succeededOrFailed()',
    '    inputs: { PathtoPublish: reports/package.sarif, ArtifactName: CodeAnalysisLogs }',
  ]
);

const azureOrg = file(
  azureHead('Audits one org. The job needs the variable group security-review-<org> of docs/pipelines.md.'),
  ['  - name: org # of lower-case letters, digits and hyphens', '    type: string'],
  azureSteps(
    audit,
    'Audit the org',
    [
      '      ORG: ${{ parameters.org }}',
      ...[...secretNames, ...settingNames].map((name) => `      ${name}: $(${name})`),
    ],
    'org-${{ parameters.org }}'
  )
);

const bitbucketPipe = file([
  '# Metadata of the pipe. Push the image that Dockerfile describes to a registry of yours, and name it here.',
  'name: Salesforce security review',
  'image: example/salesforce-security-review:0.1.0',
  'description: Checks package source or audits an org against the AppExchange security review guidance.',
  'repository: https://bitbucket.org/example/salesforce-security-review',
  'maintainer: example',
  'tags: [salesforce, security]',
  'variables:',
  '  - name: COMMAND',
  '    default: check-package',
  '  - name: SOURCE_DIRS',
  "    default: ''",
  '  - name: ORG',
  "    default: ''",
  ...[...secretNames, ...settingNames].flatMap((name) => [`  - name: ${name}`, `    default: $${name}`]),
]);

const bitbucketScript = file(
  [
    '#!/bin/sh',
    `# ${exitCodesNote}`,
    '# COMMAND: check-package or audit-org. SOURCE_DIRS: folders with commas between them. ORG: the name of the org.',
    'COMMAND="${COMMAND:-check-package}"',
    'case "$COMMAND ${ORG:-}" in',
    "  'check-package '*) ;;",
    "  'audit-org ' | 'audit-org '*[!a-z0-9-]*) echo 'ORG must have lower-case letters, digits and hyphens.' >&2; exit 2 ;;",
    "  'audit-org '*) ;;",
    "  *) echo 'COMMAND must be check-package or audit-org.' >&2; exit 2 ;;",
    'esac',
    'cd "${BITBUCKET_CLONE_DIR:-.}" || exit 1',
  ],
  reviewGiven
);

const bitbucketImage = file([
  '# The pipe. IMAGE is the image that the Dockerfile of the plugin builds.',
  'ARG IMAGE',
  'FROM ${IMAGE}',
  '# The folder of a Bitbucket build belongs to root, and the reports are written there.',
  'USER root',
  'COPY pipe.sh /pipe.sh',
  'RUN chmod 755 /pipe.sh && git config --global --add safe.directory "*"',
  'ENTRYPOINT ["/pipe.sh"]',
]);

const jenkinsStep = file(
  [
    '// A step of a shared library, for an agent with Node.js and npm:',
    `//   docker.image('node:${pinned.node}-bookworm').inside { securityReview(tarball: '…', sha512: '…') }`,
    '// Parameters: tarball and sha512 of the plugin, command (check-package or audit-org), sourceDirs with commas between',
    '// them, org (its four credentials are those of docs/pipelines.md).',
    '// A gate that failed (exit code 3) fails the build; one that is undecided (4) makes it unstable.',
    'def call(Map given) {',
    "    String org = given.org ?: ''",
    "    String command = given.command ?: 'check-package'",
    "    boolean audits = command == 'audit-org'",
    "    if (!(command in ['check-package', 'audit-org'])) error('command must be check-package or audit-org.')",
    "    if (!(given.sha512 ==~ /[0-9a-f]{128}/)) error('sha512 must have 128 hexadecimal digits.')",
    "    if (audits && !(org ==~ /[a-z0-9-]+/)) error('org must have lower-case letters, digits and hyphens.')",
    '    List values = [',
    ...Object.entries(environment).map(([name, value]) => `        '${name}=${value}',`),
    '        "HOME=${env.WORKSPACE_TMP}", "NPM_CONFIG_PREFIX=${env.WORKSPACE_TMP}/npm",',
    '        "PATH+NPM=${env.WORKSPACE_TMP}/npm/bin",',
    '        "TARBALL=${given.tarball}", "SHA512=${given.sha512}", "SOURCE_DIRS=${given.sourceDirs ?: \'\'}",',
    '        "COMMAND=${command}", "ORG=${org}"',
    '    ]',
    '    String report = audits ? "org-${org}" : \'package\'',
    '    int code = 1',
    '    try {',
    '        withEnv(values) {',
    "            sh '''",
  ],
  indented(['set -eu', ...installGiven], 16),
  ["            '''", '            Closure review = {', "                code = sh(returnStatus: true, script: '''"],
  indented(['set +x', ...reviewGiven], 20),
  ["                ''')", '            }', '            if (!audits) review()', '            else withCredentials(['],
  [
    ['jwt-key', 'SF_JWT_KEY_BASE64'],
    ['client-id', 'SF_CLIENT_ID'],
    ['username', 'SF_USERNAME'],
    ['instance-url', 'SF_INSTANCE_URL'],
  ].map(
    ([id = '', variable = ''], index) =>
      `                string(credentialsId: "security-review-\${org}-${id}", variable: '${variable}')${index < 3 ? ',' : ''}`
  ),
  [
    '            ]) { review() }',
    '        }',
    '    } finally {',
    '        archiveArtifacts(artifacts: "reports/${report}.*", allowEmptyArchive: true)',
    '        junit(testResults: "reports/${report}.junit.xml", allowEmptyResults: true, skipMarkingBuildUnstable: true)',
    '    }',
    "    if (code == 4) unstable('The gate is undecided.')",
    "    else if (code != 0) error(\"Exit code ${code}: ${code == 3 ? 'the gate failed' : 'there is no report'}.\")",
    '}',
  ]
);
