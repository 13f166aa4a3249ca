import { backendSecretsExplained } from '../../../src/submission/controls/backend-secrets-explained.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp } from '../../support/packageFacts.js';
import { declaring, gateway, submissionFacts } from '../../support/submissionFacts.js';

const backend = {
  storage: 'In a vault of ours.',
  access: 'Only the service reads it.',
  encryption: 'By keys of a KMS.',
  rotation: 'Every 90 days by a job.',
};

testControl(backendSecretsExplained, {
  pass: [
    { name: 'a secret of the partner, explained', facts: submissionFacts(), ...declaring([gateway], { backend }) },
    {
      name: 'a callback of the partner, and a reason why nothing is kept',
      facts: submissionFacts(),
      ...declaring([{ name: 'Web', flow: 'authorization-code', callbackOwner: 'isv' }], {
        backend: { none: 'The code is exchanged in the browser.' },
      }),
    },
  ],
  fail: [
    {
      name: 'no answer',
      facts: submissionFacts(),
      ...declaring([gateway]),
      names: ['storage', 'access', 'encryption', 'rotation'].map((key) => `Setting:submission.backend.${key}`),
    },
    {
      trap: true,
      name: 'none is described, and an integration has a secret of the partner',
      facts: submissionFacts(),
      ...declaring([gateway], { backend: { none: 'We keep no secret.' } }),
      names: ['Setting:submission.backend.none'],
      says: [/Gateway has a secret of the partner/],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'the policy does not name the owner of the secret',
      facts: submissionFacts(),
      ...declaring([{ name: 'Sync', flow: 'jwt-bearer' }]),
      reason: /owner of the secret/,
    },
    { name: 'an app that no integration names', facts: submissionFacts({ externalClientApps: [externalClientApp()] }) },
  ],
  notApplicable: [
    {
      name: 'the secrets are the subscriber’s',
      facts: submissionFacts(),
      ...declaring([{ name: 'Sync', flow: 'client-credentials', secretOwner: 'subscriber' }]),
    },
  ],
});
