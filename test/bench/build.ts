import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { repositoryDir } from '../support/paths.ts';
import { runQuietly } from '../support/quietCommand.ts';

const sourceDir = path.join(repositoryDir, 'test', 'bench');
const outDir = path.join(repositoryDir, 'out', 'bench');

/** What the benchmark brings along into VS Code. */
export interface BenchParts {
  /** The package of its extension. */
  readonly vsix: string;
  /** The script for the panel's frame, which leaves `probe.ts` in `benchProbe`. */
  readonly probe: string;
}

/** Builds the benchmark's extension and the panel's probe into `out/bench`. */
export async function buildBenchParts(): Promise<BenchParts> {
  const extensionDir = path.join(outDir, 'extension');
  await mkdir(extensionDir, { recursive: true });
  await esbuild.build({
    entryPoints: [path.join(sourceDir, 'extension', 'extension.ts')],
    outfile: path.join(extensionDir, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  await copyFile(path.join(sourceDir, 'extension', 'package.json'), path.join(extensionDir, 'package.json'));
  const vsix = path.join(outDir, 'cbhttp-bench.vsix');
  await runQuietly({
    command: path.join(repositoryDir, 'node_modules', '.bin', 'vsce'),
    args: ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix],
    cwd: extensionDir,
  });
  const probeFile = path.join(outDir, 'probe.js');
  await esbuild.build({
    entryPoints: [path.join(sourceDir, 'probe.ts')],
    outfile: probeFile,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'benchProbe',
    // Evaluated by strict code, a variable of its own would be gone again at the end.
    footer: { js: 'globalThis.benchProbe = benchProbe;' },
    target: 'chrome130',
    logLevel: 'warning',
  });
  return { vsix, probe: await readFile(probeFile, 'utf8') };
}
