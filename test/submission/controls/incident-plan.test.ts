import { incidentPlan } from '../../../src/submission/controls/incident-plan.js';
import { testControl } from '../../support/controlTester.js';
import { declaring, submissionFacts } from '../../support/submissionFacts.js';

const incident = { contact: 'security@acme.example', plan: 'Report, revoke, tell, close.' };

testControl(incidentPlan, {
  pass: [
    {
      name: 'a contact and a plan, rehearsed within a year',
      facts: submissionFacts(),
      ...declaring([], { incident: { ...incident, rehearsedOn: '2025-11-23' } }),
      latent: [],
    },
    {
      trap: true,
      name: 'a plan without a rehearsal for a year is latent',
      facts: submissionFacts(),
      ...declaring([], { incident: { ...incident, rehearsedOn: '2025-11-22' } }),
      latent: ['Setting:submission.incident.rehearsedOn'],
    },
  ],
  fail: [
    {
      name: 'no answer',
      facts: submissionFacts(),
      ...declaring([]),
      names: ['Setting:submission.incident.contact', 'Setting:submission.incident.plan'],
    },
    {
      name: 'two words are no plan',
      facts: submissionFacts(),
      ...declaring([], { incident: { ...incident, plan: 'Stay calm' } }),
      names: ['Setting:submission.incident.plan'],
      says: [/less than a sentence/],
    },
  ],
});
