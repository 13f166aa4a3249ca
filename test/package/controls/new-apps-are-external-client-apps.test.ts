import type { Baseline } from '../../../src/package/facts.js';
import { newAppsAreExternalClientApps } from '../../../src/package/controls/new-apps-are-external-client-apps.js';
import { testControl } from '../../support/controlTester.js';
import { connectedApp, externalClientApp, packageFacts, samlApp, stub } from '../../support/packageFacts.js';

const released = (...names: readonly string[]): Baseline => ({
  source: 'git-tag',
  name: 'v1.0',
  apps: names.map((name) => ({ type: 'ConnectedApp', name })),
  neverReleased: false,
});
const acme = connectedApp({});

testControl(newAppsAreExternalClientApps, {
  pass: [
    { name: 'an External Client App', facts: packageFacts({ externalClientApps: [externalClientApp()] }) },
    {
      name: 'a Connected App that the baseline contains, which the reason names',
      facts: packageFacts({ connectedApps: [acme], baseline: released('Acme') }),
      reason: /v1\.0 \(git-tag\)/,
    },
    {
      trap: true,
      name: 'a reference with its namespace is the app that the baseline contains without one',
      facts: {
        ...packageFacts({ connectedApps: [stub], baseline: released('Stub') }),
        project: { ...packageFacts().project, namespace: 'acme' },
      },
    },
  ],
  fail: [
    {
      name: 'a Connected App that the baseline does not contain',
      facts: packageFacts({ connectedApps: [acme], baseline: released('Other') }),
      names: ['ConnectedApp:Acme'],
      says: [/new: v1\.0 \(git-tag\) does not contain it/],
    },
    {
      name: 'a Connected App without a baseline',
      facts: packageFacts({ connectedApps: [acme] }),
      names: ['ConnectedApp:Acme'],
      says: [/is new: there is no git repository/],
    },
    {
      trap: true,
      name: 'an app for SAML only is a Connected App too',
      facts: packageFacts({ connectedApps: [samlApp], baseline: released() }),
      names: ['ConnectedApp:Saml'],
    },
    {
      trap: true,
      name: 'a reference to the app of a 1GP is not proven to be new',
      facts: packageFacts({ connectedApps: [stub], baseline: released() }),
      names: ['ConnectedApp:acme__Stub'],
      says: [/refers to an app of a first-generation package/],
    },
    {
      trap: true,
      name: 'an External Client App of the same name in the baseline is another app',
      facts: packageFacts({
        connectedApps: [acme],
        baseline: { ...released(), apps: [{ type: 'ExternalClientApp', name: 'Acme' }] },
      }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'only the new one of two',
      facts: packageFacts({ connectedApps: [acme, connectedApp({}, 'Second')], baseline: released('Acme') }),
      names: ['ConnectedApp:Second'],
    },
  ],
  notApplicable: [{ name: 'no app', facts: packageFacts() }],
});
