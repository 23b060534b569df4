import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { showViewContainer, treeItem } from '../support/editorActions.ts';
import { cleanUpNow, isStopping } from '../support/cleanUp.ts';
import type { ManagedFunction } from '../support/gateway/cloud.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { installHost } from '../support/hosts.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';
import { openBenchSession, type BenchSession } from './benchSession.ts';
import { buildBenchParts } from './build.ts';
import type { WatchedHost } from './extension/extension.ts';
import type { ExtensionStart } from './extension/startMarks.ts';
import { median } from './figures.ts';
import { treeTable, type TreeFigures } from './tree/treeFigures.ts';
import { treeProbe, type TreeSeen } from './tree/treeProbe.ts';

const LOCAL = 500;
const DEPLOYED = 2000;
const ALL = LOCAL + DEPLOYED;
const STARTS = 5;
const REFRESHES = 5;
const ENV_ID = 'my-bench-1a2b';
const secret = { secretId: 'AKIDbench', secretKey: 'bench-key' };

const options = {
  /** Prints the figures as one JSON object, last. */
  json: { type: 'boolean', default: false },
  /** Takes the package in `dist/` as it is. */
  packaged: { type: 'boolean', default: false },
} as const;

/** `npm run bench:tree [-- --json]`: how fast the tree of functions is in the real VS Code. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const started = performance.now();
  if (!values.packaged) await packageExtension();
  const parts = await buildBenchParts();
  const host = await installHost('newest');
  const load = loadavg()[0]?.toFixed(1) ?? '';
  console.log(`VS Code ${host.version}, ${availableParallelism()} cores, load ${load} before the start`);
  const temporary = await makeTemporaryFolder();
  const managed = deployedFunctions();
  const gateway = await startGateway({
    environments: { bench: { envId: ENV_ID, apiKey: 'k', secrets: [secret], service: { routes: [] } } },
    functions: {},
    managed,
  });
  try {
    const folder = path.join(temporary.dir, 'workspace');
    await writeWorkspace(folder);
    const initScript = treeProbe([LOCAL, ALL]);
    const session = await openBenchSession(host, folder, parts, { initScript });
    try {
      const figures = await takeFigures({ session, gateway, managed, folder });
      console.log(`\n${treeTable(figures).join('\n')}`);
      console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all`);
      if (values.json) console.log(JSON.stringify(figures));
    } finally {
      await session.dispose();
    }
  } finally {
    await gateway.dispose();
    await temporary.dispose();
  }
}

interface Bench {
  readonly session: BenchSession;
  readonly gateway: Gateway;
  /** What the account has; it may be changed. */
  readonly managed: ManagedFunction[];
  readonly folder: string;
}

async function takeFigures(bench: Bench): Promise<TreeFigures> {
  const { session, folder } = bench;
  const { page } = session;
  await showViewContainer(page, 'CloudBase Functions');
  await seen(session, LOCAL);
  const local: Start[] = [];
  for (let start = 0; start < STARTS; start++) local.push(await measureStart(session, LOCAL));
  print(
    'local list after activation, ms',
    local.map((one) => one.listMs),
  );

  await writeSettings(folder, bench.gateway.origin);
  await enterKey(session);
  await seen(session, ALL);
  const blocked: number[] = [];
  for (let refresh = 0; refresh < REFRESHES; refresh++) blocked.push(await measureRefresh(bench));

  const listings = bench.gateway.requests.length;
  const cached: Start[] = [];
  for (let start = 0; start < STARTS; start++) cached.push(await measureStart(session, ALL));
  print(
    'kept list after activation, ms',
    cached.map((one) => one.listMs),
  );
  if (bench.gateway.requests.length !== listings)
    throw new Error('It was listed anew, not read from the disk.');
  const starts = [...local, ...cached].map(({ activateMs }) => activateMs);
  print('module load and activate, ms', starts);
  return {
    localListMs: round(median(local.map(({ listMs }) => listMs))),
    cachedListMs: round(median(cached.map(({ listMs }) => listMs))),
    blockP99Ms: round(median(blocked)),
    activateMs: round(median(starts)),
  };
}

interface Start {
  readonly activateMs: number;
  /** From the end of the activation to so many functions on screen. */
  readonly listMs: number;
}

