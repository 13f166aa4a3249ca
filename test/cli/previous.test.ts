import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { compareWith, readPrevious, type Previous } from '../../src/cli/previous.js';
import { reportOf } from '../../src/engine/report.js';
import type { Report } from '../../src/engine/types.js';
import { policy } from '../engine/samples.js';
import { canary } from '../support/secrets.js';
import { passedReport, sampleReport } from '../support/sampleReport.js';

describe('an earlier report', () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'previous-'));
    file = join(folder, 'report.json');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const { scope } = sampleReport;
  const flags = { view: 'table' } as const;
  const read = async (
    content: unknown,
    run: Report['scope'] = scope,
    kind: 'org' | 'package' = 'org'
  ): Promise<Previous | undefined> => {
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readPrevious({ ...flags, previous: file }, run, kind);
  };
  const refusal = async (reading: Promise<unknown>): Promise<SfError> => {
    try {
      await reading;
    } catch (error) {
      if (error instanceof SfError) return error as SfError;
      throw error;
    }
    return expect.fail('was not refused');
  };

  const edited = (edit: (text: string) => string): string => edit(JSON.stringify(sampleReport));

  const refused: ReadonlyArray<[name: string, content: unknown, says: RegExp, run?: Report['scope']]> = [
    ['what is not JSON, without quoting it', 'secret = abc', /is not JSON\.$/],
    ['nothing', '', /is not JSON/],
    ['JSON that is no report', { status: 0, result: sampleReport }, /schemaVersion/],
    ['JSON that is nested 20,000 deep', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /is nested too deep/],
    ['null', 'null', /is not a report/],
    ['a list', '[]', /is not a report/],
    ['a later schema', { ...sampleReport, schemaVersion: 2 }, /schemaVersion is 2, and only 1/],
    ['the report of another tool', { ...sampleReport, tool: { name: 'scanner', version: '1' } }, /made by scanner/],
    ['a damaged report', { ...sampleReport, targets: [{}] }, /targets\.0/],
    [
      'a report whose verdict contradicts its findings',
      edited((text) => text.replaceAll('"verdict":"fail"', '"verdict":"pass"')),
      /targets\[\d\]\.results\[\d\] \(org\/mfa-enforced\): verdict is pass, and violation .* is open/,
    ],
    [
      'a report whose gate does not follow from its results',
      { ...sampleReport, gate: 'passed' },
      /gate is passed, and its targets give failed/,
    ],
    ['other controls', sampleReport, /controls: all there, org\/a here/, { ...scope, controls: ['org/a'] }],
    ['another threshold', sampleReport, /severity threshold: medium there, high here/, { ...scope, failOn: 'high' }],
    ['another inconclusive', sampleReport, /inconclusive: block there/, { ...scope, inconclusive: 'allow' }],
  ];
  for (const [name, content, says, run] of refused) {
    it(`is refused with exit 1: ${name}`, async () => {
      const error = await refusal(read(content, run));
      expect(error.exitCode).to.equal(1);
      expect(error.message.replaceAll('\n', ' ')).to.contain(file).and.to.match(says).and.not.to.contain('secret');
      expect(error.actions).not.to.have.length(0);
    });
  }

  it('is refused when it is about packages only, and the run about orgs', async () => {
    const targets = sampleReport.targets.filter(({ target }) => target.kind !== 'org');
    const packages = reportOf(sampleReport.tool, scope, targets);
    expect((await refusal(read(packages))).message).to.contain('it is about packages, this run about orgs');
    expect(await read(packages, scope, 'package')).to.have.nested.property('report.targets.length', 1);
  });

  it('may begin with a byte order mark', async () => {
    expect(await read(`\uFEFF${JSON.stringify(sampleReport)}`)).to.have.property('file', file);
  });

  it('carries no token over, even from another author', async () => {
    const planted = JSON.stringify(sampleReport).replaceAll('"message":"', () => `"message":"${canary.accessToken} `);
    const held = JSON.stringify(await read(planted));
    expect(held).to.contain('"message":"[token] ').and.not.to.contain(canary.accessToken);
  });

  it('may come from another policy, and the report states it', async () => {
    const other = { ...scope, policy: { file: 'security-review.yml', sha256: 'b'.repeat(64) } };
    expect((await read(sampleReport, other))?.notices).to.deep.equal([
      'The policy has changed since the earlier report.',
    ]);
    expect((await read(sampleReport))?.notices).to.deep.equal([]);
  });

  const wrong: ReadonlyArray<[name: string, given: object, code: number]> = [
    ['a file that is not there', { previous: 'none.json' }, 2],
    ['a folder that is not there', { previous: 'none/none.json' }, 2],
    ['a folder', { previous: '.' }, 1],
    ['--gate-on without it', { 'gate-on': 'new' }, 2],
    ['--gate-on all without it', { 'gate-on': 'all' }, 2],
  ];
  for (const [name, given, code] of wrong) {
    it(`answers ${name} with exit ${code}`, async () => {
      expect((await refusal(readPrevious({ ...flags, ...given }, scope, 'org'))).exitCode).to.equal(code);
    });
  }

  it('is nothing without the flag', async () => {
    expect(await readPrevious(flags, scope, 'org')).to.equal(undefined);
    expect(compareWith(undefined, sampleReport.targets, policy, scope)).to.equal(sampleReport.targets);
  });

  it('says on the first target what is not part of the run', async () => {
    const previous = await read(sampleReport);
    const now = passedReport.targets.map((one) => ({
      ...one,
      target: { ...one.target, orgId: '00D000000000001AAA' },
    }));
    const [hub] = compareWith(previous, now, policy, scope);
    expect(hub?.notices.at(-1)).to.match(/^Not part of this run.* could not be compared: acmepay-ns\.$/);
  });

  it('is refused when no target is in both', async () => {
    const previous = await read(sampleReport);
    const now = passedReport.targets.map((one) => ({ ...one, target: { kind: 'org', name: 'other' } as const }));
    expect(() => compareWith(previous, now, policy, scope))
      .to.throw(SfError, /it is about acme-hub, acmepay-ns/)
      .with.property('exitCode', 1);
  });
});
