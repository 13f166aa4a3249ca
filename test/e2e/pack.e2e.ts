import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { billOfMaterials, npm, production } from '../../scripts/tools/productionDependencies.js';
import { inRoot, root } from '../../scripts/tools/paths.js';

type Pack = { shasum: string; filename: string; files: Array<{ path: string; mode: number }> };

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
  /^(?:LICENSE|README\.md|package\.json|oclif\.manifest\.json)$/,
  /^lib\/[\w/-]+\.(?:js|js\.map|d\.ts)$/,
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

  it('names no folder of the machine that built it', () => {
    const telling = here.files.filter(({ path }) => {
      const text = readFileSync(inRoot(path), 'utf8');
      const { sources = [] } = path.endsWith('.map') ? (JSON.parse(text) as { sources: string[] }) : {};
      return text.includes(root) || sources.some((source) => !source.startsWith('../'));
    });
    expect(telling.map(({ path }) => path)).to.deep.equal([]);
  });

  it('is the same file, byte for byte, when it is built again in another folder', () => {
    const copy = join(folder, 'elsewhere');
    const parts = [...new Set(here.files.map(({ path }) => path.split('/')[0] ?? path))];
    for (const part of [...parts.filter((one) => one !== 'lib'), 'src', 'tsconfig.json']) {
      cpSync(inRoot(part), join(copy, part), { recursive: true });
    }
    symlinkSync(inRoot('node_modules'), join(copy, 'node_modules'), 'junction');
    const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
    expect(spawnSync(process.execPath, [tsc, '-p', copy], { cwd: copy }).status).to.equal(0);
    expect(pack(copy, copy).shasum).to.equal(here.shasum);
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
