import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { applyEdits, modify, parse } from 'jsonc-parser';
import type { GatewayEnvironment } from './gateway/cloud.ts';
import { startGateway } from './gateway/gateway.ts';
import type { Gateway } from './gateway/gateway.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import type { OwnedProcess } from './ownedProcess.ts';
import { cacheDir, repositoryDir } from './paths.ts';
import { until } from './until.ts';

/** The API key the gateway double accepts, in every environment of the sample project. */
export const sampleApiKey = 'sample-api-key';

/** Which project to run, and where. */
export interface SampleFunctionsOptions {
  /** A folder with `cloudbaserc.json` and `.vscode/settings.json`: `examples`, or a copy of it. */
  readonly folder: string;
  /**
   * `settings`: the ports the folder's settings name. `free`: any free ports, which are then **written into** the
   * folder's settings; meant for temporary copies.
   */
  readonly ports: 'settings' | 'free';
}

/** The project's functions, each in a process of its own, and the gateway double in front of them. */
export interface SampleFunctions {
  /** By function name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly gatewayPort: number;
  /** What the gateway double accepts as bearer token. */
  readonly apiKey: string;
  /** The double itself, for tests that ask what arrived there. */
  readonly gateway: Gateway;
  /** Ends the functions and the gateway; settles when their processes are gone. */
  dispose(): Promise<void>;
}

const readyTimeoutMs = 20_000;

/**
 * Starts every function that the `local` profile has a port for, the way its `scf_bootstrap` says, on loopback only;
 * settles when all of them accept connections. The gateway double serves the environments of the profiles whose
 * `baseUrl` is on this machine. The caller disposes it; a signal or the end of this process does so too.
 *
 * Rejects, with everything ended again, when a port is taken (the message names the function, the port and what to
 * do) or a function ends before it listens (the message has its last lines).
 */
