import { appsEnforceIpRanges } from '../../../src/org/controls/apps-enforce-ip-ranges.js';
import type { InstalledConnectedApp, InstalledExternalClientApp, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { connected, saml } from '../ownAppsSamples.js';

type Facts = Pick<OrgFacts, 'ownConnectedApps' | 'connectedApps' | 'externalClientApps' | 'externalClientAppPolicies'>;
const created = '2026-01-01T00:00:00.000Z';
const facts = (rest: Partial<Facts> = {}): Facts => ({
  ownConnectedApps: [],
  connectedApps: [],
  externalClientApps: [],
  externalClientAppPolicies: [],
  ...rest,
});
const installed = (own?: boolean): InstalledConnectedApp => ({
  id: '0H41',
  name: 'Loader',
  created,
  selfAuthorized: true,
  ...(own === undefined ? {} : { own }),
});
const external = (name: string): InstalledExternalClientApp => ({ id: `0xI${name}`, name, created });
const withPolicy = (ipRelaxation?: string): Facts =>
  facts({
    externalClientApps: [external('Door')],
    externalClientAppPolicies: [{ app: '0xIDoor', ...(ipRelaxation === undefined ? {} : { ipRelaxation }) }],
  });
const door = ['ExternalClientApp:Door'];

testControl(appsEnforceIpRanges, {
  pass: [
    { name: 'an External Client App enforces', facts: withPolicy('Enforce'), latent: [] },
    {
      name: 'a Connected App of this org enforces, in the words of the Metadata API',
      facts: facts({
        ownConnectedApps: [connected({ ipRelaxation: 'ENFORCE' }), saml],
        connectedApps: [installed(true)],
      }),
      latent: [],
    },
    { name: 'relaxed for refreshing only', facts: withPolicy('Enforce_RelaxRefresh'), latent: door },
    {
      trap: true,
      name: 'the same as the Tooling API spells it',
      facts: withPolicy('EnforceRelaxRefresh'),
      latent: door,
    },
  ],
  fail: [
    { name: 'bypass', facts: withPolicy('Bypass'), names: door, says: [/^Door relaxes IP restrictions \(Bypass\)\.$/] },
    { trap: true, name: 'bypass after a second factor is a bypass', facts: withPolicy('Bypass_2factor'), names: door },
    { trap: true, name: 'the same as the Tooling API spells it', facts: withPolicy('Bypass2Factor'), names: door },
    {
      name: 'a Connected App of this org bypasses',
      facts: facts({ ownConnectedApps: [connected({ ipRelaxation: 'BYPASS' })] }),
      names: ['ConnectedApp:Acme Sync'],
    },
    {
      trap: true,
      name: 'the app of a vendor counts, and so does an installed Connected App that no API shows',
      facts: { ...withPolicy('Bypass'), connectedApps: [installed(false)] },
      names: door,
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'no API shows the policy of an installed Connected App',
      facts: facts({ connectedApps: [installed(false)] }),
    },
    { name: 'a Connected App whose origin is not certain', facts: facts({ connectedApps: [installed()] }) },
    { trap: true, name: 'a policy that was not sent is no enforcement', facts: withPolicy() },
    { name: 'a word that is not known', facts: withPolicy('Maybe') },
    { trap: true, name: 'one app has no policy row', facts: facts({ externalClientApps: [external('Door')] }) },
    {
      name: 'a Connected App of this org without the element',
      facts: facts({ ownConnectedApps: [connected({ ipRelaxation: undefined })] }),
    },
  ],
  notApplicable: [
    { name: 'no app', facts: facts() },
    {
      name: 'only an app for single sign-on',
      facts: facts({ ownConnectedApps: [saml], connectedApps: [installed(true)] }),
    },
  ],
});
