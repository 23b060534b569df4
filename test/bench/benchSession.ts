import { readFile } from 'node:fs/promises';
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
  dispose(): Promise<void>;
}

/** The global object of a frame with the probe in it. */
export type ProbedWindow = typeof globalThis & { readonly benchProbe: typeof probe };

/** Starts all of it; settles when the extension host answers. The caller disposes it. */
export async function openBenchSession(host: Host, folder: string, parts: BenchParts): Promise<BenchSession> {
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
    await page.goto(server.pageUrl({ workspace: folder }));
    await page.locator('.monaco-workbench').waitFor();
    const readPort = async () => (await readFile(portFile, 'utf8').catch(() => '')).trim();
    if (!(await until(async () => (await readPort()) !== '', 30_000))) {
      throw new Error(`The benchmark's extension did not start.\n${await server.logs()}`);
    }
    const origin = `http://127.0.0.1:${await readPort()}`;
    return {
      page,
      ask: async <T>(pathAndQuery: string) => {
        const response = await fetch(origin + pathAndQuery);
        if (!response.ok) throw new Error(`${pathAndQuery}: ${await response.text()}`);
        return (await response.json()) as T;
      },
      probedFrame: () => probedFrame(page, parts.probe),
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