export async function startSampleFunctions(options: SampleFunctionsOptions): Promise<SampleFunctions> {
  if (options.ports === 'free') {
    await writeFreePorts(options.folder);
  }
  const project = await readProject(options.folder);
  const processes: OwnedProcess[] = [];
  let gateway: Gateway | undefined;
  const dispose = async (): Promise<void> => {
    await allDone([
      ...processes.map((process) => process.end()),
      ...(gateway === undefined ? [] : [gateway.dispose()]),
    ]);
  };

  try {
    const { environments, functions, functionRoot } = project;
    for (const [name, port] of Object.entries(functions)) {
      await expectFreePort(`the sample function ${name}`, port);
    }
    gateway = await startGatewayDouble(environments, functions, project.gatewayPort);
    await allDone(
      Object.entries(functions).map(async ([name, port]) => {
        const owned = await startFunction(name, port, path.join(functionRoot, name));
        processes.push(owned);
        await waitUntilReady(name, port, owned);
      }),
    );
    return { ports: functions, gatewayPort: gateway.port, apiKey: sampleApiKey, gateway, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface Project {
  /** Absolute; every function has a folder of its name there. */
  readonly functionRoot: string;
  /** Function name to port. */
  readonly functions: Readonly<Record<string, number>>;
  readonly gatewayPort: number;
  /** By the first segment of the `baseUrl`'s path. */
  readonly environments: Readonly<Record<string, GatewayEnvironment>>;
}

/** As much of an entry of `cbhttp.profiles` as matters here. */
interface Profile {
  readonly envId?: string;
  readonly baseUrl?: string;
  readonly functions?: Readonly<Record<string, number>>;
}

async function readProject(folder: string): Promise<Project> {
  const profiles = profilesOf(await readFile(settingsFile(folder), 'utf8'));
  const functions = profiles['local']?.functions;
  const urls = gatewayUrls(profiles);
  const gatewayPort = Number(urls[0]?.url.port);
  if (!functions || !(gatewayPort > 0)) {
    throw new Error(
      `${settingsFile(folder)}: cbhttp.profiles needs "functions" in "local", and a "baseUrl" on 127.0.0.1 in another`,
    );
  }
  const { functionRoot = 'functions' } = parse(
    await readFile(path.join(folder, 'cloudbaserc.json'), 'utf8'),
  ) as { readonly functionRoot?: string };
  return {
    functionRoot: path.resolve(folder, functionRoot),
    functions,
    gatewayPort,
    environments: Object.fromEntries(
      urls.map(({ url, envId }) => [url.pathname.split('/')[1] ?? '', { envId, apiKey: sampleApiKey }]),
    ),
  };
}

/** Gives each function and the gateway double a free port, in the folder's settings. */
async function writeFreePorts(folder: string): Promise<void> {
  const file = settingsFile(folder);
  let text = await readFile(file, 'utf8');
  const taken = new Set<number>();
  const set = (keys: readonly string[], value: unknown) => {
    text = applyEdits(text, modify(text, ['cbhttp.profiles', ...keys], value, {}));
  };

  const profiles = profilesOf(text);
  for (const name of Object.keys(profiles['local']?.functions ?? {})) {
    set(['local', 'functions', name], await findFreePort(taken));
  }
  const gatewayPort = await findFreePort(taken);
  for (const { profile, url } of gatewayUrls(profiles)) {
    url.port = String(gatewayPort);
    set([profile, 'baseUrl'], url.href);
  }
  await writeFile(file, text);
}

function settingsFile(folder: string): string {
  return path.join(folder, '.vscode', 'settings.json');
}

function profilesOf(settings: string): Readonly<Record<string, Profile>> {
  const { 'cbhttp.profiles': profiles = {} } = parse(settings) as {
    readonly 'cbhttp.profiles'?: Readonly<Record<string, Profile>>;
  };
  return profiles;
}

/** The profiles that lead to the gateway double: those with a `baseUrl` on this machine. */
function gatewayUrls(profiles: Readonly<Record<string, Profile>>) {
  return Object.entries(profiles).flatMap(([profile, { baseUrl, envId = profile }]) => {
    const url = baseUrl === undefined ? undefined : new URL(baseUrl);
    return url?.hostname === '127.0.0.1' ? [{ profile, envId, url }] : [];
  });
}

/** Runs `scf_bootstrap` with the cloud's paths replaced by this machine's, everything else as in the cloud. */
async function startFunction(name: string, port: number, cwd: string): Promise<OwnedProcess> {
  const bootstrap = await readFile(path.join(cwd, 'scf_bootstrap'), 'utf8');
  const modules = path.join(repositoryDir, 'node_modules');
  const script = bootstrap
    .replaceAll(/\/var\/lang\/node\d+\/bin\/node\b/g, shellQuoted(process.execPath))
    .replaceAll(/\S*\btcb-ff(\.js)?(?=\s)/g, shellQuoted(path.join(modules, '.bin', 'tcb-ff')));
  const preload = path.join(repositoryDir, 'test', 'support', 'loopbackOnly.cjs');
  return startOwnedProcess({
    name,
    command: 'bash',
    args: ['-c', script],
    cwd,
    env: {
      ...process.env,
      PORT: String(port),
      NODE_ENV: 'development',
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      NODE_PATH: modules, // a copy of the examples has no node_modules above it
      LOG_DIRNAME: path.join(cacheDir, 'logs', name),
    },
  });
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function waitUntilReady(name: string, port: number, owned: OwnedProcess): Promise<void> {
  let ended: number | string | undefined;
  void owned.exited.then((code) => {
    ended = code;
  });
  const isDecided = await until(async () => ended !== undefined || (await accepts(port)), readyTimeoutMs);
  if (ended === undefined && isDecided) {
    return;
  }
  const what = ended === undefined ? `is not ready after ${readyTimeoutMs} ms` : `ended with ${ended}`;
  const output = owned.lines.slice(-20).join('\n');
  throw new Error(`The sample function ${name} (port ${port}) ${what}. Its last lines:\n${output}`);
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function startGatewayDouble(
  environments: Readonly<Record<string, GatewayEnvironment>>,
  functions: Readonly<Record<string, number>>,
  port: number,
): Promise<Gateway> {
  await expectFreePort('the gateway double', port);
  return startGateway({ environments, functions, port });
}

async function expectFreePort(owner: string, port: number): Promise<void> {
  if (!(await isFree(port))) {
    throw new Error(
      `Port ${port}, meant for ${owner}, is in use. End the program that has it (another \`npm start\`?), ` +
        'or set another port in .vscode/settings.json of the sample project.',
    );
  }
}

/** Below the range that systems take the ports of outgoing connections from, so that it stays free until it is used. */
async function findFreePort(taken: Set<number>): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (!taken.has(port) && (await isFree(port))) {
      taken.add(port);
      return port;
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        resolve(false);
      } else {
        reject(error);
      }
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** Waits for all, also after one has failed; then throws the first failure. */
async function allDone(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) {
    if (result.status === 'rejected') {
      throw result.reason;
    }
  }
}
