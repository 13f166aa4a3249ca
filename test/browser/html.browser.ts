import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { reportOf } from '../../src/engine/report.js';
import type { Report, TargetReport } from '../../src/engine/types.js';
import { renderHtml } from '../../src/render/html/page.js';
import { hostileNamesIn, hostileReport } from '../support/hostileReport.js';
import { scenarioReports } from '../support/scenarioReports.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';
import { openPage, sideways, violationsOn, type Opened, type Screen } from './support.js';

/** Everything that is folded. */
const unfolded = "document.querySelectorAll('details').forEach((one) => { one.open = true; })";

const screens: Record<string, Screen> = {
  'a light screen': { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  'a dark screen': { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  'a screen of 360 pixels': { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  'a dark screen of 360 pixels': { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
};
const reports: Record<string, Report> = {
  'the sample': sampleReport,
  'a report that passed': passedReport,
  'a report with hostile names': hostileNamesIn(sampleReport),
};

describe('the HTML report in a browser', () => {
  const open = (report: Report, screen?: Screen): Promise<Opened> => openPage(renderHtml(report), screen);
  /** How many results a reader sees, folded ones included. */
  const seen = (page: Page): Promise<number> =>
    page.evaluate(
      "[...document.querySelectorAll('.result')].filter((one) => getComputedStyle(one).display !== 'none').length"
    );
  const count = (page: Page, selector: string): Promise<number> => page.locator(selector).count();

  for (const [name, report] of Object.entries(reports)) {
    for (const [screen, options] of Object.entries(screens)) {
      it(`${name} on ${screen}: axe finds nothing, nothing scrolls sideways`, async () => {
        const { page, heard } = await open(report, options);
        await page.evaluate(unfolded);
        expect(await page.evaluate(sideways)).to.equal(0);
        expect(await violationsOn(page)).to.deep.equal([]);
        expect(heard).to.deep.equal([]);
      });
    }
  }

  it('shows the three worst problems and the first step of each simulated org on screens of 360, 768 and 1280 pixels', async function firstScreen() {
    this.timeout(120_000);
    for (const [name, report] of await scenarioReports()) {
      const failed = report.targets.some(({ results }) => results.some(({ verdict }) => verdict === 'fail'));
      /* eslint-disable no-await-in-loop -- one page after the other */
      const { page } = await open(report);
      for (const [width, height] of [
        [360, 740],
        [768, 1024],
        [1280, 800],
      ] as const) {
        await page.setViewportSize({ width, height });
        const ends: number[] = await page.evaluate(
          "[...[...document.querySelectorAll('.problems > li')].slice(0, 3), ...[...document.querySelectorAll('.steps > li')].slice(0, 1)].map((one) => one.getBoundingClientRect().bottom)"
        );
        expect(ends.length, name).to.be.at.least(failed ? 2 : 0);
        expect(Math.max(0, ...ends), `${name} at ${width}`).to.be.at.most(height);
        expect(await page.evaluate(sideways), `${name} at ${width}`).to.equal(0);
      }
      /* eslint-enable no-await-in-loop */
    }
  });

  it('loads and runs nothing of what hostile names ask for, in whatever place they stand', async () => {
    const plain = await open(sampleReport);
    const [metas, inputs] = [await count(plain.page, 'meta'), await count(plain.page, 'input')];
    const { page, heard } = await open(hostileReport(sampleReport), { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate(sideways)).to.equal(0);
    // The same page with other words: no element is there that is not ours, and none has an attribute that acts.
    expect(await count(page, 'script')).to.equal(1);
    expect(await count(page, 'style')).to.equal(1);
    expect(await count(page, 'svg:not(.bar), img, link, iframe, object, embed, form, base, video, audio')).to.equal(0);
    expect(await count(page, 'meta')).to.equal(metas);
    expect(await count(page, 'input')).to.equal(inputs);
    const acting =
      "[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => /^on|^style$|^src/.test(name))";
    expect(await page.evaluate(acting)).to.deep.equal([]);
    await page.locator('input[name=verdict]').first().uncheck();
    await page.locator('#show-everything').click();
    expect(heard).to.deep.equal([]);
  });

  it('is held by its policy even if something were injected', async () => {
    const { page, heard } = await open(sampleReport);
    const refused: string[] = await page.evaluate(`new Promise((resolve) => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        refused.push(effectiveDirective);
        if (refused.length === 6) resolve(refused);
      });
      const add = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
      add('script', { textContent: 'window.injected = 1' });
      add('style', { textContent: 'body { display: none }' });
      add('img', { src: 'https://evil.example/x.png' });
      add('link', { rel: 'stylesheet', href: 'https://evil.example/x.css' });
      add('iframe', { src: 'https://evil.example/' });
      fetch('https://evil.example/').catch(() => {});
    })`);
    expect(refused.toSorted()).to.deep.equal([
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-elem',
      'style-src-elem',
      'style-src-elem',
    ]);
    expect(await page.evaluate('window.injected')).to.equal(undefined);
    expect(heard.filter((one) => /^(?:dialog|error)/.test(one))).to.deep.equal([]);
  });

  it('filters with the keyboard alone, and says how many are left', async () => {
    const { page, heard } = await open(sampleReport);
    const status = page.getByRole('status');
    const all = await seen(page);
    expect(await status.textContent()).to.equal('');

    await page.getByRole('checkbox', { name: 'inconclusive' }).focus();
    await page.keyboard.press('Space');
    expect(await seen(page)).to.equal(all - 1);
    expect(await status.textContent()).to.equal(`${all - 1} of ${all} results shown`);
    expect(await page.getByRole('heading', { name: /Action required/ }).textContent()).to.contain('4 of 5');
    // A target that could not be opened has no verdict to filter by.
    expect(await page.getByRole('heading', { name: /could not be opened/ }).isVisible()).to.equal(true);

    await page.getByRole('checkbox', { name: 'high' }).focus();
    await page.keyboard.press('Space');
    expect(await page.getByRole('heading', { name: /Broad scopes/ }).isVisible()).to.equal(false);
    expect(
      await page
        .getByRole('heading', { name: /log in without MFA/ })
        .first()
        .isVisible()
    ).to.equal(true);

    await page.getByRole('combobox', { name: 'Target' }).focus();
    await page.keyboard.press('P');
    expect(
      await page
        .getByRole('heading', { name: /private key stands/ })
        .first()
        .isVisible()
    ).to.equal(true);
    expect(
      await page
        .getByRole('heading', { name: /log in without MFA/ })
        .first()
        .isVisible()
    ).to.equal(false);

    await page.getByRole('button', { name: 'Show everything' }).focus();
    await page.keyboard.press('Enter');
    expect(await seen(page)).to.equal(all);
    expect(await status.textContent()).to.equal(`${all} of ${all} results shown`);
    expect(await page.locator('#filters').getByRole('checkbox', { checked: false }).count()).to.equal(0);
    expect(heard).to.deep.equal([]);
  });

  it('has every open result on paper, in dark text, whatever is filtered, and the appendix when chosen', async () => {
    const { page } = await open(sampleReport, { colorScheme: 'dark' });
    await page.getByRole('checkbox', { name: 'fail' }).uncheck();
    const justified = page.locator('details').getByText('An inactive user has an old password.');
    const failed = page.getByRole('heading', { name: /private key stands/ }).first();
    const source = page.getByRole('link', { name: 'https://help.salesforce.com' }).first();
    const shown = async (): Promise<boolean[]> =>
      Promise.all([failed, justified, source].map((place) => place.isVisible()));
    expect(await shown()).to.deep.equal([false, false, false]);

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await shown()).to.deep.equal([true, false, false]);
    expect(await page.getByRole('heading', { name: 'Sign-off' }).isVisible()).to.equal(true);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('checkbox', { name: 'Print the appendix' }).check();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await shown()).to.deep.equal([true, true, true]);
    expect(await page.locator('#filters').isVisible()).to.equal(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).to.equal('rgb(255, 255, 255)');
    expect((await page.pdf()).length).to.be.greaterThan(10_000);
  });

  it('is complete without scripts, and has nothing to press that would do nothing', async () => {
    const { page, heard } = await open(sampleReport, { javaScriptEnabled: false });
    const text = await page.locator('body').innerText();
    for (const part of [
      'Required: Every user needs a second factor',
      'ciso',
      'Could not be checked',
      'What to do',
      'FAILED',
    ]) {
      expect(text).to.contain(part);
    }
    expect(await page.locator('#filters').isVisible()).to.equal(false);
    const folded = page.getByText('An inactive user has an old password.');
    expect(await folded.isVisible()).to.equal(false);
    await page.locator('summary', { hasText: 'Notes' }).click();
    expect(await folded.isVisible()).to.equal(true);
    expect(heard).to.deep.equal([]);
  });

  it('leads from a result to the text of its control, which is folded until then', async () => {
    const { page } = await open(sampleReport);
    await page.getByRole('link', { name: 'Why org/mfa-enforced matters' }).click();
    const control = page.locator('.control', { hasText: 'org/mfa-enforced' });
    expect(await control.getByRole('link').getAttribute('href')).to.match(/^https:\/\/help\.salesforce\.com\//);
    await control.getByRole('link').waitFor({ state: 'visible' });
  });

  it('merges the results of 300 targets, and shows one target alone when asked', async () => {
    const [hub] = sampleReport.targets;
    if (!hub) throw new Error('The sample has no target.');
    const named = (number: number): TargetReport => ({ ...hub, target: { ...hub.target, name: `org-${number}` } });
    const fleet = reportOf(
      sampleReport.tool,
      sampleReport.scope,
      Array.from({ length: 300 }, (_, index) => named(index))
    );
    const { page, heard } = await open(fleet);
    expect(await count(page, 'article')).to.equal(3);
    const last = page.locator('.about', { hasText: 'org-299' });
    await page.getByRole('combobox', { name: 'Target' }).selectOption('Org org-299');
    expect(await last.isVisible()).to.equal(true);
    expect(await page.locator('.about', { hasText: 'org-298' }).isVisible()).to.equal(false);
    expect(heard).to.deep.equal([]);
  });

  it('finds a subject by search, and shows the others of its result no more', async () => {
    const { page } = await open(sampleReport);
    await page.getByRole('searchbox', { name: 'Search' }).fill('ADA@acme');
    expect(await page.getByText('ada@acme.example').last().isVisible()).to.equal(true);
    expect(await page.locator('.findings code', { hasText: 'ops@acme.example' }).isVisible()).to.equal(false);
    expect(await page.getByRole('heading', { name: /Broad scopes|needs a justification/ }).isVisible()).to.equal(false);
    expect(await page.getByRole('status').textContent()).to.match(/^1 of \d+ results shown$/);
  });

  it('shows the results behind a count that is clicked', async () => {
    const { page } = await open(sampleReport);
    await page.getByRole('link', { name: '1 high' }).click();
    // A target that could not be opened has no verdict, and stays.
    expect(await page.getByRole('status').textContent()).to.match(/^2 of \d+ results shown$/);
    await page
      .getByRole('link', { name: /attested/ })
      .first()
      .click();
    expect(await page.locator('article:visible').count()).to.equal(2);
  });

  it('groups findings by app, and leads from there to the finding', async () => {
    const { page } = await open(sampleReport);
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('app');
    expect(await page.locator('article').first().isVisible()).to.equal(false);
    const group = page.locator('.group', { hasText: 'AcmePay' });
    await group.getByRole('link').click();
    expect(await page.locator(':target').isVisible()).to.equal(true);
    expect(await page.locator(':target').textContent()).to.contain('AcmePay');
  });

  it('shows the first 200 of many findings, and how many more there are', async () => {
    const { page } = await open(crowdedReport);
    expect(await count(page, '.findings .subjects > li')).to.equal(200);
    expect(await page.getByText('And 50 more; a JSON report has all.').first().isVisible()).to.equal(true);
  });
});
