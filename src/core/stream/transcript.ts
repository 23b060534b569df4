import type { Translate } from '../message.ts';
import { formatMessage } from '../message.ts';
import type { HeaderList } from '../ports.ts';
import type { ExchangeEnd, ExchangeListener } from './exchange.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import type { CbError } from '../errors.ts';
import { joinChunks } from './bytes.ts';

/** One line of `cbhttp send --json`. Source: product description, "The command line". */
export type TranscriptLine =
  | { kind: 'request'; method: string; url: string; headers: HeaderList }
  | {
      kind: 'response';
      atMs: number;
      status: number;
      statusText: string;
      httpVersion: string;
      headers: HeaderList;
    }
  | {
      kind: 'event';
      atMs: number;
      index: number;
      event: string;
      id: string;
      lastEventId: string;
      data: string;
    }
  | { kind: 'comment'; atMs: number; text: string }
  | { kind: 'retry'; atMs: number; ms: number }
  | { kind: 'incomplete'; atMs: number; data: string }
  | { kind: 'body'; atMs: number; encoding: 'utf8' | 'base64'; content: string }
  | { kind: 'error'; code: string; message: string }
  | { kind: 'end'; atMs: number; reason: ExchangeEnd['reason']; events: number; bytes: number };

/** The line that opens an exchange: secrets are redacted. */
export function requestLine(request: PreparedRequest): TranscriptLine {
  return {
    kind: 'request',
    method: request.wire.method,
    url: request.shownUrl,
    headers: request.shownHeaders,
  };
}

/** The line for a failure. */
export function errorLine(error: CbError, translate?: Translate): TranscriptLine {
  return { kind: 'error', code: error.code, message: formatMessage(error.display, translate) };
}

/**
 * Tells an exchange as transcript lines, each as it happens.
 * @param options.encodeBase64 for bodies that are no UTF-8 text; core has no Buffer
 */
export function transcribe(
  print: (line: TranscriptLine) => void,
  options: { readonly encodeBase64: (bytes: Uint8Array) => string; readonly translate?: Translate },
): ExchangeListener {
  let eventIndex = 0;
  let body: Uint8Array[] | undefined;
  return {
    onResponse: (at, { status, statusText, httpVersion, headers }, isEventStream) => {
      print({ kind: 'response', atMs: rounded(at), status, statusText, httpVersion, headers });
      if (!isEventStream) body = [];
    },
    onChunk: (_at, chunk) => void body?.push(chunk),
    onRecord: (at, record) => {
      const atMs = rounded(at);
      switch (record.kind) {
        case 'event': {
          const { type: event, id, lastEventId, data } = record;
          print({ kind: 'event', atMs, index: eventIndex++, event, id, lastEventId, data });
          break;
        }
        case 'comment':
          print({ kind: 'comment', atMs, text: record.text });
          break;
        case 'retry':
          print({ kind: 'retry', atMs, ms: record.ms });
          break;
        case 'incomplete':
          print({ kind: 'incomplete', atMs, data: record.data });
          break;
      }
    },
    onEnd: (at, end) => {
      const atMs = rounded(at);
      if (body !== undefined)
        print({ kind: 'body', atMs, ...bodyContent(joinChunks(body), options.encodeBase64) });
      if (end.error !== null) print(errorLine(end.error, options.translate));
      print({ kind: 'end', atMs, reason: end.reason, events: end.events, bytes: end.bytes });
    },
  };
}

function bodyContent(
  bytes: Uint8Array,
  encodeBase64: (bytes: Uint8Array) => string,
): { encoding: 'utf8' | 'base64'; content: string } {
  try {
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { encoding: 'utf8', content };
  } catch {
    // Not UTF-8: bytes are what there is.
    return { encoding: 'base64', content: encodeBase64(bytes) };
  }
}

/** Microseconds are all a clock in user space can mean. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
