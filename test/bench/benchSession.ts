import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { panelFrame } from '../support/editorActions.ts';
import type { Host } from '../support/hosts.ts';
import { vsixFile } from '../support/paths.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { startVsCodeServer } from '../support/vscodeServer.ts';
import type { BenchParts } from './build.ts';
import type * as probe from './probe.ts';

/** VS Code with the packaged extension and the benchmark's own beside it, in a browser of its own. */
export interface BenchSession {
  readonly page: Page;
  /** Asks the benchmark's extension, in the extension host's process. */
  ask<T>(pathAndQuery: string): Promise<T>;
  /** The frame of the one panel on screen, with the probe in it. */
  probedFrame(): Promise<Frame>;
  /** Reloads the window: another extension host. Settles when that answers. */
  reload(): Promise<void>;
  dispose(): Promise<void>;
}

/** The global object of a frame with the probe in it. */
export type ProbedWindow = typeof globalThis & { readonly benchProbe: typeof probe };

/** What else a session may want. */
export interface BenchSessionOptions {
  /** Runs in the page before its own scripts, after each reload too. */
  readonly initScript?: string;
}

/** Starts all of it; settles when the extension host answers. The caller disposes it. */
export async function openBenchSession(
  host: Host,
  folder: string,
  parts: BenchParts,
  { initScript }: BenchSessionOptions = {},
): Promise<BenchSession> {
  const temporary = await makeTemporaryFolder();
  const toDispose = [() => temporary.dispose()];
  const dispose = async () => {
    for (const end of toDispose.splice(0).reverse()) await end();
  };
  try {
    const extensionsDir = path.join(temporary.dir, 'extensions');
    const portFile = path.join(temporary.dir, 'port.txt');
    // A server installs one package before it starts; the first one is started for that alone.
    const installer = await startVsCodeServer({ host, extensionsDir, vsix: parts.vsix });
    await installer.dispose();
    const server = await startVsCodeServer({
      host,
      extensionsDir,
      vsix: vsixFile,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
      env: { ...process.env, CBHTTP_BENCH_PORT_FILE: portFile },
    });
    toDispose.push(() => server.dispose());
    const { browser, close } = await launchChromium();
    toDispose.push(close);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    // The page's secrets outlive a reload only with a key from a server that this one has not.
    await page
      .context()
      .route('**/mint-key', (route) => route.fulfill({ status: 200, body: Buffer.alloc(32, 7) }));
    if (initScript !== undefined) await page.addInitScript(initScript);
    let origin = '';
    const started = async (): Promise<void> => {
      await page.locator('.monaco-workbench').waitFor();
      const readPort = async () => (await readFile(portFile, 'utf8').catch(() => '')).trim();
      if (!(await until(async () => (await readPort()) !== '', 30_000))) {
        throw new Error(`The benchmark's extension did not start.\n${await server.logs()}`);
      }
      origin = `http://127.0.0.1:${await readPort()}`;
    };
    await page.goto(server.pageUrl({ workspace: folder }));
    await started();
    return {
      page,
      ask: async <T>(pathAndQuery: string) => {
        const response = await fetch(origin + pathAndQuery);
        if (!response.ok) throw new Error(`${pathAndQuery}: ${await response.text()}`);
        return (await response.json()) as T;
      },
      probedFrame: () => probedFrame(page, parts.probe),
      reload: async () => {
        await rm(portFile);
        await page.reload();
        await started();
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function probedFrame(page: Page, script: string): Promise<Frame> {
  const root = await panelFrame(page).locator('html').elementHandle();
  const frame = await root?.ownerFrame();
  if (frame === null || frame === undefined) throw new Error('No panel is on screen.');
  await frame.evaluate(script);
  return frame;
}
