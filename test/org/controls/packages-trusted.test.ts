import { packagesTrusted } from '../../../src/org/controls/packages-trusted.js';
import type { Policy, TrustedPackage } from '../../../src/engine/types.js';
import type { InstalledPackage } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

const id = '033A0000000abcDEFG';
const installed = (rest: Partial<InstalledPackage> = {}): InstalledPackage => ({
  subscriberPackageId: id,
  versionId: '04tA0000000abcD',
  name: 'Base',
  namespace: 'acmebase',
  version: '1.2.0',
  managed: true,
  beta: false,
  unlocked: false,
  securityReviewed: true,
  ...rest,
});
const facts = (...installedPackages: readonly InstalledPackage[]): { installedPackages: typeof installedPackages } => ({
  installedPackages,
});
const trusting = (...entries: ReadonlyArray<Partial<TrustedPackage>>): { trust: Policy['trust'] } => ({
  trust: {
    packages: entries.map((entry) => ({ owner: 'ops', reason: 'ours', reviewBy: '2026-11-23', ...entry })),
    apps: [],
    tokens: [],
    ipRanges: [],
  },
});

testControl(packagesTrusted, {
  pass: [
    { name: 'nothing is installed', facts: facts(), reason: /No package is installed/ },
    {
      name: 'listed by id and namespace, to be reviewed today',
      facts: facts(installed()),
      declared: trusting({ id, namespace: 'acmebase' }),
    },
    {
      trap: true,
      name: 'the short form of an id is the same id',
      facts: facts(installed()),
      declared: trusting({ id: id.slice(0, 15) }),
    },
    {
      name: 'listed by namespace, which knows no case',
      facts: facts(installed()),
      declared: trusting({ namespace: 'AcmeBase' }),
    },
    {
      name: 'an overdue entry and a live one',
      facts: facts(installed()),
      declared: trusting({ id, reviewBy: '2026-01-01' }, { id }),
    },
    {
      trap: true,
      name: "Salesforce's own packages come with every org, and are not always security-reviewed",
      facts: facts(
        installed({ namespace: 'sf_com_apps', publishedBySalesforce: true, securityReviewed: false }),
        installed({ namespace: 'sf_chttr_apps', publishedBySalesforce: true })
      ),
      latent: [],
    },
    {
      name: "Salesforce's own by namespace, which nothing confirms",
      facts: facts(installed({ name: 'Sales Insights', namespace: 'OIQ' })),
      latent: ['Package:Sales Insights'],
    },
  ],
  fail: [
    {
      trap: true,
      name: 'security-reviewed is not trusted',
      facts: facts(installed()),
      names: ['Package:Base'],
      says: [/, security-reviewed\)\.$/],
    },
    {
      name: 'unmanaged, beta, unlocked and unreviewed are named as such',
      facts: facts(
        installed({ subscriberPackageId: '033A00000000001', name: 'Dashboards', namespace: undefined, managed: false }),
        installed({ subscriberPackageId: '033A00000000002', name: 'Beta', beta: true, securityReviewed: false }),
        installed({ subscriberPackageId: '033A00000000003', name: 'Unlocked', unlocked: true, managed: false })
      ),
      names: ['Package:Dashboards', 'Package:Beta', 'Package:Unlocked'],
      says: [
        /no namespace, version 1\.2\.0, unmanaged/,
        /beta, not security-reviewed/,
        /\(namespace acmebase, version 1\.2\.0, unlocked, security/,
      ],
    },
    {
      trap: true,
      name: 'the org has the row but not the package behind it',
      facts: facts({ subscriberPackageId: id }),
      names: [`Package:${id}`],
      says: [/no name/],
    },
    {
      name: 'a review in the past ends the trust',
      facts: facts(installed()),
      declared: trusting({ id, reviewBy: '2026-11-22' }),
      names: ['Package:Base'],
      says: [/review is overdue since 22 Nov 2026/],
    },
    {
      trap: true,
      name: 'id and namespace must both match',
      facts: facts(installed({ namespace: 'evil' }), installed({ subscriberPackageId: '033A0000000XYZ1' })),
      declared: trusting({ id, namespace: 'acmebase' }),
      names: ['Package:Base', 'Package:Base'],
    },
    {
      trap: true,
      name: 'ids tell upper from lower case',
      facts: facts(installed()),
      declared: trusting({ id: id.toLowerCase() }),
      names: ['Package:Base'],
    },
    {
      name: 'an entry that names nothing trusts nothing',
      facts: facts(installed()),
      declared: trusting({}),
      names: ['Package:Base'],
    },
    {
      name: 'a namespace of Salesforce that another party publishes',
      facts: facts(installed({ namespace: 'sf_com_apps', publishedBySalesforce: false })),
      names: ['Package:Base'],
      says: [/Salesforce does not publish it/],
    },
    {
      trap: true,
      name: 'a name decides nothing, nor does Salesforce as publisher of an unknown namespace',
      facts: facts(
        installed({ name: 'Salesforce Connected Apps', namespace: 'sfcomapps', publishedBySalesforce: true })
      ),
      names: ['Package:Salesforce Connected Apps'],
      says: [/published by Salesforce/],
    },
    {
      name: 'a trusted namespace does not cover a package without one',
      facts: facts(installed({ namespace: undefined })),
      declared: trusting({ namespace: 'acmebase' }),
      names: ['Package:Base'],
    },
  ],
});
