import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkOutputFiles, writeOutputFiles } from '../../src/cli/outputFiles.js';
import { passedReport } from '../support/sampleReport.js';

const refusalOf = (work: Promise<unknown>): Promise<{ name?: string; message?: string; exitCode?: number }> =>
  work.then(
    () => ({}),
    ({ name, message, exitCode }: { name: string; message: string; exitCode: number }) => ({ name, message, exitCode })
  );

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

  it('says why, although what was begun cannot be removed either, and names no file but the one that was asked for', async () => {
    const file = join(root, 'taken', 'report.json');
    const { name, message, exitCode } = await refusalOf(writeOutputFiles([file], passedReport));
    expect([name, exitCode]).to.deep.equal(['OutputNotWritable', 1]);
    expect(message).to.equal(`${file} cannot be written (a file stands where a folder should be, ENOTDIR).`);
  });

  it('leaves none of the others', async () => {
    await refusalOf(writeOutputFiles([join(root, 'one.json'), join(root, 'taken', 'two.json')], passedReport));
    expect(await readdir(root)).to.deep.equal(['taken']);
  });
});
