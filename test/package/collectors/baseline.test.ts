import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { complete } from '../../../src/engine/evidence.js';
import type { CollectContext, Evidence, EvidenceOf } from '../../../src/engine/types.js';
import { baseline } from '../../../src/package/collectors/baseline.js';
import type { Baseline, PackageFacts } from '../../../src/package/facts.js';
import { isPackageProblem, openPackage, openPackageZip, packageDomain } from '../../../src/package/index.js';
import { emptyPolicy } from '../../support/emptyPolicy.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const app = metadata('ConnectedApp', '<label>X</label>');
const a = 'force-app/connectedApps/A.connectedApp-meta.xml';
const b = 'force-app/connectedApps/B.connectedApp-meta.xml';
const eca = 'force-app/externalClientApps/C.eca-meta.xml';
const projectWith = (directory: object, more: object = {}): string =>
  JSON.stringify({ packageDirectories: [{ path: 'force-app', package: 'Acme', ...directory }], ...more });

describe('package/collectors/baseline', () => {
  let root: string;
  const at = (...parts: readonly string[]): string => join(root, ...parts);
  const write = async (files: Record<string, string>, folder = 'acme'): Promise<void> => {
    await Promise.all(
      Object.entries(files).map(async ([path, text]) => {
        await mkdir(dirname(at(folder, path)), { recursive: true });
        await writeFile(at(folder, path), text);
      })
    );
  };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@acme.example', ...args], {
      cwd: at('acme'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined },
    });
  const release = (tag: string): void => {
    git('add', '--all');
    git('commit', '-qm', tag);
    git('tag', tag);
  };
  const collect = async (given?: string, folder = ''): Promise<Evidence<Baseline>> =>
    baseline.collect(await openPackage(at('acme', folder), { baseline: given }), context);
  const valueOf = (evidence: Evidence<Baseline>): Baseline | undefined =>
    evidence.status === 'complete' ? evidence.value : undefined;
  const namesOf = (evidence: Evidence<Baseline>): string[] | undefined =>
    valueOf(evidence)?.apps.map(({ type, name }) => `${type}:${name}`);
  const problemOf = async (given: string): Promise<string> => {
    const error: unknown = await collect(given).catch((thrown: unknown) => thrown);
    return isPackageProblem(error) ? `${error.exitCode} ${error.message}` : 'no problem';
  };

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'baseline ')));
    await write({ 'sfdx-project.json': packageProject, [a]: app });
  });
  afterEach(() => rm(root, { recursive: true }));

  describe('without --baseline', () => {
    it('takes the newest tag that contains the same package directory', async () => {
      git('init', '-q');
      release('v1');
      await write({ [eca]: metadata('ExternalClientApplication', '<label>X</label>') });
      release('v2');
      git('rm', '-rqf', 'force-app');
      release('docs-only');
      await write({ [a]: app, [b]: app });
      const evidence = await collect();
      expect(valueOf(evidence)).to.deep.include({ source: 'git-tag', name: 'v2', neverReleased: false });
      expect(namesOf(evidence)).to.deep.equal(['ConnectedApp:A', 'ExternalClientApp:C']);
    });

    it('looks at the folder that was asked for, in a project below the root of the repository', async () => {
      await write({ 'sfdx-project.json': packageProject, [a]: app, [eca]: app }, 'acme/inner');
      git('init', '-q');
      release('v1');
      git('commit', '-qm', 'next', '--allow-empty');
      const opened = await openPackage(at('acme/inner/force-app/connectedApps'));
      expect(namesOf(await baseline.collect(opened, context))).to.deep.equal(['ConnectedApp:A']);
    });

    it('trap: a run for a tag compares with the release before it, and names the tags of HEAD that it skipped', async () => {
      git('init', '-q');
      release('v1');
      await write({ [b]: app });
      release('v2');
      git('tag', '-am', 'release', 'v2-final');
      const evidence = await collect();
      expect(valueOf(evidence)).to.deep.include({ name: 'v1', skipped: ['v2-final', 'v2'] });
      expect(namesOf(evidence)).to.deep.equal(['ConnectedApp:A']);
      const facts = { project: complete({ name: 'Acme' }), baseline: evidence } as unknown as EvidenceOf<PackageFacts>;
      expect(packageDomain.describe(facts, emptyPolicy).notices).to.include(
        'The package is compared with the git tag v1. Skipped tags, because they point to the checked commit: v2-final, v2.'
      );
    });

    it('trap: a tag of HEAD alone is no baseline, and no proof that nothing was released', async () => {
      git('init', '-q');
      release('v1');
      expect(valueOf(await collect())).to.deep.include({ source: 'none', neverReleased: false, skipped: ['v1'] });
    });

    it('trap: a version of a dependency proves no release of this package', async () => {
      const dependencies = [{ package: 'fflib@1.0.0-1' }, { package: 'Base', versionNumber: '2.0.0.LATEST' }];
      const packageAliases = { Acme: '0Ho1', Base: '0Ho2', 'fflib@1.0.0-1': '04t1', 'Base@2.0.0-1': '04t2' };
      await write({ 'sfdx-project.json': projectWith({ dependencies }, { packageAliases }) });
      expect(valueOf(await collect())).to.include({ source: 'none', neverReleased: true });
    });

    it('proves that nothing was released: no version, no ancestor, no tag', async () => {
      expect(valueOf(await collect())).to.include({ source: 'none', neverReleased: true });
      git('init', '-q');
      git('add', '--all');
      git('commit', '-qm', 'x');
      expect(valueOf(await collect())).to.include({ source: 'none', neverReleased: true });
      const source = await sourceOf({ 'sfdx-project.json': packageProject, [a]: app });
      expect(valueOf(await baseline.collect(source, context))).to.include({ source: 'none', neverReleased: true });
    });

    for (const [name, project] of [
      ['a version of the package', projectWith({}, { packageAliases: { Acme: '0Ho1', 'Acme@1.0.0-1': '04t1' } })],
      ['an ancestor', projectWith({ ancestorVersion: 'HIGHEST' })],
      [
        'trap: a 1GP keeps no record of its versions in the project',
        JSON.stringify({ packageDirectories: [{ path: 'force-app' }], namespace: 'acme' }),
      ],
    ] as const) {
      it(`proves nothing with ${name}`, async () => {
        await write({ 'sfdx-project.json': project });
        expect(valueOf(await collect())).to.include({ source: 'none', neverReleased: false });
      });
    }

    it('trap: a shallow copy may lack tags', async () => {
      git('init', '-q');
      git('add', '--all');
      git('commit', '-qm', 'one');
      git('commit', '-qm', 'two', '--allow-empty');
      git('clone', '-q', '--depth', '1', `file://${at('acme')}`, at('copy'));
      const opened = await openPackage(at('copy'));
      expect(valueOf(await baseline.collect(opened, context))).to.include({ source: 'none', neverReleased: false });
    });

    it('a shallow copy of a tag is not compared with itself', async () => {
      git('init', '-q');
      release('v1');
      await write({ [b]: app });
      release('v2');
      git('clone', '-q', '--depth', '1', '--branch', 'v2', `file://${at('acme')}`, at('copy'));
      const opened = await openPackage(at('copy'));
      expect(valueOf(await baseline.collect(opened, context))).to.include({ source: 'none', neverReleased: false });
    });

    it("a tag without readable source isn't a baseline, and proves a release", async () => {
      await write({ 'sfdx-project.json': '{' });
      git('init', '-q');
      release('v1');
      await write({ 'sfdx-project.json': packageProject });
      git('commit', '-qam', 'next');
      const value = valueOf(await collect());
      expect(value).to.include({ source: 'none', neverReleased: false });
      expect(value?.name).to.contain('v1');
    });

    it('a source that is no project proves nothing, nor does a zip', async () => {
      await rm(at('acme/sfdx-project.json'));
      expect(valueOf(await collect())).to.include({ source: 'none', neverReleased: false });
      await writeFile(at('new.zip'), zipSync({ 'connectedApps/A.connectedApp': strToU8(app) }));
      const evidence = await baseline.collect(await openPackageZip(at('new.zip')), context);
      expect(valueOf(evidence)).to.include({ source: 'none', neverReleased: false });
    });
  });

  describe('with --baseline', () => {
    it('reads a git ref as it was committed, whatever .forceignore leaves out there', async () => {
      await write({ '.forceignore': '**/B.connectedApp-meta.xml', [b]: app });
      git('init', '-q');
      release('v1');
      git('branch', 'release/one');
      await write({ '.forceignore': '' });
      expect(valueOf(await collect('release/one'))).to.include({ source: 'git-ref', name: 'release/one' });
      expect(namesOf(await collect('v1'))).to.deep.equal(['ConnectedApp:A']);
      expect(namesOf(await collect('HEAD'))).to.deep.equal(['ConnectedApp:A']);
    });

    it('reads a folder, and of it what was asked for', async () => {
      const stub = 'force-app/connectedApps/acme__S.connectedApp-meta.xml';
      const project = projectWith({}, { namespace: 'acme' });
      await write({ 'sfdx-project.json': project, [a]: app, [stub]: app, [eca]: app }, 'released');
      const names = namesOf(await collect(at('released')));
      expect(names).to.deep.equal(['ConnectedApp:A', 'ConnectedApp:S', 'ExternalClientApp:C']);
      expect(namesOf(await collect(at('released'), 'force-app/connectedApps'))).to.deep.equal(names?.slice(0, 2));
    });

    it('reads a zip, also of a package that is judged as a zip', async () => {
      const list = metadata('Package', '<types><members>*</members><name>ConnectedApp</name></types>');
      const files = { 'x/package.xml': strToU8(list), 'x/connectedApps/Z.connectedApp': strToU8(app) };
      await writeFile(at('old.zip'), zipSync(files));
      expect(namesOf(await collect(at('old.zip')))).to.deep.equal(['ConnectedApp:Z']);
      const opened = await openPackageZip(at('old.zip'), { baseline: at('old.zip') });
      expect(opened.project).to.include({ name: 'old', layout: 'metadata-folder' });
      expect(namesOf(await baseline.collect(opened, context))).to.deep.equal(['ConnectedApp:Z']);
    });

    it('a part of it that could not be seen makes the evidence a part', async () => {
      git('init', '-q');
      execFileSync('ln', ['-s', '../../..', at('acme/force-app/linked')]);
      release('v1');
      expect((await collect('v1')).status).to.equal('partial');
    });

    it('trap: a released source that defines no package was released with everything in it', async () => {
      await write(
        { 'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'force-app' }] }), [a]: app },
        'undeclared'
      );
      const evidence = await collect(at('undeclared'));
      expect(evidence).to.have.nested.property('value.apps.length', 1);
    });

    it('is invalid when it is no ref, no repository, an option, no package, or no zip', async () => {
      expect(await problemOf('v1')).to.match(/^1 The baseline v1 cannot be used: it is not a folder/);
      git('init', '-q');
      release('v1');
      expect(await problemOf('v9')).to.match(/^1 .*is not a folder/);
      expect(await problemOf('--output=x')).to.match(/^1 .*is not a folder/);
      await write({ 'readme.txt': '' }, 'empty');
      expect(await problemOf(at('empty'))).to.match(/^1 .*No package source/);
      await writeFile(at('bad.zip'), 'no zip');
      expect(await problemOf(at('bad.zip'))).to.match(/^1 The baseline .* cannot be used: .*not a zip file/);
    });
  });
});
