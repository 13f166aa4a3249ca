import { decide, note, type SubjectOutcome } from '../../engine/control.js';
import type { TrustedPackage } from '../../engine/types.js';
import { isFirstParty } from '../../salesforce/firstPartyNamespaces.js';
import { sameId } from '../../common/ids.js';
import { orgControl, type InstalledPackage } from '../facts.js';
import { trustOf, untrusted } from '../findings/trust.js';

/** Whether an entry is about a package: everything that the entry names has to match. */
const isAbout = ({ id, namespace }: TrustedPackage, installed: InstalledPackage): boolean =>
  (id !== undefined || namespace !== undefined) &&
  (id === undefined || sameId(id, installed.subscriberPackageId)) &&
  (namespace === undefined || namespace.toLowerCase() === installed.namespace?.toLowerCase());

/** What is known of a package, without its publisher's name: any publisher can choose any name. */
const traits = (one: InstalledPackage): string =>
  [
    one.name === undefined ? 'no name' : '',
    one.namespace === undefined ? 'no namespace' : `namespace ${one.namespace}`,
    one.version === undefined ? '' : `version ${one.version}`,
    one.managed === false && one.unlocked !== true ? 'unmanaged' : '',
    one.unlocked === true ? 'unlocked' : '',
    one.beta === true ? 'beta' : '',
    one.securityReviewed === true ? 'security-reviewed' : '',
    one.securityReviewed === false ? 'not security-reviewed' : '',
    one.publishedBySalesforce === true ? 'published by Salesforce' : '',
  ]
    .filter((trait) => trait !== '')
    .join(', ');

const evaluatePackage = (one: InstalledPackage, listed: readonly TrustedPackage[], asOf: Date): SubjectOutcome => {
  const subject = { type: 'Package', name: one.name ?? one.subscriberPackageId, id: one.subscriberPackageId };
  const trust = trustOf(
    listed.filter((entry) => isAbout(entry, one)),
    asOf
  );
  if (trust.trusted) return undefined;
  if (isFirstParty(one.namespace) && one.publishedBySalesforce !== false) {
    const message = `${subject.name} counts as a package of Salesforce by its namespace ${one.namespace ?? ''}; its publisher could not be read.`;
    return one.publishedBySalesforce === true ? undefined : note(subject, message);
  }
  const why = isFirstParty(one.namespace)
    ? 'has a namespace of Salesforce, but Salesforce does not publish it'
    : untrusted(trust);
  return { kind: 'violation', subject, message: `${subject.name} ${why} (${traits(one)}).` };
};

export const packagesTrusted = orgControl({
  id: 'org/packages-trusted',
  title: 'Every installed package is trusted',
  severity: 'high',
  topic: 'packages',
  problem: { one: 'package is not on the trust list', many: 'packages are not on the trust list' },
  area: 'Installed apps and packages',
  setup: '/lightning/setup/ImportedPackage/home',
  requirement: "Don't install untrusted packages on these orgs.",
  why: "An installed package runs code in the org where your customers' code is built. Neither a security review nor the name of its publisher makes it trusted.",
  checks: [
    'Every installed package is published by Salesforce or on the trust list.',
    '`trust.packages` in the policy lists a package by Id, by namespace or by both, which then must both match. Its `reviewBy` date must not have passed.',
  ],
  fails: [
    'A package is not on the trust list, or its review is overdue. Security-reviewed packages and packages without a name are included.',
    'A package has a namespace of Salesforce, but Publisher shows that Salesforce does not publish it.',
  ],
  inconclusive: ['Salesforce did not return all installed packages.'],
  notes: [
    'A package with a namespace of Salesforce is informational if its publisher could not be read.',
    'The name of a publisher does not change the verdict.',
  ],
  fix: [
    'Setup > Installed Packages: uninstall the package, or list it under `trust.packages` in the policy with an owner, a reason and a review date.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040'],
  attestable: false,
  needs: ['installedPackages'],
  compares: ['trust.packages'],
  // A package that was seen is installed, whatever else is.
  provableFromPart: { installedPackages: 'fail' },
  judge: ({ installedPackages }, { asOf, declared }) =>
    decide(
      installedPackages.map((one) => evaluatePackage(one, declared.trust.packages, asOf)),
      installedPackages.length === 0
        ? 'No package is installed.'
        : `All ${installedPackages.length} installed packages are published by Salesforce or on the trust list.`
    ),
});
