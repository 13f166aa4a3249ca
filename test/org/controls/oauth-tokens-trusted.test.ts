import { oauthTokensTrusted } from '../../../src/org/controls/oauth-tokens-trusted.js';
import type { OauthTokens, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { organization, trusted, trusting } from './samples.js';

type Facts = Pick<OrgFacts, 'oauthTokens' | 'connectedApps' | 'externalClientApps' | 'organization'>;
type Uninstalled = OauthTokens['uninstalled'][number];

const token = (rest: Partial<Uninstalled> = {}): Uninstalled => ({
  appName: 'Phantom',
  tokens: 2,
  ofAnotherApp: 0,
  users: ['ada@acme.example'],
  uses: 17,
  lastUsed: '2026-11-20T00:00:00.000Z',
  ...rest,
});
const facts = (uninstalled: readonly Uninstalled[] = [], rest: Partial<Facts> = {}): Facts => ({
  oauthTokens: { uninstalled, population: 9 },
  connectedApps: [],
  externalClientApps: [],
  organization,
  ...rest,
});
const entry = { ...trusted, org: 'hub', appName: 'Phantom' };
const created = '2026-01-01T00:00:00.000Z';
const names = ['OauthToken:Phantom'];
/** An installed app of the same name. */
const twin: Partial<Facts> = { connectedApps: [{ id: '0H4', name: 'phantom', created, selfAuthorized: false }] };

testControl(oauthTokensTrusted, {
  pass: [
    {
      name: 'every token belongs to an installed app',
      facts: facts(),
      latent: [],
      reason: /live tokens \(9\).*installed\./,
    },
    { name: 'no token', facts: facts([], { oauthTokens: { uninstalled: [], population: 0 } }), reason: /No app holds/ },
    {
      name: 'trap: trusted by name is latent, because any app can take a name',
      facts: facts([token()]),
      declared: trusting({ tokens: [entry] }),
      latent: names,
    },
    {
      name: 'trap: the audit itself holds a token',
      facts: facts([token({ appName: 'Salesforce CLI' })]),
      declared: trusting({ tokens: [{ ...entry, appName: 'Salesforce CLI' }] }),
      latent: ['OauthToken:Salesforce CLI'],
    },
    {
      name: 'trusted by name, and another app has the name',
      facts: facts([token({ ofAnotherApp: 2 })], twin),
      declared: trusting({ tokens: [entry] }),
      latent: names,
    },
  ],
  fail: [
    {
      name: 'trap: an app that is not installed holds live tokens',
      facts: facts([token({ users: ['a', 'b', 'c', 'd'] })]),
      names,
      says: [
        /^Is not listed as trusted and not installed: 2 live tokens of 4 users \(a, b, c and 1 more\), used 17 times, last on 2026-11-20\.$/,
      ],
    },
    {
      name: 'trap: any app can take the name of an installed one, and its menu entry leads elsewhere',
      facts: facts([token({ ofAnotherApp: 2 })], twin),
      names,
      says: [/^Is not listed as trusted and has only the name of an installed app: the menu entry of 2 live tokens/],
    },
    {
      name: 'one token of another app beside one that cannot be told',
      facts: facts([token({ ofAnotherApp: 1 })], twin),
      names,
    },
    {
      name: 'never used',
      facts: facts([token({ lastUsed: undefined, uses: 0 })]),
      names,
      says: [/the last time unknown/],
    },
    {
      name: 'trusted in another org',
      facts: facts([token()]),
      declared: trusting({ tokens: [{ ...entry, org: 'else' }] }),
      names,
    },
    {
      name: 'a review in the past ends the trust',
      facts: facts([token()]),
      declared: trusting({ tokens: [{ ...entry, reviewBy: '2026-11-22' }] }),
      names,
      says: [/until its review on 2026-11-22/],
    },
    {
      name: 'another name, another case',
      facts: facts([token(), token({ appName: 'phantom' })]),
      declared: trusting({ tokens: [entry] }),
      names: ['OauthToken:phantom'],
      latent: names,
    },
  ],
  inconclusive: [
    {
      name: 'trap: the name of an installed app does not prove that the tokens are its own',
      facts: facts([token(), token({ appName: 'SYNC' })], {
        ...twin,
        externalClientApps: [{ id: '0xI', name: 'Sync', created }],
      }),
      latent: [],
      reason: /^Phantom, SYNC: Has the name of an installed app, but 2 live tokens without a menu entry/,
    },
  ],
});
