import { noUsernamePasswordFlow } from '../../../src/package/controls/no-username-password-flow.js';
import { testControl } from '../../support/controlTester.js';
import {
  namespaced,
  oneConnectedApp,
  packageFacts,
  stub,
  use,
  withCode,
  withPlaces,
} from '../../support/packageFacts.js';

const password = use('username-password', 'grant_type=password');

testControl(noUsernamePasswordFlow, {
  pass: [
    { name: 'a package without app and integration', facts: packageFacts() },
    {
      name: 'the code outside the package was given',
      facts: withCode(oneConnectedApp({}), use('jwt-bearer', 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer')),
      reason: /^No code logs in with a username and a password \(3 files of code, including gateway\)\.$/,
    },
    {
      name: 'an app that an integration names is that integration',
      facts: withCode(oneConnectedApp({})),
      declared: { integrations: [{ name: 'portal', app: 'Acme' }] },
    },
    {
      trap: true,
      name: 'a reference with its namespace is the app that an integration names without it',
      facts: withCode(namespaced({ connectedApps: [stub] })),
      declared: { integrations: [{ name: 'portal', app: 'Stub' }] },
    },
    {
      name: 'as many folders as integrations, and the one that the policy names',
      facts: withPlaces(
        { folder: 'a', read: 1 },
        { folder: 'b', read: 1 },
        { integration: 'portal', folder: 'portal', read: 2 }
      ),
      declared: { integrations: [{ name: 'portal', sourceDir: 'portal' }, { name: 'gateway' }, { name: 'sync' }] },
    },
  ],
  fail: [
    {
      name: 'the flow of OAuth',
      facts: withCode(oneConnectedApp({}), password),
      names: ['File:src/login.js'],
      says: [
        /^src\/login\.js starts the username-password flow: grant_type=password\. Salesforce ends it on 20 Feb 2027\.$/,
      ],
    },
    {
      trap: true,
      name: 'names login() of the SOAP API, which is not an OAuth flow',
      facts: withCode(packageFacts(), use('soap-login', 'SOAP login()')),
      names: ['File:src/login.js'],
      says: [/^src\/login\.js logs in to the SOAP API with a username and a password/],
    },
    {
      name: 'a named credential',
      facts: withCode(packageFacts(), { ...password, subject: { type: 'NamedCredential', name: 'Login' } }),
      names: ['NamedCredential:Login'],
      says: [/^Login sends a username and a password to a Salesforce login/],
    },
    {
      name: 'two forms in one file',
      facts: withCode(packageFacts(), password, use('username-password', 'jsforce login')),
      names: ['File:src/login.js', 'File:src/login.js'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'one folder does not count for two integrations',
      facts: withCode(packageFacts()),
      declared: { integrations: [{ name: 'portal' }, { name: 'gateway' }] },
      reason: /^The code of the integration portal was not read\. Name its folder as sourceDir .* And 1 more reason\.$/,
    },
    {
      trap: true,
      name: 'one folder does not count for an integration and an app that no integration names',
      facts: withCode(oneConnectedApp({})),
      declared: { integrations: [{ name: 'portal' }] },
      reason: /^The code of the integration portal .*And 1 more reason\.$/,
    },
    {
      trap: true,
      name: 'the folder that the policy names for one integration does not count for another',
      facts: withPlaces({ integration: 'portal', folder: 'portal', read: 2 }),
      declared: { integrations: [{ name: 'portal', sourceDir: 'portal' }, { name: 'gateway' }] },
      reason: /^The code of the integration gateway was not read/,
    },
    {
      trap: true,
      name: 'a folder with nothing but configuration was not read',
      facts: withPlaces({ folder: 'gateway', read: 0 }),
      declared: { integrations: [{ name: 'gateway' }] },
    },
    { name: 'an app whose code was not given', facts: oneConnectedApp({}) },
    {
      trap: true,
      name: 'a folder of the policy without code was not read',
      facts: withCode(packageFacts()),
      declared: { integrations: [{ name: 'portal', sourceDir: 'portal' }] },
      reason: /there is no folder .*portal with code/,
    },
    {
      name: 'what it is sent to is not there',
      facts: withCode(packageFacts(), use('username-password', 'grant_type=password', 'the code does not show it')),
      reason: /^src\/login\.js: Line 3 contains grant_type=password, and the code does not show it\.$/,
    },
    {
      name: 'which flow it is, is not there',
      facts: withCode(packageFacts(), use('unknown', 'grant_type', 'it is handed in')),
    },
  ],
});
