/* eslint-disable camelcase -- the keys of the vendors */
import { z } from 'zod';

/**
 * The parts of each vendor's file format that the pipelines use, each as the vendor documents it. Strict: a key that is
 * not listed here is a key that nobody looked up.
 */
const texts = z.record(z.string(), z.string());
const lines = z.array(z.string().min(1)).min(1);

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
const githubStep = z.union([
  z.strictObject({
    uses: z.string().regex(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/, 'An action is named by its commit.'),
    if: z.string().optional(),
    with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
  z.strictObject({ name: z.string(), run: z.string(), env: texts.optional() }),
]);
const githubPermissions = z.strictObject({
  contents: z.literal('read'),
  'security-events': z.literal('write').optional(),
});
export const githubWorkflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    pull_request: z.null(),
    workflow_dispatch: z.null(),
    schedule: z.tuple([z.strictObject({ cron: z.string() })]),
  }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.string() }),
  env: texts,
  jobs: z.record(
    z.string().regex(/^[A-Za-z_][\w-]*$/),
    z.strictObject({
      if: z.string().optional(),
      needs: z.string().optional(),
      'runs-on': z.string(),
      'timeout-minutes': z.literal(60),
      permissions: githubPermissions.optional(),
      environment: z.string().optional(),
      strategy: z
        .strictObject({ 'fail-fast': z.literal(false), matrix: z.strictObject({ org: z.array(z.string()).min(1) }) })
        .optional(),
      steps: z.array(githubStep).min(1),
    })
  ),
});

// https://docs.gitlab.com/ci/yaml/
const gitlabRule = z.strictObject({
  if: z.string(),
  when: z.enum(['always', 'on_success']).optional(),
  variables: texts.optional(),
});
const gitlabJob = z.strictObject({
  stage: z.enum(['review', 'fleet']),
  interruptible: z.boolean().optional(),
  variables: texts.optional(),
  rules: z.array(gitlabRule).min(1),
  parallel: z.strictObject({ matrix: z.tuple([z.strictObject({ ORG: z.array(z.string()).min(1) })]) }).optional(),
  environment: z.strictObject({ name: z.string(), action: z.literal('access') }).optional(),
  needs: z.array(z.string()).optional(),
  script: lines,
  artifacts: z.strictObject({
    when: z.literal('always'),
    access: z.literal('developer'),
    expire_in: z.string(),
    paths: z.array(z.string()),
    reports: z.strictObject({ junit: z.string() }).optional(),
  }),
});
export const gitlabPipeline = z
  .object({
    workflow: z.strictObject({ rules: z.array(gitlabRule) }),
    stages: z.array(z.string()),
    default: z.strictObject({
      image: z.string(),
      timeout: z.string(),
      before_script: lines,
    }),
    variables: texts,
  })
  .catchall(gitlabJob);

// https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
const condition = z.string().optional();
const azureStep = z.union([
  z.strictObject({
    checkout: z.enum(['self', 'none']),
    fetchDepth: z.literal(0).optional(),
    fetchTags: z.boolean().optional(),
  }),
  z.strictObject({
    task: z.enum(['UseNode@1', 'PublishTestResults@2', 'PublishBuildArtifacts@1']),
    displayName: z.string().optional(),
    continueOnError: z.boolean().optional(),
    condition,
    inputs: z.record(z.string(), z.union([z.string(), z.boolean()])),
  }),
  z.strictObject({ bash: z.string(), displayName: z.string(), env: texts.optional() }),
  z.strictObject({
    publish: z.string(),
    artifact: z.string().endsWith('-$(System.JobAttempt)', 'A second attempt cannot publish the same name.'),
    condition,
  }),
  z.strictObject({ download: z.literal('current'), patterns: z.string(), continueOnError: z.literal(true) }),
]);
const branches = z.strictObject({ include: z.array(z.string()) });
export const azurePipeline = z.strictObject({
  trigger: z.literal('none'),
  pr: z.strictObject({ branches }),
  schedules: z.tuple([
    z.strictObject({ cron: z.string(), displayName: z.string(), branches, always: z.literal(true) }),
  ]),
  pool: z.strictObject({ vmImage: z.string() }),
  variables: texts,
  jobs: z
    .array(
      z.strictObject({
        job: z.string().regex(/^[A-Za-z_]\w*$/),
        condition,
        timeoutInMinutes: z.literal(60),
        dependsOn: z.array(z.string()).optional(),
        workspace: z.strictObject({ clean: z.literal('all') }).optional(),
        variables: z.tuple([z.strictObject({ group: z.string() })]).optional(),
        steps: z.array(azureStep).min(1),
      })
    )
    .min(1),
});

// https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
const bitbucketStep = z.strictObject({
  step: z.strictObject({
    name: z.string(),
    deployment: z.string().optional(),
    script: lines,
    artifacts: z.strictObject({
      upload: z
        .array(
          z.strictObject({
            name: z.string(),
            type: z.enum(['shared', 'test-reports']),
            paths: z.array(z.string()),
            'capture-on': z.literal('always'),
          })
        )
        .min(1),
    }),
  }),
});
const bitbucketSteps = z
  .array(
    z.union([bitbucketStep, z.strictObject({ parallel: z.strictObject({ steps: z.array(bitbucketStep).min(2) }) })])
  )
  .min(1);
export const bitbucketPipeline = z.strictObject({
  image: z.string(),
  options: z.strictObject({ 'max-time': z.literal(60) }),
  clone: z.strictObject({ depth: z.literal('full') }),
  definitions: z.strictObject({ steps: z.array(bitbucketStep) }).optional(),
  pipelines: z.strictObject({
    'pull-requests': z.strictObject({ '**': bitbucketSteps }).optional(),
    custom: z.strictObject({ nightly: bitbucketSteps }),
  }),
});

/**
 * Where each directive of a declarative Jenkinsfile may stand, https://www.jenkins.io/doc/book/pipeline/syntax/. What
 * is not listed is a step, and holds no directive.
 */
export const jenkinsBlocks: Readonly<Record<string, readonly string[]>> = {
  '': ['pipeline'],
  pipeline: ['agent', 'triggers', 'options', 'environment', 'stages'],
  stages: ['stage'],
  stage: ['agent', 'when', 'steps', 'post', 'matrix', 'stages'],
  matrix: ['axes', 'stages'],
  axes: ['axis'],
  agent: ['docker'],
  when: ['not', 'expression'],
  post: ['always'],
  steps: ['catchError'],
  catchError: ['script', 'withCredentials'],
  withCredentials: ['script'],
  script: ['if', 'else'],
};
