import { expect } from 'chai';
import type { Row, ScenarioInput, SimulatedOrg } from '../../../simulator/index.js';
import { collected, refusal, small, stopAll, whole, without } from '../support.js';

const holds = async (
  more: Partial<ScenarioInput>,
  prepare?: (org: SimulatedOrg) => void
): Promise<Array<boolean | undefined>> =>
  whole(await collected('roleSigns', small(more), prepare)).map((sign) => sign.holds);

const made = (packages: Array<Row & { released?: boolean }>): Partial<ScenarioInput> => ({
  organization: { NamespacePrefix: 'acme' },
  tables: (ids) => {
    const rows = packages.map((row) => ({ Id: ids.next('MetadataPackage'), Name: 'Acme', ...row }));
    return {
      MetadataPackage: rows,
      MetadataPackageVersion: rows.map(({ Id, ...row }) => ({
        MetadataPackageId: Id,
        ReleaseState: 'released' in row && row.released ? 'Released' : 'Beta',
      })),
    };
  },
});
const first = { PackageCategory: 'Package', NamespacePrefix: 'acme' };
const off = { settings: { DevHubSettings: { enableScratchOrgManagementPref: false } } };

describe('collector roleSigns (dev-hub, packaging, namespace, app-owner)', () => {
  afterEach(stopAll);

  const cases: ReadonlyArray<[string, Partial<ScenarioInput>, Array<boolean | undefined>]> = [
    ['nothing', off, [false, false, false, false]],
    [
      'a Dev Hub by its settings',
      { features: { devHub: true }, settings: { DevHubSettings: { enableScratchOrgManagementPref: true } } },
      [true, false, false, false],
    ],
    [
      'a namespace without a package',
      { ...off, organization: { NamespacePrefix: 'acme' } },
      [false, false, true, false],
    ],
    ['a released managed package', { ...off, ...made([{ ...first, released: true }]) }, [false, true, false, false]],
    ['a managed package without a release', { ...off, ...made([first]) }, [false, false, false, false]],
    [
      'an unmanaged package only',
      { ...off, ...made([{ PackageCategory: 'Package', NamespacePrefix: null, released: true }]) },
      [false, false, true, false],
    ],
    [
      'a second-generation marker only',
      { ...off, ...made([{ ...first, PackageCategory: 'Package2', released: true }]) },
      [false, false, true, false],
    ],
  ];
  for (const [name, input, expected] of cases) {
    it(`${name} is ${expected.join(', ')}`, async () => expect(await holds(input)).to.deep.equal(expected));
  }

  it('takes a list of scratch orgs for a Dev Hub when the settings are refused', async () => {
    const refuse = (org: SimulatedOrg): void => org.fault(/DevHubSettings/, refusal());
    expect((await holds({ features: { devHub: true } }, refuse))[0]).to.equal(true);
    expect((await holds({}, refuse))[0], 'a refused list proves nothing').to.equal(undefined);
  });

  it('trap: Dev Hub settings without a key leave the role open', async () => {
    expect((await holds({ settings: { DevHubSettings: {} } }))[0]).to.equal(undefined);
    const other = { settings: { DevHubSettings: { enableShapeExportPref: true } } };
    expect((await holds(other))[0]).to.equal(undefined);
  });

  const external = (row: Row): Partial<ScenarioInput> => ({
    ...off,
    tables: (ids) => ({
      ExternalClientApplication: [{ DeveloperName: 'Door', OrgScopedExternalApp: `${ids.org}:Door`, ...row }],
    }),
  });
  const connectedApp = { ...off, metadata: { ConnectedApp: { Sync: { label: 'Sync' } } } };

  it('takes an org with a packaged app of its own for an app owner', async () => {
    const owner = async (more: Partial<ScenarioInput>): Promise<unknown> => (await holds(more))[3];
    expect(await owner(external({ DistributionState: 'Packaged' }))).to.equal(true);
    expect(await owner(external({ DistributionState: 'Local' }))).to.equal(false);
    const installed = { DistributionState: 'Packaged', OrgScopedExternalApp: '00DHs0000000Xyz:Door' };
    expect(await owner(external(installed)), 'of a vendor').to.equal(false);
    const released = { manageableStates: { ConnectedApp: { Sync: 'released' } } };
    expect(await owner({ ...connectedApp, ...released })).to.equal(true);
    expect(await owner(connectedApp)).to.equal(false);
  });

  it('leaves the app owner undecided when a list of apps could not be read', async () => {
    const refuse = (org: SimulatedOrg): void => org.fault(/FROM ExternalClientApplication/, refusal());
    expect((await holds(off, refuse))[3]).to.equal(undefined);
    expect((await holds({ ...off, ...without('ModifyMetadata', 'ModifyAllData') }))[3]).to.equal(undefined);
  });

  it('leaves roles undecided when the packages are refused', async () => {
    const refuse = (org: SimulatedOrg): void => org.fault(/MetadataPackage /, refusal());
    expect(await holds({ ...off, organization: { NamespacePrefix: 'acme' } }, refuse)).to.deep.equal([
      false,
      undefined,
      undefined,
      false,
    ]);
  });

  it('leaves roles undecided when an auditor who may not view Setup sees no package', async () => {
    const input = { ...off, ...without('ViewSetup'), organization: { NamespacePrefix: 'acme' } };
    expect((await holds(input)).slice(1)).to.deep.equal([undefined, undefined, false]);
  });

  it('gives a reason for each', async () => {
    const signs = whole(await collected('roleSigns', small({ ...off, ...made([{ ...first, released: true }]) })));
    expect(signs.map(({ because }) => because)).to.deep.equal([
      'Dev Hub is switched off in its settings',
      'it released the managed package Acme (first generation)',
      'its namespace acme belongs to a first-generation package',
      'it owns no packaged app',
    ]);
  });
});
