import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Where a Chromium may be: in CHROMIUM_PATH, else on the PATH, else where its installer puts it. */
const places = (): LaunchOptions[] => {
  const { CHROMIUM_PATH: given, PATH: path = '' } = process.env;
  if (given !== undefined && given !== '') return [{ executablePath: given }];
  const onPath = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath.map((executablePath) => ({ executablePath })), { channel: 'chrome' }, { channel: 'msedge' }];
};

/** A headless Chromium, the first that really starts. Its sandbox is off: root has no sandbox, and it opens only our file. */
export const openBrowser = async (): Promise<Browser | undefined> => {
  for (const place of places()) {
    // eslint-disable-next-line no-await-in-loop -- the first that starts is taken
    const browser = await chromium.launch({ ...place, chromiumSandbox: false }).catch(() => undefined);
    if (browser) return browser;
  }
  return undefined;
};

/** Why the browser tests cannot run here; nothing if they can. Installs Debian's chromium where it may. */
export const noBrowser = async (): Promise<string | undefined> => {
  if (await starts()) return undefined;
  if (process.env.CHROMIUM_PATH) return `CHROMIUM_PATH names no browser that starts: ${process.env.CHROMIUM_PATH}`;
  if (!mayInstall()) return 'no Chromium was found; install one, or name it with CHROMIUM_PATH';
  console.log('\nInstalling chromium with apt-get, for the browser tests …');
  const problem = install();
  if (problem !== undefined) return `no Chromium was found, and none could be installed (${problem})`;
  return (await starts()) ? undefined : 'the chromium that apt-get installed does not start';
};

const starts = async (): Promise<boolean> => {
  const browser = await openBrowser();
  await browser?.close();
  return browser !== undefined;
};

/** Ubuntu's package is no browser but a pointer to a snap, so only Debian and what is made from it as it is. */
const mayInstall = (): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (spawnSync('apt-get', ['--version']).status !== 0) return false;
  return !/^ID(?:_LIKE)?=.*ubuntu/m.test(readFileSync('/etc/os-release', 'utf8'));
};

const install = (): string | undefined => {
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { status, stderr } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
      timeout: 600_000,
    });
    if (status !== 0) return `apt-get ${args[0]}: ${stderr?.trim().split('\n').at(-1)}`;
  }
  return undefined;
};
