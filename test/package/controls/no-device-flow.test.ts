import { expect } from 'chai';
import { noDeviceFlow } from '../../../src/package/controls/no-device-flow.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  found,
  oneConnectedApp,
  oneExternalClientApp,
  orgDump,
  packageFacts,
  reasonOf,
  samlApp,
  stub,
} from '../../support/packageFacts.js';

testControl(noDeviceFlow, {
  pass: [
    { name: 'off', facts: oneConnectedApp({ deviceFlow: false }) },
    {
      name: 'trap: the global settings of an External Client App answer where they stand in the tree',
      facts: oneExternalClientApp({ local: { scopes: [] }, global: { deviceFlow: false } }),
    },
    {
      name: 'trap: the callback of device and desktop clients proves nothing',
      facts: oneConnectedApp({
        deviceFlow: false,
        callbacks: ['https://login.salesforce.com/services/oauth2/success'],
      }),
    },
  ],
  fail: [
    {
      name: 'on',
      facts: oneConnectedApp({ deviceFlow: true }),
      names: ['ConnectedApp:Acme'],
      says: [/isDeviceFlowEnabled is true/],
    },
    {
      name: 'on in the global settings',
      facts: oneExternalClientApp({ global: { deviceFlow: true } }),
      names: ['ExternalClientApp:Acme'],
    },
  ],
  inconclusive: [
    {
      name: 'trap: below API 68 a Connected App does not name the switch',
      facts: oneConnectedApp({ pkceRequired: true }),
    },
    {
      name: 'trap: a packaged External Client App does not show its switches',
      facts: oneExternalClientApp({ local: { scopes: ['Api'] } }),
    },
    {
      name: 'global settings of an older API version',
      facts: oneExternalClientApp({ global: { pkceRequired: true } }),
    },
    { name: 'trap: a 2GP only refers to the app of its 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'one member unseen',
      facts: packageFacts({
        connectedApps: [connectedApp({ deviceFlow: false })],
        externalClientApps: [externalClientApp()],
      }),
    },
  ],
  notApplicable: [
    { name: 'no app', facts: packageFacts() },
    { name: 'an app for SAML only', facts: packageFacts({ connectedApps: [samlApp] }) },
    { name: 'not a package', facts: orgDump({ connectedApps: [connectedApp({ deviceFlow: true })] }) },
  ],
});

describe('package/no-device-flow', () => {
  it('names the file where the switch stands', () => {
    expect(found(noDeviceFlow, oneExternalClientApp({ global: { deviceFlow: true } }))).to.deep.equal([
      'violation ExternalClientApp:Acme secret/Acme_glbloauth.ecaGlblOauth-meta.xml:7',
    ]);
  });

  it('says how to find out', () => {
    const detail = (facts: Parameters<typeof found>[1]): string => reasonOf(noDeviceFlow, facts);
    expect(detail(oneConnectedApp({}))).to.match(
      /Acme: Its file does not say whether isDeviceFlowEnabled is on; .* 68 or later\.$/
    );
    expect(detail(oneExternalClientApp({ global: {} }))).to.match(/Its file does not say whether .* 60 or later\.$/);
    expect(detail(oneExternalClientApp())).to.match(
      /retrieve its ExtlClntAppGlobalOauthSettings from the Dev Hub .* never commit/
    );
    expect(detail(packageFacts({ connectedApps: [stub] }))).to.match(/supply the \.connectedApp of that package/);
  });
});
