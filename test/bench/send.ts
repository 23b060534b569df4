import { truncate, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { cleanUpNow, isStopping } from '../support/cleanUp.ts';
import { startOwnedProcess } from '../support/ownedProcess.ts';
import { repositoryDir } from '../support/paths.ts';
import { runQuietly } from '../support/quietCommand.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { sendTable, type SendFigures } from './send/sendFigures.ts';

const SIZES = { small: 256_000_000, large: 1_000_000_000 } as const;

const options = {
  /** Prints the figures as one JSON object, last. */
  json: { type: 'boolean', default: false },
} as const;

interface Ratio {
  readonly oursMs: readonly number[];
  readonly bareMs: readonly number[];
  /** That were opened after the first round. */
  readonly connections: number;
  readonly ratio: number;
}

/** `npm run bench:send [-- --json]`: what our way to send costs beside bare undici, in time and in memory. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const script = await buildMeasure();
  const folder = await makeTemporaryFolder();
  const server = await startOwnedProcess({
    name: 'server of small and large answers',
    command: process.execPath,
    args: ['--import', 'tsx', path.join('test', 'bench', 'send', 'sendServer.ts')],
    cwd: repositoryDir,
  });
  try {
    const [, port] = await server.waitForLine(/listening on (\d+)/, 30_000);
    const measure = async <T>(what: string, bytes = 0): Promise<T> => {
      const args = [script, what, `http://127.0.0.1:${port}`, folder.dir, String(bytes)];
      const output = await runQuietly({ command: process.execPath, args, cwd: folder.dir });
      return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
    };
    const load = loadavg()[0]?.toFixed(1) ?? '';
    console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${load} before the start`);
    for (const bytes of Object.values(SIZES)) {
      const file = path.join(folder.dir, `upload-${bytes}.bin`);
      await writeFile(file, '');
      await truncate(file, bytes);
    }
    const figures = await takeFigures(measure);
    console.log(sendTable(figures).join('\n'));
    if (values.json) console.log(JSON.stringify(figures));
  } finally {
    await server.end();
    await folder.dispose();
  }
}

async function takeFigures(measure: <T>(what: string, bytes?: number) => Promise<T>): Promise<SendFigures> {
  const ratio = async (what: string): Promise<number> => {
    const taken = await measure<Ratio>(what);
    printRaw(`${what}, ours, ms`, taken.oursMs);
    printRaw(`${what}, undici, ms`, taken.bareMs);
    printRaw(`${what}, connections opened meanwhile`, [taken.connections]);
    return round(taken.ratio);
  };
  const growth = async (what: string): Promise<{ large: number; extra: number }> => {
    const take = async (bytes: number): Promise<number> =>
      (await measure<{ readonly growthMb: number }>(what, bytes)).growthMb;
    const small = await take(SIZES.small);
    const large = await take(SIZES.large);
    printRaw(`${what}, growth for 256 MB and 1 GB, MB`, [small, large]);
    return { large: round(large), extra: round(large - small) };
  };
  const sequentialRatio = await ratio('sequential');
  const parallelRatio = await ratio('parallel');
  const upload = await growth('upload');
  const download = await growth('download');
  return {
    sequentialRatio,
    parallelRatio,
    uploadRssMb: upload.large,
    downloadRssMb: download.large,
    uploadExtraMb: upload.extra,
    downloadExtraMb: download.extra,
  };
}

/** What measures, bundled as the command-line tool is; undici whole, for the bare requests. */
async function buildMeasure(): Promise<string> {
  const outfile = path.join(repositoryDir, 'out', 'bench', 'send', 'measureSend.cjs');
  await esbuild.build({
    entryPoints: [path.join(repositoryDir, 'test', 'bench', 'send', 'measureSend.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outfile;
}

function printRaw(what: string, values: readonly number[]): void {
  console.log(`${what.padEnd(48)}${values.map((value) => value.toFixed(1)).join(' ')}`);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

main().catch(async (error: unknown) => {
  if (isStopping()) return; // told to stop: what is ended fails here, and the process goes when all has ended
  console.error(error);
  await cleanUpNow();
  process.exit(1);
});
