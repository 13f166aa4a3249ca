import { externalClientAppsTrusted } from '../../../src/org/controls/external-client-apps-trusted.js';
import type { TrustedApp } from '../../../src/engine/types.js';
import type { InstalledExternalClientApp, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { organization, orgId, trusted, trusting } from './samples.js';

const id = '0xI000000000001AAA';
const scoped = '00D000000000009AAA:Sync';
const app = (rest: Partial<InstalledExternalClientApp> = {}): InstalledExternalClientApp => ({
  id,
  name: 'Sync',
  namespace: 'vendor',
  orgScopedName: scoped,
  created: '2026-01-02T00:00:00.000Z',
  own: false,
  selfAuthorized: false,
  ...rest,
});
const facts = (
  ...externalClientApps: readonly InstalledExternalClientApp[]
): Pick<OrgFacts, 'externalClientApps' | 'organization'> => ({ externalClientApps, organization });
const listed = (...apps: ReadonlyArray<Partial<TrustedApp>>): ReturnType<typeof trusting> =>
  trusting({ apps: apps.map((one) => ({ ...trusted, ...one })) });
const names = ['ExternalClientApp:Sync'];

testControl(externalClientAppsTrusted, {
  pass: [
    { name: 'no app', facts: facts(), reason: /no External Client App/ },
    {
      name: 'listed by its name across orgs',
      facts: facts(app()),
      declared: listed({ externalApp: scoped }),
    },
    {
      trap: true,
      name: 'the org in that name has 15 or 18 characters',
      facts: facts(app()),
      declared: listed({ externalApp: `${scoped.slice(0, 15)}:Sync` }),
    },
    { name: 'listed by org and Id', facts: facts(app()), declared: listed({ org: 'hub', id }) },
    {
      trap: true,
      name: 'the app of the ISV is at home here',
      facts: facts(app({ own: true, namespace: undefined })),
    },
    { name: "came with a package of Salesforce's own", facts: facts(app({ namespace: 'sf_com_apps' })) },
  ],
  fail: [
    {
      trap: true,
      name: 'a namespace of Salesforce that Salesforce does not publish',
      facts: facts(app({ namespace: 'sbqq', publishedBySalesforce: false })),
      names,
      says: [/^Sync has a namespace of Salesforce, but Salesforce does not publish it/],
    },
    {
      name: 'not listed',
      facts: facts(app({ selfAuthorized: true })),
      names,
      says: [/namespace vendor, external app 00D000000000009AAA:Sync, installed 2 Jan 2026, any user can authorize it/],
    },
    {
      name: 'its policy was not read',
      facts: facts(app({ selfAuthorized: undefined })),
      names,
      says: [/could not be read/],
    },
    {
      name: 'no name across orgs',
      facts: facts(app({ orgScopedName: undefined })),
      declared: listed({ externalApp: scoped }),
      names,
    },
    {
      name: 'another name of the same org',
      facts: facts(app()),
      declared: listed({ externalApp: `${scoped}2` }),
      names,
    },
    {
      name: 'the same name of another org',
      facts: facts(app()),
      declared: listed({ externalApp: `${orgId}:Sync` }),
      names,
    },
    {
      trap: true,
      name: 'an Id counts in one org',
      facts: facts(app()),
      declared: listed({ org: '00D000000000002AAA', id }),
      names,
    },
    {
      name: 'a review in the past ends the trust',
      facts: facts(app()),
      declared: listed({ externalApp: scoped, reviewBy: '2026-11-22' }),
      names,
      says: [/overdue/],
    },
  ],
  inconclusive: [
    {
      name: 'it is not known whether this org created it',
      facts: facts(app({ own: undefined, namespace: undefined })),
    },
  ],
});
