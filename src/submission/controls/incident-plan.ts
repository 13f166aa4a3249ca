import { decide, type SubjectOutcome } from '../../engine/control.js';
import { incidentTopic } from '../questions/topics.js';
import { answered, lookAt, settingAt } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const incidentPlan = submissionControl({
  id: 'submission/incident-plan',
  title: 'Who handles an incident, and how it reaches Salesforce, is planned',
  severity: 'high',
  topic: 'incident plan',
  problem: { one: 'answer about incidents is missing', many: 'answers about incidents are missing' },
  area: 'Submission',
  requirement:
    'Suspicious activity and incidents that affect the applications or the secrets of customers are reported to Salesforce immediately',
  why: 'In an incident nobody has the time to find out who decides, and whom to write to.',
  fix: [
    'Answer `submission.incident` in security-review.yml: who handles an incident (`contact`) and what happens in which order (`plan`).',
    'Rehearse the plan, and note the day in `rehearsedOn`.',
  ],
  checks: ['It fails while the policy does not say who handles an incident and what happens then.'],
  fails: ['It fails while the policy does not say who handles an incident and what happens then.'],
  inconclusive: [],
  notes: ['A plan that was rehearsed more than 365 days ago is latent.'],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['previous'],
  compares: ['submission'],
  params: { days: 365 },
  judge: (facts, { declared, asOf, params }) => {
    const rehearsed = declared.submission.incident?.rehearsedOn;
    const since = new Date(asOf.getTime() - params.days * 86_400_000).toISOString().slice(0, 10);
    const old: SubjectOutcome =
      rehearsed === undefined || rehearsed >= since
        ? undefined
        : {
            kind: 'latent',
            subject: settingAt('submission.incident.rehearsedOn'),
            message: `The plan was last rehearsed on ${rehearsed}, more than ${params.days} days ago.`,
          };
    return decide(
      [lookAt(answered(incidentTopic(declared), facts.previous)), old],
      'Somebody handles an incident, by a plan.'
    );
  },
});
