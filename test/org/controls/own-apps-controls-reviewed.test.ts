import { ownAppsControlsReviewed } from '../../../src/org/controls/own-apps-controls-reviewed.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, none, saml } from '../ownAppsSamples.js';

testControl(ownAppsControlsReviewed, {
  pass: 'never',
  fail: 'never',
  inconclusive: [
    {
      trap: true,
      name: 'no API shows the review, for an app of either kind',
      facts: facts([connected(), external(), saml]),
    },
  ],
  notApplicable: [
    { name: 'the org owns no app', facts: none },
    { name: 'the only app is for SAML', facts: facts([saml]) },
  ],
});
