import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'chai';
import type { Log } from 'sarif';
import { inRoot } from '../../scripts/tools/paths.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { formats } from '../../src/render/index.js';
import { reportIn, stageOf, type Stage } from './support.js';

describe('the formats of a report, through sf', () => {
  let stage: Stage;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formats-'));
    stage = await stageOf({ broken: SCENARIOS.broken() });
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('writes a package in all of them, and each says the same', async () => {
    const source = inRoot('examples', 'acme-pay');
    const files = formats.flatMap((format) => ['--output-file', join(folder, `acme${format}`)]);
    const ran = await stage.sf.run(['security-review', 'check-package', '-d', source, ...files, '--json']);
    expect(ran.code, ran.stderr).to.equal(3);
    expect((await readdir(folder)).sort()).to.deep.equal(formats.map((format) => `acme${format}`).sort());
    const results = reportIn(ran).targets.flatMap((target) => target.results);
    const findings = results.flatMap((result) => result.findings);
    const read = (extension: string): Promise<string> => readFile(join(folder, `acme${extension}`), 'utf8');

    const [run] = (JSON.parse(await read('.sarif')) as Log).runs;
    const fails = (run?.results ?? []).filter(({ kind }) => kind === 'fail');
    expect(fails).to.have.length(findings.filter(({ kind }) => kind !== 'latent').length);
    const located = findings.find(({ subject }) => subject.line !== undefined);
    expect(
      run?.results?.map(({ locations }) => locations?.[0]?.physicalLocation?.region?.startLine),
      'the line of a finding'
    ).to.include(located?.subject.line);

    const junit = await read('.junit.xml');
    expect(XMLValidator.validate(junit)).to.equal(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(junit) as {
      testsuites: Record<string, string>;
    };
    expect(Number(testsuites['@_tests'])).to.equal(results.length);
    expect(Number(testsuites['@_failures'])).to.equal(results.filter(({ verdict }) => verdict === 'fail').length);

    const rows: Array<Record<string, string>> = parse(await read('.csv'), { columns: true, bom: true });
    expect(rows.filter(({ row }) => row === 'finding').map(({ fingerprint }) => fingerprint)).to.deep.equal(
      findings.map(({ fingerprint }) => fingerprint)
    );
  });

  const audit = ['security-review', 'audit-org', '-o', 'broken', '--control', 'org/no-guest-sites'];

  it('adds the report of an org to the summary of a GitHub job', async () => {
    const summary = join(folder, 'summary.md');
    await writeFile(summary, '# Earlier step\n');
    const ran = await stage.sf.run(audit, { env: { GITHUB_STEP_SUMMARY: summary } });
    expect(ran.code, ran.stderr).to.equal(3);
    const written = await readFile(summary, 'utf8');
    expect(written).to.match(/^# Earlier step\n/);
    expect(written).to.contain('# Security review of `broken`: failed').and.to.contain('org/no-guest-sites');
  });

  it('decides the same, and reports it, when the summary cannot be written', async () => {
    const env = { GITHUB_STEP_SUMMARY: join(folder, 'nowhere', 'summary.md') };
    const ran = await stage.sf.run(audit, { env });
    expect(ran.code, ran.stderr).to.equal(3);
    expect(ran.stderr.replace(/\s+/g, ' ')).to.contain('could not be appended to the summary of the GitHub job');
    expect(ran.stderr).not.to.match(/^\s+at /m);
    const json = await stage.sf.run([...audit, '--json'], { env });
    expect(json.code).to.equal(3);
    expect((JSON.parse(json.stdout) as { warnings: string[] }).warnings.join()).to.contain('could not be appended');
  });
});
