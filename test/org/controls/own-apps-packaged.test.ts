import { ownAppsPackaged } from '../../../src/org/controls/own-apps-packaged.js';
import type { Integration } from '../../../src/engine/types.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, none } from '../ownAppsSamples.js';

const local = (packaged: boolean | undefined = false): ReturnType<typeof facts> => facts([external({}, { packaged })]);
const serving = (...integrations: Array<Partial<Integration>>): { integrations: Integration[] } => ({
  integrations: integrations.map((one, index) => ({ name: `I${index}`, app: 'Acme_Door', ...one })),
});

testControl(ownAppsPackaged, {
  pass: [
    { name: 'both kinds are packaged, declared or not', facts: facts([connected(), external()]) },
    { name: 'an app that no customer uses', facts: local(), declared: serving({ flow: 'none' }) },
    { trap: true, name: 'a SAML app has to be Local', facts: local(), declared: serving({ flow: 'saml' }) },
    {
      name: 'no answer is needed about an app that no customer uses',
      facts: facts([external({}, { packaged: undefined })]),
      declared: serving({ flow: 'none' }),
    },
  ],
  fail: [
    {
      name: 'the four use cases in which packaging is mandatory',
      facts: local(),
      declared: serving(
        { flow: 'authorization-code', callbackOwner: 'isv' },
        { flow: 'client-credentials', secretOwner: 'isv' },
        { flow: 'jwt-bearer', secretOwner: 'isv' },
        { flow: 'canvas' }
      ),
      names: Array.from({ length: 4 }, () => 'ExternalClientApp:Acme_Door'),
      says: [/authorization-code of the integration I0 requires/],
    },
    {
      name: 'an app that subscribers create, and another flow, are to be justified',
      facts: local(),
      declared: serving({ flow: 'client-credentials', secretOwner: 'subscriber' }, { flow: 'token-exchange' }),
      names: ['ExternalClientApp:Acme_Door', 'ExternalClientApp:Acme_Door'],
      says: [/serves the integration I0/],
    },
    {
      name: 'a Connected App outside the package, by its label or developer name',
      facts: facts([connected({}, { packaged: false })]),
      declared: {
        integrations: [
          { name: 'A', app: 'Acme Sync', flow: 'canvas' },
          { name: 'B', app: 'Acme_Sync', flow: 'canvas' },
        ],
      },
      names: ['ConnectedApp:Acme Sync', 'ConnectedApp:Acme Sync'],
    },
  ],
  inconclusive: [
    {
      name: 'no integration names the app',
      facts: local(),
      declared: { integrations: [{ name: 'Other', app: 'Other' }] },
    },
    {
      name: 'an integration without its flow or owner',
      facts: local(),
      declared: serving({ flow: 'authorization-code' }, {}),
    },
    {
      trap: true,
      name: 'a Connected App of which Salesforce does not say how it is packaged',
      facts: facts([connected({}, { packaged: undefined, developerName: 'Acme_Door' })]),
      declared: serving({ flow: 'canvas' }),
    },
  ],
  notApplicable: [{ name: 'the org owns no app', facts: none }],
});
