import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { cleanUpOnSignal } from './cleanUp.ts';
import { findProgram, installDebianPackages, isExecutable } from './debianPackage.ts';

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
  if (await installDebianPackages(['chromium', 'fonts-noto-cjk'])) {
    const installed = await findInstalled();
    if (installed !== undefined) {
      return installed;
    }
  }
  throw new Error('No Chrome or Chromium: install one, or set CHROME_PATH to its program.');
}

async function findInstalled(): Promise<string | undefined> {
  const found = await findProgram(names);
  if (found !== undefined) {
    return found;
  }
  for (const program of macPrograms) {
    if (await isExecutable(program)) {
      return program;
    }
  }
  return undefined;
}
