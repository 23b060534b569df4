import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { cleanUpOnSignal } from './cleanUp.ts';
import { runQuietly } from './quietCommand.ts';

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A headless browser that closes with this process. */
export interface OwnedBrowser {
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** Starts the Chromium that {@link findChromium} finds. */
export async function launchChromium(): Promise<OwnedBrowser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    headless: true,
    // Left on, Playwright answers Ctrl-C by exiting at once, and the server stays behind.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const takeBack = cleanUpOnSignal(() => browser.close());
  const close = async () => {
    takeBack();
    await browser.close();
  };
  return { browser, close };
}

/**
 * The program named by CHROME_PATH, else a Chrome or Chromium of the system; on Debian as root it is installed when
 * missing. Elsewhere rejects with what to install.
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    return named;
  }
  const found = await findInstalled();
  if (found !== undefined) {
    return found;
  }
  if (process.getuid?.() === 0 && (await isDebian())) {
    console.log("Installing Debian's chromium and a Chinese font; this happens once.");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly({ command: 'apt-get', args: ['update'], cwd: '/', env });
    const packages = ['chromium', 'fonts-noto-cjk'];
    await runQuietly({
      command: 'apt-get',
      args: ['install', '-y', '--no-install-recommends', ...packages],
      cwd: '/',
      env,
    });
    const installed = await findInstalled();
    if (installed !== undefined) {
      return installed;
    }
  }
  throw new Error('No Chrome or Chromium: install one, or set CHROME_PATH to its program.');
}

async function findInstalled(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...macPrograms,
  ];
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(?:_LIKE)?=.*debian/m.test(release);
}
