import { createParser } from 'eventsource-parser';
import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { StreamRecord } from './record.ts';

/** UTF-16 units one line or one event's data may take before the stream is given up. */
export const MAX_EVENT_LENGTH = 32_000_000;

/** Turns the bytes of an event stream into records, however they are split. */
export interface SseDecoder {
  /** @throws CbError `event-too-large`; nothing can be fed after that */
  feed(chunk: Uint8Array): void;
  /** The stream has ended: hands over what it left unfinished as `incomplete`. Call once, last, also after a throw. */
  end(): void;
}

/**
 * Makes a decoder after the HTML standard, 9.2.5 and 9.2.6: UTF-8, a BOM dropped, lines ended by LF, CRLF or CR.
 * Works line by line, so that a CR at the end of a chunk ends its line at once, and an `id` in a block without
 * data still counts as the last event ID (eventsource-parser reports neither).
 */
export function createSseDecoder(
  onRecord: (record: StreamRecord) => void,
  maxEventLength: number = MAX_EVENT_LENGTH,
): SseDecoder {
  const decoder = new TextDecoder('utf-8');
  /** The unfinished last line, in pieces: joined once, when its end comes. */
  let pieces: string[] = [];
  let piecesLength = 0;
  let endedWithCr = false;
  let lastEventId = '';
  let blockId: string | undefined;
  let isTail = false;
  let isBroken = false;

  const tooLarge = (): never => {
    isBroken = true;
    throw new CbError(
      'event-too-large',
      msg('An event is longer than {0} characters: too long to be held.', maxEventLength),
    );
  };
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: (event) => {
      if (isTail) {
        onRecord({ kind: 'incomplete', data: event.data });
        return;
      }
      if (event.id !== undefined) lastEventId = event.id;
      onRecord({
        kind: 'event',
        type: event.event ?? 'message',
        id: event.id ?? '',
        lastEventId,
        data: event.data,
      });
    },
    onComment: (text) => onRecord({ kind: 'comment', text }),
    onRetry: (ms) => {
      if (!isTail) onRecord({ kind: 'retry', ms });
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') tooLarge();
    },
  });

  /** Takes whole lines, each with its LF. */
  const feedLines = (lines: string): void => {
    if (blockId === undefined && !lines.startsWith('id') && !lines.includes('\nid')) {
      parser.feed(lines);
      return;
    }
    for (let start = 0; start < lines.length;) {
      const end = lines.indexOf('\n', start) + 1;
      const line = lines.slice(start, end);
      const id = /^id(?:: ?([^]*))?\n$/.exec(line);
      if (id !== null && !line.includes('\0')) blockId = id[1] ?? '';
      parser.feed(line);
      if (line === '\n' && blockId !== undefined) {
        lastEventId = blockId;
        blockId = undefined;
      }
      start = end;
    }
  };

  const feedText = (text: string): void => {
    let input = endedWithCr && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') endedWithCr = text.endsWith('\r');
    if (input.includes('\r')) input = input.replace(/\r\n?/g, '\n');
    const end = input.lastIndexOf('\n') + 1;
    if (end > 0) {
      pieces.push(input.slice(0, end));
      const lines = pieces.length === 1 ? input.slice(0, end) : pieces.join('');
      pieces = [];
      piecesLength = 0;
      feedLines(lines);
    }
    if (end < input.length) {
      pieces.push(input.slice(end));
      piecesLength += input.length - end;
      if (piecesLength > maxEventLength) tooLarge();
    }
  };

  return {
    feed: (chunk) => feedText(decoder.decode(chunk, { stream: true })),
    end: () => {
      if (isBroken) return;
      feedText(decoder.decode());
      isTail = true;
      parser.feed(`${pieces.join('')}\n\n`);
      pieces = [];
    },
  };
}
