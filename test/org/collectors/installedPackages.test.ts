import { expect } from 'chai';
import type { SimulatedOrg } from '../../../simulator/index.js';
import type { InstalledPackage } from '../../../src/org/facts.js';
import { collected, refusal, small, stopAll, whole, without } from '../support.js';

const org = (more: Parameters<typeof small>[0] = {}): ReturnType<typeof small> =>
  small({
    packages: [
      { name: 'Base', namespace: 'base', version: '3.4.1.2', reviewed: true, packageId: '033000000000001AAA' },
      { name: 'Beta', namespace: 'betatools', beta: true },
      { name: 'Tools', container: 'Unlocked' },
      { name: 'Demo', managed: false },
    ],
    ...more,
  });

const crash =
  (pattern: RegExp): ((running: SimulatedOrg) => void) =>
  (running) =>
    running.fault(pattern, { kind: 'error', status: 500, errorCode: 'UNKNOWN_EXCEPTION' });

describe('collector installedPackages', () => {
  afterEach(stopAll);

  it('reads managed, beta, unlocked and unmanaged packages, and those of Salesforce', async () => {
    const packages = whole(await collected('installedPackages', org()));
    const named: Record<string, InstalledPackage> = Object.fromEntries(packages.map((one) => [one.name ?? '', one]));
    expect(named['Base']).to.include({
      subscriberPackageId: '033000000000001AAA',
      namespace: 'base',
      version: '3.4.1.2',
      managed: true,
      beta: false,
      unlocked: false,
      securityReviewed: true,
      publishedBySalesforce: false,
    });
    expect(named['Beta']).to.include({ beta: true, securityReviewed: false });
    expect(named['Tools']).to.include({ unlocked: true, managed: false }).and.not.to.have.property('namespace');
    expect(named['Demo']).to.include({ managed: false }).and.not.to.have.property('unlocked');
    expect(named['Salesforce Mobile Apps']).to.include({ publishedBySalesforce: true });
  });

  it('asks row by row when one version breaks the whole query (UNKNOWN_EXCEPTION)', async () => {
    const packages = whole(await collected('installedPackages', org(), crash(/SubscriberPackageVersion\.IsManaged/)));
    expect(packages.find(({ name }) => name === 'Base')).to.include({ version: '3.4.1.2', managed: true });
    expect(packages).to.have.length(7);
  });

  it('keeps a package that it cannot identify, by its Id', async () => {
    const packages = whole(
      await collected('installedPackages', org(), crash(/SubscriberPackageVersion\.IsManaged|033000000000001AAA/))
    );
    const unknown = packages.filter(({ name }) => name === undefined);
    expect(unknown.map(({ subscriberPackageId }) => subscriberPackageId)).to.deep.equal(['033000000000001AAA']);
  });

  it('does without the publisher where it is not readable', async () => {
    const packages = whole(
      await collected('installedPackages', org(), (running) => running.fault(/Publisher/, refusal()))
    );
    expect(packages.every((one) => one.publishedBySalesforce === undefined)).to.equal(true);
  });

  it('is a gap that names Download AppExchange Packages without it', async () => {
    const evidence = await collected('installedPackages', org(without('InstallPackaging')));
    expect(evidence).to.deep.nested.include({
      status: 'unavailable',
      'gap.kind': 'not-supported',
      'gap.grants': ['InstallPackaging'],
    });
  });

  it('is a gap when the limit of requests is reached, without asking row by row', async () => {
    const evidence = await collected('installedPackages', org(), (running) =>
      running.fault(/InstalledSubscriberPackage/, refusal('REQUEST_LIMIT_EXCEEDED'))
    );
    expect(evidence).to.deep.nested.include({ status: 'unavailable', 'gap.kind': 'limit' });
  });
});
