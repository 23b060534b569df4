import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { repositoryDir } from './paths.ts';

/** Tests that run together in one VS Code. */
export interface IntegrationSuite {
  readonly name: string;
  /** The folder of test/fixtures that VS Code opens a copy of. */
  readonly fixture: string;
  /** The `.code-workspace` file in it that is opened; the folder itself when left out. */
  readonly workspace?: string;
  /** The folder of the compiled tests, absolute. */
  readonly outDir: string;
  /** Further flags for VS Code. */
  readonly launchArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const sourceDir = path.join(repositoryDir, 'test', 'integration');
const outDir = path.join(repositoryDir, 'out', 'integration');

const suites: readonly IntegrationSuite[] = [
  { name: 'main', fixture: 'workspace', outDir, launchArgs: [], env: {} },
  {
    name: 'zh-cn',
    fixture: 'workspace',
    outDir: path.join(outDir, 'zh-cn'),
    launchArgs: ['--locale=zh-cn'],
    env: {},
  },
  {
    name: 'http-files',
    fixture: 'http-files',
    outDir: path.join(outDir, 'http-files'),
    launchArgs: [],
    env: {},
  },
  {
    name: 'multi-root',
    fixture: 'multi-root',
    workspace: 'all.code-workspace',
    outDir: path.join(outDir, 'multi-root'),
    launchArgs: [],
    env: {},
  },
  {
    name: 'restricted',
    fixture: 'workspace',
    outDir: path.join(outDir, 'restricted'),
    launchArgs: [],
    env: { CBHTTP_TEST_TRUST: 'restricted' },
  },
];

/**
 * The suites that have tests: those directly in test/integration, and those in its folders `zh-cn` (VS Code speaks
 * Chinese), `http-files` (a workspace of `.http` files alone), `multi-root` (one of several folders) and `restricted`
 * (the workspace is not trusted).
 */
export async function integrationSuites(): Promise<readonly IntegrationSuite[]> {
  const found: IntegrationSuite[] = [];
  for (const suite of suites) {
    const names = await readdir(suite.outDir).catch(() => []);
    if (names.some((name) => name.endsWith('.test.cjs'))) {
      found.push(suite);
    }
  }
  return found;
}

/** Compiles test/integration to out/integration. */
export async function compileIntegrationTests(): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  const names = await readdir(sourceDir, { recursive: true });
  await build({
    entryPoints: names
      .filter((name) => name.endsWith('.test.ts') || name === 'index.ts')
      .map((name) => path.join(sourceDir, name)),
    outdir: outDir,
    outbase: sourceDir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}
