import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { isClientSecret } from '../../salesforce/secretShapes.js';
import { clientKeyTopics } from '../questions/topics.js';
import { answered, lookAt, settingAt, unreferencedEntries } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const clientKeyOnly = submissionControl({
  id: 'submission/client-key-only',
  title: 'The submission has the client key of each packaged External Client App, and no secret',
  severity: 'high',
  topic: 'client key',
  problem: { one: 'client key is missing or wrong', many: 'client keys are missing or wrong' },
  area: 'Submission',
  requirement:
    'For packaged External Client Apps the client key alone is shared in the submission documents, never the client secret',
  why: 'The reviewers need the key to find the app. With the secret, any reader of the documents could act as the app.',
  checks: ['The client keys in the policy, for each External Client App of the package.'],
  fails: [
    'The client key of an External Client App is missing or a placeholder.',
    'A value looks like a client secret. No document is written in this case.',
  ],
  inconclusive: ['Files of External Client Apps could not be read. A missing key of an app that was read still fails.'],
  notes: ['The control does not apply to a package without External Client Apps.'],
  fix: [
    'Write the consumer key of each External Client App under `submission.clientKeys` in security-review.yml.',
    'If the file contained a secret, remove it and rotate the secret.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['externalClientApps', 'previous'],
  compares: ['submission'],
  // A missing answer about something that was read is a finding, whatever else could not be read.
  provableFromPart: { externalClientApps: 'fail' },
  judge: (facts, { declared: { submission }, declared }) => {
    const apps = facts.externalClientApps;
    const secrets = submission.clientKeys
      .filter(({ key }) => key !== undefined && isClientSecret(key))
      .map(({ app }): SubjectOutcome => ({
        kind: 'violation',
        subject: settingAt(`submission.clientKeys.${app}.key`),
        message: `The value for ${app} looks like a client secret. Remove it, and rotate the secret.`,
        at: 'secret',
      }));
    if (apps.length + secrets.length === 0) return notApplicable('The package contains no External Client App.');
    return decide(
      [
        ...clientKeyTopics(facts, declared).map((topic) => lookAt(answered(topic, facts.previous))),
        ...secrets,
        unreferencedEntries(
          'clientKeys',
          submission.clientKeys,
          ({ app }) => app,
          (app) => apps.some(({ name }) => name === app),
          'an External Client App of the package'
        ),
      ],
      `The policy has the client key of every External Client App (${apps.length}).`
    );
  },
});
