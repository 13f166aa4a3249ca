import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { review } from '../../src/engine/review.js';
import type { TargetReport } from '../../src/engine/types.js';
import { openPackage, packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';

/** Git on Windows gives every text file the line ends of Windows. */
describe('source with the line ends of Windows', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lines-'));
    await cp(inRoot('examples', 'acme-pay'), folder, { recursive: true });
  });
  after(() => rm(folder, { recursive: true }));

  const judged = async (): Promise<TargetReport> =>
    review(packageDomain, await openPackage(folder), {
      target: { kind: 'package', name: 'acme-pay' },
      policy: emptyPolicy,
      asOf: new Date('2026-11-01'),
      audited: [],
    });

  it('gets the same verdicts, findings and lines', async () => {
    const before = await judged();
    expect(before.results.flatMap(({ findings }) => findings)).not.to.have.length(0);
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      // eslint-disable-next-line no-await-in-loop -- a handful of files
      await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
    }
    expect(await judged()).to.deep.equal(before);
  });
});
