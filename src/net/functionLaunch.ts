import { access, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DeclaredFunction } from '../core/functions/cloudbaserc.ts';
import { itemsOf, parseJsonConfig, textOf as textIn, valueOf } from '../core/functions/configFormats.ts';
import { planLaunch, type Launch } from '../core/functions/launch.ts';
import type { Message } from '../core/message.ts';
import { readDotenv } from './dotenv.ts';

/** Which function is to be started. */
export interface FunctionToLaunch {
  readonly declared: Pick<DeclaredFunction, 'name' | 'runtime' | 'environment' | 'kind'>;
  /** The function's folder, absolute. */
  readonly folder: string;
  /** The file that declares it, absolute. */
  readonly file: string;
  /** The workspace folder it belongs to, absolute: as far up node_modules are looked for. */
  readonly root: string;
  readonly port: number;
}

/**
 * Reads what says how a function is started: its scf_bootstrap, `.env` files and installed packages.
 * @returns what is missing, where it cannot be started
 * @throws CbError `settings` for a `.env` that cannot be read
 */
export async function readLaunch(
  { declared, folder, file, root, port }: FunctionToLaunch,
  { signal }: { readonly signal: AbortSignal },
): Promise<Launch | { readonly problem: Message }> {
  const modules = foldersUpTo(root, folder).map((one) => path.join(one, 'node_modules'));
  const framework = modules.map((one) => path.join(one, '@cloudbase/functions-framework/bin/tcb-ff.js'));
  const launch = planLaunch({
    kind: declared.kind,
    name: declared.name,
    runtime: declared.runtime,
    folder,
    bootstrap: await textOf(path.join(folder, 'scf_bootstrap')),
    frameworkFile: await firstThere(framework),
    frameworkArgs: await frameworkArgs(file, declared.name),
    binFolders: modules.map((one) => path.join(one, '.bin')),
    logFolder: path.join(tmpdir(), 'cbhttp-logs', declared.name),
    processEnvironment: process.env,
    dotenv: await readDotenv([folder, path.dirname(file)], { signal }),
    environment: declared.environment,
    port,
    platform: process.platform,
  });
  signal.throwIfAborted();
  return launch;
}

/** A folder and those above it, up to the root; the folder alone where it is elsewhere. */
function foldersUpTo(root: string, folder: string): string[] {
  const below = path.relative(root, folder);
  if (below.startsWith('..') || path.isAbsolute(below)) return [folder];
  const parts = below === '' ? [] : below.split(path.sep);
  return [
    folder,
    ...parts.map((_part, index) => path.join(root, ...parts.slice(0, parts.length - 1 - index))),
  ];
}

/** What cloudbase-functions.json says of a function beside its folder. */
async function frameworkArgs(file: string, name: string): Promise<string[]> {
  if (path.basename(file) !== 'cloudbase-functions.json') return [];
  const { root } = parseJsonConfig(((await textOf(file)) ?? '').replace(/^\uFEFF/, ''));
  const own = itemsOf(valueOf(root, 'functions')).find((one) => textIn(valueOf(one, 'name')) === name);
  return ['source', 'target'].flatMap((key) => {
    const value = textIn(valueOf(own, key)) ?? '';
    return value === '' ? [] : [`--${key}`, value];
  });
}

/** Null where there is none, or none that can be read. */
async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

async function firstThere(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}
