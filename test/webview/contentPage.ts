import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import esbuild from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';

const NONCE = 'nonceOfTheTest';

/** A page like the panel's, under its CSP, and a server that hears of whatever the page loads from elsewhere. */
export interface ContentPage {
  readonly page: Page;
  /** Origin of the other server, without a slash at the end. */
  readonly elsewhere: string;
  /** What came to the other server: `connection`, or method and path of a request. */
  readonly heard: readonly string[];
}

interface OpenedPage extends ContentPage {
  /** Loads the page anew. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A page for the tests of a `describe`, new before each of them; there is none before the first. */
export function useContentPage(): ContentPage {
  let opened: OpenedPage | undefined;
  before(async () => {
    opened = await openContentPage();
  });
  after(() => opened?.close());
  beforeEach(() => opened?.reload());
  const there = (): ContentPage => opened ?? assert.fail('The page is there while tests run.');
  return {
    get page() {
      return there().page;
    },
    get elsewhere() {
      return there().elsewhere;
    },
    get heard() {
      return there().heard;
    },
  };
}

/** Builds the webview's parts as esbuild.mjs does, serves them from loopback and opens them in the system's Chromium. */
async function openContentPage(): Promise<OpenedPage> {
  const files = await buildFiles();
  const panel = await listen((request, response) => {
    const [type, content] = files.get(request.url ?? '') ?? ['text/html; charset=utf-8', undefined];
    response.setHeader('Content-Type', type);
    response.end(content ?? html(origin(panel)));
  });
  const heard: string[] = [];
  const elsewhere = await listen((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.end('');
  });
  elsewhere.on('connection', () => heard.push('connection'));
  const { browser, close } = await launchChromium();
  const context: BrowserContext = await browser.newContext();
  const page = await context.newPage();
  const reload = async (): Promise<void> => {
    await page.goto(`${origin(panel)}/`);
    heard.length = 0;
  };
  await reload();
  return {
    page,
    elsewhere: origin(elsewhere),
    heard,
    reload,
    close: async () => {
      await close();
      for (const server of [panel, elsewhere]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function buildFiles(): Promise<Map<string, [type: string, content: string]>> {
  const built = await esbuild.build({
    bundle: true,
    write: false,
    outdir: '/',
    platform: 'browser',
    target: 'chrome130',
    format: 'iife',
    entryPoints: {
      page: 'test/webview/contentEntry.ts',
      'webview-markdown': 'src/webview/content/markdown.ts',
      style: 'src/webview/style.css',
    },
  });
  const type = (path: string): string => (path.endsWith('.css') ? 'text/css' : 'text/javascript');
  return new Map(built.outputFiles.map(({ path, text }) => [path, [`${type(path)}; charset=utf-8`, text]]));
}

function html(source: string): string {
  const csp =
    `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${source} 'nonce-${NONCE}'; ` +
    `font-src ${source}; img-src ${source} data: blob:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<link rel="stylesheet" href="/style.css">
</head>
<body data-markdown-uri="/webview-markdown.js">
<div id="app"></div>
<script nonce="${NONCE}" src="/page.js"></script>
</body>
</html>`;
}

function listen(handler: RequestListener): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function origin(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
