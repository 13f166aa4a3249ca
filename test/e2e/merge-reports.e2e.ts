import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeId, type Scenario } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { reportSchema } from '../../src/render/reportSchema.js';
import type { Report } from '../../src/engine/types.js';
import { errorIn, reportIn, stageOf, type Stage } from './support.js';

/** A Dev Hub whose registry holds this namespace of another org. */
const linking = (scenario: Scenario, namespace: string, other: Scenario): Scenario => {
  const [entry] = scenario.tables['NamespaceRegistry'] ?? [];
  const link = { ...entry, Name: namespace, NamespacePrefix: namespace, NamespaceOrg: other.orgId.slice(0, 15) };
  return { ...scenario, tables: { ...scenario.tables, NamespaceRegistry: [link] } };
};

describe('sf security-review merge-reports, through sf', () => {
  let stage: Stage;
  let folder: string;

  const sf = (...args: string[]): Promise<Ran> => stage.sf.run(['security-review', ...args], { cwd: folder });
  /** One job of a pipeline: it audits one org and keeps the report. */
  const job = (org: string, file: string, ...args: string[]): Promise<Ran> =>
    sf('audit-org', '-o', org, '-f', file, ...args);
  const read = async (file: string): Promise<Report> =>
    reportSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));

  const linked = ({ targets }: Report): unknown[] =>
    targets.map(({ results }) => results.find(({ control }) => control.id === 'org/linked-orgs-audited')?.verdict);

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(join(tmpdir(), 'matrix-'));
    const [hub, pay] = [SCENARIOS.hardened(), SCENARIOS.broken()];
    stage = await stageOf({ hub: linking(hub, 'examplelegacy', pay), pay: linking(pay, 'examplens', hub) });
    await writeFile(
      join(folder, 'fleet.yml'),
      `version: 1\norgs: [{ alias: hub, id: ${hub.orgId} }, { alias: pay, id: ${pay.orgId} }]\n`
    );
    for (const org of ['hub', 'pay']) {
      // eslint-disable-next-line no-await-in-loop -- one job after the other
      const ran = await job(org, `${org}.json`);
      expect(ran.code, ran.stdout + ran.stderr).to.equal(3);
      // eslint-disable-next-line no-await-in-loop
      expect(linked(await read(`${org}.json`)), `${org} alone misses the other org`).to.deep.equal(['fail']);
    }
    await job('hub', 'known.json', '--policy-file', 'fleet.yml');
    expect(linked(await read('known.json')), 'the policy names the org').to.deep.equal(['inconclusive']);
    await job('pay', 'part.json', '--control', 'org/linked-orgs-audited');
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('joins two orgs that are linked with each other: what each alone missed is there', async () => {
    const ran = await sf('merge-reports', '-f', 'merged.json', 'pay.json', 'hub.json', '-f', 'merged.md');
    expect(ran.code, ran.stdout + ran.stderr).to.equal(3);
    const [pay, hub, merged] = [await read('pay.json'), await read('hub.json'), await read('merged.json')];
    expect(merged.targets.map(({ target, asOf }) => [target, asOf])).to.deep.equal(
      [pay, hub].flatMap(({ targets }) => targets.map(({ target, asOf }) => [target, asOf]))
    );
    expect(linked(merged)).to.deep.equal(['pass', 'pass']);
    for (const { results } of merged.targets) {
      const { reason } = results.find(({ control }) => control.id === 'org/linked-orgs-audited') ?? {};
      expect(reason).to.match(/Audited in the merged reports: (examplens|examplelegacy)\.$/);
    }
    expect(await readFile(join(folder, 'merged.md'), 'utf8')).to.contain('Security review of `pay`, `hub`: failed');
    expect(ran.stdout).to.contain('FAILED  2 targets');
  });

  it('takes one report as it is, with the gate that it has', async () => {
    const failed = await sf('merge-reports', 'hub.json', '--json');
    expect(failed.code).to.equal(3);
    expect(reportIn(failed).targets).to.deep.equal((await read('hub.json')).targets);
    expect((await sf('merge-reports', 'known.json')).code).to.equal(3);
  });

  it('joins the files that a pattern matches, which some shells do not expand', async () => {
    await mkdir(join(folder, 'night'));
    await Promise.all(
      ['hub', 'pay'].map((org) => cp(join(folder, `${org}.json`), join(folder, 'night', `org-${org}.json`)))
    );
    await writeFile(join(folder, 'night', 'other.json'), 'no report');
    const merged = reportIn(await sf('merge-reports', 'night/org-*.json', '--json'));
    expect(merged.targets.map(({ target }) => target.name)).to.deep.equal(['hub', 'pay']);
    const none = await sf('merge-reports', 'night/*.txt');
    expect(none.code).to.equal(2);
    expect(none.stderr).to.contain('night/*.txt');
  });

  it('joins packages, too', async () => {
    await cp(new URL('../../examples/acme-pay', import.meta.url), join(folder, 'pack'), { recursive: true });
    await sf('check-package', '-d', 'pack', '-f', 'pack.json');
    const report = await read('pack.json');
    const targets = report.targets.map((one) => ({ ...one, target: { ...one.target, path: 'other' } }));
    await writeFile(join(folder, 'other.json'), JSON.stringify({ ...report, targets }));
    const merged = reportIn(await sf('merge-reports', 'pack.json', 'other.json', '--json'));
    expect(merged.targets.map(({ target }) => target.path)).to.deep.equal(['pack', 'other']);
    expect(merged.gate).to.equal(report.gate);
  });

  it('joins hundreds of reports', async () => {
    const report = await read('part.json');
    const files = Array.from({ length: 300 }, (_, index) => `org${index}.json`);
    await Promise.all(
      files.map((file, index) => {
        const targets = report.targets.map((one) => ({
          ...one,
          target: { kind: 'org', name: file, orgId: makeId('00D', index + 1000) },
        }));
        return writeFile(join(folder, file), JSON.stringify({ ...report, targets }));
      })
    );
    const ran = await sf('merge-reports', ...files, '-f', 'all.json');
    expect(ran.code, ran.stderr).to.equal(3);
    expect((await read('all.json')).targets.map(({ target }) => target.name)).to.deep.equal(files);
  });

  const refused: ReadonlyArray<[name: string, args: string[], code: number, says: RegExp]> = [
    ['no report at all', [], 2, /No report was given/],
    ['a report that is not there', ['hub.json', 'none.json'], 2, /none\.json does not exist/],
    ['an unknown format', ['hub.json', '-f', 'fleet.docx'], 2, /known format/],
    ['a file that is no report', ['hub.json', 'fleet.yml'], 1, /fleet\.yml is not a report .* not JSON/],
    [
      'the same org twice',
      ['hub.json', 'pay.json', 'hub.json'],
      1,
      /the org hub \(00D\w+\) is in hub\.json and in hub/,
    ],
    ['another policy', ['pay.json', 'known.json'], 1, /policy \(SHA-256\): \w{64} in known\.json, none in pay\.json/],
  ];
  for (const [name, args, code, says] of refused) {
    it(`refuses ${name} with exit ${code}, and writes nothing`, async () => {
      const ran = await sf('merge-reports', ...args, '-f', 'never.json', '--json');
      expect(ran.code, ran.stdout + ran.stderr).to.equal(code);
      expect(errorIn(ran).message.replace(/\s+/g, ' ')).to.match(says);
      expect(errorIn(ran).actions ?? []).not.to.have.length(0);
      const written = await readFile(join(folder, 'never.json')).then(
        () => true,
        () => false
      );
      expect(written).to.equal(false);
    });
  }
});
