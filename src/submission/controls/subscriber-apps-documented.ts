import { decide, notApplicable } from '../../engine/control.js';
import { notGiven, unclaimed } from '../packageApps.js';
import { createdBySubscriber, subscriberAppTopics } from '../questions/topics.js';
import { answered, lookAt, settingAt, unreferencedEntries } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const subscriberAppsDocumented = submissionControl({
  id: 'submission/subscriber-apps-documented',
  title: 'The use case of every app that subscribers create is documented',
  severity: 'high',
  topic: 'subscriber apps',
  problem: { one: 'subscriber-created app is not documented', many: 'subscriber-created apps are not documented' },
  area: 'Submission',
  requirement:
    'Where an app has to be created in the subscriber org after the installation, the use case is documented in the submission',
  why: 'An app that each subscriber creates has whatever settings an admin chose. Reviewers want to know why it is not packaged.',
  checks: ["Each integration whose app is not in the package and whose callback or secret is the subscriber's."],
  fails: [
    'The use case or the setup of such an app is missing or a placeholder.',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: [
    'The policy does not name the flow, or the owner of the callback and secret.',
    'No integration names an app or endpoint of the package.',
  ],
  fix: [
    'For each integration whose app is not in the package, write under `submission.subscriberApps` in security-review.yml why it is created in the subscriber org (`useCase`) and how (`setup`).',
    'Write `callbackOwner` and `secretOwner` for each entry under `integrations`.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'previous'],
  compares: ['integrations', 'submission'],
  // Not from a part of the apps: the missing app may be in a file that could not be read.
  provableFromPart: { endpoints: 'fail' },
  judge: (facts, { declared }) => {
    const { integrations, submission } = declared;
    const topics = subscriberAppTopics(facts, declared);
    const open = [
      ...unclaimed(facts, declared),
      ...integrations
        .filter((one) => createdBySubscriber(one, facts) === undefined)
        .map(({ name }) =>
          notGiven(
            settingAt(`integrations.${name}`),
            `Could not determine whether subscribers create the app of ${name}: the policy does not name its flow, or the owner of its callback and secret.`
          )
        ),
    ];
    if (topics.length + open.length === 0) return notApplicable('No app is created in the subscriber org.');
    return decide(
      [
        ...topics.map((topic) => lookAt(answered(topic, facts.previous))),
        open,
        unreferencedEntries(
          'subscriberApps',
          submission.subscriberApps,
          ({ integration }) => integration,
          (name) => topics.some(({ path }) => path === `subscriberApps.${name}`),
          'an integration whose app a subscriber creates'
        ),
      ],
      `The policy documents why and how subscribers create each app (${topics.length}).`
    );
  },
});
