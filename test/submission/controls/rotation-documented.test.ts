import { rotationDocumented } from '../../../src/submission/controls/rotation-documented.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp, secretStore } from '../../support/packageFacts.js';
import { declaring, gateway, submissionFacts } from '../../support/submissionFacts.js';

const rotation = { by: 'isv' as const, everyDays: 365, steps: 'Add the new, remove the old.' };
const store = { secretStores: [secretStore({ kind: 'setting', name: 'Keys__c' })] };

testControl(rotationDocumented, {
  pass: [
    {
      name: 'a year is often enough',
      facts: submissionFacts(store),
      ...declaring([gateway], {
        secrets: [
          { name: 'Key', store: 'Keys__c', rotation },
          { name: 'Client secret', integration: 'Gateway', rotation: { ...rotation, everyDays: 90 } },
        ],
      }),
    },
  ],
  fail: [
    {
      trap: true,
      name: 'rotated, but more seldom than once a year',
      facts: submissionFacts(store),
      ...declaring([], { secrets: [{ name: 'Key', store: 'Keys__c', rotation: { ...rotation, everyDays: 366 } }] }),
      names: ['Setting:submission.secrets.CustomSetting:Keys__c.rotation.everyDays'],
      says: [/366 days/],
    },
    {
      trap: true,
      name: 'the subscriber rotates it, and no answer explains how',
      facts: submissionFacts(store),
      ...declaring([], {
        secrets: [
          { name: 'Key', store: 'Keys__c', owner: 'subscriber', rotation: { by: 'subscriber', everyDays: 90 } },
        ],
      }),
      names: ['Setting:submission.secrets.CustomSetting:Keys__c.rotation.steps'],
      says: [/How the subscriber updates/],
    },
    {
      name: 'no answer',
      facts: submissionFacts(),
      ...declaring([gateway]),
      names: ['by', 'everyDays', 'steps'].map((key) => `Setting:submission.secrets.Gateway.rotation.${key}`),
    },
  ],
  inconclusive: [
    { name: 'an app that no integration names', facts: submissionFacts({ externalClientApps: [externalClientApp()] }) },
  ],
  notApplicable: [{ name: 'no secret is known', facts: submissionFacts() }],
});
