import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bundledPackages } from './build.js';
import { licenceOf } from './licences.js';
import { inRoot } from './paths.js';

/** A package as package-lock.json names it. */
type Locked = {
  version: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  resolved?: string;
  integrity?: string;
  inBundle?: boolean;
  hasInstallScript?: boolean;
};
type Listed = { name: string; dependencies?: Record<string, string>; devDependencies: Record<string, string> };

const parsed = <T>(file: string): T => JSON.parse(readFileSync(inRoot(file), 'utf8')) as T;

/** package.json, or what package-lock.json repeats of it. */
export const listed = (): Listed => parsed('package.json');
export const lockedRoot = (): Listed => parsed<{ packages: { '': Listed } }>('package-lock.json').packages[''];

/** The packages of which code is part of the bundle: folder below the root → package. */
export function production(): Array<[string, Locked]> {
  const { packages } = parsed<{ packages: Record<string, Locked> }>('package-lock.json');
  return bundledPackages().map((path) => {
    const locked = packages[path];
    if (!locked) throw new Error(`${path} is part of the bundle and not in package-lock.json.`);
    return [path, locked];
  });
}

type Bom = {
  bomFormat: 'CycloneDX';
  specVersion: '1.5';
  version: 1;
  metadata: { component: Component };
  components: Component[];
};
type Component = {
  type: 'library' | 'application';
  'bom-ref': string;
  name: string;
  version: string;
  purl: string;
  licenses: ReadonlyArray<{ expression: string }>;
  hashes?: ReadonlyArray<{ alg: 'SHA-512'; content: string }>;
};

/** The software bill of materials (CycloneDX 1.5) of the bundle, the same for the same lock file and sources. */
export function billOfMaterials(): Bom {
  const { name, version, license } = parsed<{ name: string; version: string; license: string }>('package.json');
  const own = { type: 'application', name, version, licenses: [{ expression: license }] } as const;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { ...own, 'bom-ref': purlOf(name, version), purl: purlOf(name, version) } },
    components: production().map(([path, locked]) => componentOf(path, locked)),
  };
}

function componentOf(path: string, { version, integrity }: Locked): Component {
  const name = path.split('node_modules/').at(-1) ?? path;
  const sha512 = /^sha512-(.+)$/.exec(integrity ?? '')?.[1];
  return {
    type: 'library',
    'bom-ref': `${purlOf(name, version)}#${path}`,
    name,
    version,
    purl: purlOf(name, version),
    licenses: [{ expression: licenceOf(path) }],
    ...(sha512 ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }] } : {}),
  };
}

function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** Runs npm in a folder. npm is a batch file on Windows, which only a shell runs: no argument may contain a blank. */
export const npm = (
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {}
): { status: number | null; stdout: string; stderr: string } =>
  spawnSync('npm', [...args], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 28,
  });
