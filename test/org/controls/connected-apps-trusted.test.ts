import { connectedAppsTrusted } from '../../../src/org/controls/connected-apps-trusted.js';
import type { TrustedApp } from '../../../src/engine/types.js';
import type { InstalledConnectedApp, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { organization, orgId, trusted, trusting } from './samples.js';

const id = '0H4000000000001AAA';
const app = (rest: Partial<InstalledConnectedApp> = {}): InstalledConnectedApp => ({
  id,
  name: 'Loader',
  created: '2026-01-02T00:00:00.000Z',
  own: false,
  selfAuthorized: false,
  ...rest,
});
const facts = (
  ...connectedApps: readonly InstalledConnectedApp[]
): Pick<OrgFacts, 'connectedApps' | 'organization'> => ({
  connectedApps,
  organization,
});
const listed = (...apps: ReadonlyArray<Partial<TrustedApp>>): ReturnType<typeof trusting> =>
  trusting({ apps: apps.map((one) => ({ ...trusted, ...one })) });
const names = ['ConnectedApp:Loader'];

testControl(connectedAppsTrusted, {
  pass: [
    { name: 'no app', facts: facts(), reason: /no Connected App/ },
    {
      name: 'listed by the alias of the org and the Id, to be reviewed today',
      facts: facts(app()),
      declared: listed({ org: 'hub', id }),
    },
    {
      trap: true,
      name: '15 and 18 characters are one Id, of the app and of the org',
      facts: facts(app()),
      declared: listed({ org: orgId.slice(0, 15), id: id.slice(0, 15) }),
    },
    {
      trap: true,
      name: 'other controls check the app of this org',
      facts: facts(app({ own: true, selfAuthorized: true })),
    },
    { name: "came with a package of Salesforce's own", facts: facts(app({ namespace: 'sf_chttr_apps' })) },
    {
      name: 'listed, and its owner is not known',
      facts: facts(app({ own: undefined })),
      declared: listed({ org: 'hub', id }),
    },
  ],
  fail: [
    {
      trap: true,
      name: 'not listed is not trusted, whatever its name',
      facts: facts(app({ name: 'Salesforce CLI', selfAuthorized: true })),
      names: ['ConnectedApp:Salesforce CLI'],
      says: [
        /^Salesforce CLI is not on the trust list \(no namespace, installed 2 Jan 2026, any user can authorize it\)\.$/,
      ],
    },
    {
      trap: true,
      name: 'a namespace of Salesforce that Salesforce does not publish',
      facts: facts(app({ namespace: 'devedapp', publishedBySalesforce: false })),
      names,
      says: [/^Loader has a namespace of Salesforce, but Salesforce does not publish it \(namespace devedapp/],
    },
    {
      name: 'who may use it is part of the finding',
      facts: facts(app({ namespace: 'vendor' })),
      names,
      says: [/namespace vendor, .*only users approved by an administrator/],
    },
    {
      trap: true,
      name: 'an Id counts in one org',
      facts: facts(app()),
      declared: listed({ org: '00D000000000002AAA', id }),
      names,
    },
    {
      name: 'an alias that the policy does not know',
      facts: facts(app()),
      declared: listed({ org: 'other', id }),
      names,
    },
    {
      name: 'a review in the past ends the trust',
      facts: facts(app()),
      declared: listed({ org: 'hub', id, reviewBy: '2026-11-22' }, { org: 'hub', id, reviewBy: '2026-01-01' }),
      names,
      says: [/but its review is overdue since 22 Nov 2026/],
    },
    {
      name: 'an entry for an External Client App',
      facts: facts(app()),
      declared: listed({ externalApp: `${orgId}:Loader` }),
      names,
    },
    {
      name: 'a finding, and an app whose owner is not known',
      facts: facts(app(), app({ id: '0H4000000000002', own: undefined })),
      names,
    },
  ],
  inconclusive: [{ name: 'it is not known whether this org created it', facts: facts(app({ own: undefined })) }],
});
