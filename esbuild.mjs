// Builds dist/: the extension, the command-line tool and the webview, and holds their sizes to the budget.
// Flags: --production (minified, no source maps), --watch.
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');

/** Bytes of minified code, of files together. A library over 20 kB is an entry of its own, loaded on first use. */
const budgets = [
  { files: ['extension.cjs'], limit: 150_000 },
  { files: ['webview.js', 'webview-chunk.js'], limit: 60_000 },
  { files: ['webview-tabs.js', 'webview-markdown.js'], limit: 150_000 },
  { files: ['webview-timeline.js'], limit: 40_000 },
  { files: ['webview-compare.js'], limit: 50_000 },
];

/** `import('./net/wireTransport.ts')` stays a load at run time, of the file of that name in dist/. */
const lazyFiles = {
  name: 'lazy-files',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, (args) =>
      args.kind === 'dynamic-import'
        ? { path: `./${path.basename(args.path, '.ts')}.cjs`, external: true }
        : undefined,
    );
  },
};

/** The timeline is a file of its own, shared by two pages. */
const lazyTimeline = {
  name: 'lazy-timeline',
  setup(build) {
    build.onResolve({ filter: /\/timeline\/timeline\.ts$/ }, (args) =>
      args.kind === 'dynamic-import' ? { path: './webview-timeline.js', external: true } : undefined,
    );
  },
};

const common = {
  bundle: true,
  outdir: 'dist',
  minify: isProduction,
  sourcemap: isProduction ? false : 'linked',
  logLevel: 'warning',
};

/**
 * Writes the modules that esbuild gives as CommonJS, which every VS Code loads. Of the API each file takes the object
 * itself: a namespace of its own would copy some hundred properties per file, 20 ms of each start.
 */
const commonJs = {
  name: 'common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path: file, text } of outputFiles) {
        const plain = text.replace(
          /import\s*\*\s*as\s+([\w$]+)\s+from\s*"vscode";/g,
          'const $1=require("vscode");',
        );
        const { code } = await esbuild.transform(plain, {
          format: 'cjs',
          platform: 'node',
          target: 'node20',
          minify: isProduction,
          sourcemap: isProduction ? false : 'inline',
          supported: { 'dynamic-import': false },
        });
        await writeFile(file, code);
      }
    });
  },
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  outExtension: { '.js': '.cjs' },
  entryNames: '[name]',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  sourcemap: isProduction ? false : 'inline',
  plugins: [lazyFiles, commonJs],
  write: false,
};

/** Each whole in one file: what a window's start waits for, and what runs in processes of their own. */
const single = {
  ...node,
  entryPoints: [
    'src/extension.ts',
    'src/host/functionsView.ts',
    'src/net/debugPreload.ts',
    'src/net/functionGuard.ts',
  ],
};

/** What is loaded on first use, and the command line: these share what they have in common. */
const shared = {
  ...node,
  splitting: true,
  chunkNames: 'shared-[hash]',
  entryPoints: [
    'src/cli.ts',
    'src/net/wireTransport.ts',
    'src/net/cookieJar.ts',
    'src/net/jsonPath.ts',
    'src/net/managementApi.ts',
    'src/core/functions/yamlConfig.ts',
    'src/host/history.ts',
    'src/host/functionRun.ts',
    'src/host/newFunction.ts',
    'src/host/keptCredentials.ts',
    'src/host/sending.ts',
    'src/host/copyAs.ts',
    'src/host/secretCommands.ts',
    'src/host/profileCommands.ts',
    'src/host/streamPanel.ts',
    'src/host/comparisons.ts',
    'src/host/functionProblems.ts',
    'src/host/functionActions.ts',
    'src/host/language/workspaceIndex.ts',
    'src/host/language/language.ts',
  ],
};

const browser = { ...common, platform: 'browser', target: 'chrome130' };

/** Modules, so that the tabs which are loaded on first use share the code of the page. */
const webview = {
  ...browser,
  format: 'esm',
  splitting: true,
  chunkNames: 'webview-[name]',
  entryPoints: { webview: 'src/webview/main.ts', 'webview-tabs': 'src/webview/tabs.ts' },
  plugins: [lazyTimeline],
};

const webviewModules = {
  ...browser,
  format: 'esm',
  entryPoints: {
    'webview-timeline': 'src/webview/timeline/timeline.ts',
    'webview-compare': 'src/webview/compare/main.ts',
  },
  plugins: [lazyTimeline],
};

const webviewFiles = {
  ...browser,
  format: 'iife',
  entryPoints: {
    'webview-markdown': 'src/webview/content/markdown.ts',
    'webview-style': 'src/webview/style.css',
  },
};

await mkdir('dist', { recursive: true });
for (const file of await readdir('dist')) if (file.startsWith('shared-')) await rm(path.join('dist', file));
for (const file of ['codicon.css', 'codicon.ttf']) {
  await copyFile(path.join('node_modules/@vscode/codicons/dist', file), path.join('dist', file));
}

if (isWatch) {
  for (const options of [single, shared, webview, webviewModules, webviewFiles])
    await (await esbuild.context(options)).watch();
} else {
  await Promise.all(
    [single, shared, webview, webviewModules, webviewFiles].map((options) => esbuild.build(options)),
  );
  if (isProduction) await checkBudgets();
}

async function checkBudgets() {
  for (const { files, limit } of budgets) {
    const sizes = await Promise.all(files.map(async (file) => (await stat(path.join('dist', file))).size));
    const size = sizes.reduce((sum, one) => sum + one, 0);
    if (size <= limit) continue;
    console.error(`${files.join(' and ')} in dist/: ${size} bytes, over the budget of ${limit}.`);
    process.exitCode = 1;
  }
}
