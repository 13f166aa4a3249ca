import { noSessionIdFromFrontdoor } from '../../../src/package/controls/no-session-id-from-frontdoor.js';
import type { FrontdoorUse, PackageFacts } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { oneConnectedApp, packageFacts, withCode } from '../../support/packageFacts.js';

const uses = (...kinds: ReadonlyArray<FrontdoorUse['kind']>): PackageFacts =>
  packageFacts({
    frontdoorUses: kinds.map((kind, index) => ({
      component: { type: 'ApexClass', name: 'A' },
      file: 'force-app/classes/A.cls',
      line: index + 1,
      at: `use ${index}`,
      kind,
    })),
  });

testControl(noSessionIdFromFrontdoor, {
  pass: [
    { name: 'no code does anything with one', facts: packageFacts(), latent: [] },
    { trap: true, name: 'building a frontdoor URL is latent', facts: uses('built'), latent: ['ApexClass:A'] },
    { name: 'the code outside the package was given', facts: withCode(oneConnectedApp({})) },
  ],
  fail: [
    {
      name: 'taken, and perhaps taken',
      facts: uses('taken', 'near'),
      names: ['ApexClass:A', 'ApexClass:A'],
      says: [/takes the session ID out of a frontdoor URL\.$/, /also contains a frontdoor URL\.$/],
    },
  ],
  inconclusive: [
    { trap: true, name: 'an app has code outside the package', facts: oneConnectedApp({}) },
    {
      name: 'an integration that the policy names was not read',
      facts: packageFacts(),
      declared: { integrations: [{ name: 'gateway' }] },
    },
  ],
});
