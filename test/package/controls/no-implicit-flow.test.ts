import { noImplicitFlow } from '../../../src/package/controls/no-implicit-flow.js';
import type { Integration } from '../../../src/engine/types.js';
import type { PackageFacts } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import {
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  samlApp,
  use,
  withCode,
} from '../../support/packageFacts.js';

const integrations: readonly Integration[] = [
  { name: 'gateway', app: 'Acme', sourceDir: 'gateway' },
  { name: 'portal', sourceDir: '../portal' },
];
/** The code of the folders that the policy names was read. */
const withSources = (facts: PackageFacts, ...names: readonly string[]): PackageFacts => ({
  ...facts,
  code: {
    uses: [],
    places: [
      ...facts.code.places,
      ...integrations
        .filter(({ name }) => names.includes(name))
        .map(({ name, sourceDir = '' }) => ({
          in: 'integration' as const,
          folder: sourceDir,
          integration: name,
          read: 2,
          leftOut: 0,
        })),
    ],
  },
});
const implicit = use('implicit', 'response_type=token');

testControl(noImplicitFlow, {
  pass: [
    { name: 'a package without app and integration', facts: packageFacts() },
    { name: 'an app for SAML only', facts: packageFacts({ connectedApps: [samlApp] }) },
    {
      name: 'the code outside the package was given',
      facts: withCode(oneConnectedApp({})),
      reason: /^No code starts the implicit flow \(3 files of code, including gateway\)\.$/,
    },
    {
      name: 'every integration of the policy was read, one of them that of the app',
      facts: withSources(oneExternalClientApp(), 'gateway', 'portal'),
      declared: { integrations },
    },
    { name: 'another flow', facts: withCode(packageFacts(), use('authorization-code', 'response_type=code')) },
  ],
  fail: [
    {
      name: 'code of an integration',
      facts: withCode(oneConnectedApp({}), implicit),
      names: ['File:src/login.js'],
      says: [/^src\/login\.js starts the implicit flow: response_type=token\.$/],
    },
    {
      name: 'one place fails, others could not be read',
      facts: { ...oneConnectedApp({}), code: { ...packageFacts().code, uses: [implicit] } },
      names: ['File:src/login.js'],
    },
  ],
  inconclusive: [
    {
      name: 'an app whose code was not given',
      facts: oneExternalClientApp(),
      reason: /^The code that uses Acme was not read\. Pass it with --integration-dir, or name its folder as/,
    },
    {
      name: 'an integration of the policy without a folder',
      facts: packageFacts(),
      declared: { integrations: [{ name: 'gateway' }] },
      reason: /^The code of the integration gateway was not read\. Pass it/,
    },
    {
      trap: true,
      name: 'the code of one integration does not replace that of another',
      facts: withSources(packageFacts(), 'gateway'),
      declared: { integrations },
      reason: /^The code of the integration portal was not read: there is no folder \.\.\/portal with code\.$/,
    },
    {
      trap: true,
      name: 'evidence of another folder than the one that the policy names now',
      facts: withSources(packageFacts(), 'gateway', 'portal'),
      declared: { integrations: [{ name: 'portal', sourceDir: '../portal2' }] },
      reason: /^The code of the integration portal was not read: there is no folder \.\.\/portal2 with code\.$/,
    },
    {
      name: 'it is not known where it leads',
      facts: withCode(packageFacts(), use('implicit', 'response_type=token', 'the code does not show where')),
    },
  ],
});
