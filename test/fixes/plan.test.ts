import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { reportOf } from '../../src/engine/report.js';
import { review } from '../../src/engine/review.js';
import type { Report, TargetReport } from '../../src/engine/types.js';
import { planOf, type Plan } from '../../src/fixes/plan.js';
import { unifiedDiff } from '../../src/fixes/unifiedDiff.js';
import { readSource } from '../../src/cli/readSource.js';
import { openPackage, packageDomain } from '../../src/package/index.js';
import { renderActionPlan, renderPlanPage } from '../../src/render/fixPlan.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { sampleReport } from '../support/sampleReport.js';

const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };
const scope: Report['scope'] = { controls: 'all', failOn: 'medium', inconclusive: 'block' };

const checked = async (folder: string): Promise<TargetReport> =>
  review(packageDomain, await openPackage(folder), {
    policy: emptyPolicy,
    asOf: new Date('2026-11-29T00:00:00Z'),
    audited: [],
    target: { kind: 'package', name: 'acme', path: folder },
  });
const openIn = ({ results }: TargetReport): Map<string, string> =>
  new Map(results.flatMap(({ control, findings }) => findings.map(({ fingerprint }) => [fingerprint, control.id])));

describe('the plan of fixes', () => {
  let folder: string;
  let before: TargetReport;
  let plan: Plan;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-plan-'));
    cpSync('examples/acme-pay', folder, { recursive: true });
    before = await checked(folder);
    plan = await planOf(reportOf(tool, scope, [before]), { read: readSource });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('closes what it says and changes no other finding, once its diff is applied', async () => {
    const [diff] = plan.files;
    writeFileSync(join(folder, 'plan.diff'), diff?.content ?? '');
    execFileSync('git', ['apply', 'plan.diff'], { cwd: folder });
    rmSync(join(folder, 'plan.diff'));
    const after = openIn(await checked(folder));
    const closed = plan.items.filter(({ way }) => way === 'diff').map(({ finding }) => finding.fingerprint);
    const left = [...openIn(before)].filter(([fingerprint]) => !closed.includes(fingerprint));
    expect([...after].toSorted()).to.deep.equal(left.toSorted());
  });

  it('closes at least 70 % of the metadata findings of the example', () => {
    const closed = plan.items.filter(({ way }) => way === 'diff').length;
    expect(closed / plan.items.length).to.be.at.least(0.7);
  });

  it('lists what it cannot plan, and every open finding as a row to assign', () => {
    const page = renderPlanPage(plan);
    expect(page).to.contain('## What cannot be planned').and.to.contain('`package/new-apps-are-external-client-apps`');
    const rows = renderActionPlan(plan).trim().split('\r\n');
    expect(rows).to.have.length(plan.items.length + 1);
    expect(rows[0]).to.contain('owner","due","status"');
  });

  it('writes the settings of an org that close findings, and nothing else into them', async () => {
    const [hub] = sampleReport.targets;
    if (!hub) throw new Error('The sample has no target.');
    const { files, items } = await planOf(reportOf(tool, scope, [hub]), { read: readSource });
    expect(files.map(({ name }) => name)).to.deep.equal([
      'org-1-acme-hub/sfdx-project.json',
      'org-1-acme-hub/force-app/main/default/settings/Security.settings-meta.xml',
    ]);
    const [head, comment, ...rest] = (files[1]?.content ?? '').split('\n');
    expect(head).to.equal('<?xml version="1.0" encoding="UTF-8"?>');
    expect(comment).to.match(
      /^<!-- Closes org\/mfa-enforced: ada@acme\.example, .*, \+4\. What users notice: Each user .* -->$/
    );
    expect(rest).to.deep.equal([
      '<SecuritySettings xmlns="http://soap.sforce.com/2006/04/metadata">',
      '    <sessionSettings>',
      '        <enableMFADirectUILoginOptIn>true</enableMFADirectUILoginOptIn>',
      '    </sessionSettings>',
      '</SecuritySettings>',
      '',
    ]);
    expect(new Set(items.map(({ way }) => way))).to.deep.equal(new Set(['deploy']));
  });

  it('plans nothing for a file that has changed since the report', async () => {
    for (const { finding } of plan.items) {
      const file = join(folder, finding.subject.file ?? '');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/<[a-zA-Z]+>(?:false|Local|Full)<.*/g, ''));
    }
    const again = await planOf(reportOf(tool, scope, [before]), { read: readSource });
    expect(again.items.filter(({ way }) => way === 'diff').map(({ control }) => control.id)).to.deep.equal([
      'package/callbacks-not-mixed',
      'package/localhost-callback-alone',
    ]);
  });

  for (const file of ['../outside.xml', '/etc/passwd', 'force-app/../../x']) {
    it(`reads nothing outside of the project: ${file}`, async () => {
      expect(await readSource({ kind: 'package', name: 'x', path: folder }, file)).to.equal(undefined);
    });
  }

  it('writes a diff that git applies, whatever the ends of lines and files', () => {
    const cases: ReadonlyArray<[before: string, after: string]> = [
      ['a\nb\nc\n', 'a\nc\n'],
      ['a', 'b'],
      ['a\r\nb\r\n', 'a\r\nB\r\n'],
      [Array.from({ length: 40 }, (_, index) => index).join('\n'), '0\nx\n39'],
      ['a\nb', 'a\nb\n'],
    ];
    for (const [one, other] of cases) {
      writeFileSync(join(folder, 'file.txt'), one);
      writeFileSync(join(folder, 'plan.diff'), unifiedDiff('file.txt', one, other));
      execFileSync('git', ['apply', 'plan.diff'], { cwd: folder });
      expect(readFileSync(join(folder, 'file.txt'), 'utf8')).to.equal(other);
    }
  });
});
