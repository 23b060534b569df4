import { mkdir } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Frame } from 'playwright-core';
import { cleanUpNow, isStopping } from '../support/cleanUp.ts';
import { installHost, type Host } from '../support/hosts.ts';
import { startOwnedProcess } from '../support/ownedProcess.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { repositoryDir } from '../support/paths.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { openBenchSession, type BenchSession } from './benchSession.ts';
import { buildBenchParts, type BenchParts } from './build.ts';
import type { WatchedHost } from './extension/extension.ts';
import { median, percentile, tableLines, type Figures } from './figures.ts';
import {
  filterAll,
  measureBareRun,
  measureLatencies,
  measurePanelRun,
  measureSearch,
  openPanel,
  type Bench,
  type PanelRun,
} from './measure.ts';

const PAIRS = 5;
const FRESH_HOSTS = 3;
const SMALL = 100_000;
const LARGE = 1_000_000;
const PACED = 100;

/** The ways the benchmark is run. */
const options = {
  /** Prints the figures as one JSON object, last. */
  json: { type: 'boolean', default: false },
  /** Takes the package in `dist/` as it is. */
  packaged: { type: 'boolean', default: false },
  /** For a panel without filter and analysis: leaves out what needs them. */
  'without-filter': { type: 'boolean', default: false },
} as const;

/** `npm run bench:panel [-- --json]`: how fast the stream panel is in the real VS Code, beside the bare loop. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const started = performance.now();
  if (!values.packaged) await packageExtension();
  const parts = await buildBenchParts();
  const host = await installHost('newest');
  const load = `${availableParallelism()} cores, load ${round(loadavg()[0] ?? NaN)} before the start`;
  console.log(`VS Code ${host.version}, ${load}; raw figures, in the order they were taken:`);
  const figures = await measureAll(host, parts, !values['without-filter']);
  console.log(`\n${tableLines(figures).join('\n')}`);
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all`);
  if (values.json) console.log(JSON.stringify(figures));
}

async function measureAll(host: Host, parts: BenchParts, hasFilter: boolean): Promise<Figures> {
  const temporary = await makeTemporaryFolder();
  const server = await startOwnedProcess({
    name: 'stream server',
    command: process.execPath,
    args: ['--import', 'tsx', path.join('test', 'bench', 'streamServer.ts')],
    cwd: repositoryDir,
  });
  try {
    const [, port] = await server.waitForLine(/listening on (\d+)/, 30_000);
    const folder = path.join(temporary.dir, 'workspace');
    await mkdir(folder);
    const inSession = async <T>(measure: (bench: Bench) => Promise<T>): Promise<T> => {
      const session: BenchSession = await openBenchSession(host, folder, parts);
      try {
        return await measure({ session, origin: `http://127.0.0.1:${port}`, folder, hasFilter });
      } finally {
        await session.dispose();
      }
    };
    const speed = await inSession(measureSpeed);
    const growthsMb: number[] = [];
    for (let i = 0; i < FRESH_HOSTS; i++) growthsMb.push(await inSession(measureGrowth));
    printRaw('growth of a fresh host, MB', growthsMb);
    return { ...speed, hostRssGrowthMb: round(median(growthsMb)) };
  } finally {
    await server.end();
    await temporary.dispose();
  }
}

/** Everything but the memory, in one session. */
async function measureSpeed(bench: Bench): Promise<Omit<Figures, 'hostRssGrowthMb'>> {
  const latenciesMs = await measurePaced(bench);
  const small = await measurePairs(bench, SMALL, await openPanel(bench, ...burst(SMALL)));
  const frame = await openPanel(bench, ...burst(LARGE));
  if (bench.hasFilter) await filterAll(frame, LARGE);
  const large = await measurePairs(bench, LARGE, frame);
  const searchesMs = bench.hasFilter ? await measureSearches(bench, frame) : [];

  const frameLengthsMs = large.ours.flatMap((run) => run.frameLengthsMs);
  const trailsMs = large.ours.flatMap(({ trailMs }) => trailMs ?? []);
  return {
    events100kMs: medianPainted(small.ours),
    bare100kMs: round(median(small.bareMs)),
    events1mMs: medianPainted(large.ours),
    bare1mMs: round(median(large.bareMs)),
    trailMs: bench.hasFilter ? round(median(trailsMs)) : null,
    frameP95Ms: round(percentile(frameLengthsMs, 95)),
    frameP99Ms: round(percentile(frameLengthsMs, 99)),
    latencyP95Ms: round(percentile(latenciesMs, 95)),
    domRows: Math.max(...[...small.ours, ...large.ours].map(({ maxRows }) => maxRows)),
    searchMs: bench.hasFilter ? round(median(searchesMs)) : null,
  };
}

