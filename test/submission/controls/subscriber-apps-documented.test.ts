import { subscriberAppsDocumented } from '../../../src/submission/controls/subscriber-apps-documented.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp } from '../../support/packageFacts.js';
import { declaring, gateway, submissionFacts } from '../../support/submissionFacts.js';

const sync = { name: 'Sync', flow: 'client-credentials' as const, secretOwner: 'subscriber' as const };
const why = { integration: 'Sync', useCase: 'Each subscriber has its own.', setup: 'As the guide shows.' };

testControl(subscriberAppsDocumented, {
  pass: [
    { name: 'why and how', facts: submissionFacts(), ...declaring([sync], { subscriberApps: [why] }) },
    {
      name: 'an entry about an integration whose app is packaged',
      facts: submissionFacts({ externalClientApps: [externalClientApp()] }),
      ...declaring([sync, gateway], { subscriberApps: [why, { ...why, integration: 'Gateway' }] }),
      latent: ['Setting:submission.subscriberApps.Gateway'],
    },
  ],
  fail: [
    {
      name: 'no answer',
      facts: submissionFacts(),
      ...declaring([sync]),
      names: ['Setting:submission.subscriberApps.Sync.useCase', 'Setting:submission.subscriberApps.Sync.setup'],
    },
    {
      trap: true,
      name: 'SAML and token exchange are set up by the subscriber',
      facts: submissionFacts(),
      ...declaring([{ name: 'Login', flow: 'saml' }]),
      names: ['Setting:submission.subscriberApps.Login.useCase', 'Setting:submission.subscriberApps.Login.setup'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'the policy does not name the owner of the callback',
      facts: submissionFacts(),
      ...declaring([{ name: 'Web', flow: 'authorization-code' }]),
      reason: /does not name its flow/,
    },
    { name: 'an app that no integration names', facts: submissionFacts({ externalClientApps: [externalClientApp()] }) },
  ],
  notApplicable: [
    {
      name: 'the app is packaged',
      facts: submissionFacts({ externalClientApps: [externalClientApp()] }),
      ...declaring([gateway]),
    },
    { name: 'no integration', facts: submissionFacts() },
  ],
});