/** Reloads the window with the view on screen. */
async function measureStart(session: BenchSession, count: number): Promise<Start> {
  await session.reload();
  const seenMs = await seen(session, count);
  const start = await session.ask<ExtensionStart | null>('/start?extension=cbhttp.cbhttp');
  if (start === null) throw new Error('VS Code has no marks of the extension’s start.');
  const { loadMs, activateMs, activatedAtMs } = start;
  return { activateMs: loadMs + activateMs, listMs: seenMs - activatedAtMs };
}

/** Has all functions listed again while each is another than before; how long the host was blocked, p99 in ms. */
async function measureRefresh({ session, gateway, managed }: Bench): Promise<number> {
  const { page } = session;
  const status = managed[0]?.Status === 'Updating' ? 'Publishing' : 'Updating';
  for (const [index, one] of managed.entries()) managed[index] = { ...one, Status: status };
  const pages = () =>
    gateway.requests.filter(({ headers }) => headers['x-tc-action'] === 'ListFunctions').length;
  const before = pages();
  await session.ask('/watch');
  const header = page.locator('.pane-header', { hasText: 'Functions' }).first();
  await header.hover();
  await page.getByRole('button', { name: 'Refresh Functions' }).first().click();
  await eventually('all pages', () => pages() === before + DEPLOYED / 100, 60_000);
  await eventually(
    'the end of it',
    async () => !/refreshing/.test((await header.textContent()) ?? ''),
    60_000,
  );
  await treeItem(page, new RegExp(`^HTTP function a-0001.*${status}`)).waitFor();
  const { blockedP99Ms, blockedMaxMs } = await session.ask<WatchedHost>('/watched');
  print('host blocked by a refresh: p99, longest, ms', [blockedP99Ms, blockedMaxMs]);
  return blockedP99Ms;
}

/** When the tree first stood on screen with so many functions, in ms of the system's clock. */
async function seen({ page }: BenchSession, count: number): Promise<number> {
  const handle = await page.waitForFunction(
    (wanted) => (globalThis as unknown as { readonly treeSeen: TreeSeen }).treeSeen[wanted],
    count,
  );
  return (await handle.jsonValue()) ?? NaN;
}

/** As a user does it: by the row that says that it is missing. */
async function enterKey({ page }: BenchSession): Promise<void> {
  await treeItem(page, /^List deployed functions/).click();
  const input = page.locator('.quick-input-widget input:visible');
  const title = page.locator('.quick-input-titlebar');
  for (const [step, text] of [secret.secretId, secret.secretKey, ''].entries()) {
    await title.filter({ hasText: `(${step + 1}/3)` }).waitFor();
    await input.fill(text);
    await input.press('Enter');
  }
}

function deployedFunctions(): ManagedFunction[] {
  return Array.from({ length: DEPLOYED }, (_, index) => ({
    FunctionName: `a-${String(index).padStart(4, '0')}`,
    Type: index % 4 === 0 ? ('Event' as const) : ('HTTP' as const),
    MemorySize: 256,
  }));
}

/** So many functions with their code, and requests to some of them. */
async function writeWorkspace(folder: string): Promise<void> {
  const names = Array.from({ length: LOCAL }, (_, index) => `f-${String(index).padStart(4, '0')}`);
  for (const name of names) {
    const dir = path.join(folder, 'functions', name);
    await mkdir(dir, { recursive: true });
    await writeFile(path.join(dir, 'scf_bootstrap'), '#!/bin/bash\n/var/lang/node20/bin/node index.js\n', {
      mode: 0o755,
    });
    await writeFile(
      path.join(dir, 'index.js'),
      "require('node:http').createServer().listen(9000, '0.0.0.0');\n",
    );
  }
  const functions = names.map((name) => ({
    name,
    type: 'HTTP',
    runtime: 'Nodejs20.19',
    timeout: 60,
    memorySize: 256,
    envVariables: { NAME: name },
  }));
  const config = { version: '2.0', envId: ENV_ID, functionRoot: './functions', functions };
  await writeFile(path.join(folder, 'cloudbaserc.json'), JSON.stringify(config, null, 2));
  const requests = names.map((name) => `### ${name}\nGET fn://${name}/\n`).join('\n');
  await writeFile(path.join(folder, 'requests.cbhttp'), requests);
}

async function writeSettings(folder: string, managementUrl: string): Promise<void> {
  const profiles = { bench: { envId: ENV_ID, auth: 'secretKey', managementUrl } };
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  const settings = { 'cbhttp.profiles': profiles, 'cbhttp.activeProfile': 'bench' };
  await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
}

function print(what: string, values: readonly number[]): void {
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
