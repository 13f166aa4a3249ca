import { incidentPlanAttested } from '../../../src/org/controls/incident-plan-attested.js';
import { testControl } from '../../support/controlTester.js';

testControl(incidentPlanAttested, {
  pass: 'never',
  fail: 'never',
  inconclusive: [
    {
      name: 'until a person answers, whatever is read',
      facts: {},
      reason: /^No org shows whether .* immediately\. Attest it\.$/,
    },
  ],
});
