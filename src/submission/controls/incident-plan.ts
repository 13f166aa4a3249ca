import { decide, type SubjectOutcome } from '../../engine/control.js';
import { incidentTopic } from '../questions/topics.js';
import { answered, lookAt, settingAt } from '../questions/answers.js';
import { submissionControl } from '../facts.js';
import { daysBefore, shortDay } from '../../common/dates.js';

export const incidentPlan = submissionControl({
  id: 'submission/incident-plan',
  title: 'A contact and a plan for incidents, with the report to Salesforce, are documented',
  severity: 'high',
  topic: 'incident plan',
  problem: { one: 'answer about incidents is missing', many: 'answers about incidents are missing' },
  area: 'Submission',
  requirement:
    'Suspicious activity and incidents that affect the applications or the secrets of customers are reported to Salesforce immediately',
  why: 'During an incident there is no time to find out who is responsible and whom to contact.',
  checks: ['The answers about incidents in the policy.'],
  fails: ['The contact or the plan for an incident is missing or a placeholder.'],
  inconclusive: ['The previous draft could not be read.'],
  notes: ['A plan that was last rehearsed more than 365 days ago (parameter `days`) is reported as information.'],
  fix: [
    'Answer `submission.incident` in security-review.yml: who handles an incident (`contact`) and what happens in which order (`plan`).',
    'Rehearse the plan, and write the day in `rehearsedOn`.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['previous'],
  compares: ['submission'],
  params: { days: 365 },
  judge: (facts, { declared, asOf, params }) => {
    const rehearsed = declared.submission.incident?.rehearsedOn;
    const since = daysBefore(asOf, params.days).toISOString().slice(0, 10);
    const old: SubjectOutcome =
      rehearsed === undefined || rehearsed >= since
        ? undefined
        : {
            kind: 'latent',
            subject: settingAt('submission.incident.rehearsedOn'),
            message: `The plan was last rehearsed on ${shortDay(rehearsed)}, more than ${params.days} days ago.`,
          };
    return decide(
      [lookAt(answered(incidentTopic(declared), facts.previous)), old],
      'The policy names the contact and the plan for incidents.'
    );
  },
});
