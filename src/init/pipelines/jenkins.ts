import {
  audit,
  check,
  environment,
  indented,
  install,
  mergeStep,
  pinned,
  pipelineFile,
  tarballNotes,
  type PipelineInput,
} from './steps.js';

/** A declarative pipeline for Jenkins. */
export const jenkins = (input: PipelineInput): string =>
  pipelineFile(input, { head, packageJob: packageStage, orgJobs: orgStage, fleetJob: fleetStage, end: ['    }', '}'] });

const head = (input: PipelineInput): string[] => [
  '// Checks the package on every pull request, and package and orgs every night.',
  '// Plugins: Docker Pipeline, Credentials Binding, JUnit. The branch source must fetch tags: the newest tag says what was',
  '// released (behaviour Advanced clone behaviours).',
  '// For each org, four credentials of the kind Secret text: security-review-<org>-jwt-key (the private key, base64, one',
  '// line), security-review-<org>-client-id, security-review-<org>-username and security-review-<org>-instance-url.',
  ...tarballNotes(input).map((line) => `// ${line}`),
  '// A multibranch job audits orgs from main or master only: limit the credentials to the folder of that job.',
  '// A gate that failed (exit code 3) fails the build; one that is undecided (4) makes it unstable. The later stages run in',
  '// any case, so that a package that fails does not hide an org.',
  'pipeline {',
  '    agent none',
  '    triggers {',
  `        cron(${onMainBranch} ? 'H 3 * * *' : '')`,
  '    }',
  '    options {',
  '        disableConcurrentBuilds()',
  "        timeout(time: 2, unit: 'HOURS')",
  "        buildDiscarder(logRotator(numToKeepStr: '60'))",
  '    }',
  '    environment {',
  ...Object.entries(environment).map(([name, value]) => `        ${name} = '${value}'`),
  '    }',
  '    stages {',
];

/** Everything but pull requests and other branches. A job that is not multibranch has no BRANCH_NAME. */
const onMainBranch = "env.BRANCH_NAME in [null, 'main', 'master']";

/** Everything that npm and sf write stays in the temporary folder of the workspace: the user of the image is not root. */
const own = [
  'export HOME="$WORKSPACE_TMP" NPM_CONFIG_PREFIX="$WORKSPACE_TMP/npm"',
  'export PATH="$WORKSPACE_TMP/npm/bin:$PATH"',
];

const agent = (columns: number): string =>
  indented(['agent {', '    docker {', `        image 'node:${pinned.node}-bookworm'`, '    }', '}'], columns);

const shell = (lines: readonly string[]): string[] => ["sh '''", ...lines.map((line) => `    ${line}`), "'''"];

/** What fails in here fails the build, and the stages after it still run. A build that is aborted ends. */
const caught = (lines: readonly string[]): string[] => [
  "catchError(buildResult: 'FAILURE', stageResult: 'FAILURE', catchInterruptions: false) {",
  ...lines.map((line) => `    ${line}`),
  '}',
];

/** The exit code decides the build, and the reports are kept in any case. Jenkins starts sh with -x, which shows values. */
const gated = (lines: readonly string[]): string[] => [
  'script {',
  "    int code = sh(returnStatus: true, script: '''",
  ...['set +x', ...own, ...lines].map((line) => `        ${line}`),
  "    ''')",
  '    if (code == 4) {',
  "        unstable('The gate is undecided.')",
  '    } else if (code != 0) {',
  "        error(\"Exit code ${code}: ${code == 3 ? 'the gate failed' : 'there is no report'}.\")",
  '    }',
  '}',
];

const keep = (report: string, columns: number): string =>
  indented(
    [
      'post {',
      '    always {',
      `        archiveArtifacts(artifacts: "reports/${report}.*", allowEmptyArchive: true)`,
      `        junit(testResults: "reports/${report}.junit.xml", allowEmptyResults: true, skipMarkingBuildUnstable: true)`,
      '    }',
      '}',
    ],
    columns
  );

const packageStage = (input: PipelineInput): string[] => [
  "        stage('Package') {",
  agent(12),
  '            steps {',
  indented(caught([...shell([...own, ...install(input)]), ...gated(check(input))]), 16),
  '            }',
  keep('package', 12),
  '        }',
];

const credentials = [
  ['jwt-key', 'SF_JWT_KEY_BASE64'],
  ['client-id', 'SF_CLIENT_ID'],
  ['username', 'SF_USERNAME'],
  ['instance-url', 'SF_INSTANCE_URL'],
] as const;

/** Of the cell of the matrix: Groovy fills it in. */
const orgReport = 'org-${env.ORG}';

const orgStage = (input: PipelineInput): string[] => [
  "        stage('Orgs') {",
  '            when {',
  '                beforeAgent true',
  '                not { changeRequest() }',
  `                expression { ${onMainBranch} }`,
  '            }',
  '            matrix {',
  '                axes {',
  '                    axis {',
  "                        name 'ORG'",
  `                        values ${input.orgs.map(({ alias }) => `'${alias}'`).join(', ')}`,
  '                    }',
  '                }',
  '                stages {',
  "                    stage('Audit') {",
  agent(24),
  '                        steps {',
  indented(
    [
      ...caught([
        ...shell([...own, ...install(input)]),
        'withCredentials([',
        ...credentials.map(
          ([id, variable], index) =>
            `    string(credentialsId: "security-review-\${env.ORG}-${id}", variable: '${variable}')` +
            (index < credentials.length - 1 ? ',' : '')
        ),
        ']) {',
        ...gated(audit).map((line) => `    ${line}`),
        '}',
      ]),
      ...(input.orgs.length > 1
        ? [`stash(name: "${orgReport}", includes: "reports/${orgReport}.json", allowEmpty: true)`]
        : []),
    ],
    28
  ),
  '                        }',
  keep(orgReport, 24),
  '                    }',
  '                }',
  '            }',
  '        }',
];

const fleetStage = (input: PipelineInput): string[] => [
  "        stage('Fleet') {",
  '            when {',
  '                beforeAgent true',
  '                not { changeRequest() }',
  `                expression { ${onMainBranch} }`,
  '            }',
  agent(12),
  '            steps {',
  indented(
    [
      // A workspace may have the reports of an earlier night.
      "sh 'rm -rf reports'",
      ...input.orgs.flatMap(({ alias }) => caught([`unstash('org-${alias}')`])),
      ...caught([...shell([...own, ...install(input)]), ...gated(mergeStep(input.orgs))]),
    ],
    16
  ),
  '            }',
  '            post {',
  '                always {',
  "                    archiveArtifacts(artifacts: 'reports/fleet.*', allowEmptyArchive: true)",
  '                }',
  '            }',
  '        }',
];
