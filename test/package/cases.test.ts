import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import type { Result, TargetReport } from '../../src/engine/types.js';
import { openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import { CASES, copyCases } from '../support/caseFolder.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { canary, consumerKey } from '../support/secrets.js';

type Expectation = {
  verdict?: string | readonly string[];
  kind?: string;
  names?: readonly string[];
  notNames?: readonly string[];
  line?: number;
  why: string;
};
type Case = {
  opts: { source?: string; integ?: readonly string[]; baseline?: string };
  expect: Readonly<Record<string, Expectation>>;
  seconds?: number;
};

/** Small packages, each with the verdicts it must get. `CASE=<part of a name>` runs some of them. */
describe('small packages and their verdicts', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cases-'));
    copyCases(join(folder, 'cases'), filledIn);
  });
  after(() => rmSync(folder, { recursive: true }));

  const wanted = process.env.CASE;
  for (const name of readdirSync(CASES).filter((entry) => existsSync(join(CASES, entry, 'expect.json')))) {
    if (wanted !== undefined && !name.includes(wanted)) continue;
    const { opts, expect: expected } = JSON.parse(readFileSync(join(CASES, name, 'expect.json'), 'utf8')) as Case;
    const why = Object.values(expected)
      .map((one) => one.why)
      .join('; ');
    it(`${name}: ${why}`, async () => {
      const report = await check(join(folder, 'cases', name), opts);
      for (const [control, expectation] of Object.entries(expected)) {
        hold(
          report.results.find((result) => result.control.id === `package/${control}`),
          expectation
        );
      }
    });
  }
});

/** No file of this repository contains what looks like a credential, so the tests write it. */
function filledIn(text: string): string {
  return text.replaceAll('{CONSUMER_SECRET}', canary.consumerSecret).replaceAll('{CONSUMER_KEY}', consumerKey);
}

async function check(root: string, opts: Case['opts']): Promise<TargetReport> {
  const extras = opts.baseline === undefined ? {} : { baseline: join(root, opts.baseline) };
  const source = await openPackage(join(root, opts.source ?? 'src'), extras);
  const given = (opts.integ ?? (existsSync(join(root, 'integ')) ? ['integ'] : [])).map((path) => join(root, path));
  const integrations = await openIntegrations(given, emptyPolicy.integrations, undefined);
  return review(
    packageDomain,
    { ...source, integrations },
    {
      target: { kind: 'package', name: 'case' },
      policy: emptyPolicy,
      asOf: new Date('2026-11-29'),
      audited: [],
    }
  );
}

function hold(result: Result | undefined, { verdict, kind, names, notNames, line }: Expectation): void {
  expect(result, 'the control was evaluated').to.not.equal(undefined);
  if (!result) return;
  const text = JSON.stringify({ ...result, control: result.control.id }, null, 1);
  if (verdict !== undefined) expect([verdict].flat(), text).to.include(result.verdict);
  const findings = result.findings.filter((finding) => kind === undefined || finding.kind === kind);
  if (kind !== undefined) expect(findings, text).to.not.have.length(0);
  if (line !== undefined)
    expect(
      findings.map(({ subject }) => subject.line),
      text
    ).to.include(line);
  const subjects = findings.map(({ subject }) => subject.name);
  for (const name of names ?? []) expect(subjects, text).to.include(name);
  for (const name of notNames ?? []) expect(subjects, text).to.not.include(name);
}
