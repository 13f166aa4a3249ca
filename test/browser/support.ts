import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page, ViewportSize } from 'playwright-core';
import { openBrowser } from '../../scripts/tools/browser.js';

/** `heard`: whatever the page asks for, says or reports. */
export type Opened = { page: Page; heard: string[] };
/** A light screen of 1280 x 720 pixels, and a browser that runs scripts, unless something else is named. */
export type Screen = Pick<BrowserContextOptions, 'colorScheme' | 'javaScriptEnabled'> & { viewport?: ViewportSize };
type Violation = { id: string; nodes: Array<{ html: string; failureSummary: string }> };

/** How many pixels the page is wider than its window. */
export const sideways = 'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'security-review-html-'));
/** A new process for every document costs more than most of the tests, so one page shows one document after the other. */
const pages: Partial<Record<'scripts' | 'plain', Page>> = {};
let browser: Browser | undefined;
let documents = 0;

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Shows a document as a file. The document before it is gone. */
export async function openPage(
  html: string,
  { colorScheme = 'light', viewport = { width: 1280, height: 720 }, javaScriptEnabled = true }: Screen = {}
): Promise<Opened> {
  const file = join(folder, `${(documents += 1)}.html`);
  writeFileSync(file, html);
  const { href } = pathToFileURL(file);
  const page = (pages[javaScriptEnabled ? 'scripts' : 'plain'] ??= await newPage(javaScriptEnabled));
  await page.emulateMedia({ media: 'screen', colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize(viewport);
  const heard = listenTo(page, href);
  await page.goto(href);
  return { page, heard };
}

/** What axe finds on the page as it is now. */
export async function violationsOn(page: Page): Promise<unknown[]> {
  await page.evaluate(axe);
  const violations: Violation[] = await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)"
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]);
}

async function newPage(javaScriptEnabled: boolean): Promise<Page> {
  browser ??= await openBrowser();
  if (!browser) throw new Error('No Chromium starts.');
  return browser.newPage({ javaScriptEnabled });
}

function listenTo(page: Page, href: string): string[] {
  const heard: string[] = [];
  for (const event of ['request', 'dialog', 'console', 'pageerror']) page.removeAllListeners(event);
  page.on('request', (request) => request.url() !== href && heard.push(`request ${request.url()}`));
  page.on('dialog', (dialog) => {
    heard.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => heard.push(`console ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error ${error.message}`));
  return heard;
}
