import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { bundle } from '../../scripts/tools/bundle.js';
import { billOfMaterials, npm, production } from '../../scripts/tools/productionDependencies.js';
import { inRoot, root } from '../../scripts/tools/paths.js';

type Pack = { shasum: string; unpackedSize: number; filename: string; files: Array<{ path: string; mode: number }> };

const pack = (folder: string, into: string): Pack => {
  const { status, stdout, stderr } = npm(
    ['pack', '--json', '--ignore-scripts', '--loglevel=error'],
    folder,
    // Not an argument: it may hold a blank.
    { NPM_CONFIG_PACK_DESTINATION: into }
  );
  if (status !== 0) throw new Error(`npm pack answered ${String(status)}: ${stderr}`);
  const [packed] = JSON.parse(stdout) as Pack[];
  if (!packed) throw new Error('npm pack packed nothing.');
  return packed;
};

/** Everything that is published. */
const expected: readonly RegExp[] = [
  /^(?:LICENSE|README\.md|action\.yml|package\.json|oclif\.manifest\.json)$/,
  /^lib\/(?:[\w/-]+\.js|THIRD-PARTY-LICENSES\.txt)$/,
  /^messages\/security-review(?:\.[a-z-]+)?\.md$/,
  /^permission-set\/(?:package\.xml|permissionsets\/\w+\.permissionset)$/,
  /^schemas\/[a-z-]+\.schema\.json$/,
];

describe('what npm publishes', () => {
  let folder: string;
  let here: Pack;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-'));
    here = pack(root, folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is the plugin, and nothing of its tests, its simulator and its scripts', () => {
    const strange = here.files.filter(({ path }) => !expected.some((form) => form.test(path)));
    expect(strange.map(({ path }) => path)).to.deep.equal([]);
    for (const form of expected)
      expect(
        here.files.some(({ path }) => form.test(path)),
        String(form)
      ).to.equal(true);
  });

  it('is one package of at most 10 MB', () => {
    expect(here.unpackedSize).to.be.at.most(10_000_000);
  });

  it('names no folder of the machine that built it', () => {
    const telling = here.files.filter(({ path }) => readFileSync(inRoot(path), 'utf8').includes(root));
    expect(telling.map(({ path }) => path)).to.deep.equal([]);
  });

  it('has the same bundle, byte for byte, when it is built again in another folder', async () => {
    const again = join(folder, 'lib');
    await bundle(again);
    const texts = (where: string): Record<string, string> =>
      Object.fromEntries(
        readdirSync(where, { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.js'))
          .sort()
          .map((file) => [file, readFileSync(join(where, file), 'utf8')])
      );
    expect(texts(again)).to.deep.equal(texts(inRoot('lib')));
  }).timeout(300_000);

  it('has a bill of materials that names every package that is installed, the same every time', () => {
    const bom = billOfMaterials();
    const named = bom.components.map(({ name, version }) => `${name}@${version}`);
    const installed = production().map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`);
    expect([...new Set(named)].sort()).to.deep.equal([...new Set(installed)].sort());
    expect(bom.metadata.component.name).to.equal('sf-plugin-security-review');
    expect(billOfMaterials()).to.deep.equal(bom);
  });
});
