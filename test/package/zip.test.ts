import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { isPackageProblem } from '../../src/package/errors.js';
import { zipTree } from '../../src/package/source/zipTree.js';

describe('package/zip', () => {
  let folder: string;
  const file = (): string => join(folder, 'a.zip');
  const zipped = (files: Record<string, string>, options: Zippable = {}): Buffer =>
    Buffer.from(
      zipSync({ ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])), ...options })
    );
  const treeOf = async (bytes: Buffer): ReturnType<typeof zipTree> => {
    await writeFile(file(), bytes);
    return zipTree(file(), 'a.zip');
  };
  const problemOf = async (bytes: Buffer): Promise<string> => {
    const error: unknown = await treeOf(bytes).catch((thrown: unknown) => thrown);
    return isPackageProblem(error) ? `${error.exitCode} ${error.message}` : `no problem: ${String(error)}`;
  };
  const codeOfRead = (bytes: Buffer, path: string): Promise<unknown> =>
    treeOf(bytes).then((tree) =>
      tree.read(path).then(
        () => 'read',
        (error: NodeJS.ErrnoException) => error.code
      )
    );
  /** Where the entry of the first file stands in the directory at the end. */
  const entry = (bytes: Buffer): number => bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zip '));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lists files, packed and not, and reads them', async () => {
    const tree = await treeOf(
      zipped({ 'b/My App.connectedApp': 'ä'.repeat(999) }, { 'a.xml': [strToU8('x'), { level: 0 }] })
    );
    expect(tree.paths).to.deep.equal(['a.xml', 'b/My App.connectedApp']);
    expect(await tree.read('a.xml')).to.equal('x');
    expect(await tree.read('b/My App.connectedApp')).to.equal('ä'.repeat(999));
    expect(await tree.read('c').catch((error: NodeJS.ErrnoException) => error.code)).to.equal('ENOENT');
  });

  it('finds a package in a folder of its own, and leaves a folder alone that contains only a type', async () => {
    const files = { 'out/Acme/package.xml': 'x', 'out/Acme/connectedApps/A.connectedApp': 'x' };
    expect((await treeOf(zipped(files))).paths).to.deep.equal(['connectedApps/A.connectedApp', 'package.xml']);
    const bare = { 'connectedApps/A.connectedApp': 'x' };
    expect((await treeOf(zipped(bare))).paths).to.deep.equal(['connectedApps/A.connectedApp']);
  });

  for (const name of ['../evil', 'a/../../evil', '/etc/evil', 'C:\\evil', '..\\evil', 'a\0b']) {
    it(`refuses a zip that names ${JSON.stringify(name)}`, async () => {
      expect(await problemOf(zipped({ [name]: 'x' }))).to.match(/^1 a\.zip cannot .*names a file outside the zip/);
    });
  }

  it('refuses what is not a zip file, an empty file and a cut-off one', async () => {
    const whole = zipped({ 'a.xml': 'x'.repeat(99), 'b.xml': 'y' });
    expect(await problemOf(Buffer.from('plain text'))).to.match(/^1 .*not a zip file/);
    expect(await problemOf(Buffer.alloc(0))).to.match(/^1 .*not a zip file/);
    expect(await problemOf(whole.subarray(0, whole.length - 30))).to.match(/^1 .*not a zip file, or is cut off/);
    expect(await problemOf(whole.subarray(40))).to.match(/^1 .*(damaged|outside)/);
    for (let length = 0; length < whole.length; length += 3) {
      // eslint-disable-next-line no-await-in-loop
      expect(await problemOf(whole.subarray(0, length))).to.match(/^1 /);
    }
  });

  it('refuses a directory that counts fewer files than it lists', async () => {
    const bytes = zipped({ 'a.xml': 'x', 'b.xml': 'y' });
    bytes.writeUInt16LE(1, bytes.length - 12);
    expect(await problemOf(bytes)).to.match(/damaged/);
  });

  it('makes an encrypted file, a link, and an unknown packing a file that was not read', async () => {
    const encrypted = zipped({ 'a.xml': 'x' });
    encrypted.writeUInt16LE(1, entry(encrypted) + 8);
    expect((await treeOf(encrypted)).unseen).to.deep.equal([{ path: 'a.xml', reason: 'is encrypted' }]);
    expect((await treeOf(encrypted)).paths).to.deep.equal([]);
    const link = zipped({ 'a.xml': '/etc/passwd' });
    link.writeUInt32LE(0xa1_ff_00_00, entry(link) + 38);
    expect((await treeOf(link)).unseen).to.deep.equal([{ path: 'a.xml', reason: 'is a link' }]);
    const odd = zipped({ 'a.xml': 'x' });
    odd.writeUInt16LE(12, entry(odd) + 10);
    expect((await treeOf(odd)).unseen[0]?.reason).to.match(/unknown compression method/);
  });

  it('does not unpack more than the directory says, nor a file that was changed', async () => {
    const bomb = zipped({ 'a.xml': '0'.repeat(50_000_000) });
    bomb.writeUInt32LE(1000, entry(bomb) + 24);
    expect(await codeOfRead(bomb, 'a.xml')).to.equal('damaged in the zip');
    const changed = zipped({}, { 'a.xml': [strToU8('xxxxxxxx'), { level: 0 }] });
    changed.write('y', changed.indexOf('xxxxxxxx'));
    expect(await codeOfRead(changed, 'a.xml')).to.equal('damaged in the zip');
  });

  it('refuses a declared bomb, and does not read one large file', async () => {
    const large = zipped({ 'a.xml': 'x' });
    large.writeUInt32LE(100 * 2 ** 20, entry(large) + 24);
    expect((await treeOf(large)).unseen[0]?.reason).to.equal('is larger than 16 MB');
    const bomb = zipped({ 'a.xml': 'x' });
    bomb.writeUInt32LE(2 ** 31, entry(bomb) + 24);
    expect(await problemOf(bomb)).to.match(/larger than 1024 MB/);
  });

  it('refuses a zip that is too large before it reads it', async () => {
    await writeFile(file(), '');
    await truncate(file(), 300 * 2 ** 20);
    const error: unknown = await zipTree(file(), 'a.zip').catch((thrown: unknown) => thrown);
    expect(isPackageProblem(error) && error.message).to.match(/(larger than 256 MB)/);
  });

  it('refuses two files of one name, since it is not known which one counts', async () => {
    const twice = zipped({ 'a.xml': 'x', 'b.xml': 'y' });
    twice.write('a', twice.lastIndexOf('b.xml'));
    expect(await problemOf(twice)).to.match(/two files with the same name/);
  });
});
