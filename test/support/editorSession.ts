import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { setDisplayLanguage } from './displayLanguage.ts';
import type { DisplayLanguage } from './displayLanguage.ts';
import type { Host } from './hosts.ts';
import { vsixFile } from './paths.ts';
import { startVsCodeServer } from './vscodeServer.ts';
import type { VsCodeServer } from './vscodeServer.ts';

/** The color themes to look at, by VS Code's setting. */
export const colorThemes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  hc: 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

/** Short name of a color theme. */
export type ColorTheme = keyof typeof colorThemes;

/** What the person has in front of them when the session begins. */
export interface EditorSessionOptions {
  readonly host: Host;
  /** The folder (or `.code-workspace` file) that is open, absolute. */
  readonly folder: string;
  /** A file to open with it, relative to the folder. */
  readonly openFile?: string;
  /** User settings, on top of quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The display language; `zh-cn` translates the extension, VS Code's own words stay English. */
  readonly locale?: DisplayLanguage;
  readonly theme?: ColorTheme;
  /**
   * `trusted`: workspace trust is off (the default). `restricted`: the folder opens restricted, without a question.
   * `ask`: VS Code asks when the folder opens (the floor does not show the question).
   */
  readonly trust?: 'trusted' | 'restricted' | 'ask';
  /** Size of the window in CSS pixels; 1280 by 800 when left out. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The environment of the extension host; this process's own one when left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** The packaged extension to install; the one in `dist/` when left out. */
  readonly vsix?: string;
  /** Protects the server as a person's session is; without one anybody on this machine may open it. */
  readonly connectionToken?: string;
}

/** A person's VS Code: a page in headless Chromium on a server of its own, with the packaged extension installed. */
export interface EditorSession {
  readonly page: Page;
  readonly server: VsCodeServer;
  readonly folder: string;
  /** The logs of the extension host and of the extension. */
  extensionHostLog(): Promise<string>;
  /** Saves a picture of the window. */
  screenshot(file: string): Promise<void>;
  dispose(): Promise<void>;
}

const openSessions = new Set<EditorSession>();

/** The sessions that are open now, for whoever has to picture a failure. */
export function currentEditorSessions(): readonly EditorSession[] {
  return [...openSessions];
}

/** Starts VS Code and opens it; settles when the workbench is drawn. The caller disposes it. */
export async function openEditorSession(options: EditorSessionOptions): Promise<EditorSession> {
  const { host, folder, openFile, locale = 'en', theme, trust = 'trusted' } = options;
  const server = await startVsCodeServer({
    host,
    settings: {
      'security.workspace.trust.startupPrompt': trust === 'ask' ? 'always' : 'never',
      'security.workspace.trust.banner': 'never',
      ...(theme === undefined ? {} : { 'workbench.colorTheme': colorThemes[theme] }),
      ...options.settings,
    },
    workspaceTrust: trust !== 'trusted',
    vsix: options.vsix ?? vsixFile,
    ...(options.connectionToken === undefined ? {} : { connectionToken: options.connectionToken }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  try {
    const { browser, close } = await launchChromium();
    const dispose = async () => {
      openSessions.delete(session);
      await close();
      await server.dispose();
    };
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
    const session: EditorSession = {
      page,
      server,
      folder,
      extensionHostLog: () => server.logs(),
      screenshot: async (file) => {
        await mkdir(path.dirname(path.resolve(file)), { recursive: true });
        await page.screenshot({ path: file });
      },
      dispose,
    };
    openSessions.add(session);
    try {
      await setDisplayLanguage(page, locale);
      const file = openFile === undefined ? {} : { openFile: path.join(folder, openFile) };
      await page.goto(server.pageUrl({ workspace: folder, ...file }));
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
      return session;
    } catch (error) {
      await dispose();
      throw error;
    }
  } catch (error) {
    await server.dispose();
    throw error;
  }
}
