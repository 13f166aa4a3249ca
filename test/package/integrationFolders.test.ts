import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { isPackageProblem } from '../../src/package/index.js';
import { openIntegrations } from '../../src/package/source/integrationFolders.js';
import { packageProject } from '../support/packageSource.js';

describe('package/integrationFolders', () => {
  let root: string;
  const at = (...parts: string[]): string => join(root, ...parts);
  const write = async (...files: readonly string[]): Promise<void> => {
    for (const file of files) {
      // eslint-disable-next-line no-await-in-loop
      await mkdir(dirname(at(file)), { recursive: true });
      // eslint-disable-next-line no-await-in-loop
      await writeFile(at(file), file.endsWith('sfdx-project.json') ? packageProject : '');
    }
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'integrations '));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('opens the folders of the command line, and those of the policy relative to its own folder', async () => {
    await write('gateway/a.js', 'config/portal/b.js', 'config/security-review.yml');
    const declared = [{ name: 'portal', sourceDir: 'portal' }, { name: 'gone', sourceDir: 'gone' }, { name: 'none' }];
    const opened = await openIntegrations([at('gateway')], declared, at('config/security-review.yml'));
    expect(
      opened.map(({ tree, folder, integration }) => ({
        folder,
        ...(integration && { integration }),
        paths: tree.paths,
      }))
    ).to.deep.equal([
      { folder: at('gateway'), paths: ['a.js'] },
      { folder: 'portal', integration: 'portal', paths: ['b.js'] },
    ]);
  });

  it('opens one folder once, however often and by whatever way it is named', async () => {
    await write('gateway/a.js', 'policy.yml');
    await symlink(at('gateway'), at('link'));
    const declared = [{ name: 'portal', sourceDir: 'gateway' }];
    const [first, ...others] = await openIntegrations([at('gateway'), at('link')], declared, at('policy.yml'));
    expect(others.map(({ tree }) => tree === first?.tree)).to.deep.equal([true, true]);
  });

  it('leaves out the package directories of a project inside: they are judged as the package', async () => {
    await write('a.js', 'salesforce/sfdx-project.json', 'salesforce/force-app/lwc/a/a.js', 'salesforce/scripts/b.sh');
    const [opened] = await openIntegrations([root], [], undefined);
    expect(opened?.tree.paths).to.deep.equal(['a.js', 'salesforce/scripts/b.sh', 'salesforce/sfdx-project.json']);
  });

  for (const [name, says] of [
    ['gone', /gone does not exist\.$/],
    ['file.js', /file\.js is not a folder\.$/],
  ] as const) {
    it(`refuses ${name} as a wrong command line`, async () => {
      await write('file.js');
      const error: unknown = await openIntegrations([at(name)], [], undefined).catch((thrown: unknown) => thrown);
      expect(isPackageProblem(error) && error.exitCode).to.equal(2);
      expect(isPackageProblem(error) && error.message).to.match(says);
    });
  }
});
