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
  why: 'The secrets of a partner give access to the orgs of all its subscribers.',
  checks: ['The answers about the backend, when an integration has a secret or a callback of the partner.'],
  fails: [
    'The answer about storage, access, encryption or rotation is missing or a placeholder.',
    'The answer states that the partner keeps no secret, and an integration has a secret of the partner.',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: [
    'The policy does not name the owner of a secret.',
    'No integration names an app or endpoint of the package.',
  ],
  fix: [
    'Answer `submission.backend` in security-review.yml: where secrets are stored, who and what can read them, how they are encrypted and how they are rotated.',
    'If the partner keeps no secret, say why under `submission.backend.none`.',
    'Write `secretOwner` and `callbackOwner` for each entry under `integrations`.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'previous'],
  compares: ['integrations', 'submission'],
  // A missing answer about something that was read is a finding, whatever else could not be read.
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
            `The policy does not name the owner of the secret of the integration ${name}. Write secretOwner.`
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
            `submission.backend.none states that the partner keeps no secret, but the integration ${secret.name} has a secret of the partner.`,
            'contradiction'
          )[0]
        : undefined;
    const asked = kept.length > 0 || submission.backend !== undefined;
    return decide(
      [asked ? lookAt(answered(backendTopic(declared), facts.previous)) : undefined, contradiction, open],
      `The policy explains how the secrets of ${kept.map(({ name }) => name).join(', ')} are stored.`
    );
  },
});
