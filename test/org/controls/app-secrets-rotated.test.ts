import { appSecretsRotated } from '../../../src/org/controls/app-secrets-rotated.js';
import type {
  InstalledConnectedApp,
  InstalledExternalClientApp,
  OrgFacts,
  AuditTrail,
} from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

type Facts = Pick<OrgFacts, 'connectedApps' | 'externalClientApps' | 'setupChanges'>;

const limit = '2025-11-23T10:00:00.000Z';
const old = '2025-11-23T09:59:59.999Z';
const app = (rest: Partial<InstalledConnectedApp> = {}): InstalledConnectedApp => ({
  id: '0H41',
  name: 'Sync',
  created: limit,
  own: true,
  selfAuthorized: false,
  ...rest,
});
const external = (rest: Partial<InstalledExternalClientApp> = {}): InstalledExternalClientApp => ({
  id: '0xI1',
  name: 'Pay',
  created: limit,
  own: true,
  ...rest,
});
const started: AuditTrail['changes'] = [
  {
    id: '0Ym1',
    action: 'generateOauthStagedCredential',
    display: 'Generated temporary credentials for connected app Sync',
    time: '2026-10-01T00:00:00.000Z',
  },
  { id: '0Ym2', action: 'deleteApplication', display: 'Deleted', time: '2026-10-01T00:00:00.000Z' },
];
const facts = (rest: Partial<Facts> = {}): Facts => ({
  connectedApps: [app()],
  externalClientApps: [external()],
  setupChanges: { actions: ['generateOauthStagedCredential'], changes: [] },
  ...rest,
});
const trail = 'AuditTrail:Generated temporary credentials for connected app Sync';

testControl(appSecretsRotated, {
  pass: [
    { name: 'apps that are exactly as old as a secret may be', facts: facts(), latent: [] },
    {
      name: 'the secret of an installed app is its maker’s',
      facts: facts({ connectedApps: [app({ own: false, created: old })] }),
    },
    { name: 'a young app, whatever its owner', facts: facts({ connectedApps: [app({ own: undefined })] }) },
    { name: 'more days by parameter', facts: facts({ connectedApps: [app({ created: old })] }), params: { days: 400 } },
  ],
  fail: 'never',
  inconclusive: [
    {
      trap: true,
      name: 'created in the future, by the clock of the org, is not young',
      facts: facts({ connectedApps: [app({ created: '2028-11-24T10:00:00.000Z' })] }),
      reason: /in the future: a clock is wrong/,
    },
    {
      trap: true,
      name: 'no API shows when the secret of a Connected App was rotated',
      facts: facts({ connectedApps: [app({ created: old })] }),
      reason: /^Sync: The app is more than 365 days old \(created 23 Nov 2025\), and no API shows/,
    },
    { name: 'an old External Client App', facts: facts({ externalClientApps: [external({ created: old })] }) },
    {
      trap: true,
      name: 'a rotation that was started is reported, not passed',
      facts: facts({
        connectedApps: [app({ created: old })],
        setupChanges: { actions: ['generateOauthStagedCredential'], changes: started },
      }),
      latent: [trail],
    },
    {
      name: 'an old app whose owner is not known',
      facts: facts({ connectedApps: [app({ created: old, own: undefined })] }),
      reason: /Could not determine/,
    },
  ],
  notApplicable: [
    {
      name: 'no app was created here',
      facts: facts({ connectedApps: [app({ own: false })], externalClientApps: [external({ own: false })] }),
    },
  ],
});
