import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { unclaimed } from '../packageApps.js';
import { credentialTopics, loggingIn } from '../questions/topics.js';
import { answered, lookAt, settingAt, unreferencedEntries } from '../questions/answers.js';
import { submissionControl } from '../facts.js';
import { daysBefore, shortDay } from '../../common/dates.js';

export const credentialsReady = submissionControl({
  id: 'submission/credentials-ready',
  title: 'Credentials for every integration are ready for the reviewers',
  severity: 'high',
  topic: 'credentials',
  problem: {
    one: 'answer about reviewer credentials is missing',
    many: 'answers about reviewer credentials are missing',
  },
  area: 'Submission',
  requirement:
    'Credentials for integrations, including web apps and REST APIs, are submitted to avoid delays in the security review',
  why: 'A review stops when the reviewers cannot log in.',
  checks: ['The credentials in the policy, for each integration that logs in.'],
  fails: [
    'The policy does not name what the reviewers log in to, its URL, the login, or how they get the password.',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: ['No integration names an app or endpoint of the package.'],
  notes: ['A login that was last tested more than 30 days ago (parameter `days`) is reported as information.'],
  fix: [
    'Write an entry under `submission.credentials` in security-review.yml for each integration: what the reviewers log in to, its URL, the login, and how they get the password.',
    'Never write the password itself there.',
    'Test each login shortly before the submission, and write the day in `testedOn`.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'previous'],
  compares: ['integrations', 'submission'],
  // A missing answer about something that was read is a finding, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', endpoints: 'fail' },
  params: { days: 30 },
  judge: (facts, { declared, asOf, params }) => {
    const integrations = loggingIn(declared);
    const open = unclaimed(facts, declared);
    if (integrations.length + open.length === 0) return notApplicable('No integration logs in.');
    const { credentials } = declared.submission;
    const since = daysBefore(asOf, params.days).toISOString().slice(0, 10);
    const old = credentials.map(({ integration, testedOn }): SubjectOutcome =>
      testedOn === undefined || testedOn >= since
        ? undefined
        : {
            kind: 'latent',
            subject: settingAt(`submission.credentials.${integration}.testedOn`),
            message: `The login for ${integration} was last tested on ${shortDay(testedOn)}, more than ${params.days} days ago.`,
          }
    );
    return decide(
      [
        ...credentialTopics(declared).map((topic) => lookAt(answered(topic, facts.previous))),
        ...old,
        open,
        unreferencedEntries(
          'credentials',
          credentials,
          ({ integration }) => integration,
          (name) => integrations.some((one) => one.name === name),
          'an integration that logs in'
        ),
      ],
      `The credentials for every integration (${integrations.length}) are ready.`
    );
  },
});
