import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { errorIn, newSf, reportIn, type Sf } from './support.js';

describe('check-package --changed-since, through sf', () => {
  let sf: Sf;
  let folder: string;
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@acme.example', ...args], { cwd: folder });
  };
  const check = (...args: string[]): Promise<Ran> =>
    sf.run(['security-review', 'check-package', ...args], { cwd: folder });
  const files = (ran: Ran): string[] => [
    ...new Set(
      reportIn(ran).targets.flatMap(({ results }) =>
        results.flatMap(({ findings }) => findings.flatMap(({ subject }) => subject.file ?? []))
      )
    ),
  ];
  before(() => {
    sf = newSf();
    sf.install();
    folder = mkdtempSync(join(tmpdir(), 'security-review-'));
    cpSync(inRoot('examples', 'acme-pay'), folder, { recursive: true });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'released');
  });
  after(() => {
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses a comparison in which nothing changed, and a ref that git does not know', async () => {
    for (const ref of ['HEAD', 'no-such-branch', '--output=x']) {
      // eslint-disable-next-line no-await-in-loop
      const ran = await check(`--changed-since=${ref}`, '--json');
      expect([ran.code, errorIn(ran).name], ref).to.deep.equal([2, 'WrongChangedSince']);
    }
    const ran = await check('--changed-since', 'HEAD', '--package-zip', 'x.zip', '--json');
    expect([ran.code, errorIn(ran).name]).to.deep.equal([2, 'ChangedSinceAnd']);
  });

  it('never lets a hook of pre-commit pass without a file: not when none changed, not without package source', async () => {
    type Hook = { id: string; entry: string };
    const hooks = parse(readFileSync(inRoot('.pre-commit-hooks.yaml'), 'utf8')) as Hook[];
    const empty = mkdtempSync(join(tmpdir(), 'security-review-'));
    execFileSync('git', ['init', '-q'], { cwd: empty });
    const codes: Record<string, number[]> = {};
    for (const { id, entry } of hooks) {
      const args = entry.split(' ').slice(1);
      // eslint-disable-next-line no-await-in-loop
      codes[id] = [(await sf.run(args, { cwd: folder })).code, (await sf.run(args, { cwd: empty })).code];
    }
    rmSync(empty, { recursive: true });
    expect(codes).to.deep.equal({
      // The second repository has no commit, and so no HEAD.
      'security-review-changed-files': [2, 2],
      'security-review-package': [3, 1],
      'security-review-policy': [1, 1],
    });
  }).timeout(200_000);

  it('shows and counts only findings in files that changed, and states it in every format', async () => {
    const whole = await check('--json');
    expect(whole.code).to.equal(3);
    const [changed = '', other = ''] = files(whole);
    appendFileSync(join(folder, changed), '\n');
    const outputs = ['json', 'html', 'md', 'sarif', 'junit.xml', 'csv'].map(
      (format) => `../${sf.home.split('/').at(-1) ?? ''}/out.${format}`
    );
    const limited = await check('--changed-since', 'HEAD', ...outputs.flatMap((file) => ['--output-file', file]));
    expect(limited.code, limited.stderr).to.equal(3);
    expect(limited.stdout).to.contain('limited to 1 file changed since HEAD');
    for (const file of outputs) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!file.endsWith('.json')) expect(text, file).to.match(/[Ll]imited to 1 file changed since HEAD/);
    }
    const shown = await check('--changed-since', 'HEAD', '--json');
    expect(files(shown)).to.deep.equal([changed]);
    expect(files(shown)).not.to.include(other);
    expect(reportIn(shown).scope.changedSince).to.deep.equal({ ref: 'HEAD', files: 1 });
    expect(reportIn(shown).targets[0]?.elsewhere).not.to.deep.equal([]);
    const merged = await sf.run(['security-review', 'merge-reports', outputs[0] ?? '', '--json'], { cwd: folder });
    expect([merged.code, errorIn(merged).message]).to.deep.equal([
      1,
      errorIn(merged).message.includes('limited to changed files') ? errorIn(merged).message : 'limited',
    ]);
  }).timeout(300_000);

  it('passes a change that has no finding, and names the controls that it does not show', async () => {
    git('checkout', '-q', '.');
    writeFileSync(join(folder, 'README.md'), 'A change outside of the package.\n');
    const ran = await check('--changed-since', 'main', '--json');
    const [target] = reportIn(ran).targets;
    expect(target?.results.some(({ verdict }) => verdict === 'fail')).to.equal(
      (target?.results ?? []).some(({ findings }) => findings.some(({ subject }) => subject.file === undefined))
    );
    expect(target?.elsewhere?.length).to.be.greaterThan(3);
  }).timeout(100_000);
});
