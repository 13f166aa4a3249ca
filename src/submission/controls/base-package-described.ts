import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { basePackagesOf, basePackageTopics, holdsOnlyApps } from '../questions/topics.js';
import { answered, lookAt, strangers, unanswered } from '../questions/answers.js';
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
  why: 'An extension, or a package that holds an app alone, cannot be reviewed without what it belongs to.',
  fix: [
    'Describe under `submission.basePackages` in security-review.yml each dependency of sfdx-project.json, by the name that it has there.',
    'A package that holds nothing but apps describes the package that uses them.',
  ],
  checks: ['The base packages are the dependencies in sfdx-project.json and the InstalledPackage files.'],
  fails: [
    'It fails while one is not described, or while a package that holds nothing but apps names none.',
    'It does not apply to a package that depends on no other and holds more than apps.',
  ],
  inconclusive: [],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'contents', 'previous'],
  compares: ['submission'],
  judge: (facts, { declared }) => {
    const alone = holdsOnlyApps(facts);
    const bases = basePackagesOf(facts);
    const topics = basePackageTopics(facts, declared);
    if (!alone && bases.length === 0)
      return notApplicable('The package depends on no other, and holds more than apps.');
    const none: SubjectOutcome =
      alone && topics.length === 0
        ? unanswered(
            'submission.basePackages',
            'The package holds nothing but apps, and which package they belong to is not answered.'
          )
        : undefined;
    return decide(
      [
        none,
        ...topics.map((topic) => lookAt(answered(topic, facts.previous))),
        alone
          ? undefined
          : strangers(
              'basePackages',
              declared.submission.basePackages,
              (one) => one.package,
              (name) => bases.includes(name),
              'dependency of the package'
            ),
      ],
      `Every base package (${topics.length}) is described.`
    );
  },
});
