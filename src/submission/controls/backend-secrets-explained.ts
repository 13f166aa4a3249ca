import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { notGiven, unclaimed } from '../packageApps.js';
import { backendTopic, keptByPartner } from '../questions/topics.js';
import { answered, lookAt, settingAt, unanswered } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const backendSecretsExplained = submissionControl({
  id: 'submission/backend-secrets-explained',
  title: 'How secrets are kept outside of Salesforce is explained',
  severity: 'high',
  topic: 'backend secrets',
  problem: { one: 'answer about backend secrets is missing', many: 'answers about backend secrets are missing' },
  area: 'Submission',
  requirement: 'Partners submit detailed documentation on how the secrets are secured on their backend infrastructure',
  why: 'The secrets of a partner open the orgs of all its subscribers at once.',
  fix: [
    'Answer `submission.backend` in security-review.yml: where secrets are kept, who and what can read them, how they are encrypted and how they are rotated.',
    'If the partner keeps none, say why under `none`.',
    'Say `secretOwner` and `callbackOwner` of each integration.',
  ],
  checks: ['It is asked when an integration has a secret or a callback of the partner.'],
  fails: [
    'It fails while storage, access, encryption or rotation is not answered, or when the answer says that there is no secret and an integration says that there is one.',
  ],
  inconclusive: ['It stays undecided while the policy does not say whose a secret is.'],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'previous'],
  compares: ['integrations', 'submission'],
  // What is missing for something that was seen is missing, whatever else could not be seen.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', endpoints: 'fail' },
  judge: (facts, { declared }) => {
    const { integrations, submission } = declared;
    const kept = integrations.filter((one) => keptByPartner(one) === true);
    const open = [
      ...unclaimed(facts, declared),
      ...integrations
        .filter((one) => keptByPartner(one) === undefined)
        .map(({ name }) =>
          notGiven(
            settingAt(`integrations.${name}.secretOwner`),
            `The policy does not say whose the secret of the integration ${name} is.`
          )
        ),
    ];
    if (kept.length + open.length === 0)
      return notApplicable('No integration has a secret or a callback of the partner.');
    const secret = integrations.find(({ secretOwner }) => secretOwner === 'isv');
    const contradiction: SubjectOutcome =
      submission.backend?.none !== undefined && secret
        ? unanswered(
            'submission.backend.none',
            `It says that the partner keeps no secret, and the integration ${secret.name} has a secret of the partner.`,
            'contradiction'
          )[0]
        : undefined;
    const asked = kept.length > 0 || submission.backend !== undefined;
    return decide(
      [asked ? lookAt(answered(backendTopic(declared), facts.previous)) : undefined, contradiction, open],
      `How the secrets of ${kept.map(({ name }) => name).join(', ')} are kept is explained.`
    );
  },
});
