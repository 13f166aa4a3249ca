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

describe('collector roleSigns (dev-hub, packaging, namespace)', () => {
  afterEach(stopAll);

  const cases: ReadonlyArray<[string, Partial<ScenarioInput>, Array<boolean | undefined>]> = [
    ['nothing', off, [false, false, false]],
    [
      'a Dev Hub by its settings',
      { features: { devHub: true }, settings: { DevHubSettings: { enableScratchOrgManagementPref: true } } },
      [true, false, false],
    ],
    ['a namespace without a package', { ...off, organization: { NamespacePrefix: 'acme' } }, [false, false, true]],
    ['a released managed package', { ...off, ...made([{ ...first, released: true }]) }, [false, true, false]],
    ['a managed package without a release', { ...off, ...made([first]) }, [false, false, false]],
    [
      'an unmanaged package only',
      { ...off, ...made([{ PackageCategory: 'Package', NamespacePrefix: null, released: true }]) },
      [false, false, true],
    ],
    [
      'a second-generation marker only',
      { ...off, ...made([{ ...first, PackageCategory: 'Package2', released: true }]) },
      [false, false, true],
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

  it('leaves roles undecided when the packages are refused', async () => {
    const refuse = (org: SimulatedOrg): void => org.fault(/MetadataPackage /, refusal());
    expect(await holds({ ...off, organization: { NamespacePrefix: 'acme' } }, refuse)).to.deep.equal([
      false,
      undefined,
      undefined,
    ]);
  });

  it('leaves roles undecided when an auditor who may not view Setup sees no package', async () => {
    const input = { ...off, ...without('ViewSetup'), organization: { NamespacePrefix: 'acme' } };
    expect((await holds(input)).slice(1)).to.deep.equal([undefined, undefined]);
  });

  it('gives a reason for each', async () => {
    const signs = whole(await collected('roleSigns', small({ ...off, ...made([{ ...first, released: true }]) })));
    expect(signs.map(({ because }) => because)).to.deep.equal([
      'Dev Hub is switched off in its settings',
      'it released the managed package Acme (first generation)',
      'its namespace acme belongs to a first-generation package',
    ]);
  });
});
