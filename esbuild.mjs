// Builds dist/: the extension, the command-line tool and the webview, and holds their sizes to the budget.
// Flags: --production (minified, no source maps), --watch.
import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');

/** Bytes of minified code. A library over 20 kB is an entry of its own, loaded on first use. */
const budgets = { 'extension.cjs': 150_000, 'webview.js': 60_000 };

/** `import('./net/undici.ts')` stays a load at run time, of the file of that name in dist/. */
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
  entryPoints: ['src/extension.ts', 'src/cli.ts', 'src/net/undici.ts'],
  entryNames: '[name]',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  plugins: [lazyFiles],
};

const webview = {
  ...common,
  platform: 'browser',
  target: 'chrome130',
  format: 'iife',
  entryPoints: { webview: 'src/webview/main.ts', 'webview-style': 'src/webview/style.css' },
};

await mkdir('dist', { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  await copyFile(path.join('node_modules/@vscode/codicons/dist', file), path.join('dist', file));
}

if (isWatch) {
  for (const options of [node, webview]) await (await esbuild.context(options)).watch();
} else {
  await Promise.all([esbuild.build(node), esbuild.build(webview)]);
  if (isProduction) await checkBudgets();
}

async function checkBudgets() {
  for (const [file, limit] of Object.entries(budgets)) {
    const { size } = await stat(path.join('dist', file));
    if (size > limit) {
      console.error(`dist/${file} has ${size} bytes, over its budget of ${limit}.`);
      process.exitCode = 1;
    }
  }
}
