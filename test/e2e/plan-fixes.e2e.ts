import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { plannedFixesSchema } from '../../src/cli/resultSchemas.js';
import type { Report } from '../../src/engine/types.js';
import { errorIn, newSf, reportIn, type Sf } from './support.js';

describe('plan-fixes, through sf', () => {
  let sf: Sf;
  let folder: string;
  const run = (...args: string[]): Promise<Ran> => sf.run(['security-review', ...args], { cwd: folder });
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-'));
    cpSync(inRoot('examples', 'acme-pay'), folder, { recursive: true });
    sf = newSf();
    sf.install();
  });
  after(() => {
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes a folder whose diff closes the findings that it names, and refuses to write over it', async () => {
    await run('check-package', '--output-file', 'report.json');
    const planned = await run('plan-fixes', 'report.json', '--json');
    expect(planned.code, planned.stderr).to.equal(0);
    const result = plannedFixesSchema.parse((JSON.parse(planned.stdout) as { result: unknown }).result);
    expect(result.files).to.include.members(['README.md', 'action-plan.csv']);
    const diff = result.files.find((file) => file.endsWith('.diff')) ?? '';
    execFileSync('git', ['apply', join('fix-plan', diff)], { cwd: folder });
    const after: Report = reportIn(await run('check-package', '--json'));
    const open = after.targets.flatMap(({ results }) =>
      results.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint))
    );
    const closed = result.findings.filter(({ closedBy }) => closedBy === 'diff').map(({ fingerprint }) => fingerprint);
    expect(closed).not.to.deep.equal([]);
    expect(open).not.to.include.members(closed);
    expect(readFileSync(join(folder, 'fix-plan', 'README.md'), 'utf8')).to.contain('What cannot be planned');
    const again = await run('plan-fixes', 'report.json', '--json');
    expect([again.code, errorIn(again).name]).to.deep.equal([2, 'FolderNotEmpty']);
  });

  it('needs a report, and writes nothing without a valid one', async () => {
    const none = await run('plan-fixes', '--json');
    expect([none.code, errorIn(none).name]).to.deep.equal([2, 'NoReport']);
    const invalid = await run('plan-fixes', 'sfdx-project.json', '--output-dir', 'other', '--json');
    expect([invalid.code, errorIn(invalid).name]).to.deep.equal([1, 'InvalidReport']);
    expect(existsSync(join(folder, 'other'))).to.equal(false);
  });
});
