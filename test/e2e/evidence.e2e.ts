import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { evidenceText, type Collected } from '../../src/evidence/file.js';
import { formats } from '../../src/render/index.js';
import { errorIn, reportIn, stageOf, verdictsOf, type Stage } from './support.js';

type File = {
  tool: { name: string; version: string };
  domain: 'org' | 'package';
  targets: Array<Collected<Record<string, unknown>>>;
};

describe('evidence, through sf', () => {
  let stage: Stage;
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const sf = (...args: readonly string[]): Promise<Ran> => stage.sf.run(['security-review', ...args], { cwd: folder });
  /** The bytes of a report in every format that there is. */
  const written = async (name: string, ...args: readonly string[]): Promise<{ ran: Ran; bytes: string[] }> => {
    const files = formats.map((format) => `${name}${format}`);
    const ran = await sf(...args, ...files.flatMap((file) => ['--output-file', file]));
    return { ran, bytes: await Promise.all(files.map((file) => readFile(at(file), 'utf8'))) };
  };
  /** The evidence as somebody else would have saved it. */
  const altered = async (from: string, to: string, change: (file: File) => void): Promise<void> => {
    const file = JSON.parse(await readFile(at(from), 'utf8')) as File;
    change(file);
    await writeFile(at(to), evidenceText(file.tool, file.domain, file.targets));
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evidence-'));
    stage = await stageOf({ hub: SCENARIOS.hardened(), packaging: SCENARIOS.broken() });
    const ids = [
      ['hub', stage.orgs.hub?.orgId],
      ['packaging', stage.orgs.packaging?.orgId],
      ['nobody', '00D0000000000zzAAA'],
    ];
    const orgs = ids.map(([alias, id]) => `{ alias: ${alias}, id: ${id} }`).join(', ');
    await writeFile(at('security-review.yml'), `version: 1\norgs: [${orgs}]\n`);
    await cp(inRoot('examples', 'acme-pay'), at('acme-pay'), { recursive: true });
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  describe('of orgs', () => {
    let live: { ran: Ran; bytes: string[] };
    before(async () => {
      live = await written('live', 'audit-org', '--fleet', '--save-evidence', 'orgs.json');
      await Promise.all(Object.values(stage.orgs).map((org) => org.stop()));
    });

    it('is one file of every target, with the one that could not be opened, for its owner only', async () => {
      expect(live.ran.stdout).to.contain('Evidence saved to orgs.json.');
      expect((await stat(at('orgs.json'))).mode & 0o777).to.equal(0o600);
      const { targets } = JSON.parse(await readFile(at('orgs.json'), 'utf8')) as File;
      expect(targets.map((one) => [one.target.name, 'error' in one])).to.deep.equal([
        ['hub', false],
        ['packaging', false],
        ['nobody', true],
      ]);
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    });

    it('gives the same report byte for byte in every format, twice, when the orgs are gone', async () => {
      const first = await written('first', 'audit-org', '--from-evidence', 'orgs.json');
      const second = await written('second', 'audit-org', '--from-evidence', 'orgs.json');
      expect(first.bytes).to.deep.equal(live.bytes);
      expect(second.bytes).to.deep.equal(live.bytes);
      expect([first.ran.code, second.ran.code]).to.deep.equal([live.ran.code, live.ran.code]);
      expect(live.ran.code).to.equal(3);
    });

    it('is judged by the controls that are asked for and by the policy of today', async () => {
      const until = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
      await writeFile(
        at('waiving.yml'),
        `version: 1\nwaivers: [{ control: org/no-guest-sites, subject: "Site:*", reason: They close with release 4.2, owner: ops@acme.example, expires: ${until} }]\n`
      );
      const args = ['audit-org', '--from-evidence', 'orgs.json', '--control', 'org/no-guest-sites', '--json'];
      const [, before] = reportIn(await sf(...args)).targets;
      const [, waived] = reportIn(await sf(...args, '--policy-file', 'waiving.yml')).targets;
      expect(before?.summary).to.deep.include({ fail: 1, waivedFindings: 0 });
      expect(waived?.summary.waivedFindings).to.be.above(0);
    });

    it('previews a later day, states it, and passes nothing that rests on logins until then', async () => {
      const [hub] = reportIn(
        await sf('audit-org', '--from-evidence', 'orgs.json', '--as-of', '2999-01-01', '--json')
      ).targets;
      expect(hub?.asOf).to.equal('2999-01-01T00:00:00.000Z');
      expect(hub?.notices[0]).to.contain('Evaluated as of 1 Jan 2999, 00:00 UTC (--as-of)');
      expect(verdictsOf(hub)).to.deep.include({
        'org/certificates-rotated': 'fail',
        'org/passwords-rotated': 'inconclusive',
        'org/user-agent-flow-blocked': 'inconclusive',
      });
    });

    const refused = async (code: number, says: RegExp, ...args: readonly string[]): Promise<void> => {
      const ran = await sf(...args, '--json', '--output-file', 'refused.json');
      expect(errorIn(ran).message).to.match(says);
      expect(ran.code).to.equal(code);
      expect(await readdir(folder)).not.to.include('refused.json');
    };

    it('is refused when it is old, unless --as-of names the day to evaluate', async () => {
      await altered('orgs.json', 'old.json', ({ targets }) =>
        targets.forEach((one) => (one.asOf = '2020-01-02T10:00:00.000Z'))
      );
      await refused(1, /too old.*2 Jan 2020/, 'audit-org', '--from-evidence', 'old.json');
      const { targets } = reportIn(
        await sf('audit-org', '--from-evidence', 'old.json', '--as-of', '2020-01-02', '--json')
      );
      expect(targets[0]?.asOf).to.equal('2020-01-02T10:00:00.000Z');
      await refused(2, /lies before/, 'audit-org', '--from-evidence', 'old.json', '--as-of', '2020-01-01');
    });

    it('is refused when it was edited, cut off, or is of the other domain', async () => {
      const text = await readFile(at('orgs.json'), 'utf8');
      await writeFile(at('edited.json'), text.replace('"mfaForDirectUiLogins":true', '"mfaForDirectUiLogins":false'));
      await writeFile(at('cut.json'), text.slice(0, text.length / 2));
      await refused(1, /changed after it was saved/, 'audit-org', '--from-evidence', 'edited.json');
      await refused(1, /cut off/, 'audit-org', '--from-evidence', 'cut.json');
      await refused(1, /about orgs/, 'check-package', '--from-evidence', 'orgs.json');
    });

    const wrong: ReadonlyArray<[string, RegExp, ...string[]]> = [
      ['evidence beside an org', /excludes --target-org/, 'audit-org', '-o', 'hub', '--from-evidence', 'orgs.json'],
      [
        'evidence beside what says how to ask an org',
        /excludes --api-version, --request-timeout, --org-timeout/,
        'audit-org',
        ...['--api-version', '67.0', '--request-timeout', '20', '--org-timeout', '120', '--from-evidence', 'orgs.json'],
      ],
      ['evidence of a variable that is not set', /--from-evidence is empty/, 'audit-org', '--from-evidence', ''],
      ['evidence beside a folder', /--source-dir/, 'check-package', '-d', '.', '--from-evidence', 'orgs.json'],
      ['a day before today', /lies before/, 'audit-org', '-o', 'hub', '--as-of', '2020-01-01'],
      ['a day that is none', /no value of --as-of/, 'check-package', '--as-of', 'tomorrow'],
      ['one file for two', /same file/, 'audit-org', '-o', 'hub', '--save-evidence', 'refused.json'],
    ];
    for (const [name, says, ...args] of wrong) {
      it(`refuses ${name} with exit 2`, () => refused(2, says, ...args));
    }
  });

  it('of a package gives the same report byte for byte, when the folder is gone', async () => {
    const live = await written('pay', 'check-package', '-d', 'acme-pay', '--save-evidence', 'source.json');
    await rm(at('acme-pay'), { recursive: true });
    const replay = await written('again', 'check-package', '--from-evidence', 'source.json');
    // The changes that SARIF proposes quote the files, which are gone.
    const withoutFixes = (bytes: readonly string[]): string[] =>
      bytes.map((text) => text.replace(/,\n {10}"fixes": \[\n[^]*?\n {10}\]/g, ''));
    expect(withoutFixes(replay.bytes)).to.deep.equal(withoutFixes(live.bytes));
    expect([live.ran.code, replay.ran.code]).to.deep.equal([3, 3]);
  });
});
