import { expect } from 'chai';
import { noDeviceFlow } from '../../../src/package/controls/no-device-flow.js';
import { testControl } from '../../support/controlTester.js';
import {
  connectedApp,
  externalClientApp,
  found,
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  reasonOf,
  samlApp,
  stub,
  use,
  withCode,
} from '../../support/packageFacts.js';

testControl(noDeviceFlow, {
  pass: [
    {
      name: 'off',
      facts: withCode(oneConnectedApp({ deviceFlow: false })),
      reason: /3 files of code, including gateway/,
    },
    {
      trap: true,
      name: 'the global settings of an External Client App answer at their place in the tree',
      facts: withCode(oneExternalClientApp({ local: { scopes: [] }, global: { deviceFlow: false } })),
    },
    {
      trap: true,
      name: 'the callback of device and desktop clients proves nothing',
      facts: withCode(
        oneConnectedApp({
          deviceFlow: false,
          callbacks: ['https://login.salesforce.com/services/oauth2/success'],
        })
      ),
    },
    { name: 'no app', facts: packageFacts() },
    { name: 'an app for SAML only', facts: packageFacts({ connectedApps: [samlApp] }) },
    { name: 'another flow in the code', facts: withCode(packageFacts(), use('implicit', 'response_type=token')) },
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
    {
      name: 'code that starts it, and an app that does not show its switches',
      facts: withCode(oneExternalClientApp(), use('device', 'response_type=device_code')),
      names: ['File:src/login.js'],
      says: [/starts the device flow: response_type=device_code/],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'off in the app, but the code of its integration was not read',
      facts: oneConnectedApp({ deviceFlow: false }),
      reason: /^The code that uses Acme was not read\. Pass it with --integration-dir/,
    },
    {
      name: 'a flow that is handed in',
      facts: withCode(packageFacts(), use('unknown', 'grant_type', 'which flow it starts is not written there')),
      reason: /^src\/login\.js: Line 3 contains grant_type, and which flow/,
    },
    {
      trap: true,
      name: 'below API 68 a Connected App does not name the switch',
      facts: oneConnectedApp({ pkceRequired: true }),
    },
    {
      trap: true,
      name: 'a packaged External Client App does not show its switches',
      facts: oneExternalClientApp({ local: { scopes: ['Api'] } }),
    },
    {
      name: 'global settings of an older API version',
      facts: oneExternalClientApp({ global: { pkceRequired: true } }),
    },
    { trap: true, name: 'a 2GP only refers to the app of its 1GP', facts: packageFacts({ connectedApps: [stub] }) },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        connectedApps: [connectedApp({ deviceFlow: false })],
        externalClientApps: [externalClientApp()],
      }),
    },
  ],
});

describe('package/no-device-flow', () => {
  it('names the file where the switch stands', () => {
    expect(found(noDeviceFlow, oneExternalClientApp({ global: { deviceFlow: true } }))).to.deep.equal([
      'violation ExternalClientApp:Acme secret/Acme_glbloauth.ecaGlblOauth-meta.xml:7',
    ]);
  });

  it('says how to find out', () => {
    const detail = (facts: Parameters<typeof found>[1]): string => reasonOf(noDeviceFlow, withCode(facts));
    expect(detail(oneConnectedApp({}))).to.match(
      /^The file of Acme does not show whether isDeviceFlowEnabled is on\. .* 68 or later\.$/
    );
    expect(detail(oneExternalClientApp({ global: {} }))).to.match(
      /The file of Acme does not show whether .* 60 or later\.$/
    );
    expect(detail(oneExternalClientApp())).to.match(
      /are never packaged\. Pass --owner-org or --owner-evidence .* Setup > External Client App Manager and attest the app/
    );
    expect(detail(packageFacts({ connectedApps: [stub] }))).to.match(/Add the \.connectedApp file of that package/);
  });
});
