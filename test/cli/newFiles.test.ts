import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { refuseExisting, writeNewFiles } from '../../src/cli/newFiles.js';

describe('new files', () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'new-files-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const thrown = async (action: Promise<unknown>): Promise<{ name: string; exitCode: number; message: string }> =>
    action.then(
      () => ({ name: 'nothing', exitCode: 0, message: '' }),
      (error: { name: string; exitCode: number; message: string }) => error
    );

  it('are written whole, with the folders that they need, and leave nothing else behind', async () => {
    await refuseExisting([at('a.yml'), at('.github', 'workflows', 'b.yml')]);
    await writeNewFiles([
      { path: at('a.yml'), text: 'a' },
      { path: at('.github', 'workflows', 'b.yml'), text: 'b' },
    ]);
    expect([readFileSync(at('a.yml'), 'utf8'), readdirSync(folder).sort()]).to.deep.equal(['a', ['.github', 'a.yml']]);
    expect(readdirSync(at('.github', 'workflows'))).to.deep.equal(['b.yml']);
  });

  const there: Record<string, (path: string) => void> = {
    'a file': (path) => writeFileSync(path, 'mine'),
    'a folder': (path) => mkdirSync(path),
    'a link that leads nowhere': (path) => symlinkSync(join(path, '..', 'nowhere'), path),
    'a link to a file': (path) => {
      writeFileSync(`${path}.real`, 'mine');
      symlinkSync(`${path}.real`, path);
    },
  };
  for (const [what, make] of Object.entries(there)) {
    it(`never take the place of ${what}, not even of one that appeared after they were refused nothing`, async () => {
      make(at('b.yml'));
      const before = lstatSync(at('b.yml')).ino;
      expect(await thrown(refuseExisting([at('a.yml'), at('b.yml')]))).to.include({ name: 'FileExists', exitCode: 1 });
      const files = ['a.yml', 'b.yml'].map((name) => ({ path: at(name), text: 'new' }));
      const error = await thrown(writeNewFiles(files));
      expect(error).to.include({ name: 'FileExists', exitCode: 1 });
      expect(error.message).to.contain('b.yml');
      expect(lstatSync(at('b.yml')).ino).to.equal(before);
      // Neither the first file nor a draft stays.
      expect(readdirSync(folder).filter((name) => !name.startsWith('b.yml'))).to.deep.equal([]);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    });
  }

  it('say why a place is no place for a file', async () => {
    writeFileSync(at('file'), '');
    expect(await thrown(refuseExisting([at('file', 'a.yml')]))).to.include({ name: 'OutputNotWritable', exitCode: 1 });
  });
});
