import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../scripts/tools/paths.js';
import { pinned } from '../src/init/pipelines/steps.js';

type Instruction = { keyword: string; text: string };

const { name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { name: string; version: string };
const tarball = `${name}-${version}.tgz`;

/** The instructions of a Dockerfile, each on one line. */
function instructionsOf(path: string): Instruction[] {
  return readFileSync(inRoot(path), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ keyword: line.split(' ')[0] ?? '', text: line.slice(line.indexOf(' ') + 1) }));
}

describe('the Dockerfile', () => {
  const instructions = instructionsOf('Dockerfile');
  const texts = (keyword: string): string[] =>
    instructions.flatMap((instruction) => (instruction.keyword === keyword ? [instruction.text] : []));

  it('starts from Debian slim with the tested Node.js, and installs the tested sf', () => {
    expect(texts('ARG'))
      .to.include(`NODE_IMAGE=node:${pinned.node}-bookworm-slim`)
      .and.include(`SF_VERSION=${pinned.sf}`);
    expect(texts('FROM')).to.deep.equal(['${NODE_IMAGE}']);
  });

  it('runs the plugin as a user who is not root, in the folder of the project', () => {
    const users = instructions.filter(({ keyword }) => keyword === 'USER' || keyword === 'ENTRYPOINT');
    expect(users.map(({ text }) => text)).to.deep.equal(['node', '["sf", "security-review"]']);
    expect(texts('WORKDIR')).to.deep.equal(['/project']);
  });

  it('installs nothing by a name but git, certificates and sf, and downloads nothing else', () => {
    const installed = texts('RUN').flatMap((script) =>
      [...script.matchAll(/\binstall ([^&|]*)/g)].map(([, what]) => what)
    );
    expect(installed.map((what) => (what ?? '').replace(/--\S+ /g, '').trim())).to.deep.equal([
      'ca-certificates git',
      '"@salesforce/cli@${SF_VERSION}"',
      'file:///opt/plugin.tgz',
    ]);
    expect(texts('ADD')).to.deep.equal([]);
    expect(readFileSync(inRoot('Dockerfile'), 'utf8')).not.to.match(/curl|wget|:latest/);
  });

  it('copies the tarball of this version, the only file that reaches the build', () => {
    expect(texts('ARG')).to.include(`TARBALL=${tarball}`);
    expect(texts('COPY')).to.deep.equal(['--chown=node:node ${TARBALL} /opt/plugin.tgz']);
    const rules = readFileSync(inRoot('.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    expect(rules).to.deep.equal(['*', `!${name}-*.tgz`]);
  });

  it('of the pipe copies a file that is there', () => {
    const copied = instructionsOf('pipelines/bitbucket/Dockerfile').filter(({ keyword }) => keyword === 'COPY');
    expect(copied.map(({ text }) => text)).to.deep.equal(['pipe.sh /pipe.sh']);
    expect(existsSync(inRoot('pipelines', 'bitbucket', 'pipe.sh'))).to.equal(true);
  });

  describe('its command that installs the plugin', () => {
    let folder: string;
    const at = (...parts: string[]): string => join(folder, ...parts);
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'dockerfile-'));
      mkdirSync(at('bin'));
      for (const tool of ['sf', 'git']) {
        writeFileSync(at('bin', tool), `#!/bin/sh\necho "${tool} $*" >> "${at('log')}"\n`);
        chmodSync(at('bin', tool), 0o755);
      }
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** Packs a package of this name, and runs the command with this SHA-512. */
    const run = (packed: string, sha512?: string): { code: number | null; log: string } => {
      mkdirSync(at('package'));
      writeFileSync(at('package', 'package.json'), JSON.stringify({ name: packed }));
      spawnSync('tar', ['-czf', 'plugin.tgz', 'package'], { cwd: folder });
      const hash = createHash('sha512')
        .update(readFileSync(at('plugin.tgz')))
        .digest('hex');
      const script = (texts('RUN').at(-1) ?? '').replaceAll('/opt/plugin.tgz', at('plugin.tgz'));
      const env = { PATH: `${at('bin')}:${process.env.PATH ?? ''}`, SHA512: sha512 ?? hash };
      const { status } = spawnSync('sh', ['-c', script], { cwd: folder, env });
      return { code: status, log: existsSync(at('log')) ? readFileSync(at('log'), 'utf8') : '' };
    };

    it('trusts and installs the tarball, and tries it', () => {
      const { code, log } = run(name);
      expect(code).to.equal(0);
      expect(log.replaceAll(folder, '').split('\n')).to.deep.equal([
        'sf plugins trust allowlist add --name file:///plugin.tgz',
        'sf plugins install file:///plugin.tgz',
        'sf security-review list-controls',
        'git config --global --add safe.directory /project',
        '',
      ]);
    });

    it('refuses a tarball without a SHA-512, with another one, and one of another package', () => {
      for (const sha512 of ['', '0'.repeat(128)]) {
        expect(run(name, sha512)).to.deep.equal({ code: 1, log: '' });
        rmSync(at('package'), { recursive: true });
      }
      expect(run('another-plugin')).to.deep.equal({ code: 1, log: '' });
    });
  });
});
