import type { HarExchange } from '../core/history/har.ts';
import type { Run } from './run.ts';

/**
 * A run as it is written into a HAR file; undefined where nothing was sent.
 *
 * @param version of the extension
 */
export function harExchange(run: Run, version: string): HarExchange | undefined {
  const { prepared, sentMs, response, stream, ended, label, byteLength, secrets } = run;
  if (prepared === undefined || sentMs === undefined) return undefined;
  return {
    creator: { name: 'CloudBase HTTP Functions', version },
    label,
    // The cookies of the jar, too: the server may say them again.
    request: { ...prepared, secrets },
    sentMs,
    response: response ?? null,
    redirects: run.snapshot().sent.redirects,
    byteLength,
    bytes: (from, to) => run.bytes(from, to),
    store: stream?.store ?? null,
    end: ended ?? null,
    elapsedMs: run.elapsedMs(),
  };
}
