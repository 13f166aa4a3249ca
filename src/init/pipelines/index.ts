import { azure } from './azure.js';
import { bitbucket } from './bitbucket.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { jenkins } from './jenkins.js';
import type { PipelineInput, PipelineOrg } from './steps.js';

export type { PipelineInput, PipelineOrg } from './steps.js';

export const vendors = ['github', 'gitlab', 'azure', 'bitbucket', 'jenkins'] as const;
export type Vendor = (typeof vendors)[number];

/** Where each vendor looks for its file, from the root of the repository. */
export const pipelineFiles: Readonly<Record<Vendor, string>> = {
  // Not security-review.yml: a command that runs in that folder would take it for the policy.
  github: '.github/workflows/salesforce-security-review.yml',
  gitlab: '.gitlab-ci.yml',
  azure: 'azure-pipelines.yml',
  bitbucket: 'bitbucket-pipelines.yml',
  jenkins: 'Jenkinsfile',
};

const texts: Readonly<Record<Vendor, (input: PipelineInput) => string>> = { github, gitlab, azure, bitbucket, jenkins };

/** The text of a pipeline file. */
export const pipelineText = (vendor: Vendor, input: PipelineInput): string => texts[vendor](input);

/** Aliases that every vendor, and every shell, takes unquoted; two that look alike get a number. */
export const pipelineOrgs = (names: readonly string[]): PipelineOrg[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    const letters = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const base = letters.replace(/^-|-$/g, '').slice(0, 40) || 'org';
    let alias = base;
    for (let count = 2; taken.has(alias); count += 1) alias = `${base}-${count}`;
    taken.add(alias);
    return { alias };
  });
};

/** Whether a path is allowed in a pipeline file: no character that a shell, YAML, Groovy or a template language acts on. */
export const isPlainPath = (path: string): boolean => /^[\w.@+/ ][\w.@+/ -]*$/.test(path);
