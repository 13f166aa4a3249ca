import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { readSource } from '../../src/cli/readSource.js';
import { reportOf } from '../../src/engine/report.js';
import { review } from '../../src/engine/review.js';
import type { Report, TargetReport } from '../../src/engine/types.js';
import { lineEditsOf, type LineReplacement } from '../../src/fixes/lineEdits.js';
import { planOf, type Item, type Plan } from '../../src/fixes/plan.js';
import { openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import { CASES, copyCases } from '../support/caseFolder.js';
import { emptyPolicy } from '../support/emptyPolicy.js';

type Sample = { name: string; root: string; source: string; integrations: string[]; baseline?: string };

/** Controls whose findings in metadata files are formulas, addresses and secrets: text that a developer changes. */
const OF_CODE = [
  'package/no-implicit-flow',
  'package/no-secrets-in-source',
  'package/no-session-id-for-metadata-api',
  'package/no-username-password-flow',
];

/** Controls with findings about an app or a file as a whole. */
const OF_WHOLE_FILES = ['package/new-apps-are-external-client-apps', 'package/no-global-oauth-settings'];

describe('the plan of fixes, over every example and every small package', () => {
  let folder: string;
  const plans = new Map<Sample, { before: TargetReport; plan: Plan }>();
  before(async function plan() {
    this.timeout(180_000);
    folder = mkdtempSync(join(tmpdir(), 'security-review-fixes-'));
    for (const sample of samplesIn(folder)) {
      // eslint-disable-next-line no-await-in-loop -- one package after the other
      const checked = await check(sample);
      // eslint-disable-next-line no-await-in-loop
      plans.set(sample, { before: checked, plan: await planFor(checked) });
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('closes at least 70 % of the findings about a metadata element', () => {
    const items = [...plans.values()].flatMap(({ plan }) => plan.items).filter(isMetadata);
    const closed = items.filter(({ way }) => way === 'diff');
    expect(items.length).to.be.at.least(25);
    expect(closed.length / items.length, `${closed.length} of ${items.length}`).to.be.at.least(0.7);
  });

  it('names a file and a line for each finding, and the file alone where it is about the app as a whole', () => {
    for (const [sample, { before: earlier }] of plans) {
      for (const { control, findings } of earlier.results) {
        for (const { subject, message } of findings) {
          // An app that is gone has no file any more.
          if (message.includes('no longer in the package')) continue;
          expect(subject.file, `${sample.name} ${control.id}: ${message}`).to.be.a('string');
          if (OF_WHOLE_FILES.includes(control.id) || /not in the source|cannot be packaged: with/.test(message))
            continue;
          expect(subject.line, `${sample.name} ${control.id}: ${message}`).to.be.a('number');
        }
      }
    }
  });

  it('has an edit for SARIF for each finding that a diff closes, and each edit closes its finding alone', async function edits() {
    this.timeout(180_000);
    for (const [sample, { before: earlier, plan }] of plans) {
      // eslint-disable-next-line no-await-in-loop -- one package after the other
      const found = await lineEditsOf(reportWith(earlier), readSource);
      const planned = plan.items.filter(({ way }) => way === 'diff').map(({ finding }) => finding.fingerprint);
      expect([...found.keys()], sample.name).to.include.members(planned);
      // A diff has lines around the change; SARIF has not, so a secret there is no reason to leave its edit out.
      const others = plan.items.filter(({ finding }) => !planned.includes(finding.fingerprint));
      for (const { finding } of others.filter((one) => found.has(one.finding.fingerprint))) {
        const file = join(sample.root, sample.source, finding.subject.file ?? '');
        expect(readFileSync(file, 'utf8'), sample.name).to.include('<consumerSecret>');
      }
      for (const [fingerprint, edit] of found) {
        const texts = new Map(
          edit.changes.map(({ file }) => [file, readFileSync(join(sample.root, sample.source, file), 'utf8')])
        );
        for (const { file, replacements } of edit.changes) {
          writeFileSync(join(sample.root, sample.source, file), edited(texts.get(file) ?? '', replacements));
        }
        // eslint-disable-next-line no-await-in-loop
        const left = openIn(await check(sample)).map(([one]) => one);
        expect(left, sample.name).not.to.include(fingerprint);
        for (const [file, text] of texts) writeFileSync(join(sample.root, sample.source, file), text);
      }
    }
  });

  it('closes what each plan says and changes no other finding, once its diff is applied', async function apply() {
    this.timeout(180_000);
    let applied = 0;
    for (const [sample, { before: earlier, plan }] of plans) {
      const diff = plan.files.find(({ name }) => name.endsWith('.diff'));
      if (diff === undefined) continue;
      applied += 1;
      const root = join(sample.root, sample.source);
      writeFileSync(join(folder, 'plan.diff'), diff.content);
      execFileSync('git', ['apply', join(folder, 'plan.diff')], { cwd: root });
      const closed = plan.items.filter(({ way }) => way === 'diff').map(({ finding }) => finding.fingerprint);
      const left = openIn(earlier).filter(([fingerprint]) => !closed.includes(fingerprint));
      // eslint-disable-next-line no-await-in-loop -- one package after the other
      expect(openIn(await check(sample)), sample.name).to.deep.equal(left);
    }
    expect(applied).to.be.at.least(10);
  });

  it('shows no secret in a diff', () => {
    for (const { plan } of plans.values()) {
      for (const { content } of plan.files) expect(content).not.to.match(/consumerSecret|BEGIN [A-Z ]*PRIVATE KEY/);
    }
  });
});

function isMetadata({ control, way, finding: { subject, message } }: Item): boolean {
  const isElement = (subject.file ?? '').endsWith('-meta.xml') && way !== 'code' && !OF_CODE.includes(control.id);
  // An app that the package lacks, and a release that these samples lack, are no element of the file that is named.
  return isElement && control.id !== 'package/apps-packaged' && !message.includes('there is no git repository');
}

/** Copies, so that the git repository of this project plays no part. */
function samplesIn(folder: string): Sample[] {
  copyCases(join(folder, 'cases'));
  cpSync(inRoot('examples', 'acme-pay'), join(folder, 'acme-pay'), { recursive: true });
  const small = readdirSync(CASES).filter((name) => existsSync(join(CASES, name, 'expect.json')));
  return [
    { name: 'acme-pay', root: join(folder, 'acme-pay'), source: '.', integrations: [] },
    ...small.map((name): Sample => {
      const root = join(folder, 'cases', name);
      const { opts } = JSON.parse(readFileSync(join(root, 'expect.json'), 'utf8')) as {
        opts: { source?: string; integ?: string[]; baseline?: string };
      };
      const integrations = opts.integ ?? (existsSync(join(root, 'integ')) ? ['integ'] : []);
      const baseline = opts.baseline === undefined ? {} : { baseline: join(root, opts.baseline) };
      return { name, root, source: opts.source ?? 'src', integrations, ...baseline };
    }),
  ];
}

async function check({ name, root, source, integrations, baseline }: Sample): Promise<TargetReport> {
  const path = join(root, source);
  const opened = await openPackage(path, baseline === undefined ? {} : { baseline });
  const given = integrations.map((one) => join(root, one));
  const asOf = new Date('2026-11-29');
  return review(
    packageDomain,
    { ...opened, integrations: await openIntegrations(given, emptyPolicy.integrations, undefined) },
    { target: { kind: 'package', name, path }, policy: emptyPolicy, asOf, audited: [] }
  );
}

/** As a viewer applies the replacements of SARIF, the last one first. */
function edited(text: string, replacements: readonly LineReplacement[]): string {
  const lines = text.split('\n');
  const offsetOf = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return replacements.toReversed().reduce((whole, { startLine, startColumn, endLine, endColumn, text: inserted }) => {
    const [from, to] = [offsetOf(startLine, startColumn), offsetOf(endLine, endColumn)];
    return whole.slice(0, from) + inserted + whole.slice(to);
  }, text);
}

function planFor(report: TargetReport): Promise<Plan> {
  return planOf(reportWith(report), { read: readSource });
}

function reportWith(report: TargetReport): Report {
  const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };
  const scope = { controls: 'all', failOn: 'medium', inconclusive: 'block' } as const;
  return reportOf(tool, scope, [report]);
}

function openIn({ results }: TargetReport): Array<[fingerprint: string, control: string]> {
  return results
    .flatMap(({ control, findings }) =>
      findings.flatMap(({ kind, fingerprint }): Array<[string, string]> =>
        kind === 'latent' ? [] : [[fingerprint, control.id]]
      )
    )
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}
