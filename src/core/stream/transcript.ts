import type { Translate } from '../message.ts';
import { formatMessage } from '../message.ts';
import type { HeaderList, WireResponse } from '../ports.ts';
import type { ExchangeEnd, ExchangeListener } from './exchange.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import type { CbError } from '../errors.ts';
import { ByteMask, type TimedChunk } from '../history/byteMask.ts';
import { joinChunks } from './bytes.ts';
import type { StreamRecord } from './record.ts';

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
  | { kind: 'resumed'; atMs: number; lastEventId: string }
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

/** The line for a response whose headers have come. */
export function responseLine(atMs: number, response: WireResponse): TranscriptLine {
  const { status, statusText, httpVersion, headers } = response;
  return { kind: 'response', atMs: roundMs(atMs), status, statusText, httpVersion, headers };
}

/** The line for a record; `eventIndex` counts for events only. */
export function recordLine(at: number, eventIndex: number, record: StreamRecord): TranscriptLine {
  const atMs = roundMs(at);
  switch (record.kind) {
    case 'event': {
      const { type: event, id, lastEventId, data } = record;
      return { kind: 'event', atMs, index: eventIndex, event, id, lastEventId, data };
    }
    case 'comment':
      return { kind: 'comment', atMs, text: record.text };
    case 'retry':
      return { kind: 'retry', atMs, ms: record.ms };
    case 'incomplete':
      return { kind: 'incomplete', atMs, data: record.data };
    case 'resumed':
      return { kind: 'resumed', atMs, lastEventId: record.lastEventId };
  }
}

/** The line for a failure. */
export function errorLine(error: CbError, translate?: Translate): TranscriptLine {
  return { kind: 'error', code: error.code, message: formatMessage(error.display, translate) };
}

/**
 * Tells an exchange as transcript lines, each as it happens; a body shown chunk by chunk (`@stream on`) has a line for
 * each, where no secret shows that is split between chunks.
 * @param options.encodeBase64 for bodies that are no UTF-8 text; core has no Buffer
 * @param options.secrets in all forms they may stand in; lines still have to be redacted one by one
 */
export function transcribe(
  print: (line: TranscriptLine) => void,
  options: {
    readonly encodeBase64: (bytes: Uint8Array) => string;
    readonly secrets?: readonly string[];
    readonly translate?: Translate;
  },
): ExchangeListener {
  let eventCount = 0;
  let body: Uint8Array[] | undefined;
  let mask: ByteMask | undefined;
  const printBody = (at: number, bytes: Uint8Array): void =>
    print({ kind: 'body', atMs: roundMs(at), ...bodyContent(bytes, options.encodeBase64) });
  const printChunks = (chunks: readonly TimedChunk[] = []): void => {
    for (const { atMs, bytes } of chunks) printBody(atMs, bytes);
  };
  return {
    onResponse: (at, response, hasRecords, format) => {
      print(responseLine(at, response));
      mask = format === 'chunks' ? new ByteMask(options.secrets ?? []) : undefined;
      body = hasRecords || mask !== undefined ? undefined : [];
    },
    onChunk: (at, chunk) => {
      body?.push(chunk);
      printChunks(mask?.add(at, chunk));
    },
    onRecord: (at, record) => {
      print(recordLine(at, eventCount, record));
      if (record.kind === 'event') eventCount++;
    },
    onEnd: (at, end) => {
      const atMs = roundMs(at);
      printChunks(mask?.end());
      if (body !== undefined) printBody(at, joinChunks(body));
      if (end.error !== null) print(errorLine(end.error, options.translate));
      print({ kind: 'end', atMs, reason: end.reason, events: eventCount, bytes: end.bytes });
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

/** ms to the microsecond: all that a clock in user space can mean. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
