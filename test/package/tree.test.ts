import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { folderTree, isWithin, normalised } from '../../src/package/source/folderTree.js';

describe('package/tree', () => {
  let root: string;
  const write = async (path: string, text = ''): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'package tree ')));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('lists every file, sorted, with forward slashes and blanks in the path', async () => {
    await write('b/My App.connectedApp', 'x');
    await write('a/.forceignore');
    const tree = await folderTree(root);
    expect(tree.paths).to.deep.equal(['a/.forceignore', 'b/My App.connectedApp']);
    expect(tree.unseen).to.deep.equal([]);
    expect(await tree.read('b/My App.connectedApp')).to.equal('x');
  });

  it('skips node_modules, .git, .sfdx and .sf wherever they lie', async () => {
    const folders = ['node_modules', '.git', '.sfdx', '.sf', 'force-app/node_modules', 'force-app'];
    await Promise.all(folders.map((folder) => write(`${folder}/x`)));
    expect((await folderTree(root)).paths).to.deep.equal(['force-app/x']);
  });

  it('does not follow a link out of the folder, and reports it', async () => {
    const outside = await realpath(await mkdtemp(join(tmpdir(), 'outside')));
    await writeFile(join(outside, 'secret.connectedApp'), 'x');
    await write('x');
    await symlink(outside, join(root, 'folder'));
    await symlink(join(outside, 'secret.connectedApp'), join(root, 'file.connectedApp'));
    const { paths, unseen } = await folderTree(root);
    await rm(outside, { recursive: true });
    expect(paths).to.deep.equal(['x']);
    expect(unseen.map(({ path }) => path).sort()).to.deep.equal(['file.connectedApp', 'folder/']);
  });

  it('follows a link that stays inside, once', async () => {
    await write('shared/X.connectedApp');
    await mkdir(join(root, 'force-app'));
    await symlink(join(root, 'shared'), join(root, 'force-app', 'shared'));
    const { paths, unseen } = await folderTree(root);
    expect(paths).to.deep.equal(['force-app/shared/X.connectedApp', 'shared/X.connectedApp']);
    expect(unseen).to.deep.equal([]);
  });

  it('comes to an end when links go round in a circle', async () => {
    await write('a/x');
    await write('b/y');
    await symlink(root, join(root, 'a', 'up'));
    await symlink(join(root, 'b'), join(root, 'a', 'across'));
    await symlink(join(root, 'a'), join(root, 'b', 'back'));
    const { paths, unseen } = await folderTree(root);
    expect(paths).to.include.members(['a/x', 'a/across/y', 'b/y', 'b/back/x']);
    expect(unseen.map(({ path }) => path)).to.include('a/across/back/');
  });

  it('says which link leads nowhere', async () => {
    await symlink(join(root, 'gone'), join(root, 'X.connectedApp'));
    expect((await folderTree(root)).unseen).to.deep.equal([
      { path: 'X.connectedApp', reason: 'is a broken link (ENOENT)' },
    ]);
  });

  it('takes a link that leads nowhere for one to a folder, unless its name has a suffix', async () => {
    await symlink(join(root, 'gone'), join(root, 'connectedApps'));
    expect((await folderTree(root)).unseen.map(({ path }) => path)).to.deep.equal(['connectedApps/']);
  });

  it('lists ten thousand files within seconds and reads none', async () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);
    for (const folder of names(20)) {
      mkdirSync(join(root, folder));
      for (const file of names(500)) writeFileSync(join(root, folder, `${file}.cls`), '');
    }
    const start = process.hrtime.bigint();
    expect((await folderTree(root)).paths).to.have.lengthOf(10_000);
    expect(Number(process.hrtime.bigint() - start) / 1e6).to.be.below(5000);
  });

  for (const [written, path] of [
    ['force-app', 'force-app'],
    ['./force-app/', 'force-app'],
    ['force-app\\main', 'force-app/main'],
    ['a/../b', 'b'],
    ['.', ''],
    ['./', ''],
    ['../other', '../other'],
  ] as const) {
    it(`reads the path ${written} as "${path}"`, () => expect(normalised(written)).to.equal(path));
  }

  it('knows a folder from one whose name begins alike', () => {
    expect(isWithin('force-app/x', 'force-app')).to.equal(true);
    expect(isWithin('force-app-two/x', 'force-app')).to.equal(false);
    expect(isWithin('x', '')).to.equal(true);
    expect(isWithin('../x', '')).to.equal(false);
  });
});
