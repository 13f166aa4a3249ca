import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { PolicyError, readPolicy } from '../../src/policy/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { catalogue } from './catalogue.js';

describe('readPolicy', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = async (text: string | Uint8Array, ...path: readonly [string, ...string[]]): Promise<string> => {
    const file = join(folder, ...path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  const failing = async (request: { file?: string; from?: string }): Promise<PolicyError> => {
    try {
      await readPolicy({ from: folder, catalogue, ...request });
    } catch (error) {
      expect(error).to.be.instanceOf(PolicyError);
      return error as PolicyError;
    }
    throw new Error('It read the policy.');
  };

  it('is the default policy without a file', async () => {
    expect(await readPolicy({ from: folder, catalogue })).to.deep.equal({
      policy: { ...emptyPolicy, maxEvidenceAge: 7 },
      notices: [],
    });
  });

  it('finds the nearest file upwards and says which one it read', async () => {
    const text = 'version: 1\nmaxEvidenceAge: 3\n';
    await put('version: 1\n', 'security-review.yml');
    const file = await put(text, 'project', 'security-review.yml');
    await put('', 'project', 'force-app', 'main', 'x');
    const { policy, source } = await readPolicy({ from: join(folder, 'project', 'force-app', 'main'), catalogue });
    expect(policy.maxEvidenceAge).to.equal(3);
    expect(source).to.include({ file, sha256: createHash('sha256').update(text).digest('hex') });
  });

  it('knows on which line a part of it begins', async () => {
    await put(
      'version: 1\nsubmission:\n  apps:\n    - app: A\n    - app: B\n      purpose: x\n',
      'security-review.yml'
    );
    const { source } = await readPolicy({ from: folder, catalogue });
    expect(source?.lineOf(['submission', 'apps', 1, 'purpose'])).to.equal(6);
  });

  it('reads the file given, relative to the folder, and no other', async () => {
    await put('nonsense', 'security-review.yml');
    const file = await put('version: 1\n', 'policies', 'strict.yml');
    const { source } = await readPolicy({ file: join('policies', 'strict.yml'), from: folder, catalogue });
    expect(source?.file).to.equal(file);
  });

  it('reads a byte order mark and Windows line ends', async () => {
    await put('\uFEFFversion: 1\r\ngate: { failOn: high }\r\n', 'security-review.yml');
    const { policy } = await readPolicy({ from: folder, catalogue });
    expect(policy.gate).to.deep.equal({ failOn: 'high', inconclusive: 'block' });
  });

  it('refuses a file that is not there', async () => {
    const { message, actions } = await failing({ file: 'none.yml' });
    expect(message).to.equal('The policy none.yml cannot be read (ENOENT).');
    expect(actions).to.have.length(1);
  });

  it('does not pass over a policy that cannot be read', async () => {
    await put('version: 1\n', 'security-review.yml');
    await mkdir(join(folder, 'inner', 'security-review.yml'), { recursive: true });
    const { message } = await failing({ from: join(folder, 'inner') });
    expect(message).to.equal('The policy security-review.yml cannot be read (it is a folder).');
  });

  if (process.platform !== 'win32') {
    it('does not wait for a pipe', async () => {
      execFileSync('mkfifo', [join(folder, 'security-review.yml')]);
      const { message } = await failing({});
      expect(message).to.equal('The policy security-review.yml cannot be read (it is not a regular file).');
    });
  }

  it('does not pass over a link that leads nowhere', async () => {
    await put('version: 1\n', 'security-review.yml');
    await put('', 'inner', 'x');
    await symlink('none', join(folder, 'inner', 'security-review.yml'));
    const { message } = await failing({ from: join(folder, 'inner') });
    expect(message).to.equal('The policy security-review.yml cannot be read (ENOENT).');
  });

  const encodings: ReadonlyArray<[name: string, bytes: Uint8Array]> = [
    ['UTF-16', Buffer.from('\uFEFFversion: 1\n', 'utf16le')],
    ['Latin-1', Buffer.from('version: 1 # für\n', 'latin1')],
  ];
  for (const [name, bytes] of encodings) {
    it(`refuses ${name}`, async () => {
      await put(bytes, 'security-review.yml');
      expect((await failing({})).message).to.equal('The policy security-review.yml is not UTF-8 text.');
    });
  }

  it('names the file as it was given, and where it was found', async () => {
    await put('version: 2\n', 'security-review.yml');
    await put('', 'inner', 'x');
    expect((await failing({ file: './security-review.yml' })).message).to.contain('The policy ./security-review.yml ');
    expect((await failing({ from: join(folder, 'inner') })).message).to.contain('The policy ../security-review.yml ');
  });
});
