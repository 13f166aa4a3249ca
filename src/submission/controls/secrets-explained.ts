import { decide, notApplicable } from '../../engine/control.js';
import { unclaimed } from '../packageApps.js';
import { secretTopics } from '../questions/topics.js';
import { answered, lookAt } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const secretsExplained = submissionControl({
  id: 'submission/secrets-explained',
  title: 'How every secret is secured is explained',
  severity: 'high',
  topic: 'secrets',
  problem: { one: 'answer about a secret is missing', many: 'answers about secrets are missing' },
  area: 'Submission',
  requirement: 'How secrets are secured is documented and explained',
  why: 'Reviewers must treat a secret without an explanation as exposed.',
  checks: ['The answers about every secret store of the package and every integration that logs in.'],
  fails: [
    'The owner, the place, the protection or the readers of a secret are missing or a placeholder.',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: ['No integration names an app or endpoint of the package.'],
  fix: [
    'Write an entry under `submission.secrets` in security-review.yml for every store of the package (`store`) and every integration (`integration`).',
    'Name its `owner`, where it is stored (`storedIn`), its `protection`, and who can read it (`access`).',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'secretStores', 'previous'],
  compares: ['integrations', 'submission'],
  // A missing answer about something that was read is a finding, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', endpoints: 'fail', secretStores: 'fail' },
  judge: (facts, { declared }) => {
    const topics = secretTopics(facts, declared);
    const open = unclaimed(facts, declared);
    if (topics.length + open.length === 0) {
      return notApplicable('The package has no secret store, and no integration logs in.');
    }
    return decide(
      [...topics.map((topic) => lookAt(answered(topic, facts.previous))), open],
      `Every secret (${topics.length}) is explained.`
    );
  },
});
