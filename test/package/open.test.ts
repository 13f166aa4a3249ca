import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { complete, unavailable } from '../../src/engine/evidence.js';
import type { Policy } from '../../src/engine/types.js';
import type { Project } from '../../src/package/facts.js';
import { isPackageProblem, openPackage, openPackageZip, packageDomain } from '../../src/package/index.js';
import { metadata, packageProject } from '../support/packageSource.js';

const app = metadata('ConnectedApp', '<label>X</label>');
const a = 'force-app/connectedApps/A.connectedApp-meta.xml';

describe('package/index', () => {
  let root: string;
  const write = async (files: Record<string, string>): Promise<void> => {
    await Promise.all(
      Object.entries(files).map(async ([path, text]) => {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      })
    );
  };
  const problemOf = async (sourceDir: string): Promise<{ exitCode?: number; message?: string }> => {
    const error: unknown = await openPackage(sourceDir).catch((thrown: unknown) => thrown);
    return isPackageProblem(error) ? { exitCode: error.exitCode, message: error.message } : {};
  };

  beforeEach(async () => {
    root = join(await realpath(await mkdtemp(join(tmpdir(), 'package '))), 'acme');
    await mkdir(root);
  });
  afterEach(() => rm(dirname(root), { recursive: true }));

  describe('openPackage', () => {
    it('opens the root of a project', async () => {
      await write({ 'sfdx-project.json': packageProject, [a]: app });
      expect((await openPackage(root)).packaged).to.deep.equal([a]);
    });

    it('finds the project above a folder, and keeps files relative to its root', async () => {
      await write({ 'sfdx-project.json': packageProject, [a]: app, 'force-app/classes/B.cls-meta.xml': app });
      expect((await openPackage(join(root, 'force-app/connectedApps'))).packaged).to.deep.equal([a]);
    });

    it('finds the project above a folder that is reached through a link', async () => {
      await write({ 'sfdx-project.json': packageProject, [a]: app });
      await symlink(join(root, 'force-app'), join(dirname(root), 'link'));
      expect((await openPackage(join(dirname(root), 'link'))).packaged).to.deep.equal([a]);
    });

    it('opens a Metadata API folder inside a project, apart from its source', async () => {
      const list = metadata('Package', '<types><members>*</members><name>ConnectedApp</name></types>');
      await write({ 'sfdx-project.json': packageProject, [a]: app, 'mdapi/package.xml': list });
      await write({ 'mdapi/connectedApps/B.connectedApp': app });
      const source = await openPackage(join(root, 'mdapi'));
      expect(source.project).to.include({ layout: 'metadata-folder', name: 'mdapi' });
      expect(source.packaged).to.include('connectedApps/B.connectedApp');
    });

    it('is not misled by a package.xml inside a package directory', async () => {
      await write({ 'sfdx-project.json': packageProject, [a]: app, 'force-app/package.xml': app });
      expect((await openPackage(join(root, 'force-app'))).project.layout).to.equal('sfdx-project');
    });

    it('names a plain folder after itself', async () => {
      await write({ [a]: app });
      expect((await openPackage(root)).project).to.include({ name: 'acme', layout: 'source-folder' });
    });

    it('refuses a path that does not exist, as a wrong command line', async () => {
      const { exitCode, message } = await problemOf(join(root, 'gone'));
      expect(exitCode).to.equal(2);
      expect(message).to.match(/gone does not exist/);
    });

    it('refuses a file, as a wrong command line', async () => {
      await write({ 'file.txt': '' });
      const { exitCode, message } = await problemOf(join(root, 'file.txt'));
      expect(exitCode).to.equal(2);
      expect(message).to.match(/is not a folder/);
    });

    it('says which flag takes what was given', async () => {
      await write({ 'acme.zip': '' });
      const actionsOf = async (opening: Promise<unknown>): Promise<readonly string[]> => {
        const error: unknown = await opening.catch((thrown: unknown) => thrown);
        return isPackageProblem(error) ? error.actions : [];
      };
      expect(await actionsOf(openPackage(join(root, 'acme.zip')))).to.match(/package zip with --package-zip/);
      expect(await actionsOf(openPackageZip(root))).to.match(/folder with --source-dir/);
    });

    it('refuses a folder without metadata', async () => {
      expect(await problemOf(root)).to.include({ exitCode: 1 });
    });
  });

  describe('tracked by git', () => {
    const secret = 'force-app/x y/[A].ecaGlblOauth-meta.xml';
    const git = (...words: string[]): void => {
      execFileSync('git', words, { cwd: root, stdio: 'ignore' });
    };
    const tracked = async (): Promise<string[] | undefined> => {
      const found = await (await openPackage(root)).tracked([secret, a]);
      return found && [...found];
    };

    beforeEach(() => write({ 'sfdx-project.json': packageProject, [a]: app, [secret]: app }));

    it('without a repository nothing is tracked', async () => expect(await tracked()).to.deep.equal([]));

    it('a file that was only ever ignored is not tracked', async () => {
      git('init', '-q');
      await write({ '.gitignore': '*.ecaGlblOauth-meta.xml' });
      git('add', '.');
      expect(await tracked()).to.deep.equal([a]);
    });

    it('a file in the index is tracked, whatever its name contains', async () => {
      git('init', '-q');
      git('add', '.');
      expect(await tracked()).to.have.members([secret, a]);
    });

    it('the repository may lie above the project', async () => {
      execFileSync('git', ['init', '-q'], { cwd: dirname(root), stdio: 'ignore' });
      git('add', '.');
      expect(await tracked()).to.have.members([secret, a]);
    });

    it('a file of a repository inside the repository is asked for there', async () => {
      git('init', '-q');
      execFileSync('git', ['init', '-q'], { cwd: join(root, 'force-app', 'x y'), stdio: 'ignore' });
      execFileSync('git', ['add', '.'], { cwd: join(root, 'force-app', 'x y'), stdio: 'ignore' });
      expect(await tracked()).to.deep.equal([secret]);
    });

    it('a file that is reached through a link is asked for where it lies', async () => {
      git('init', '-q');
      git('add', '.');
      await symlink(join(root, 'force-app', 'x y'), join(root, 'force-app', 'linked'));
      const file = 'force-app/linked/[A].ecaGlblOauth-meta.xml';
      expect([...((await (await openPackage(root)).tracked([file])) ?? [])]).to.deep.equal([file]);
    });

    if (process.platform !== 'win32') {
      it('a thousand files are asked for with one process', async () => {
        git('init', '-q');
        git('add', '.');
        const source = await openPackage(root);
        const { PATH } = process.env;
        const calls = join(dirname(root), 'calls');
        await mkdir(join(dirname(root), 'bin'));
        const script = `#!/bin/sh\necho called >> "${calls}"\nPATH="${PATH ?? ''}" exec git "$@"\n`;
        await writeFile(join(dirname(root), 'bin', 'git'), script, { mode: 0o755 });
        process.env.PATH = `${join(dirname(root), 'bin')}:${PATH ?? ''}`;
        try {
          const many = Array.from(
            { length: 1000 },
            (_, index) => `force-app/connectedApps/${index}.ecaGlblOauth-meta.xml`
          );
          expect([...((await source.tracked([...many, a])) ?? [])]).to.deep.equal([a]);
          expect(await readFile(calls, 'utf8')).to.equal('called\n');
        } finally {
          process.env.PATH = PATH;
        }
      });
    }

    it('a repository that git cannot read leaves it open', async () => {
      await write({ '.git': 'gitdir: gone' });
      expect(await tracked()).to.equal(undefined);
    });

    it('inside a git hook it asks the repository of the folder', async () => {
      git('init', '-q');
      git('add', '.');
      process.env.GIT_DIR = join(root, 'elsewhere');
      try {
        expect(await tracked()).to.have.members([secret, a]);
      } finally {
        delete process.env.GIT_DIR;
      }
    });
  });

  describe('describe', () => {
    const policy = {} as Policy;
    const known: Project = {
      name: 'Acme',
      layout: 'sfdx-project',

      generation: 'second',
      directories: ['force-app'],
      ignored: 0,
    };
    const described = (project: Partial<Project>): readonly string[] =>
      packageDomain.describe({ project: complete({ ...known, ...project }) }, policy).notices;

    it('names the package and has nothing else to say', () => {
      expect(packageDomain.describe({ project: complete(known) }, policy)).to.deep.equal({ name: 'Acme', notices: [] });
    });
    it('says once that a project defines no package, and that everything is checked', () => {
      expect(described({ undeclared: true }).join()).to.match(/^No package directory .* as if they were packaged\.$/);
    });
    it('counts the app files that .forceignore leaves out', () => {
      expect(described({ ignored: 1 })).to.deep.equal(['1 app file is excluded by .forceignore.']);
    });
    it('counts the code that was left out, where code was looked at', () => {
      const places = [
        { in: 'package', folder: '.', read: 1, leftOut: 1 },
        { in: 'integration', folder: '../gateway', read: 9, leftOut: 12 },
        { in: 'integration', folder: 'portal', read: 9, leftOut: 0 },
      ] as const;
      const evidence = { project: complete(known), code: complete({ places, uses: [] }) };
      expect(packageDomain.describe(evidence, policy).notices).to.deep.equal([
        '1 file was not read in the code of the package: libraries, build output, tests and documentation.',
        '12 files were not read in the code of ../gateway: libraries, build output, tests and documentation.',
      ]);
    });
    it('counts the app files that package.xml does not list', () => {
      const notices = described({ ignored: 2, layout: 'metadata-folder' });
      expect(notices).to.deep.equal(['2 app files are not listed in package.xml.']);
    });
    it('says nothing of a project that it did not see', () => {
      const gap = { kind: 'error', detail: 'x' } as const;
      expect(packageDomain.describe({ project: unavailable(gap) }, policy)).to.deep.equal({ notices: [] });
    });
  });
});
