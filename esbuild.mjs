// Builds dist/: the extension, the command-line tool and the webview, and holds their sizes to the budget.
// Flags: --production (minified, no source maps), --watch.
import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');

/** Bytes of minified code, of files together. A library over 20 kB is an entry of its own, loaded on first use. */
const budgets = [
  { files: ['extension.cjs'], limit: 150_000 },
  { files: ['webview.js', 'webview-chunk.js'], limit: 60_000 },
  { files: ['webview-tabs.js', 'webview-markdown.js'], limit: 150_000 },
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

const common = {
  bundle: true,
  outdir: 'dist',
  minify: isProduction,
  sourcemap: isProduction ? false : 'linked',
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  entryPoints: [
    'src/extension.ts',
    'src/cli.ts',
    'src/net/wireTransport.ts',
    'src/net/cookieJar.ts',
    'src/net/jsonPath.ts',
    'src/host/streamContent.ts',
    'src/host/sending.ts',
    'src/host/secretCommands.ts',
    'src/host/profileCommands.ts',
    'src/host/streamPanel.ts',
    'src/host/language/language.ts',
  ],
  entryNames: '[name]',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  plugins: [lazyFiles],
};

const browser = { ...common, platform: 'browser', target: 'chrome130' };

/** Modules, so that the tabs which are loaded on first use share the code of the page. */
const webview = {
  ...browser,
  format: 'esm',
  splitting: true,
  chunkNames: 'webview-[name]',
  entryPoints: { webview: 'src/webview/main.ts', 'webview-tabs': 'src/webview/tabs.ts' },
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
for (const file of ['codicon.css', 'codicon.ttf']) {
  await copyFile(path.join('node_modules/@vscode/codicons/dist', file), path.join('dist', file));
}

if (isWatch) {
  for (const options of [node, webview, webviewFiles]) await (await esbuild.context(options)).watch();
} else {
  await Promise.all([node, webview, webviewFiles].map((options) => esbuild.build(options)));
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
