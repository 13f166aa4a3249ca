import { inconclusive } from '../../engine/control.js';
import { orgControl } from '../facts.js';

const detail =
  'Only a person can say that suspicious activity and incidents are reported to security@salesforce.com at once.';

export const incidentPlanAttested = orgControl({
  id: 'org/incident-plan-attested',
  title: 'Incidents are reported to Salesforce at once',
  severity: 'medium',
  topic: 'incident plan',
  problem: { one: 'incident plan is not in place', many: 'incident plans are not in place' },
  area: 'Org and keys',
  requirement:
    'Any suspicious activity or security incidents that impact your applications and/or the customer secrets for your ' +
    'applications must be reported immediately to our security team by emailing security@salesforce.com.',
  checks: [
    'The person has to answer that suspicious activity and incidents are reported to security@salesforce.com at once.',
  ],
  fails: [],
  inconclusive: [
    'Nothing is read, for no org shows how incidents are reported, so it is inconclusive until a person attests it.',
  ],
  why:
    'Salesforce can revoke tokens and warn customers only when it hears of an incident. Who writes to whom has to be ' +
    'known before one happens.',
  fix: [
    'Write down who reports what, and when, to security@salesforce.com; rehearse it.',
    'Then say so under attestations in the policy.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040'],
  attestable: true,
  needs: [],
  judge: () => inconclusive(detail, [{ kind: 'not-given', detail }]),
});
