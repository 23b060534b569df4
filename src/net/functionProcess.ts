import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { FunctionEnd } from '../core/functions/crash.ts';
import type { Launch } from '../core/functions/launch.ts';
import { createLineSplitter } from './lineSplitter.ts';
import type { ProcessGuard } from './processGuard.ts';
import { waitForPort } from './portProbe.ts';
import { endTree, signalGroup, type TreeRoot } from './processTree.ts';

/** A line a function wrote. */
export interface OutputLine {
  /** ms since 1970. */
  readonly atMs: number;
  readonly stream: 'stdout' | 'stderr';
  /** Without its end. */
  readonly text: string;
}

/** What a function's process is started with. */
export interface FunctionProcessOptions {
  readonly launch: Launch;
  readonly port: number;
  readonly guard: ProcessGuard;
  /** ms it may take to listen; null for no limit. */
  readonly readyTimeoutMs: number | null;
  /** ms it may take over its own ending before it is killed; 2000 when left out. */
  readonly graceMs?: number;
  readonly onLine: (line: OutputLine) => void;
  /** All it writes, as it comes, characters whole. */
  readonly onText: (text: string) => void;
}

/** A function that runs, in a process group of its own. */
export interface FunctionProcess {
  /** Whether its port answers, or why it will not: it has ended, was stopped, or takes too long. Never rejects. */
  readonly ready: Promise<'listening' | 'ended' | 'too-late'>;
  /** Resolves when it and all it started are gone and its output is read; never rejects. */
  readonly ended: Promise<FunctionEnd>;
  /** Ends it with all it started. @throws Error where something cannot be ended */
  stop(): Promise<void>;
  /** Tells it to end and does not wait: the guard sees to the rest. */
  abandon(): void;
}

/** ms that output is waited for once all of its processes are gone. */
const OUTPUT_MS = 1000;

/** Starts a function. What it starts is ended with it, and with this process. */
export function startFunctionProcess(options: FunctionProcessOptions): FunctionProcess {
  const { launch, port, guard, readyTimeoutMs, graceMs = 2000 } = options;
  const mark = `CBHTTP_FUNCTION_RUN=${randomUUID()}`;
  const [markName = '', markValue = ''] = mark.split('=');
  const child = spawn(launch.command, launch.args, {
    cwd: launch.cwd,
    env: { ...launch.env, [markName]: markValue },
    detached: process.platform !== 'win32', // there it would open a window
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const root: TreeRoot | null = child.pid === undefined ? null : { pid: child.pid, mark };
  if (root !== null) guard.hold(root);

  const over = new AbortController();
  const limits = readyTimeoutMs === null ? [] : [AbortSignal.timeout(readyTimeoutMs)];
  const wait = waitForPort(port, { signal: AbortSignal.any([over.signal, ...limits]) });
  const read = (stream: Readable, name: OutputLine['stream']): Promise<void> => {
    const lines = createLineSplitter((text) => options.onLine({ atMs: Date.now(), stream: name, text }));
    stream.on('data', (chunk: Uint8Array) => {
      options.onText(lines.push(chunk));
      wait.nudge();
    });
    return new Promise((resolve) => {
      stream.once('close', () => {
        lines.end();
        resolve();
      });
    });
  };
  const outputs = [child.stdout, child.stderr];
  const outputRead = Promise.all([read(child.stdout, 'stdout'), read(child.stderr, 'stderr')]);

  let ending: Promise<void> | undefined;
  const endAll = (): Promise<void> => {
    over.abort();
    ending ??= root === null ? Promise.resolve() : endTree(root, { graceMs }).then(() => guard.release(root));
    return ending;
  };
  const exited = new Promise<FunctionEnd>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, error: null }));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return; // a signal that could not be sent
      void whyNotStarted(error, launch.cwd).then((why) =>
        resolve({ exitCode: null, signal: null, error: why }),
      );
    });
  });
  const ended = exited.then(async (end) => {
    // What it left behind is ended as well: without the function nobody asks it anything.
    await endAll().catch(() => undefined);
    if (root !== null) await Promise.race([outputRead, passed(OUTPUT_MS)]);
    for (const output of outputs) output.destroy();
    return end;
  });
  return {
    ready: wait.opened.then((isOpen) => (isOpen ? 'listening' : over.signal.aborted ? 'ended' : 'too-late')),
    ended,
    stop: async () => {
      await endAll();
      await ended;
    },
    abandon: () => {
      over.abort();
      if (root !== null) signalGroup(root);
    },
  };
}

async function whyNotStarted(
  { code }: NodeJS.ErrnoException,
  cwd: string,
): Promise<NonNullable<FunctionEnd['error']>> {
  if (code !== 'ENOENT') return 'not-started';
  const isFolder = await stat(cwd).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? 'no-program' : 'no-folder';
}

/** Keeps no process alive. */
function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