/** One bare run to warm up (the panel had one when it was opened), then pairs in turn. */
async function measurePairs(bench: Bench, events: number, frame: Frame) {
  await measureBareRun(bench, events);
  const bareMs: number[] = [];
  const ours: PanelRun[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    bareMs.push(await measureBareRun(bench, events));
    ours.push(await measurePanelRun(bench, frame, events));
  }
  const title = `${events.toLocaleString('en')} events`;
  const trailsMs = ours.flatMap(({ trailMs }) => trailMs ?? []);
  const frames = ours.map(({ frameLengthsMs }) => frameLengthsMs);
  printRaw(`${title}, bare, ms`, bareMs);
  printRaw(
    `${title}, painted, ms`,
    ours.map(({ paintedMs }) => paintedMs),
  );
  if (trailsMs.length > 0) printRaw(`${title}, trail, ms`, trailsMs);
  for (const lengthsMs of frames) printRaw(`${title}, frames, ms`, lengthsMs);
  printRaw(
    `${title}, rows in the page`,
    ours.map(({ maxRows }) => maxRows),
  );
  return { bareMs, ours };
}

async function measurePaced(bench: Bench): Promise<readonly number[]> {
  const frame = await openPanel(bench, 'paced', `/paced?events=${PACED}`, PACED - 1);
  const latenciesMs = await measureLatencies(bench, frame, PACED);
  printRaw('sent to painted, ms', latenciesMs);
  return latenciesMs;
}

/** Searches in a stream that has ended; also prints how long the host kept others waiting meanwhile. */
async function measureSearches(bench: Bench, frame: Frame): Promise<readonly number[]> {
  await measureSearch(frame);
  const searchesMs: number[] = [];
  await bench.session.ask('/watch');
  for (let i = 0; i < PAIRS; i++) {
    await filterAll(frame, LARGE);
    searchesMs.push(await measureSearch(frame));
  }
  const { blockedP99Ms, blockedMaxMs } = await bench.session.ask<WatchedHost>('/watched');
  printRaw('text search, ms', searchesMs);
  printRaw('host blocked while searching: p99, longest, ms', [blockedP99Ms, blockedMaxMs]);
  return searchesMs;
}

/**
 * Growth of the extension host's resident memory by a million events, in MB, with the run still shown: its first big
 * stream, since memory that was once taken hides the next one. A small burst before has loaded what sending loads.
 */
async function measureGrowth(bench: Bench): Promise<number> {
  const small = await openPanel(bench, ...burst(1000));
  if (bench.hasFilter) await filterAll(small, 1000);
  const beforeMb = await bench.session.ask<number>('/memory');
  await bench.session.ask('/watch');
  const frame = await openPanel(bench, ...burst(LARGE));
  if (bench.hasFilter) {
    await filterAll(frame, LARGE);
    await frame.locator('#state[data-analysis=done]').waitFor();
  }
  const { peakRssMb } = await bench.session.ask<WatchedHost>('/watched');
  const afterMb = await bench.session.ask<number>('/memory');
  printRaw('resident memory before, at most, after, MB', [beforeMb, peakRssMb, afterMb]);
  return afterMb - beforeMb;
}

/** Name, address and last row of a burst, for {@link openPanel}. */
function burst(events: number): [name: string, url: string, row: number] {
  return [`burst-${events}`, `/burst?events=${events}`, events - 1];
}

function medianPainted(runs: readonly PanelRun[]): number {
  return round(median(runs.map(({ paintedMs }) => paintedMs)));
}

function printRaw(what: string, values: readonly number[]): void {
  console.log(`${what.padEnd(48)}${values.map((value) => String(round(value))).join(' ')}`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

main().catch(async (error: unknown) => {
  if (isStopping()) return; // told to stop: what is ended fails here, and the process goes when all has ended
  console.error(error);
  await cleanUpNow();
  process.exit(1);
});
