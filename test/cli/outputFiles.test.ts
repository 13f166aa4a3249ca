import { link, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { checkOutputFiles, writeOutputFiles } from '../../src/cli/outputFiles.js';
import { passedReport } from '../support/sampleReport.js';

const refusalOf = (work: Promise<unknown>): Promise<{ name?: string; message?: string; exitCode?: number }> =>
  work.then(
    () => ({}),
    ({ name, message, exitCode }: { name: string; message: string; exitCode: number }) => ({ name, message, exitCode })
  );

const linked = async (make: (from: string, to: string) => Promise<void>, path: string): Promise<string> => {
  const other = join(dirname(path), 'other.json');
  await make(path, other);
  return other;
};
const throughFolder = async (path: string): Promise<string> => {
  await symlink(dirname(path), join(dirname(path), 'folder'));
  return join(dirname(path), 'folder', basename(path));
};

describe('an output file that cannot be written', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'output-'));
    await writeFile(join(root, 'taken'), '');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is refused before any work, and says that a file stands where its folder should be', async () => {
    const file = join(root, 'taken', 'report.json');
    const { message, exitCode } = await refusalOf(checkOutputFiles([file]));
    expect(message).to.equal(`${file} cannot be written: ${join(root, 'taken')} is a file, not a folder.`);
    expect(exitCode).to.equal(2);
  });

  it('is refused before any work where its folder is missing', async () => {
    const { name, exitCode } = await refusalOf(checkOutputFiles([join(root, 'none', 'report.json')]));
    expect([name, exitCode]).to.deep.equal(['NoOutputFolder', 2]);
  });

  it('leaves nothing behind when it can be written', async () => {
    await checkOutputFiles([join(root, 'report.json')], { save: join(root, 'evidence.json') });
    expect(await readdir(root)).to.deep.equal(['taken']);
  });

  it('is refused where the place is no regular file', async () => {
    const file = join(root, 'null.json');
    await symlink('/dev/null', file);
    expect((await refusalOf(checkOutputFiles([file]))).message).to.include('it is not a regular file');
  });

  for (const [name, alias] of [
    ['by its path', (path: string): Promise<string> => Promise.resolve(path)],
    ['by a symbolic link', (path: string): Promise<string> => linked(symlink, path)],
    ['by a hard link', (path: string): Promise<string> => linked(link, path)],
    ['through a linked folder', (path: string): Promise<string> => throughFolder(path)],
  ] as const) {
    it(`is refused where it is an input of the run, ${name}`, async () => {
      const input = join(root, 'input.json');
      await writeFile(input, '{}');
      const output = await alias(input);
      for (const refusal of [
        await refusalOf(checkOutputFiles([output], { inputs: [undefined, input] })),
        await refusalOf(checkOutputFiles([], { save: output, inputs: [input] })),
      ]) {
        expect(refusal).to.include({ name: 'OutputIsInput', exitCode: 2 });
        expect(refusal.message).to.equal(`${output} is read by this run, so it cannot be an output file.`);
      }
    });
  }

  it('says why, although what was begun cannot be removed either, and names no file but the one that was asked for', async () => {
    const file = join(root, 'taken', 'report.json');
    const { name, message, exitCode } = await refusalOf(writeOutputFiles([file], passedReport));
    expect([name, exitCode]).to.deep.equal(['OutputNotWritable', 1]);
    expect(message).to.equal(`${file} cannot be written (a file is in the place of a folder, ENOTDIR).`);
  });

  it('leaves none of the others', async () => {
    await refusalOf(writeOutputFiles([join(root, 'one.json'), join(root, 'taken', 'two.json')], passedReport));
    expect(await readdir(root)).to.deep.equal(['taken']);
  });
});
