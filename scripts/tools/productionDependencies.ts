import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './paths.js';

/** A package as package-lock.json names it. */
export type Locked = {
  version: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  resolved?: string;
  integrity?: string;
  inBundle?: boolean;
  hasInstallScript?: boolean;
};
type Listed = { name: string; dependencies: Record<string, string>; devDependencies?: Record<string, string> };

const parsed = <T>(file: string): T => JSON.parse(readFileSync(inRoot(file), 'utf8')) as T;

/** package.json, or what package-lock.json repeats of it. */
export const listed = (): Listed => parsed('package.json');
export const lockedRoot = (): Listed => parsed<{ packages: { '': Listed } }>('package-lock.json').packages[''];

/** What somebody gets who installs the plugin: folder below the root → package. */
export const production = (): Array<[string, Locked]> =>
  Object.entries(parsed<{ packages: Record<string, Locked> }>('package-lock.json').packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional
  );

export type Bom = {
  serialNumber?: string | undefined;
  metadata: { timestamp?: string | undefined; component: { name: string } };
  components: Array<{ name: string; version: string }>;
};

/**
 * The software bill of materials (CycloneDX) of what `production` names, the same for the same lock file.
 * `npm sbom --omit dev` leaves out everything that a development dependency needs, too, which is most of it; so npm is
 * shown a project that has no development dependencies.
 */
export const billOfMaterials = (): Bom => {
  const folder = mkdtempSync(join(tmpdir(), 'bill-of-materials-'));
  try {
    const project = { ...listed(), devDependencies: {} };
    const root = { ...lockedRoot(), devDependencies: {} };
    const shown = join(folder, project.name);
    mkdirSync(shown);
    writeFileSync(join(shown, 'package.json'), JSON.stringify(project));
    const kept = { lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(production()) } };
    writeFileSync(join(shown, 'package-lock.json'), JSON.stringify(kept));
    const { status, stdout, stderr } = npm(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], shown);
    if (status !== 0) throw new Error(`npm sbom answered ${String(status)}: ${stderr}`);
    const { metadata, ...bom } = JSON.parse(stdout) as Bom;
    // Both are other ones every time, and CycloneDX requires neither.
    return { ...bom, serialNumber: undefined, metadata: { ...metadata, timestamp: undefined } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Runs npm in a folder. npm is a batch file on Windows, which only a shell runs: no argument may hold a blank. */
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
