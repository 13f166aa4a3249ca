import { credentialsReady } from '../../../src/submission/controls/credentials-ready.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp } from '../../support/packageFacts.js';
import { declaring, endpoint, gateway, submissionFacts } from '../../support/submissionFacts.js';

const ready = {
  integration: 'Gateway',
  kind: 'web-app' as const,
  url: 'https://app.acme.example',
  login: 'reviewer@acme.example',
  handover: 'The password comes by the vault.',
};

testControl(credentialsReady, {
  pass: [
    {
      name: 'an entry for the integration, tested within 30 days',
      facts: submissionFacts(),
      ...declaring([gateway], { credentials: [{ ...ready, testedOn: '2026-10-24' }] }),
      latent: [],
    },
    {
      trap: true,
      name: 'a login that was tested long ago is latent',
      facts: submissionFacts(),
      ...declaring([gateway], { credentials: [{ ...ready, testedOn: '2026-10-23' }] }),
      latent: ['Setting:submission.credentials.Gateway.testedOn'],
    },
    {
      name: 'an entry about an integration that logs in nowhere',
      facts: submissionFacts(),
      ...declaring([gateway], { credentials: [ready, { ...ready, integration: 'Feed' }] }),
      latent: ['Setting:submission.credentials.Feed'],
    },
  ],
  fail: [
    {
      trap: true,
      name: 'no entry for an integration',
      facts: submissionFacts(),
      ...declaring([gateway]),
      names: ['kind', 'url', 'login', 'handover'].map((key) => `Setting:submission.credentials.Gateway.${key}`),
    },
  ],
  inconclusive: [
    { name: 'an app that no integration names', facts: submissionFacts({ externalClientApps: [externalClientApp()] }) },
    {
      name: 'an endpoint that no integration declares',
      facts: submissionFacts({ endpoints: [endpoint('a.example')] }),
    },
  ],
  notApplicable: [
    { name: 'no integration logs in', facts: submissionFacts(), ...declaring([{ name: 'Feed', flow: 'none' }]) },
  ],
});
