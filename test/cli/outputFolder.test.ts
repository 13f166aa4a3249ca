import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkOutputFolder, writeOutputFolder } from '../../src/cli/outputFolder.js';

const refusalOf = (work: Promise<unknown>): Promise<[name: string, exitCode: number]> =>
  work.then(
    () => ['nothing', 0],
    ({ name, exitCode }: { name: string; exitCode: number }) => [name, exitCode]
  );

describe('a folder that is written', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'folder-'));
    folder = join(root, 'incident');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const files = [
    { name: 'a.txt', content: 'a' },
    { name: 'b.txt', content: 'b' },
  ];

  it('is complete, for its owner only, and leaves no other folder', async () => {
    await checkOutputFolder(folder);
    await writeOutputFolder(folder, files);
    expect(await readdir(root)).to.deep.equal(['incident']);
    expect((await readdir(folder)).sort()).to.deep.equal(['a.txt', 'b.txt']);
    expect(await readFile(join(folder, 'b.txt'), 'utf8')).to.equal('b');
    const modes = await Promise.all(
      [folder, join(folder, 'a.txt')].map(async (path) => (await stat(path)).mode & 0o777)
    );
    expect(modes).to.deep.equal([0o700, 0o600]);
  });

  it('takes the place of an empty one', async () => {
    await mkdir(folder);
    await checkOutputFolder(folder);
    await writeOutputFolder(folder, files);
    expect(await readdir(folder)).to.have.length(2);
  });

  it('is refused where something is already, or nothing can be', async () => {
    await writeFile(join(root, 'file'), '');
    await mkdir(folder);
    await writeFile(join(folder, 'mine.txt'), 'mine');
    expect(await refusalOf(checkOutputFolder(folder))).to.deep.equal(['FolderNotEmpty', 2]);
    expect(await refusalOf(checkOutputFolder(join(root, 'file')))).to.deep.equal(['NoFolder', 2]);
    expect(await refusalOf(checkOutputFolder(join(root, 'none', 'incident')))).to.deep.equal(['NoOutputFolder', 2]);
  });

  it('leaves what came into it in the meantime, and nothing half-written', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'mine.txt'), 'mine');
    expect(await refusalOf(writeOutputFolder(folder, files))).to.deep.equal(['OutputNotWritable', 1]);
    expect(await readdir(root)).to.deep.equal(['incident']);
    expect(await readdir(folder)).to.deep.equal(['mine.txt']);
  });

  it('does not follow a link', async () => {
    const other = join(root, 'other');
    await mkdir(other);
    await symlink(other, folder);
    expect(await refusalOf(writeOutputFolder(folder, files))).to.deep.equal(['OutputNotWritable', 1]);
    expect(await readdir(other)).to.deep.equal([]);
  });
});
