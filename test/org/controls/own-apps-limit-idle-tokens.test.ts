import { ownAppsLimitIdleTokens } from '../../../src/org/controls/own-apps-limit-idle-tokens.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, global, none, saml } from '../ownAppsSamples.js';

const off = { refreshTokenTtl: false };
const absent = { refreshTokenTtl: undefined };

testControl(ownAppsLimitIdleTokens, {
  pass: [
    {
      trap: true,
      name: 'the switch decides, Salesforce leaves a stale infinite in the policy',
      facts: facts([connected(), external(), saml], [global()]),
      latent: [],
    },
    {
      name: 'a policy that ends idle tokens is enough, whatever the switch says or does not say',
      facts: facts([
        connected({ ...off, refreshTokenPolicy: 'zero' }),
        connected({ ...absent, refreshTokenPolicy: 'specific_inactivity:30:DAYS' }),
        connected({ ...off, refreshTokenPolicy: 'specific_inactivity:720:HOURS' }),
        external({ refreshTokenPolicy: 'SpecificInactivity:7:Days' }),
        external({ refreshTokenPolicy: 'Zero' }),
      ]),
    },
    {
      name: 'no scope asks for refresh tokens, so none is idle',
      facts: facts([connected({ ...off, scopes: ['Api'] })]),
      latent: ['ConnectedApp:Acme Sync'],
    },
  ],
  fail: [
    {
      name: 'the switch is off and the policy is longer',
      facts: facts(
        [
          connected({ ...off, refreshTokenPolicy: 'infinite' }),
          connected({ ...off, refreshTokenPolicy: 'specific_inactivity:31:DAYS' }, { name: 'B' }),
          external(),
        ],
        [global(off)]
      ),
      names: ['ConnectedApp:Acme Sync', 'ConnectedApp:B', 'ExternalClientApp:Acme_Door'],
    },
    {
      trap: true,
      name: 'a month is longer than 30 days, and a lifetime is no idle limit',
      facts: facts([
        connected({ ...off, refreshTokenPolicy: 'specific_inactivity:1:MONTHS' }),
        connected({ ...off, refreshTokenPolicy: 'specific_lifetime:7:DAYS' }, { name: 'B' }),
      ]),
      names: ['ConnectedApp:Acme Sync', 'ConnectedApp:B'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'infinite alone proves nothing below API 68', facts: facts([connected(absent)]) },
    { name: 'the global OAuth settings were not requested', facts: facts([external()]) },
    {
      name: 'a policy in words that are not known',
      facts: facts([connected({ ...off, refreshTokenPolicy: 'sometimes' })]),
    },
    { name: 'no policy was sent', facts: facts([connected({ ...off, refreshTokenPolicy: undefined })]) },
    { name: 'the scopes are not known', facts: facts([external({ scopes: undefined })], [global(off)]) },
  ],
  notApplicable: [{ name: 'the org owns no app', facts: none }],
});
