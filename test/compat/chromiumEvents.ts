import type { Page } from 'playwright-core';
import { until } from '../support/until.ts';

/** What the standard says of an event: its type, its data and the last event ID (HTML standard, 9.2.6). */
export interface SeenEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/** What Chromium made of one stream. */
export interface ChromiumResult {
  /** The events an EventSource dispatched, in order. */
  readonly events: readonly SeenEvent[];
  /** How many events Chromium's own network log has, whether somebody listened for their name or not. */
  readonly dispatched: number;
}

/** How many streams are read at once; the browser allows six connections to one host. */
const PARALLEL = 5;

/**
 * Reads streams with Chromium's own EventSource and returns its results in the same order.
 * @param page a page of the server's origin
 * @param paths of the streams; no two the same
 * @param names event types to listen for: an EventSource cannot listen for all
 */
export async function readInChromium(
  page: Page,
  paths: readonly string[],
  names: readonly string[],
): Promise<readonly ChromiumResult[]> {
  const network = await page.context().newCDPSession(page);
  const pathOf = new Map<string, string>();
  const dispatched = new Map<string, number>();
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    pathOf.set(requestId, new URL(request.url).pathname);
  });
  network.on('Network.eventSourceMessageReceived', ({ requestId }) => {
    const path = pathOf.get(requestId) ?? '';
    dispatched.set(path, (dispatched.get(path) ?? 0) + 1);
  });
  await network.send('Network.enable');
  try {
    // Nothing in it has a name of its own: the compiler's helper for names does not exist in the page.
    const seen = await page.evaluate(
      async ({ paths, names, parallel }) => {
        const results: SeenEvent[][] = paths.map(() => []);
        const queue = [...paths.entries()];
        await Promise.all(
          Array.from({ length: parallel }, async () => {
            for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
              const [index, path] = next;
              await new Promise<void>((resolve) => {
                const source = new EventSource(path);
                for (const name of names) {
                  source.addEventListener(name, (event) => {
                    if (event instanceof MessageEvent) {
                      const { type, data, lastEventId } = event as MessageEvent<string>;
                      results[index]?.push({ type, data, lastEventId });
                    }
                  });
                }
                // The stream's end is an error that is no message; closed there, it is not asked for again.
                source.addEventListener('error', (event) => {
                  if (!(event instanceof MessageEvent)) {
                    source.close();
                    resolve();
                  }
                });
              });
            }
          }),
        );
        return results;
      },
      { paths, names, parallel: PARALLEL },
    );
    // The log comes by another way than the results, so it may be a moment behind.
    await until(() => paths.every((path, i) => (dispatched.get(path) ?? 0) >= (seen[i]?.length ?? 0)), 2000);
    return paths.map((path, i) => ({ events: seen[i] ?? [], dispatched: dispatched.get(path) ?? 0 }));
  } finally {
    await network.detach();
  }
}
