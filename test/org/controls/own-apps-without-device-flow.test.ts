import { ownAppsWithoutDeviceFlow } from '../../../src/org/controls/own-apps-without-device-flow.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, global, none, saml } from '../ownAppsSamples.js';

testControl(ownAppsWithoutDeviceFlow, {
  pass: [{ name: 'off in both kinds of app', facts: facts([connected(), external(), saml], [global()]) }],
  fail: [
    {
      name: 'on in both kinds of app',
      facts: facts([connected({ deviceFlow: true }), external()], [global({ deviceFlow: true })]),
      names: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
      says: [/isDeviceFlowEnabled is true/],
    },
    {
      name: 'one fails, another could not be checked',
      facts: facts([connected({ deviceFlow: undefined }), external()], [global({ deviceFlow: true })]),
      names: ['ExternalClientApp:Acme_Door'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'below API 68 the switch of a Connected App is never sent',
      facts: facts([connected({ deviceFlow: undefined })]),
    },
    { name: 'the global OAuth settings were not requested', facts: facts([connected(), external()]) },
  ],
  notApplicable: [{ name: 'the org owns no app', facts: none }],
});
