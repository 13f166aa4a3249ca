import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { unclaimed } from '../packageApps.js';
import { rotationTopics, secretsOf } from '../questions/topics.js';
import { answered, lookAt, unanswered } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const rotationDocumented = submissionControl({
  id: 'submission/rotation-documented',
  title: 'The rotation of every secret, at least once a year, is documented',
  severity: 'high',
  topic: 'rotation',
  problem: { one: 'answer about rotation is missing', many: 'answers about rotation are missing' },
  area: 'Submission',
  requirement: 'Subscribers rotate their secrets regularly, and how they update them is documented',
  why: 'A leaked secret stays in use when the steps to replace it are not known.',
  checks: ['The rotation of every secret store of the package and of every integration that logs in.'],
  fails: [
    'The policy does not name who rotates a secret, after how many days, or how.',
    'A secret is rotated less often than every 365 days (parameter `days`).',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: ['No integration names an app or endpoint of the package.'],
  fix: [
    'Write `rotation` for each entry of `submission.secrets` in security-review.yml: who rotates it (`by`), how often (`everyDays`, at most 365) and how (`steps`).',
    'For secrets of subscribers, write where the steps are documented (`documentation`).',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'secretStores', 'previous'],
  compares: ['integrations', 'submission'],
  // A missing answer about something that was read is a finding, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', endpoints: 'fail', secretStores: 'fail' },
  params: { days: 365 },
  judge: (facts, { declared, params }) => {
    const topics = rotationTopics(facts, declared);
    const open = unclaimed(facts, declared);
    if (topics.length + open.length === 0) {
      return notApplicable('The package has no secret store, and no integration logs in.');
    }
    const tooSeldom = secretsOf(facts, declared).map(({ name, entry }): SubjectOutcome => {
      const days = entry?.rotation?.everyDays;
      if (days === undefined || days <= params.days) return undefined;
      const message = `${name} is rotated every ${days} days, which is more than ${params.days}.`;
      return unanswered(`submission.secrets.${name}.rotation.everyDays`, message)[0];
    });
    return decide(
      [...topics.map((topic) => lookAt(answered(topic, facts.previous))), ...tooSeldom, open],
      `The rotation of every secret (${topics.length}) is documented.`
    );
  },
});
