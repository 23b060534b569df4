import type { StreamMode } from '../cbhttp/resolve.ts';

/**
 * How a body is read row by row: an event stream; JSON texts, one a line or each after a record separator (RFC 7464);
 * the chunks as they come.
 */
export type StreamFormat = 'event-stream' | 'json-lines' | 'json-seq' | 'chunks';

const BY_TYPE: ReadonlyMap<string, StreamFormat> = new Map([
  ['text/event-stream', 'event-stream'],
  ['application/x-ndjson', 'json-lines'],
  ['application/ndjson', 'json-lines'],
  ['application/jsonl', 'json-lines'],
  ['application/x-jsonlines', 'json-lines'],
  ['application/stream+json', 'json-lines'],
  ['application/json-seq', 'json-seq'],
]);

/** The format of a body by `@stream` and its Content-Type, whatever its parameters and letter case; null for a whole. */
export function streamFormat(mode: StreamMode, contentType: string): StreamFormat | null {
  if (mode === 'off') return null;
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const format = BY_TYPE.get(type) ?? (/\+json-seq$/.test(type) ? 'json-seq' : null);
  return format ?? (mode === 'on' ? 'chunks' : null);
}

/** What the rows of a format are called, as an event's type is. */
export function rowType(format: StreamFormat): string {
  switch (format) {
    case 'event-stream':
      return 'message';
    case 'json-lines':
    case 'json-seq':
      return 'json';
    case 'chunks':
      return 'chunk';
  }
}
