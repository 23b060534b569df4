import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { installHttpyac } from '../compat/httpyac/installHttpyac.ts';
import { repositoryDir } from '../support/paths.ts';
import { runQuietly } from '../support/quietCommand.ts';
import { languageTable, type LanguageFigures } from './language/languageFigures.ts';

const options = {
  /** Prints the figures as one JSON object, last. */
  json: { type: 'boolean', default: false },
} as const;

/** `npm run bench:language [-- --json]`: how fast the language is, beside httpYac on the same text. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const httpyacDir = await installHttpyac();
  const outDir = await buildMeasures();
  const measure = async (script: string, argument: string): Promise<Partial<LanguageFigures>> => {
    const args = ['--expose-gc', path.join(outDir, script), argument];
    const output = await runQuietly({ command: process.execPath, args, cwd: outDir });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Partial<LanguageFigures>;
  };
  const load = loadavg()[0]?.toFixed(1) ?? '';
  console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${load} before the start`);
  const parts = [await measure('measureHttpyac.cjs', httpyacDir)];
  for (const name of ['parse', 'update', 'providers', 'memory', 'features']) {
    parts.push(await measure('measureOurs.cjs', name));
  }
  const figures = readFigures(Object.assign({}, ...parts) as Record<string, unknown>);
  console.log(languageTable(figures).join('\n'));
  if (values.json) console.log(JSON.stringify(figures));
}

/** The scripts that measure, bundled as the extension is. */
async function buildMeasures(): Promise<string> {
  const outDir = path.join(repositoryDir, 'out', 'bench', 'language');
  const sourceDir = path.join(repositoryDir, 'test', 'bench', 'language');
  await esbuild.build({
    entryPoints: ['measureOurs.ts', 'measureHttpyac.ts'].map((file) => path.join(sourceDir, file)),
    outdir: outDir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outDir;
}

/** @throws Error where one was not measured */
function readFigures(measured: Readonly<Record<string, unknown>>): LanguageFigures {
  const take = (name: keyof LanguageFigures): number => {
    const value = measured[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${name} was not measured`);
    return Number(value.toFixed(3));
  };
  return {
    fullParseMs: take('fullParseMs'),
    httpyacParseMs: take('httpyacParseMs'),
    updateMedianMs: take('updateMedianMs'),
    updateP99Ms: take('updateP99Ms'),
    providersMs: take('providersMs'),
    modelBytes: take('modelBytes'),
    textBytes: take('textBytes'),
    completionMs: take('completionMs'),
    hoverMs: take('hoverMs'),
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
