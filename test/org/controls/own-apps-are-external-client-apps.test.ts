import { ownAppsAreExternalClientApps } from '../../../src/org/controls/own-apps-are-external-client-apps.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, none, saml } from '../ownAppsSamples.js';

const made = (created: string | undefined, name = 'Acme Sync'): ReturnType<typeof connected> =>
  connected({}, { created, name });

testControl(ownAppsAreExternalClientApps, {
  pass: [
    { name: 'External Client Apps only', facts: facts([external()]), latent: [] },
    {
      name: 'a Connected App from the day before the guidance',
      facts: facts([made('2026-04-07T23:59:59.000Z'), external()]),
      latent: ['ConnectedApp:Acme Sync'],
    },
    {
      name: 'another date',
      facts: facts([made('2026-06-01T08:00:00.000Z')]),
      params: { since: '2026-07-01' },
      latent: ['ConnectedApp:Acme Sync'],
    },
  ],
  fail: [
    {
      name: 'a Connected App from the day of the guidance on',
      facts: facts([made('2026-04-08T00:00:00.000Z'), made('2024-01-01T08:00:00.000Z', 'Old')]),
      names: ['ConnectedApp:Acme Sync'],
      latent: ['ConnectedApp:Old'],
      says: [/created on 8 Apr 2026, not before 8 Apr 2026/],
    },
    {
      trap: true,
      name: 'a Connected App for SAML only is a Connected App',
      facts: facts([{ ...saml, created: '2026-10-01T08:00:00.000Z' }]),
      names: ['ConnectedApp:Acme Saml'],
    },
  ],
  inconclusive: [{ name: 'the date could not be read', facts: facts([made(undefined), external()]) }],
  notApplicable: [{ name: 'the org owns no app', facts: none }],
});
