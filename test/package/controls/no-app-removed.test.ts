import type { Baseline, DestructiveChange } from '../../../src/package/facts.js';
import { noAppRemoved } from '../../../src/package/controls/no-app-removed.js';
import { testControl } from '../../support/controlTester.js';
import { connectedApp, externalClientApp, packageFacts, stub } from '../../support/packageFacts.js';

const released = (...apps: Baseline['apps']): Baseline => ({
  source: 'git-ref',
  name: 'release/1',
  apps,
  neverReleased: false,
});
const [ca, eca] = [
  { type: 'ConnectedApp', name: 'Acme' },
  { type: 'ExternalClientApp', name: 'Acme' },
] as const;
const deleted = (type: string, name = 'Acme'): DestructiveChange => ({
  type,
  name,
  file: 'manifest/destructiveChangesPost.xml',
  line: 4,
});
const nothing: Baseline = { source: 'none', name: 'no git tag contains it', apps: [], neverReleased: false };

testControl(noAppRemoved, {
  pass: [
    {
      name: 'every app of the baseline is still there, and the reason names it',
      facts: packageFacts({
        connectedApps: [connectedApp({})],
        externalClientApps: [externalClientApp()],
        baseline: released(ca, eca),
      }),
      reason: /release\/1 \(git-ref\)/,
    },
    { name: 'a baseline without apps', facts: packageFacts({ baseline: released() }) },
    {
      trap: true,
      name: 'a reference with its namespace is the app of the first-generation package',
      facts: {
        ...packageFacts({ connectedApps: [stub], baseline: released({ type: 'ConnectedApp', name: 'Stub' }) }),
        project: { ...packageFacts().project, namespace: 'acme' },
      },
    },
  ],
  fail: [
    {
      name: 'a removed app of either kind',
      facts: packageFacts({ baseline: released(ca, eca) }),
      names: ['ConnectedApp:Acme', 'ExternalClientApp:Acme'],
      says: [/in release\/1 \(git-ref\), and no longer in the package/],
    },
    {
      trap: true,
      name: 'an External Client App of the same name does not replace the Connected App',
      facts: packageFacts({ externalClientApps: [externalClientApp()], baseline: released(ca) }),
      names: ['ConnectedApp:Acme'],
    },
    {
      trap: true,
      name: 'the settings of an app without its .eca file are no app',
      facts: packageFacts({ externalClientApps: [externalClientApp({ hasHeader: false })], baseline: released(eca) }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      trap: true,
      name: 'an entry of destructiveChanges counts also where nothing was released',
      facts: packageFacts({ destructiveChanges: [deleted('ConnectedApp')] }),
      names: ['ConnectedApp:Acme'],
    },
    {
      name: 'entries for the app and for a part of it, with nothing to compare with',
      facts: packageFacts({
        destructiveChanges: [deleted('ExternalClientApplication'), deleted('ExtlClntAppOauthSettings', 'Acme_oauth')],
        baseline: nothing,
      }),
      names: ['ExternalClientApp:Acme', 'ExternalClientApp:Acme_oauth'],
      says: [/deletes the ExternalClientApplication Acme/],
    },
    {
      name: 'removed and listed in destructiveChanges',
      facts: packageFacts({ destructiveChanges: [deleted('ConnectedApp')], baseline: released(ca) }),
      names: ['ConnectedApp:Acme', 'ConnectedApp:Acme'],
    },
  ],
  inconclusive: [
    {
      name: 'nothing to compare with, and something may have been released',
      facts: packageFacts({ baseline: nothing }),
    },
  ],
  notApplicable: [{ name: 'never released', facts: packageFacts() }],
});
