/** Work that several wait for at once: done once for each key, called off when nobody waits any more. */
export interface SingleFlight<T> {
  /**
   * Joins the work of that key, or starts it. An aborted waiter leaves; the others wait on.
   * @throws the signal's reason, and what the work throws
   */
  join(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiters: number;
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  const start = (key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const stop = new AbortController();
    const result = work(stop.signal).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight: Flight<T> = { result, stop, waiters: 0 };
    result.catch(() => {}); // the waiters hear of it, if there are any left
    flights.set(key, flight);
    return flight;
  };

  return {
    async join(key, work, signal) {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? start(key, work);
      flight.waiters++;
      let onAbort = (): void => {};
      const left = new Promise<never>((_, reject) => {
        onAbort = () => reject(signal.reason as Error);
        signal.addEventListener('abort', onAbort, { once: true });
      });
      try {
        return await Promise.race([flight.result, left]);
      } finally {
        signal.removeEventListener('abort', onAbort);
        flight.waiters--;
        if (flight.waiters === 0) {
          flight.stop.abort(signal.reason);
          if (flights.get(key) === flight) flights.delete(key);
        }
      }
    },
  };
}
