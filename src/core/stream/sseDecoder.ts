import { failed } from '../failures/failed.ts';
import type { StreamRecord } from './record.ts';
import { plainScanner } from './plainScanner.ts';
import { decodeUtf8, readPlain, readText, readType } from './recordBytes.ts';
import { SseScanner, type ScanSink } from './sseScanner.ts';
import { rowType, type StreamFormat } from './streamFormat.ts';

/** Bytes one event may take before the stream is given up. */
export const MAX_EVENT_BYTES = 256 * 1024 * 1024;

/** How a decoder reads. */
export interface DecoderOptions {
  readonly maxEventBytes?: number;
  /** The last event ID of the connection before. */
  readonly lastEventId?: string;
  readonly format?: StreamFormat;
  /** The last event ID has changed: also by a block without data, which is no record. */
  readonly onLastEventId?: ((id: string) => void) | undefined;
}

/** Turns the bytes of a stream into records, however they are split. */
export interface SseDecoder {
  /** @throws CbError `event-too-large`; nothing can be fed after that */
  feed(chunk: Uint8Array): void;
  /** The stream has ended: hands over what it left unfinished as `incomplete`. Call once, last, also after a throw. */
  end(): void;
}

/**
 * Makes a decoder after the HTML standard, 9.2.5 and 9.2.6, that hands over each record as soon as its last byte is
 * there and keeps no more than the unfinished one. Where all of a stream is kept, use an EventStore.
 */
export function createSseDecoder(
  onRecord: (record: StreamRecord) => void,
  {
    maxEventBytes = MAX_EVENT_BYTES,
    lastEventId: before = '',
    format = 'event-stream',
    onLastEventId,
  }: DecoderOptions = {},
): SseDecoder {
  const tail = new TailBuffer();
  let lastEventId = before;
  let idOffset = -1;
  let isBroken = false;
  const sink: ScanSink = {
    onLastEventId: (from, to) => {
      lastEventId = decodeUtf8(tail.read(from, to));
      idOffset = from;
      onLastEventId?.(lastEventId);
    },
    onRecord: (kind, from, to) => {
      const bytes = tail.read(from, to);
      const isPlain = format !== 'event-stream';
      const text = isPlain ? readPlain(bytes) : readText(bytes, kind);
      switch (kind) {
        case 'comment':
          onRecord({ kind, text });
          return;
        case 'retry':
          onRecord({ kind, ms: Number(text) });
          return;
        case 'incomplete':
          onRecord({ kind, data: text });
          return;
        case 'event': {
          const id = idOffset >= from ? lastEventId : '';
          const type = isPlain ? rowType(format) : readType(bytes);
          onRecord({ kind, type, id, lastEventId, data: text });
          return;
        }
        case 'resumed':
          return; // no scanner says so
      }
    },
  };
  const read = (from: number, to: number): Uint8Array => tail.read(from, to);
  const scanner = format === 'event-stream' ? new SseScanner(sink, read) : plainScanner(format, sink, read);
  return {
    feed: (chunk) => {
      tail.append(chunk);
      scanner.scan(chunk);
      tail.dropBefore(scanner.pendingFrom);
      if (tail.length <= maxEventBytes) return;
      isBroken = true;
      throw failed('event-too-large', [maxEventBytes]);
    },
    end: () => {
      if (!isBroken) scanner.end();
    },
  };
}

/** The last bytes of a stream, addressed by their offset in the whole of it. */
class TailBuffer {
  #buffer = new Uint8Array(0);
  /** Offset in the stream of the buffer's first byte. */
  #base = 0;
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  read(from: number, to: number): Uint8Array {
    return this.#buffer.subarray(from - this.#base, to - this.#base);
  }

  dropBefore(offset: number): void {
    this.#start = offset - this.#base;
  }

  /** Moves what is still needed to the front, of a buffer twice as large if it fills more than half. */
  #makeRoom(bytes: number): void {
    const needed = this.length + bytes;
    const target = needed * 2 > this.#buffer.length ? new Uint8Array(needed * 2) : this.#buffer;
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#buffer = target;
    this.#base += this.#start;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
