import type { PackageFacts } from '../../src/package/facts.js';
import {
  connectedApp,
  externalClientApp,
  oneConnectedApp,
  oneExternalClientApp,
  packageFacts,
  stub,
} from './packageFacts.js';

type CallbackCase = { name: string; facts: PackageFacts; trap?: true; reason?: RegExp };

/** Apps whose callbacks are open. Every control about callbacks is inconclusive about them. */
export const openCallbacks: readonly CallbackCase[] = [
  { trap: true, name: 'a packaged External Client App does not show its callbacks', facts: oneExternalClientApp() },
  { name: 'a reference to the app of a 1GP', facts: packageFacts({ connectedApps: [stub] }) },
  {
    trap: true,
    name: 'a file without a callback',
    facts: oneConnectedApp({ callbacks: undefined }),
    reason: /The file of Acme names no callback/,
  },
  {
    name: 'one member could not be checked',
    facts: packageFacts({
      connectedApps: [connectedApp({ callbacks: ['https://app.acme.example/callback'] })],
      externalClientApps: [externalClientApp()],
    }),
  },
];
