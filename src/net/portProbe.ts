import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
/** ms between two tries, and at most for one. */
const RETRY_MS = 100;
const TRY_MS = 2000;
/** ms after a nudge: a line of output may be written just before the port opens. */
const NUDGED_MS = 5;
/** Ports that are looked at one after another before any free one is taken. */
const NEXT_PORTS = 100;

/** Whether something on this machine takes connections on a port. */
export function accepts(port: number, host = HOST): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(TRY_MS, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/** Which ports functions were given. */
export interface PortBook {
  /** A port that is free and nobody else's: of those wished for, else 9000 and the next ones. */
  take(wished: readonly number[]): Promise<number>;
  release(port: number): void;
}

/** Gives ports out one after another, so that functions which start together get different ones. */
export function createPortBook(): PortBook {
  const taken = new Set<number>();
  let last: Promise<unknown> = Promise.resolve();
  const choose = async (wished: readonly number[]): Promise<number> => {
    const next = Array.from({ length: NEXT_PORTS }, (_, index) => 9000 + index);
    for (const port of [...wished, ...next]) {
      if (taken.has(port) || !(await isFree(port))) continue;
      taken.add(port);
      return port;
    }
    return anyFreePort();
  };
  return {
    take: (wished) => {
      const chosen = last.then(() => choose(wished));
      last = chosen.catch(() => undefined);
      return chosen;
    },
    release: (port) => void taken.delete(port),
  };
}

/**
 * Whether a function could listen there. Binding alone would not tell: on macOS it works beside a listener on all
 * addresses, and a listener on all addresses is not ours to try, since firewalls ask about it.
 */
async function isFree(port: number): Promise<boolean> {
  if ((await accepts(port)) || (await accepts(port, '::1'))) return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

/** A port that was free a moment ago. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits for a port to take connections. */
export interface PortWait {
  /** True once it does, false when the signal is aborted. */
  readonly opened: Promise<boolean>;
  /** Something has happened that makes another try worth it, such as a line of output. */
  nudge(): void;
}

/** Tries at once, then whenever it is nudged and every 100 ms. */
export function waitForPort(port: number, { signal }: { readonly signal: AbortSignal }): PortWait {
  let nudge = (): void => {};
  const opened = new Promise<boolean>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let isNudged = false;
    const attempt = async (): Promise<void> => {
      timer = undefined;
      isNudged = false;
      const isOpen = await accepts(port);
      if (signal.aborted) return;
      if (isOpen) resolve(true);
      else timer = setTimeout(() => void attempt(), isNudged ? NUDGED_MS : RETRY_MS);
    };
    nudge = () => {
      isNudged = true;
      if (timer === undefined) return; // it is being tried, or over
      clearTimeout(timer);
      timer = setTimeout(() => void attempt(), NUDGED_MS);
    };
    const stop = (): void => {
      clearTimeout(timer);
      timer = undefined;
      resolve(false);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void attempt();
  });
  return { opened, nudge: () => nudge() };
}
