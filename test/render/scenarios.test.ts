import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { planOf } from '../../src/fixes/plan.js';
import { renderActionPlan, renderPlanPage } from '../../src/render/fixPlan.js';
import { recordPage, setupPage } from '../../src/render/html/links.js';
import type { Report } from '../../src/engine/types.js';
import { render } from '../../src/render/index.js';
import { renderMarkdown } from '../../src/render/markdown.js';
import { renderSummary } from '../../src/render/summary.js';
import { renderHuman } from '../../src/render/terminal.js';
import { scenarioReports } from '../support/scenarioReports.js';

const WIDTHS = [60, 70, 80, 90, 100, 110, 120, 140, 160, 180, 200];

describe('what a user sees of the simulated orgs', () => {
  let reports: ReadonlyMap<string, Report>;
  before(async function read() {
    this.timeout(60_000);
    reports = await scenarioReports();
  });

  const summaries = (): Array<{ name: string; report: Report; width: number; text: string }> =>
    [...reports].flatMap(([name, report]) =>
      WIDTHS.map((width) => ({ name, report, width, text: renderSummary(report, { exitCode: 3, width }) }))
    );

  it('takes at most 30 lines for each org and for all of them, at any width', () => {
    for (const { name, width, text } of summaries()) {
      expect(text.split('\n').length, `${name} at ${width} columns:\n${text}`).to.be.at.most(30);
    }
  });

  it('takes at most 5 lines for a clean org, at any width', () => {
    const clean = summaries().filter(({ report }) => report.gate === 'passed');
    expect(clean).to.have.length(WIDTHS.length);
    for (const { width, text } of clean) {
      expect(text.split('\n').length, `${width} columns:\n${text}`).to.be.at.most(5);
    }
  });

  it('says that the API version is old, where it is', () => {
    const old = [...reports].filter(([, report]) => /API version \d+\.0, which is old/.test(renderHuman(report)));
    expect(old.map(([name]) => name)).to.deep.equal([
      'old',
      'the fleet',
      'old with a policy',
      'the fleet with a policy',
    ]);
  });

  it('is as the README shows it', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, block = ''] = /```text\n(FAILED[\s\S]*?)```/.exec(readme) ?? [];
    const lines = block.split('\n').filter((line) => line !== '' && line !== '…');
    expect(lines).to.have.length.above(10);
    const broken = summaries().find(({ name, width }) => name === 'broken' && width === 100);
    expect(broken?.text.split('\n')).to.include.members(lines);
  });

  it('fits the width', () => {
    for (const { name, width, text } of summaries()) {
      for (const line of text.split('\n')) expect(line.length, `${name}: ${line}`).to.be.at.most(width);
    }
  });

  it('names the three worst problems and the first step, at any width', () => {
    for (const { name, report, text } of summaries().filter((one) => one.report.gate === 'failed')) {
      const problems = text.split('\n').filter((line) => line.startsWith(' ✗ '));
      const failing = report.targets.flatMap(({ results }) => results.filter(({ verdict }) => verdict === 'fail'));
      expect(problems.length, `${name}:\n${text}`).to.be.at.least(Math.min(3, failing.length));
      expect(text, name).to.match(/^START {9}1 \S/m);
    }
  });

  it('has a page of Setup for each finding, in the report and in the action plan', async () => {
    const instanceUrl = 'https://acme.my.salesforce.com';
    for (const [name, report] of reports) {
      const targets = report.targets.map((one) => ({ ...one, target: { ...one.target, instanceUrl } }));
      for (const { results } of targets) {
        for (const { control, findings } of results.filter((one) => one.findings.length > 0)) {
          expect(setupPage(instanceUrl, control.setup ?? ''), `${name}: ${control.id}`).to.be.a('string');
          for (const { subject } of findings.filter((one) => one.subject.type === 'User')) {
            expect(recordPage(instanceUrl, subject), `${name}: ${control.id} ${subject.name}`).to.be.a('string');
          }
        }
      }
      // eslint-disable-next-line no-await-in-loop -- one report after the other
      const plan = await planOf({ ...report, targets }, { read: () => Promise.resolve(undefined) });
      const rows: Array<Record<string, string>> = parse(renderActionPlan(plan), { bom: true, columns: true });
      expect(rows).to.have.length(plan.items.length);
      for (const row of rows) expect(row.place, `${name}: ${JSON.stringify(row)}`).to.match(/^https:\/\/acme\.my\./);
    }
  });

  it('has each sentence once in the plan of fixes, with the subjects that it is about', async () => {
    const report = reports.get('broken');
    if (!report) throw new Error('no report');
    const page = renderPlanPage(await planOf(report, { read: () => Promise.resolve(undefined) }));
    expect(page.match(/can log in without MFA/g)).to.have.length(1);
    expect(page).to.match(/`User:mallory\.admin@broken\.example`, .*: each can log in without MFA/);
    // A sentence that does not name its subject follows it.
    expect(page).to.contain('`Setting:Security.passwordPolicies.expiration`: Passwords never expire');
    const severities = [...page.matchAll(/^- (critical|high|medium) /gm)].map(([, severity]) => severity);
    expect(severities[0]).to.equal('critical');
  });

  it('has all counts of the bar of an area in its text, passes included', async () => {
    const report = reports.get('old');
    if (!report) throw new Error('no report');
    const html = await render(report, '.html');
    const [, section = ''] = /<h2 id="areas">([\s\S]*?)<\/section>/.exec(html) ?? [];
    const bars = [...section.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
    const texts = [...section.matchAll(/<span class="count">([^<]*)</g)].map(([, text]) => text);
    expect(texts).to.deep.equal(bars);
    expect(texts.join()).to.match(/fail, .*\d pass/);
  });

  it('requires no action in the Markdown of a gate that passed, and writes a year as a word', () => {
    const [passed] = [...reports.values()].filter(({ gate }) => gate === 'passed');
    if (!passed) throw new Error('no report');
    const text = renderMarkdown(passed);
    expect(text).to.contain('### Attested').and.not.to.contain('### Action required');
    expect(text).not.to.match(/`20\d\d`/);
    expect(text).not.to.match(/could not be checked:[^.]*could not be checked:/i);
  });

  it('has no doubled word, no mark of code and no count of zero', () => {
    const texts = [...reports].flatMap(([name, report]) => [
      { name: `${name}, table`, text: renderHuman(report) },
      { name: `${name}, detail`, text: renderHuman(report, { view: 'detail' }) },
      { name: `${name}, Markdown`, text: renderMarkdown(report).replace(/`+[^`]*`+/g, '…') },
    ]);
    for (const { name, text } of [...summaries(), ...texts]) {
      expect(text, name).not.to.match(/\b([A-Za-z]{2,}) \1\b/i);
      expect(text, name).not.to.match(/`/);
      expect(text, name).not.to.match(/(?<![\d.,:-])\b0 (?:not applicable|pass|fail|undecided|attested|findings)/);
    }
  });
});
