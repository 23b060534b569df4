import type { Connection } from './connection.ts';

/** ms that a connection waits for another exchange. */
export const IDLE_MS = 10_000;
/** ms from one look at those that wait to the next. */
const SWEEP_MS = 1000;
/** Connections that wait, of all origins. */
const MAX_IDLE = 64;

interface Idle {
  readonly connection: Connection;
  readonly sinceMs: number;
}

/** Connections that are open: in use by one exchange each, or waiting for the next. */
export interface ConnectionPool {
  /** The waiting connection that was used last, if it has not waited for longer than `maxIdleMs`. */
  take(key: string, maxIdleMs: number): Connection | undefined;
  /** Watches over a new connection, which is in use. */
  add(key: string, connection: Connection): void;
  /** Gives one back after its exchange has ended well. */
  give(key: string, connection: Connection): void;
  /** Closes one that is in use. */
  close(connection: Connection): void;
  /** Closes all, also those in use and those given back later. */
  dispose(): void;
}

/** An empty pool. */
export function createConnectionPool(): ConnectionPool {
  const idle = new Map<string, Idle[]>();
  const used = new Set<Connection>();
  let idleCount = 0;
  let isDisposed = false;

  const remove = (key: string, connection: Connection): Idle | undefined => {
    const waiting = idle.get(key);
    const at = waiting?.findIndex((one) => one.connection === connection) ?? -1;
    if (waiting === undefined || at === -1) return undefined;
    const [found] = waiting.splice(at, 1);
    if (waiting.length === 0) idle.delete(key);
    idleCount--;
    return found;
  };

  /** One timer for all: it runs while some wait, and closes those that wait too long. */
  let sweeping: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    for (const [key, waiting] of [...idle]) {
      for (const { connection, sinceMs } of [...waiting]) {
        if (performance.now() - sinceMs < IDLE_MS) continue;
        remove(key, connection);
        connection.close();
      }
    }
    if (idleCount > 0) return;
    clearInterval(sweeping);
    sweeping = undefined;
  };

  return {
    take(key, maxIdleMs) {
      for (;;) {
        const last = idle.get(key)?.at(-1);
        if (last === undefined) return undefined;
        const { connection, sinceMs } = last;
        const isTooOld = performance.now() - sinceMs > maxIdleMs;
        if (isTooOld && connection.isOpen) return undefined; // good for a request that may be sent twice
        remove(key, connection);
        if (connection.isOpen) {
          connection.setIdle(false);
          used.add(connection);
          return connection;
        }
        connection.close();
      }
    },
    add(key, connection) {
      used.add(connection);
      connection.onClose(() => {
        used.delete(connection);
        remove(key, connection);
      });
      if (isDisposed) connection.close();
    },
    give(key, connection) {
      used.delete(connection);
      if (isDisposed || !connection.isOpen || idleCount >= MAX_IDLE) {
        connection.close();
        return;
      }
      sweeping ??= setInterval(sweep, SWEEP_MS).unref();
      const waiting = idle.get(key) ?? [];
      waiting.push({ connection, sinceMs: performance.now() });
      idle.set(key, waiting);
      idleCount++;
      connection.setIdle(true);
    },
    close(connection) {
      used.delete(connection);
      connection.close();
    },
    dispose() {
      isDisposed = true;
      clearInterval(sweeping);
      for (const [key, waiting] of [...idle]) {
        for (const { connection } of [...waiting]) {
          remove(key, connection);
          connection.close();
        }
      }
      for (const connection of used) connection.close();
      used.clear();
    },
  };
}
