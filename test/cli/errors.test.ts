import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { failure, systemReason } from '../../src/cli/errors.js';

describe('cli/errors', () => {
  it('shows no character of a name that a terminal would act on, and keeps lines and their indentation', () => {
    const evil = '\u001B]0;title\u0007\u001B[2J\u202Egpj.exe\u0000';
    const { message, actions } = failure(1, 'Broken', `holds: ${evil}\n  line 2`, [`Rename ${evil}`]);
    expect(message).to.equal('holds: gpj.exe\n  line 2');
    expect(actions).to.deep.equal(['Rename gpj.exe']);
  });

  it('says of a file what a person can act on, and names no draft', async () => {
    const draft = join(tmpdir(), 'no-such-folder', 'report.json.draft.tmp');
    const trouble = await writeFile(draft, '').catch(systemReason);
    expect(trouble).to.equal('no such file or folder, ENOENT');
    expect(await readFile(tmpdir()).catch(systemReason)).to.equal('it is a folder, EISDIR');
    expect(systemReason(new Error('it would be larger than 256 MB'))).to.equal('it would be larger than 256 MB');
  });

  it('carries the exit code and no cause', () => {
    const error = failure(2, 'Wrong', 'x');
    expect(error).to.include({ name: 'Wrong', exitCode: 2 });
    expect(error.cause).to.equal(undefined);
  });
});
