import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { build, isBuilt } from '../scripts/tools/build.js';
import { licenceOf } from '../scripts/tools/licences.js';
import { listed, lockedRoot, production } from '../scripts/tools/productionDependencies.js';
import { inRoot } from '../scripts/tools/paths.js';

/** Licences that ask for nothing but a notice, or that end at the package that has them. */
const allowed: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  '(MIT AND Zlib)',
  // Of a choice the first is taken.
  '(MIT OR CC0-1.0)',
  '(MIT OR GPL-3.0-or-later)',
];
/** Licences that hold for one package only, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  // Its copyleft ends at its own files; it is used as it is, and nothing of it is copied into this plugin.
  elkjs: 'EPL-2.0',
};

const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path;
/** Packages that the sources import for more than types. */
const imported = (): Set<string> => {
  const texts = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(inRoot('src'), file), 'utf8'));
  const form = /^(?:import (?!type )[^;]*? from|export [^;]*? from|import) '([^']+)';|\bimport\('([^']+)'\)/gm;
  const names = texts.flatMap((text) =>
    [...text.matchAll(form)].map(([, one, other]) => packageIn(one ?? other ?? ''))
  );
  return new Set(names.filter((name) => !/^(?:node:|\.|$)/.test(name)));
};

const packageIn = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';

describe('what is installed with the plugin', () => {
  // `npm test` has built, and other tests use that build at the same time.
  before(() => (isBuilt() ? undefined : build()));

  it('has licences that were looked at', () => {
    const others = production()
      .map(([path]) => ({ name: nameOf(path), licence: licenceOf(path) }))
      .filter(({ name, licence }) => !allowed.includes(licence) && exceptions[name] !== licence);
    expect(others).to.deep.equal([]);
  });

  it('runs no script when it is installed', () => {
    expect(production().flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [path] : []))).to.deep.equal([]);
  });

  it('comes from a registry, no other place, each package with its hash', () => {
    const strange = production().filter(
      ([, { resolved, integrity, inBundle }]) =>
        (resolved !== undefined && !/^https:\/\/[^/]+\/.+\.tgz$/.test(resolved)) || !(integrity ?? inBundle)
    );
    expect(strange.map(([path]) => path)).to.deep.equal([]);
  });

  it('needs no package of npm: everything is part of the bundle', () => {
    expect(listed()).not.to.have.property('dependencies');
    expect(listed()).not.to.have.property('optionalDependencies');
  });

  it('includes every library that the sources import', () => {
    const bundled = new Set(production().map(([path]) => nameOf(path)));
    const others = [...imported()].filter((name) => !bundled.has(name));
    expect(others).to.deep.equal([]);
  });

  it('has the same ranges in the lock file as in package.json', () => {
    expect(lockedRoot().devDependencies).to.deep.equal(listed().devDependencies);
  });
});
