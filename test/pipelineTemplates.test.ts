import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { inRoot } from '../scripts/tools/paths.js';
import { pipelineTemplates } from '../scripts/tools/pipelineTemplates.js';

const templates = pipelineTemplates();
const yamlFiles = Object.entries(templates).filter(([path]) => path.endsWith('.yml'));

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
const documentsIn = (text: string): unknown[] =>
  parseAllDocuments(text).map((document) => {
    expect(document.errors).to.deep.equal([]);
    return document.toJS() as unknown;
  });
const scripts = [
  ...yamlFiles.flatMap(([path, text]) =>
    documentsIn(text)
      .flatMap(textsIn)
      .filter((one) => one.includes('\n'))
      .map((script) => ({ path, script }))
  ),
  ...[...(templates['pipelines/jenkins/vars/securityReview.groovy'] ?? '').matchAll(/'''\n([^]*?)'''/g)].map(
    ([, script = '']) => ({ path: 'jenkins', script })
  ),
  { path: 'pipe.sh', script: templates['pipelines/bitbucket/pipe.sh'] ?? '' },
];

describe('templates of pipelines', () => {
  it('pass input to a script only in a variable, and contain scripts that any POSIX shell reads', () => {
    expect(scripts.length).to.be.at.least(7);
    for (const { path, script } of scripts) {
      expect(script, path).not.to.match(/\$\{\{|\$\[\[/);
      const { status, stderr } = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
      expect(status, `${path}: ${stderr}`).to.equal(0);
    }
  });

  it('install the given tarball by its SHA-512 only, and no name of a registry but sf in a fixed version', () => {
    const installing = Object.entries(templates).filter(([path]) => !path.includes('/bitbucket/'));
    for (const [path, text] of installing) {
      expect(text, path).to.match(
        /printf '%s {2}%s' \\?"\$SHA512\\?" \\?"\$TARBALL\\?" \| sha512sum --check --strict -/
      );
      expect(text, path).not.to.match(/plugins install (?!"file:)|npm install (?!--global @salesforce\/cli@\d)/);
    }
  });

  it('are the files of the repository', () => {
    for (const [path, text] of Object.entries(templates))
      expect(readFileSync(inRoot(path), 'utf8'), path).to.equal(text);
  });

  describe('the pipe', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'pipe-'));
      writeFileSync(join(folder, 'sf'), '#!/bin/sh\nfor arg in "$@"; do echo "<$arg>"; done\nexit "$ANSWER"\n');
      chmodSync(join(folder, 'sf'), 0o755);
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const run = (env: Record<string, string>, answer = 0): { code: number | null; output: string } => {
      const { status, stdout, stderr } = spawnSync('sh', [inRoot('pipelines/bitbucket/pipe.sh')], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: `${folder}:${process.env.PATH ?? ''}`, ANSWER: String(answer), ...env },
      });
      return { code: status, output: `${stdout}${stderr}` };
    };

    it('checks the folders that are given, and ends with the exit code of the gate', () => {
      const ran = run({ SOURCE_DIRS: 'force app,*' }, 3);
      expect(ran.code).to.equal(3);
      expect(ran.output).to.contain('<--source-dir>\n<force app>\n<--source-dir>\n<*>\n<--output-file>');
      expect(ran.output).to.contain('The gate FAILED');
      expect(run({}).output).to.match(/<check-package>\n<--output-file>/);
    });

    it('logs in to the org, audits it, and logs out', () => {
      const values = { SF_JWT_KEY_BASE64: 'a2V5', SF_CLIENT_ID: 'id', SF_USERNAME: 'u', SF_INSTANCE_URL: 'https://x' };
      const ran = run({ COMMAND: 'audit-org', ORG: 'acme-hub', ...values }, 0);
      expect(ran.code, ran.output).to.equal(0);
      expect(ran.output).to.match(/<jwt>[^]*<audit-org>\n<--target-org>\n<acme-hub>/);
      expect(ran.output).not.to.contain('a2V5');
    });

    it('refuses another command, and a name that is not valid', () => {
      expect(run({ COMMAND: 'init' }).code).to.equal(2);
      for (const ORG of ['', '--help', 'Acme Hub', '$(id)'])
        expect(run({ COMMAND: 'audit-org', ORG }).code).to.equal(2);
    });
  });
});
