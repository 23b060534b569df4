import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { cleanUpOnSignal } from './cleanUp.ts';
import { until } from './until.ts';

/** What to start. */
export interface ProcessOptions {
  /** Shown in error messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; this process's own one when left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** How long it may take over its own ending before it is killed; 4000 when left out. */
  readonly graceMs?: number;
}

/** A process in a process group of its own, which ends together with everything it started in that group. */
export interface OwnedProcess {
  readonly pid: number;
  /** Settles with the exit code, or the signal's name, once the process is gone. Never rejects. */
  readonly exited: Promise<number | string>;
  /** All lines of stdout and stderr so far, in the order they came. */
  readonly lines: readonly string[];
  /** Calls `listener` with each later line of stdout or stderr; the returned function stops that. */
  onLine(listener: (line: string) => void): () => void;
  /** The first match of `pattern` in a line past or to come; rejects when the process ends or time is up first. */
  waitForLine(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray>;
  /** SIGTERM to the group, SIGKILL to what is left after the grace period; settles when the group is empty. */
  end(): Promise<void>;
}

/** Starts a process that is ended with this one: by {@link OwnedProcess.end}, by a signal, or by a plain exit. */
export async function startOwnedProcess(options: ProcessOptions): Promise<OwnedProcess> {
  const { name, command, args, cwd, env, graceMs = 4000 } = options;
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(new Error(`${name} cannot be started: ${cause.message}`, { cause }));
    });
  });
  const pid = child.pid;
  if (pid === undefined) {
    throw new Error(`${name} has no process id`);
  }

  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const listener of [...listeners]) {
        listener(line);
      }
    });
  }
  const exited = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });

  const killOnExit = () => {
    signalGroup(pid, 'SIGKILL');
  };
  process.once('exit', killOnExit);
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= endGroup(name, pid, graceMs).finally(forget));
  const takeBack = cleanUpOnSignal(end);
  const forget = () => {
    takeBack();
    process.off('exit', killOnExit);
  };

  const onLine = (listener: (line: string) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const waitForLine = async (pattern: RegExp, timeoutMs: number) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const check = (line: string) => {
        const match = pattern.exec(line);
        if (match !== null) {
          settle();
          resolve(match);
        }
        return match !== null;
      };
      const fail = (reason: string) => {
        settle();
        reject(
          new Error(
            `${name}: ${reason} before ${String(pattern)} was printed\n${lines.slice(-20).join('\n')}`,
          ),
        );
      };
      const timer = setTimeout(fail, timeoutMs, `${timeoutMs} ms passed`);
      const stop = onLine(check);
      const settle = () => {
        clearTimeout(timer);
        stop();
      };
      if (!lines.some(check)) {
        void exited.then((code) => {
          fail(`ended with ${code}`);
        });
      }
    });

  return { pid, exited, lines, onLine, waitForLine, end };
}

async function endGroup(name: string, pid: number, graceMs: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  if (await until(() => !groupIsAlive(pid), graceMs)) {
    return;
  }
  signalGroup(pid, 'SIGKILL');
  if (!(await until(() => !groupIsAlive(pid), 4000))) {
    throw new Error(`${name} (process group ${pid}) is still there after SIGKILL`);
  }
}

function groupIsAlive(pid: number): boolean {
  return signalGroup(pid, 0);
}

/** True when the group had a member that could be signalled. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
