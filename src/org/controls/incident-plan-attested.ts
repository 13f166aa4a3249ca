import { inconclusive } from '../../engine/control.js';
import { orgControl } from '../facts.js';

const detail =
  'No org shows whether suspicious activity and incidents are reported to security@salesforce.com immediately. Attest it.';

export const incidentPlanAttested = orgControl({
  id: 'org/incident-plan-attested',
  title: 'Incidents are reported to Salesforce immediately',
  severity: 'medium',
  topic: 'incident plan',
  problem: { one: 'incident plan is not in place', many: 'incident plans are not in place' },
  area: 'Org and keys',
  requirement:
    'Any suspicious activity or security incidents that impact your applications and/or the customer secrets for your ' +
    'applications must be reported immediately to our security team by emailing security@salesforce.com.',
  why: 'Salesforce can revoke tokens and warn customers only when it hears of an incident. The reporting path has to be known before one happens.',
  checks: [
    'An attestation states that suspicious activity and incidents are reported to security@salesforce.com immediately.',
  ],
  fails: ['It never fails by itself, because no org shows how incidents are reported.'],
  inconclusive: ['No attestation exists.'],
  fix: [
    'Write down who reports which events to security@salesforce.com, and when.',
    'Rehearse the plan.',
    'Attest it under `attestations` in the policy.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040'],
  attestable: true,
  needs: [],
  judge: () => inconclusive(detail, [{ kind: 'not-given', detail }]),
});
