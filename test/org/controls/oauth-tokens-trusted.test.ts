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
    { name: 'no token', facts: facts([], { oauthTokens: { uninstalled: [], population: 0 } }), reason: /^No app has/ },
    {
      trap: true,
      name: 'trusted by name is latent, because any app can take a name',
      facts: facts([token()]),
      declared: trusting({ tokens: [entry] }),
      latent: names,
    },
    {
      trap: true,
      name: 'the audit itself has a token',
      facts: facts([token({ appName: 'Salesforce CLI' })]),
      declared: trusting({ tokens: [{ ...entry, appName: 'Salesforce CLI' }] }),
      latent: ['OauthToken:Salesforce CLI'],
    },
    {
      trap: true,
      name: 'a token of an External Client App has no menu entry, and shows its label',
      facts: facts([token(), token({ appName: 'Sync App' })], {
        externalClientApps: [
          { id: '0xI1', name: 'phantom', created },
          { id: '0xI2', name: 'Sync', label: 'Sync app', created },
        ],
      }),
      latent: ['OauthToken:Phantom', 'OauthToken:Sync App'],
    },
    {
      trap: true,
      name: "tokens of users that are Salesforce's own, such as AI Platform Auth",
      facts: facts([token({ appName: 'AI Platform Auth', salesforceUsers: true, users: ['cloud@00d'] })]),
      latent: ['OauthToken:AI Platform Auth'],
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
      trap: true,
      name: 'an app that is not installed has live tokens',
      facts: facts([token({ users: ['a', 'b', 'c', 'd'] })]),
      names,
      says: [
        /^Phantom is not installed and is not on the trust list: 2 live tokens of 4 users \(a, b, c and 1 more\), used 17 times, last on 20 Nov 2026\.$/,
      ],
    },
    {
      trap: true,
      name: 'any app can take the name of an installed one, and its menu entry leads elsewhere',
      facts: facts([token({ ofAnotherApp: 2 })], twin),
      names,
      says: [
        /^Phantom is not on the trust list and has only the name of an installed app: the menu entry of 2 live tokens/,
      ],
    },
    {
      name: 'one token of another app, and one that cannot be attributed',
      facts: facts([token({ ofAnotherApp: 1 })], twin),
      names,
    },
    {
      trap: true,
      name: "the same app has tokens of Salesforce's own users and of the company's",
      facts: facts([token({ salesforceUsers: true }), token()]),
      names,
      latent: names,
    },
    {
      trap: true,
      name: 'the label of an External Client App, and a menu entry that leads to another app',
      facts: facts([token({ ofAnotherApp: 1 })], {
        externalClientApps: [{ id: '0xI1', name: 'Sync', label: 'Phantom', created }],
      }),
      names,
      latent: names,
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
      says: [/review is overdue since 22 Nov 2026/],
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
      trap: true,
      name: 'the name of an installed app does not prove that the tokens are its own',
      facts: facts([token()], twin),
      latent: [],
      reason: /^Phantom has the name of an installed app and 2 live tokens without a menu entry/,
    },
    {
      trap: true,
      name: 'more tokens are listed than counted',
      facts: facts([token({ salesforceUsers: true })], {
        oauthTokens: { uninstalled: [token({ salesforceUsers: true })], population: 0 },
      }),
    },
  ],
});
