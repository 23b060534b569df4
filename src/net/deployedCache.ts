import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fieldsOf, type DeployedFunction } from '../core/functions/deployed.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';

/** What an environment was seen to have. */
export interface KeptListing {
  readonly functions: readonly DeployedFunction[];
  /** Of the access service. */
  readonly routes: readonly ServiceRoute[];
  /** ms since 1970 */
  readonly fetchedMs: number;
  /** Why it could not be listed since then; null where it could. */
  readonly failure: string | null;
}

/** Listings on the disk. They hold no secret, and their names do not tell whose they are. */
export interface DeployedCache {
  /** Undefined where there is none, or none that can be read. */
  read(key: readonly string[]): Promise<KeptListing | undefined>;
  /** @throws the system's error */
  write(key: readonly string[], listing: KeptListing): Promise<void>;
  delete(key: readonly string[]): Promise<void>;
}

/** Where it lies, and how work is done piece by piece so that nobody waits long. */
export interface DeployedCacheOptions {
  readonly dir: string;
  readonly inSlices: <T>(pieces: Iterable<T>) => AsyncIterable<T>;
}

/** Another number for another shape: what was kept before is then not read. */
const VERSION = 1;
const MAX_FILES = 30;

/**
 * One file for each key: a line of JSON for what holds for all, then one for each route and function, so that it can
 * be read and written in slices.
 */
export function createDeployedCache({ dir, inSlices }: DeployedCacheOptions): DeployedCache {
  const fileOf = (key: readonly string[]): string => {
    const hash = createHash('sha256').update(JSON.stringify(key)).digest('hex');
    return path.join(dir, `${hash.slice(0, 40)}.jsonl`);
  };
  return {
    async read(key) {
      let text: string;
      try {
        text = await readFile(fileOf(key), 'utf8');
      } catch {
        return undefined; // never listed, or not to be read: it is listed again
      }
      const functions: DeployedFunction[] = [];
      const routes: ServiceRoute[] = [];
      let head: Head | undefined;
      for await (const line of inSlices(linesOf(text))) {
        const value = parse(line);
        if (head === undefined) {
          if (!isHead(value)) return undefined;
          head = value;
        } else if (isFunction(value)) functions.push(value);
        else if (isRoute(value)) routes.push(value);
      }
      if (head === undefined || head.count !== functions.length) return undefined;
      return { functions, routes, fetchedMs: head.fetchedMs, failure: head.failure };
    },

    async write(key, { functions, routes, fetchedMs, failure }) {
      const head: Head = { version: VERSION, fetchedMs, failure, count: functions.length };
      const lines: string[] = [];
      for await (const item of inSlices([head, ...routes, ...functions])) lines.push(JSON.stringify(item));
      const file = fileOf(key);
      const written = `${file}.${randomUUID()}.tmp`;
      await mkdir(dir, { recursive: true });
      await writeFile(written, `${lines.join('\n')}\n`, { mode: 0o600 });
      await rename(written, file);
      await removeOldest(dir);
    },

    delete: (key) => rm(fileOf(key), { force: true }),
  };
}

interface Head {
  readonly version: number;
  readonly fetchedMs: number;
  readonly failure: string | null;
  /** Of functions: a file that was cut short has fewer. */
  readonly count: number;
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end === -1 ? undefined : end);
    start = end === -1 ? text.length : end + 1;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHead(value: unknown): value is Head {
  const { version, fetchedMs, failure, count } = fieldsOf(value);
  return (
    version === VERSION &&
    typeof fetchedMs === 'number' &&
    typeof count === 'number' &&
    (failure === null || typeof failure === 'string')
  );
}

const TEXTS = [
  'name',
  'functionId',
  'type',
  'runtime',
  'handler',
  'status',
  'statusDescription',
  'addedAt',
  'modifiedAt',
] as const satisfies readonly (keyof DeployedFunction)[];

function isFunction(value: unknown): value is DeployedFunction {
  const fields = fieldsOf(value);
  return TEXTS.every((name) => typeof fields[name] === 'string');
}

function isRoute(value: unknown): value is ServiceRoute {
  const { path: routePath, functionName, domain } = fieldsOf(value);
  const isText = (one: unknown): boolean => one === null || typeof one === 'string';
  return typeof routePath === 'string' && isText(functionName) && isText(domain);
}

/** Keeps the folder from growing for ever: environments come and go. */
async function removeOldest(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.jsonl'));
  if (names.length <= MAX_FILES) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(dir, name);
      return { file, mtimeMs: (await stat(file)).mtimeMs };
    }),
  );
  files.sort((one, other) => other.mtimeMs - one.mtimeMs);
  await Promise.all(files.slice(MAX_FILES).map(({ file }) => rm(file, { force: true })));
}
