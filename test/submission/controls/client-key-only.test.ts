import { clientKeyOnly } from '../../../src/submission/controls/client-key-only.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp } from '../../support/packageFacts.js';
import { canary } from '../../support/secrets.js';
import { declaring, submissionFacts } from '../../support/submissionFacts.js';

const app = submissionFacts({ externalClientApps: [externalClientApp()] });
const key = `3MVG9${'Aa1.'.repeat(20)}`;

testControl(clientKeyOnly, {
  pass: [
    { name: 'the key of the app', facts: app, ...declaring([], { clientKeys: [{ app: 'Acme', key }] }) },
    {
      name: 'a key of an app that is not there',
      facts: app,
      ...declaring([], {
        clientKeys: [
          { app: 'Acme', key },
          { app: 'Gone', key: `${key}x` },
        ],
      }),
      latent: ['Setting:submission.clientKeys.Gone'],
    },
  ],
  fail: [
    { name: 'no key', facts: app, ...declaring([]), names: ['Setting:submission.clientKeys.Acme.key'] },
    {
      name: 'a placeholder',
      facts: app,
      ...declaring([], { clientKeys: [{ app: 'Acme', key: '<consumer key>' }] }),
      names: ['Setting:submission.clientKeys.Acme.key'],
    },
    {
      trap: true,
      name: 'a secret in the place of the key, of either generation',
      facts: app,
      ...declaring([], {
        clientKeys: [
          { app: 'Acme', key: canary.consumerSecret },
          { app: 'Old', key: '4837261950483726195' },
        ],
      }),
      names: ['Setting:submission.clientKeys.Acme.key', 'Setting:submission.clientKeys.Old.key'],
      says: [/looks like a client secret/],
    },
  ],
  notApplicable: [{ name: 'no External Client App', facts: submissionFacts() }],
});
