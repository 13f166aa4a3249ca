import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { basePackagesOf, basePackageTopics, hasOnlyApps } from '../questions/topics.js';
import { answered, lookAt, unreferencedEntries, unanswered } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const basePackageDescribed = submissionControl({
  id: 'submission/base-package-described',
  title: 'Every base package is described',
  severity: 'high',
  topic: 'base package',
  problem: { one: 'answer about a base package is missing', many: 'answers about base packages are missing' },
  area: 'Submission',
  requirement:
    'If the app is packaged independently or as an extension package, the submission includes the details of the base package',
  why: 'Reviewers cannot review an extension, or a package with an app alone, without the package it belongs to.',
  checks: ['The dependencies in sfdx-project.json and the InstalledPackage files.'],
  fails: [
    'The policy does not describe a base package.',
    'A package that contains only apps names no base package.',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: ['sfdx-project.json or the components of the package could not be read.'],
  notes: ['The control does not apply to a package that depends on no other and contains more than apps.'],
  fix: [
    'Describe each dependency of sfdx-project.json under `submission.basePackages` in security-review.yml, with the same name.',
    'For a package that contains only apps, describe the package that uses them.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'contents', 'previous'],
  compares: ['submission'],
  judge: (facts, { declared }) => {
    const alone = hasOnlyApps(facts);
    const bases = basePackagesOf(facts);
    const topics = basePackageTopics(facts, declared);
    if (!alone && bases.length === 0)
      return notApplicable('The package depends on no other, and contains more than apps.');
    const none: SubjectOutcome =
      alone && topics.length === 0
        ? unanswered(
            'submission.basePackages',
            'The package contains only apps, and the policy does not name the package they belong to.'
          )
        : undefined;
    return decide(
      [
        none,
        ...topics.map((topic) => lookAt(answered(topic, facts.previous))),
        alone
          ? undefined
          : unreferencedEntries(
              'basePackages',
              declared.submission.basePackages,
              (one) => one.package,
              (name) => bases.includes(name),
              'a dependency of the package'
            ),
      ],
      `Every base package (${topics.length}) is described.`
    );
  },
});
